"""Finding colleagues by name, with the post by which they are told apart."""

from collections.abc import Collection
from dataclasses import dataclass

from organisation.days import today
from organisation.models import Appointment, OrgUnitVersion, User
from organisation.text import fold

SHORTEST = 2
AT_MOST = 10


@dataclass(frozen=True)
class Found:
    """A person with post and agency of today."""

    person: User
    post: str


def find_people(words: str, *, apart_from: Collection[int] = ()) -> list[Found]:
    """At most ten active people whose name holds the words, blind to tone marks."""
    key = fold(words)
    if len(key) < SHORTEST:
        return []
    people = User.objects.active().filter(search_key__contains=key, appointments__isnull=False)
    people = people.exclude(pk__in=apart_from).distinct().order_by("sort_key", "pk")[:AT_MOST]
    found = list(people)
    posts = posts_of(found)
    return [Found(person, posts[person.pk]) for person in found if person.pk in posts]


def posts_of(people: Collection[User]) -> dict[int, str]:
    """The main post of each person: "Chuyên viên, Sở TN&MT", in two queries."""
    day = today()
    rows = Appointment.objects.valid_on(day).filter(person__in=people)
    rows = rows.select_related("position").order_by("is_main", "-position__rank", "-pk")
    held = {row.person_id: row for row in rows}
    units = {row.unit_id for row in held.values()}
    versions = OrgUnitVersion.objects.valid_on(day).filter(unit__in=units)
    names = {version.unit_id: version.short_name for version in versions}
    return {pk: f"{row.position.title}, {names.get(row.unit_id, '')}" for pk, row in held.items()}

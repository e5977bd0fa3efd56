"""The statement that every page asks, held against one that takes no short cut (AZ-10, AZ-12)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from organisation import actions
from organisation.models import Appointment, Delegation, User
from organisation.powers import Mandate, Post, Powers, powers_of
from organisation.stages import Acting, Role
from tests.factories.organisation import (
    Province,
    make_appointment,
    make_province,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
BEFORE, DAY, MERGED = date(2022, 3, 1), date(2022, 6, 15), date(2025, 3, 1)
DAYS = (BEFORE, date(2022, 6, 1), DAY, date(2022, 6, 30), date(2022, 7, 1), MERGED)


@pytest.fixture
def province() -> Province:
    """Posts and loans of every sort; each of them is there to be told from its neighbour."""
    found = make_province()
    _posts(found)
    _loans(found)
    return found


def _posts(found: Province) -> None:
    closed = make_unit("Sở đã giải thể", valid_from=date(2020, 1, 1))
    closed.versions.update(valid_to=DAY)
    merged = make_unit("Sở Nông nghiệp và Môi trường", valid_from=MERGED)
    make_appointment(found.official, Role.AGENCY_HEAD, found.section, acting=Acting.ACTING_HEAD)
    make_appointment(found.colleague, Role.CLERK, found.department, valid_from=BEFORE, valid_to=DAY)
    make_appointment(found.colleague, Role.AGENCY_FOCAL, found.district, valid_from=DAY)
    make_appointment(found.section_official, Role.AGENCY_HEAD, closed)
    make_appointment(found.head, Role.AGENCY_HEAD, merged, is_main=False)
    actions.succeed(
        found.department,
        merged,
        by=found.admin,
        kind="merge",
        effective_on=MERGED,
        basis_document="Nghị quyết số 01",
    )


def _loans(found: Province) -> None:
    gone = make_user(role=Role.AGENCY_HEAD, unit=found.department, is_active=False)
    left = make_user()
    make_appointment(left, Role.AGENCY_HEAD, found.district, valid_to=DAY)
    landless = make_user()
    for giver, to, over in (
        (found.head, found.deputy, {"kind": "KT"}),
        (found.head, found.official, {"kind": "TUQ", "valid_to": date(2022, 6, 30)}),
        (found.head, found.focal, {"kind": "TL", "subject": "sign"}),
        (found.home_affairs_head, found.home_affairs_lead, {"revoked_at": timezone.now()}),
        (found.home_affairs_head, found.home_affairs_clerk, {"valid_from": date(2022, 7, 1)}),
        (found.chairman, found.head, {"kind": "TUQ"}),
        (gone, found.clerk, {}),
        (left, found.district_deputy, {}),
        (found.district_head, landless, {"kind": "TUQ"}),
        (found.section_head, landless, {}),
        (found.section_head, found.section_head, {}),
        (found.deputy, found.colleague, {"kind": "TL"}),
    ):
        facts: dict[str, Any] = {
            "kind": "KT",
            "subject": "review",
            "valid_from": date(2022, 6, 1),
            "valid_to": date(2030, 1, 1),
            "basis_document": "Văn bản số 05",
        }
        post = giver.appointments.earliest("pk")
        Delegation.objects.create(from_appointment=post, to_person=to, **facts | over)


def holds(row: Any, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def slowly(person: User, day: date) -> Powers:
    """The same, from every row of the tables, by plain attributes."""
    posts, mandates = [], []
    covered: dict[int, set[int]] = defaultdict(set)
    for row, version in _in_office(day):
        lent = [one for one in _lent(row, day) if one.to_person_id == person.pk]
        if row.person_id == person.pk:
            posts.append(_post(row, version))
        mandates += [_mandate(row, one) for one in lent]
        if lent or row.person_id == person.pk:
            covered[row.unit_id] |= {
                row.unit_id,
                *(one.covered_id for one in row.unit.covers.all()),
            }
    return Powers(tuple(posts), tuple(mandates), {k: frozenset(v) for k, v in covered.items()})


def _in_office(day: date) -> Iterator[tuple[Appointment, Any]]:
    for row in Appointment.objects.order_by("position__rank", "pk"):
        for version in row.unit.versions.all():
            if holds(row, day) and holds(version, day):
                yield row, version


def _lent(row: Appointment, day: date) -> list[Delegation]:
    return [
        one
        for one in row.delegations_given.order_by("pk")
        if row.person.is_active
        and one.subject == "review"
        and one.revoked_at is None
        and one.valid_from <= day <= one.valid_to
    ]


def _post(row: Appointment, version: Any) -> Post:
    title = row.position.title
    return Post(
        unit_id=row.unit_id,
        unit_ref=str(row.unit.ref),
        unit_name=version.name,
        unit_short_name=version.short_name,
        unit_abbrev=version.abbrev,
        unit_kind=version.kind,
        role=row.position.role,
        position=f"Q. {title}" if row.acting == "acting_head" else title,
        acting=row.acting,
        is_main=row.is_main,
        is_managerial=row.position.is_managerial,
    )


def _mandate(row: Appointment, given: Delegation) -> Mandate:
    return Mandate(
        unit_id=row.unit_id,
        role=row.position.role,
        kind=given.kind,
        subject=given.subject,
        giver_name=row.person.full_name,
        giver_position=row.position.title,
    )


def test_everybody_on_every_day_is_what_the_rows_say(province):
    for day in DAYS:
        for person in User.objects.all():
            assert powers_of(person.pk, day) == slowly(person, day), (person.username, day)


def test_the_rows_say_what_the_law_does(province):
    """By hand: the oracle itself is right where it matters."""
    department, section = province.department.pk, province.section.pk

    def lent(person: User, day: date) -> list[tuple[str, int]]:
        return [(one.kind, one.unit_id) for one in slowly(person, day).mandates]

    assert lent(province.deputy, DAY) == [("KT", department)]
    assert lent(province.official, date(2022, 6, 30)) == [("TUQ", department)]
    assert lent(province.official, date(2022, 7, 1)) == []
    assert lent(province.focal, DAY) == []  # to sign is not to decide
    assert lent(province.clerk, DAY) == []  # whose giver has left
    assert lent(province.district_deputy, date(2022, 6, 1)) != []
    assert lent(province.district_deputy, DAY) == []  # whose giver's post has ended
    assert slowly(province.official, DAY).appointed(Role.AGENCY_HEAD, section)
    assert not slowly(province.head, BEFORE).holds(Role.AGENCY_HEAD, province.unit.pk)
    assert department in slowly(province.head, MERGED).own_units(Role.AGENCY_HEAD)

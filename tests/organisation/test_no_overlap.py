"""The database itself keeps one name of an agency, and one holding of a post, for each day."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from organisation.models import OrgUnit, OrgUnitVersion, User
from organisation.stages import Role
from tests.factories.organisation import make_appointment, make_unit, make_user

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = date(2022, 3, 1), date(2022, 6, 1), date(2022, 9, 1)
WINTER = date(2022, 12, 1)

# A period from summer until before autumn stands; may another stand beside it?
PERIODS = [
    (SPRING, SUMMER, True),  # ends the day the other begins
    (AUTUMN, None, True),  # begins the day the other ends
    (AUTUMN, WINTER, True),
    (SPRING, date(2022, 6, 2), False),  # one day in common
    (date(2022, 8, 31), None, False),
    (SPRING, None, False),
    (date(2022, 7, 1), date(2022, 7, 2), False),
    (SPRING, WINTER, False),
]


def name_unit(unit: OrgUnit, start: date, end: date | None) -> OrgUnitVersion:
    return OrgUnitVersion.objects.create(
        unit=unit, name="Sở", short_name="Sở", abbrev="S", valid_from=start, valid_to=end
    )


def refused(deed) -> bool:
    try:
        with transaction.atomic():
            deed()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("start", "end", "is_free"), PERIODS)
def test_an_agency_has_one_name_a_day(start, end, is_free):
    unit = make_unit(valid_from=SUMMER, valid_to=AUTUMN)
    name_unit(make_unit(valid_from=AUTUMN), SPRING, SUMMER)  # another agency is free to

    assert refused(lambda: name_unit(unit, start, end)) is not is_free
    assert unit.versions.count() == 1 + is_free


@pytest.mark.parametrize(("start", "end", "is_free"), PERIODS)
def test_a_post_is_held_once_a_day(start, end, is_free):
    person, unit = make_user(), make_unit()
    make_appointment(person, Role.CLERK, unit, valid_from=SUMMER, valid_to=AUTUMN)

    def again() -> None:
        make_appointment(person, Role.CLERK, unit, valid_from=start, valid_to=end)

    assert refused(again) is not is_free
    assert person.appointments.count() == 1 + is_free


def test_other_posts_people_and_places_are_free():
    person, unit = make_user(), make_unit()
    make_appointment(person, Role.CLERK, unit, valid_from=SUMMER)

    make_appointment(person, Role.AGENCY_FOCAL, unit, valid_from=SUMMER)
    make_appointment(person, Role.CLERK, make_unit(), valid_from=SUMMER)
    make_appointment(make_user(), Role.CLERK, unit, valid_from=SUMMER)

    assert User.objects.holding(Role.CLERK, unit=unit.pk).count() == 2


def test_a_period_does_not_grow_into_the_next():
    person, unit = make_user(), make_unit(valid_from=SPRING, valid_to=SUMMER)
    name_unit(unit, SUMMER, None)
    first = make_appointment(person, Role.CLERK, unit, valid_from=SPRING, valid_to=SUMMER)
    make_appointment(person, Role.CLERK, unit, valid_from=SUMMER)
    version = unit.versions.get(valid_from=SPRING)

    for row in (first, version):
        row.valid_to = AUTUMN
        assert refused(row.save)
        row.valid_to = date(2022, 5, 1)
        row.save()


@pytest.mark.django_db(transaction=True)
def test_the_guard_goes_and_comes_back():
    unit = make_unit(valid_from=SUMMER)
    executor = MigrationExecutor(connection)
    overlap = executor.loader.graph.nodes["organisation", "0002_no_overlap"]
    with connection.schema_editor() as editor:
        overlap.unapply(executor.loader.project_state(), editor)
    try:
        version = name_unit(unit, SPRING, AUTUMN)
        assert unit.versions.count() == 2
        version.delete()
    finally:
        with connection.schema_editor() as editor:
            overlap.apply(executor.loader.project_state(), editor)

    assert refused(lambda: name_unit(unit, SPRING, AUTUMN))

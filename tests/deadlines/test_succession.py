"""What waits at an agency that ends passes to the agency that takes over (to-chuc.md §3)."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from deadlines.models import Clock
from deadlines.parties import Holder
from deadlines.succession import pass_on
from journal.models import Entry
from organisation.actions.units import succeed
from organisation.days import today
from organisation.stages import Role, SuccessionKind
from organisation.tasks import follow_the_calendar
from tests.factories.deadlines import make_clock
from tests.factories.organisation import make_appointment, make_unit, make_user

pytestmark = pytest.mark.django_db


def take_over(before, after, kind=SuccessionKind.MERGE, on=None):
    succeed(
        before,
        after,
        by=None,
        kind=kind,
        effective_on=on or today(),
        basis_document="Nghị quyết 1667/NQ-UBTVQH15",
    )


def waiting_at(unit, *, barred=()):
    return make_clock(holder=Holder.post(Role.AGENCY_HEAD, unit, barred=barred))


def is_task_of(clock, user) -> bool:
    user.__dict__.pop("powers", None)
    return Clock.objects.open().held_by(user).filter(pk=clock.pk).exists()


def test_a_merger_hands_open_clocks_to_the_last_successor_but_not_to_those_barred():
    district, commune, last = (make_unit() for _ in range(3))
    head, author = make_user(role=Role.AGENCY_HEAD, unit=last), make_user()
    make_appointment(author, Role.AGENCY_HEAD, last)
    clock = waiting_at(district, barred=[author])
    due = clock.due_on
    take_over(commune, last)

    take_over(district, commune)

    clock.refresh_from_db()
    assert (clock.holder_unit, clock.due_on) == (last, due)
    assert (is_task_of(clock, head), is_task_of(clock, author)) == (True, False)
    assert Entry.objects.get(action="deadline.pass_on").data["moved"] == 1
    assert pass_on(today()) == 0


def test_the_transfer_of_a_function_leaves_the_rest_where_it_was():
    before, after = make_unit(), make_unit()
    clock = waiting_at(before)

    take_over(before, after, SuccessionKind.TRANSFER_FUNCTION)

    clock.refresh_from_db()
    assert clock.holder_unit == before


def test_a_merger_of_next_week_passes_them_on_next_week():
    before, after = make_unit(), make_unit()
    clock = waiting_at(before)
    day = today() + timedelta(days=7)
    take_over(before, after, on=day)
    clock.refresh_from_db()
    assert clock.holder_unit == before

    with freeze_time(day):
        follow_the_calendar()

    clock.refresh_from_db()
    assert (clock.holder_unit, clock.held_since) == (after, day)


def test_agencies_that_went_back_and_forth_keep_what_they_hold():
    one, other = make_unit(), make_unit()
    take_over(one, other, on=date(2021, 1, 4))
    take_over(other, one, on=date(2022, 1, 4))
    clock = waiting_at(one)

    assert pass_on(today()) == 0
    clock.refresh_from_db()
    assert clock.holder_unit == one

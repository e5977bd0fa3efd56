"""A change of the calendar shows what moves before it is saved, and moves open clocks only."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from deadlines.actions import pause, resume, stop
from deadlines.calendar_changes import effects, move_due_dates, preview
from deadlines.models import Clock
from deadlines.parties import Holder
from journal.models import Content, Entry
from organisation import hooks
from organisation.models import CalendarDay
from organisation.stages import Role
from pilots.actions.sweeping import open_due_reports
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.deadlines import make_clock
from tests.factories.organisation import make_unit
from tests.factories.pilots import make_started, make_team
from tests.factories.proposals import make_proposal, start_clock

pytestmark = pytest.mark.django_db
OCT_4 = date(2021, 10, 4)
APR_30, MAY_5, MAY_6 = date(2022, 4, 30), date(2022, 5, 5), date(2022, 5, 6)


def holiday(day: date, kind: str = "holiday") -> CalendarDay:
    return CalendarDay(day=day, kind=kind, name="Nghỉ bão", basis_document="Công điện số 01")


def due(clock: Clock) -> date | None:
    return Clock.objects.get(pk=clock.pk).due_on


@freeze_time("2021-10-05 03:00")
def test_a_new_holiday_moves_what_counts_it():
    moved = make_clock("OPINION", on=OCT_4)
    stopped = make_clock("OPINION", on=OCT_4)
    stop(stopped, date(2021, 10, 5))
    early = make_clock("INCIDENT_CONFIRM", on=OCT_4)
    row = holiday(date(2021, 10, 6))

    assert [(m.clock, m.before, m.after) for m in preview({row.day: (row.kind, row.name)})] == [
        (moved, date(2021, 10, 11), date(2021, 10, 12))
    ]
    [effect] = effects({row.day: row})
    assert (effect.label, effect.count, effect.more) == ("1 thời hạn lùi lại", 1, 0)
    assert [(s.what, s.who, s.before, s.after) for s in effect.shifts] == [
        (
            f"{moved.code} · Trả lời xin ý kiến",
            moved.holder_user.full_name,
            date(2021, 10, 11),
            date(2021, 10, 12),
        )
    ]
    assert due(moved) == date(2021, 10, 11)

    row.save()
    move_due_dates(row.day)

    assert due(moved) == date(2021, 10, 12)
    assert (due(stopped), due(early)) == (date(2021, 10, 11), date(2021, 10, 5))
    entry = Entry.objects.get(action="deadline.recount")
    assert (entry.data["day"], entry.data["moved"]) == ("2021-10-06", 1)
    kept = Content.objects.get(kind="deadline_recount").facts
    assert kept["moves"] == [[str(moved.ref), "2021-10-11", "2021-10-12"]]


@freeze_time("2021-10-05 03:00")
def test_a_saturday_at_work_brings_dates_forward():
    clock = make_clock("OPINION", on=OCT_4)
    row = holiday(date(2021, 10, 9), "swap_work")

    assert [e.label for e in effects({row.day: row})] == ["1 thời hạn sớm hơn"]
    row.save()
    move_due_dates(row.day)

    assert due(clock) == date(2021, 10, 9)


@freeze_time("2021-10-05 03:00")
def test_a_holiday_taken_out_is_counted_again():
    row = holiday(date(2021, 10, 6))
    row.save()
    clock = make_clock("OPINION", on=OCT_4)
    assert due(clock) == date(2021, 10, 12)

    assert [m.after for m in preview({row.day: None})] == [date(2021, 10, 11)]
    row.delete()
    move_due_dates(row.day)

    assert due(clock) == date(2021, 10, 11)


@freeze_time("2021-10-20 03:00")
def test_dates_that_have_passed_stay():
    clock = make_clock("OPINION", on=OCT_4)
    row = holiday(date(2021, 10, 6))
    row.save()

    move_due_dates(row.day)

    assert due(clock) == date(2021, 10, 11)
    assert not Entry.objects.filter(action="deadline.recount").exists()


@freeze_time("2021-10-08 03:00")
def test_pauses_are_kept_in_the_new_count():
    clock = make_clock("OPINION", on=OCT_4)
    pause(clock, "chờ bổ sung", date(2021, 10, 6))
    resume(clock, date(2021, 10, 8))
    row = holiday(date(2021, 10, 11))
    row.save()

    move_due_dates(row.day)

    assert due(clock) == date(2021, 10, 14)


@pytest.mark.parametrize("number", [1, 3])
@freeze_time("2021-10-05 03:00")
def test_a_preview_costs_the_same_for_many_clocks(number, django_assert_num_queries):
    for _ in range(number):
        make_clock("OPINION", on=OCT_4)

    with django_assert_num_queries(4):
        moves = preview({date(2021, 10, 6): ("holiday", "Nghỉ")})

    assert len(moves) == number


@freeze_time("2021-10-05 03:00")
def test_a_day_that_is_put_elsewhere_is_looked_at_where_it_was_and_where_it_goes():
    CalendarDay.objects.bulk_create([holiday(date(2021, 10, 6))])
    clock = make_clock("OPINION", on=OCT_4)
    early = make_clock("DOC_SIGNING", on=OCT_4)
    assert (due(clock), due(early)) == (date(2021, 10, 12), date(2021, 10, 7))

    [effect] = effects({date(2021, 10, 6): None, date(2021, 10, 11): holiday(date(2021, 10, 11))})

    assert effect.label == "1 thời hạn sớm hơn"
    assert [(s.before, s.after) for s in effect.shifts] == [(date(2021, 10, 7), date(2021, 10, 6))]


@freeze_time("2021-10-05 03:00")
def test_a_post_is_named_with_its_agency():
    unit = make_unit(short_name="Sở Mẫu")
    make_clock("OPINION", on=OCT_4, holder=Holder.post(Role.AGENCY_FOCAL, unit))

    [effect] = effects({date(2021, 10, 6): holiday(date(2021, 10, 6))})

    assert [shift.who for shift in effect.shifts] == ["Đầu mối cơ quan, Sở Mẫu"]


@freeze_time("2021-10-05 03:00")
def test_what_is_confidential_is_counted_but_not_named():
    make_clock("LIABILITY_STATEMENT", on=OCT_4)
    row = holiday(date(2021, 10, 6))

    [effect] = effects({row.day: row})

    assert [(shift.what, shift.who) for shift in effect.shifts] == [("Việc khác", "")]


@freeze_time("2021-10-05 03:00")
def test_rows_that_repeat_the_date_follow(client):
    proposal = make_proposal(Stage.UNDER_REVIEW)
    clock = start_clock(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(due_on=clock.due_on)
    row = holiday(date(2021, 10, 6))
    row.save()

    move_due_dates(row.day)

    assert Proposal.objects.get(pk=proposal.pk).due_on == due(clock) == date(2021, 10, 15)


def test_the_calendar_page_asks_and_tells_the_clocks():
    assert effects in hooks.calendar_change_effects
    assert move_due_dates in hooks.calendar_changed


@freeze_time("2022-04-01 03:00")
def test_the_dates_of_progress_reports_follow_those_that_run_and_those_to_come():
    """Five working days after the end of a period."""
    pilot = make_started(make_team())
    first, second = pilot.reports.order_by("number")[:2]
    assert (first.period_to, first.due_on, due(first.clock)) == (APR_30, MAY_6, MAY_6)
    later = holiday(second.period_to + timedelta(days=2))

    [move] = [one for one in preview({MAY_5: ("holiday", "Nghỉ")}) if one.clock == first.clock]
    assert (move.before, move.after) == (MAY_6, date(2022, 5, 9))
    for row in (holiday(MAY_5), later):
        row.save()
        move_due_dates(row.day)

    first.refresh_from_db(fields=["due_on"])
    assert first.due_on == due(first.clock) == date(2022, 5, 9)
    assert Clock.objects.get(pk=first.clock_id).given_due_on == first.due_on
    planned = second.due_on
    open_due_reports(second.period_from)
    second = pilot.reports.get(number=2)
    assert second.due_on == due(second.clock) == planned + timedelta(days=1)

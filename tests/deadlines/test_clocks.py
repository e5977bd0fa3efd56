"""What callers do with clocks, and whose task an open clock is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from freezegun import freeze_time

from deadlines.actions import (
    ClockStopped,
    NoTransaction,
    SnoozeRefused,
    UnknownRule,
    hand_over,
    pause,
    resume,
    snooze,
    start,
    stop,
    stop_all,
)
from deadlines.models import Clock, DeadlineRule, HolderChange
from deadlines.parties import Holder
from deadlines.seeds import RULES, seed_rules
from organisation.models import Delegation
from organisation.stages import Role
from tests.factories.deadlines import make_clock, make_rules, make_subject
from tests.factories.organisation import make_appointment, make_unit, make_user

pytestmark = pytest.mark.django_db
OCT_4 = date(2021, 10, 4)  # a Monday without holidays around it


def tasks(user) -> list[Clock]:
    user.__dict__.pop("powers", None)
    return list(Clock.objects.open().held_by(user).for_list())


def test_rules_are_seeded_once_and_keep_what_was_changed_by_hand():
    assert seed_rules() == len(RULES)
    DeadlineRule.objects.filter(code="OPINION").update(amount=9)

    assert seed_rules() == 0
    assert DeadlineRule.objects.get(code="OPINION").amount == 9


def test_a_clock_takes_the_version_of_the_rule_valid_on_its_day():
    before = make_clock("COLLECTIVE_MEETING", on=date(2023, 9, 28))
    after = make_clock("COLLECTIVE_MEETING", on=date(2023, 9, 29))

    assert before.rule.legal_ground == "Quy định của dự án, chờ tỉnh ban hành"
    assert after.rule.legal_ground == "Khoản 1 Điều 8 Nghị định 73/2023/NĐ-CP"


def test_an_unknown_rule_starts_no_clock():
    make_rules()

    with pytest.raises(UnknownRule):
        make_clock("NO_SUCH_RULE")


def test_a_rule_without_days_gives_a_clock_without_a_date_that_never_urges():
    clock = make_clock("HIGHER_REVIEW")

    assert (clock.due_on, clock.state) == (None, "none")
    assert not clock.rule.may_urge


def test_the_caller_may_name_the_date():
    clock = make_clock("PROGRESS_REPORT", due_on=date(2022, 6, 20))

    assert clock.due_on == date(2022, 6, 20)


@pytest.mark.django_db(transaction=True)
def test_clocks_move_only_inside_a_transaction():
    make_rules()
    holder, subject = Holder.person(make_user()), make_subject()

    with pytest.raises(NoTransaction):
        start("OPINION", subject=subject, holder=holder, on=OCT_4, verb="Trả lời", url="/")
    assert not Clock.objects.exists()


def test_a_pause_moves_the_due_date_by_its_working_days():
    clock = make_clock("OPINION", on=OCT_4)
    assert clock.due_on == date(2021, 10, 11)

    paused = pause(clock, "chờ bổ sung", date(2021, 10, 6))
    assert paused.state == "paused"
    resumed = resume(clock, date(2021, 10, 8))

    assert (resumed.due_on, resumed.state) == (date(2021, 10, 13), "running")


def test_a_clock_is_paused_once_and_resumed_once():
    clock = make_clock()

    with pytest.raises(ClockStopped):
        resume(clock, OCT_4)
    pause(clock, "chờ bổ sung", OCT_4)
    with pytest.raises(ClockStopped):
        pause(clock, "chờ bổ sung", OCT_4)


def test_a_stopped_clock_is_nobodys_task_and_stays_stopped():
    user = make_user()
    clock = make_clock(holder=Holder.person(user))
    assert tasks(user) == [clock]

    stop(clock, date(2021, 10, 21), "approved")
    again = stop(clock, date(2021, 10, 29), "other")

    assert tasks(user) == []
    assert (again.stopped_on, again.outcome) == (date(2021, 10, 21), "approved")
    with pytest.raises(ClockStopped):
        pause(clock, "muộn", OCT_4)
    with pytest.raises(ClockStopped):
        hand_over(clock, Holder.person(user))


def test_stopping_a_paused_clock_ends_its_pause():
    clock = make_clock(on=OCT_4)
    pause(clock, "chờ bổ sung", date(2021, 10, 6))

    stop(clock, date(2021, 10, 8))

    assert [p.to_on for p in clock.pauses.all()] == [date(2021, 10, 8)]


def test_stop_all_stops_the_clocks_of_one_subject_only():
    subject = make_subject()
    ours = [make_clock(subject=subject), make_clock("OPINION", subject=subject)]
    other = make_clock()

    assert stop_all(subject, date(2021, 10, 21)) == 2
    assert list(Clock.objects.open()) == [other]
    assert Clock.objects.of_subject(subject.kind, subject.ref).count() == len(ours)


def test_a_post_holds_a_clock_whoever_fills_it():
    unit = make_unit()
    head = make_user(role=Role.AGENCY_HEAD, unit=unit)
    deputy = make_user(role=Role.DEPUTY_HEAD, unit=unit)
    elsewhere = make_user(role=Role.AGENCY_HEAD)
    clock = make_clock(holder=Holder.post(Role.AGENCY_HEAD, unit))

    assert [tasks(user) for user in (head, deputy, elsewhere)] == [[clock], [], []]


def test_the_head_of_an_agency_does_not_hold_what_the_head_of_its_section_holds():
    agency = make_unit()
    section = make_unit(kind="sub_unit", parent=agency)
    head = make_user(role=Role.AGENCY_HEAD, unit=agency)
    make_clock(holder=Holder.post(Role.AGENCY_HEAD, section))

    assert tasks(head) == []


@freeze_time("2021-10-20 03:00")
def test_a_delegate_holds_what_the_giver_holds_but_never_an_own_case():
    unit = make_unit()
    head = make_user()
    appointment = make_appointment(head, Role.AGENCY_HEAD, unit)
    deputy = make_user(role=Role.DEPUTY_HEAD, unit=unit)
    Delegation.objects.create(
        kind="KT",
        from_appointment=appointment,
        to_person=deputy,
        subject="review",
        valid_from=date(2021, 10, 1),
        valid_to=date(2021, 10, 31),
        basis_document="Giấy ủy quyền số 01",
    )
    review = make_subject(kind="proposal")
    others = make_clock(subject=review, holder=Holder.post(Role.AGENCY_HEAD, unit))
    own = Holder.post(Role.AGENCY_HEAD, unit, barred=[deputy])
    make_clock(subject=make_subject(kind="proposal"), holder=own)

    assert tasks(deputy) == [others]
    assert len(tasks(head)) == 2


@freeze_time("2021-10-20 03:00")
def test_what_was_lent_for_the_review_brings_no_other_task():
    unit = make_unit()
    head = make_user()
    appointment = make_appointment(head, Role.AGENCY_HEAD, unit)
    delegate = make_user(role=Role.PROPOSER, unit=unit)
    Delegation.objects.create(
        kind="TUQ",
        from_appointment=appointment,
        to_person=delegate,
        subject="review",
        valid_from=date(2021, 10, 1),
        valid_to=date(2021, 10, 31),
        basis_document="Giấy ủy quyền số 02",
    )
    post = Holder.post(Role.AGENCY_HEAD, unit)
    proposal = make_subject(kind="proposal")
    confirmed = make_clock("SECOND_PERSON", subject=proposal, holder=post)
    make_clock("EVALUATION_MEETING", subject=proposal, holder=post)
    make_clock("SECOND_PERSON", subject=make_subject(kind="liability"), holder=post)

    assert tasks(delegate) == [confirmed]
    assert len(tasks(head)) == 3


def test_handing_over_changes_the_holder_and_keeps_the_dates_and_the_history():
    first, second = make_user(), make_user()
    clock = make_clock(holder=Holder.person(first))

    moved = hand_over(clock, Holder.person(second), date(2021, 10, 25))

    assert (tasks(first), tasks(second)) == ([], [clock])
    assert (moved.due_on, moved.held_since) == (clock.due_on, date(2021, 10, 25))
    history = HolderChange.objects.filter(clock=clock).order_by("pk")
    assert [(row.holder_user, row.since) for row in history] == [
        (first, date(2021, 10, 20)),
        (second, date(2021, 10, 25)),
    ]


def test_the_database_wants_exactly_one_holder():
    clock = make_clock()

    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(holder_role=Role.CLERK)


def test_tasks_come_by_deadline_then_severity_then_age():
    user = make_user()
    mine = Holder.person(user)
    undated = make_clock("HIGHER_REVIEW", holder=mine)
    later = make_clock(holder=mine, on=date(2021, 10, 22))
    plain = make_clock(holder=mine)
    serious = make_clock(holder=mine, serious=True)

    assert tasks(user) == [serious, plain, later, undated]


@freeze_time("2021-10-25 03:00")
def test_a_task_of_ones_own_can_be_put_off_until_it_is_overdue():
    user = make_user()
    clock = make_clock(holder=Holder.person(user))

    assert snooze(clock, 3, by=user).snoozed_until == date(2021, 10, 28)
    assert list(Clock.objects.open().awake(date(2021, 10, 27))) == []
    assert list(Clock.objects.open().awake(date(2021, 10, 28))) == [clock]
    assert list(Clock.objects.open().awake(date(2021, 11, 1))) == [clock]


@freeze_time("2021-11-01 03:00")
@pytest.mark.parametrize("case", ["overdue", "somebody else's", "too long"])
def test_other_tasks_cannot_be_put_off(case):
    user = make_user()
    started = date(2021, 10, 20) if case == "overdue" else date(2021, 10, 29)
    clock = make_clock(holder=Holder.person(user), on=started)
    by = make_user() if case == "somebody else's" else user

    with pytest.raises(SnoozeRefused):
        snooze(clock, 4 if case == "too long" else 3, by=by)


def test_overdue_leaves_out_what_is_paused_or_done():
    late, paused, done = make_clock(), make_clock(), make_clock()
    pause(paused, "chờ bổ sung", date(2021, 10, 21))
    stop(done, date(2021, 10, 21))
    day = date(2021, 11, 1)

    assert list(Clock.objects.overdue(day)) == [late]
    assert list(Clock.objects.due_by(date(2021, 10, 28))) == []
    assert list(Clock.objects.due_by(date(2021, 10, 29))) == [late]

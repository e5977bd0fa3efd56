"""Who is reminded of what and when; what one person gets in one morning."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from deadlines.actions import hand_over, pause, resume, stop
from deadlines.models import Clock, DeadlineRule, LadderRung, Reminder
from deadlines.parties import Holder
from deadlines.reminding import note, reached
from deadlines.seeds import seed_ladder
from deadlines.tasks import remind_at
from notifications.models import Notice, OutboxMessage
from organisation.actions import rebuild_scopes
from organisation.models import CalendarDay, Delegation
from organisation.stages import Role
from tests.factories.deadlines import make_clock, make_rules, make_subject
from tests.factories.organisation import make_appointment, make_unit, make_user

pytestmark = pytest.mark.django_db
DUE = date(2021, 10, 29)  # a Friday, seven working days after 20/10; nothing odd around it


def morning(day: str, hour: str = "07:31") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00+07:00").astimezone(UTC)


def remind(day: str, hour: str = "07:31") -> None:
    with freeze_time(morning(day, hour)):
        remind_at(morning(day, hour))


def told_on(day: date, *, serious: bool = False) -> dict[str, set[int]]:
    """Whom each clock reaches on a day, by audience, and remember it."""
    found = list(reached(day, serious=serious))
    note(found, day)
    people: dict[str, set[int]] = {}
    for one in found:
        for person, audience in one.people.items():
            people.setdefault(audience, set()).add(person)
    return people


@pytest.fixture
def ladder():
    make_rules()
    seed_ladder()


@pytest.fixture
def house(ladder):
    """A province with one agency of it, and those who are told."""
    province = make_unit(kind="province")
    agency = make_unit(parent=province)
    section = make_unit(kind="sub_unit", parent=agency)
    snv = make_unit(parent=province)
    people = {
        "holder": make_user(role=Role.PROPOSER, unit=section),
        "head": make_user(role=Role.AGENCY_HEAD, unit=agency),
        "superior": make_user(role=Role.AGENCY_HEAD, unit=province),
        "home_affairs": make_user(role=Role.HOME_AFFAIRS_OFFICER, unit=snv),
    }
    rebuild_scopes()
    return people | {"agency": agency}


def of(house, *names: str) -> dict[str, set[int]]:
    return {name: {house[name].pk} for name in names}


def test_the_ladder_is_climbed_rung_by_rung_and_each_rung_once(house):
    make_clock(holder=Holder.person(house["holder"]))
    heard = {}
    for day in range(20, 40):
        at = date(2021, 10, day) if day < 32 else date(2021, 11, day - 31)
        if found := told_on(at):
            heard[at.isoformat()] = found
        assert told_on(at) == {}

    assert heard == {
        "2021-10-26": of(house, "holder"),
        "2021-10-28": of(house, "holder"),
        "2021-10-29": of(house, "holder"),
        "2021-11-01": of(house, "holder", "head", "home_affairs"),
        "2021-11-05": of(house, "holder", "superior", "home_affairs"),
    }


def test_after_a_long_silence_only_what_is_still_true_is_told_once(house):
    make_clock(holder=Holder.person(house["holder"]))

    assert told_on(date(2022, 1, 28)) == of(house, "holder", "head", "superior", "home_affairs")
    assert Reminder.objects.get().offset == 5


def test_a_period_shorter_than_a_rung_skips_it(house):
    clock = make_clock("DOC_NUMBERING", holder=Holder.person(house["holder"]))
    assert clock.due_on == date(2021, 10, 21)

    assert told_on(date(2021, 10, 20)) == {}
    assert told_on(date(2021, 10, 21)) == of(house, "holder")


def test_what_is_settled_paused_or_rests_on_an_unread_source_is_not_reminded_of(house):
    mine = Holder.person(house["holder"])
    done, paused = make_clock(holder=mine), make_clock(holder=mine)
    make_clock("OPINION", holder=mine)
    make_clock("HIGHER_REVIEW", holder=mine)  # without a date
    make_clock("EVALUATION_NOTICE", holder=mine)  # read in part only
    stop(done, date(2021, 10, 21))
    pause(paused, "chờ bổ sung", date(2021, 10, 21))
    DeadlineRule.objects.filter(code="OPINION").update(source_status="unverified")

    assert told_on(date(2021, 11, 8)) == {}


def test_a_date_that_moved_is_climbed_anew(house):
    clock = make_clock(holder=Holder.person(house["holder"]))
    assert told_on(DUE) == of(house, "holder")
    pause(clock, "chờ bổ sung", date(2021, 10, 28))
    clock = resume(clock, date(2021, 11, 4))

    assert clock.due_on == date(2021, 11, 5)
    assert told_on(date(2021, 11, 4)) == of(house, "holder")
    assert told_on(date(2021, 11, 5)) == of(house, "holder")


def test_who_handed_it_over_or_left_is_not_told(house):
    gone, here = make_user(is_active=False), make_user()
    clock = make_clock(holder=Holder.person(house["holder"]))
    make_clock(holder=Holder.person(gone))
    hand_over(clock, Holder.person(here), date(2021, 10, 25))

    told = told_on(DUE)
    assert told == {"holder": {here.pk}, "stand_in": {house["home_affairs"].pk}}


def test_a_post_is_told_with_its_delegate_but_not_those_barred_nor_twice(house):
    head, agency = house["head"], house["agency"]
    lent, barred = make_user(), make_user()
    make_appointment(barred, Role.AGENCY_HEAD, agency)
    Delegation.objects.create(
        kind="KT",
        from_appointment=head.appointments.get(),
        to_person=lent,
        subject="review",
        valid_from=date(2021, 10, 1),
        valid_to=date(2021, 12, 31),
        basis_document="Giấy ủy quyền số 01",
    )
    post = Holder.post(Role.AGENCY_HEAD, agency, barred=[barred])
    make_clock(subject=make_subject("proposal"), holder=post)
    assert told_on(DUE) == {"holder": {head.pk, lent.pk}}

    make_clock("RESULT_REPORT", holder=Holder.post(Role.AGENCY_HEAD, agency))
    assert told_on(DUE) == {
        "holder": {head.pk, barred.pk},
        "home_affairs": {house["home_affairs"].pk},
    }


def test_what_nobody_holds_is_told_to_the_head_else_to_the_head_above_else_to_home_affairs(house):
    post = Holder.post(Role.AGENCY_FOCAL, house["agency"])
    make_clock(holder=post)
    make_clock("LIABILITY_FACTS", holder=post)  # of this nobody else ever hears

    for day, name in ((26, "head"), (28, "superior"), (29, "home_affairs")):
        assert told_on(date(2021, 10, day)) == {"stand_in": {house[name].pk}}
        house[name].is_active = False
        house[name].save()


def test_what_is_confidential_never_leaves_its_holder_whatever_the_rows_say(house):
    make_clock("LIABILITY_STATEMENT", holder=Holder.person(house["holder"]))

    assert told_on(date(2021, 11, 12)) == of(house, "holder")


def test_rungs_of_a_rule_stand_in_the_place_of_the_default_ones(house):
    since = date(2021, 1, 1)
    LadderRung.objects.create(rule_code="OPINION", offset=2, audience="head", valid_from=since)
    LadderRung.objects.create(
        rule_code="OPINION",
        offset=-2,
        audience="holder",
        valid_from=since,
        valid_to=date(2021, 10, 25),
    )
    make_clock("OPINION", holder=Holder.person(house["holder"]))  # due on 27/10

    assert told_on(date(2021, 10, 25)) == {}
    assert told_on(date(2021, 10, 28)) == {}
    assert told_on(DUE) == of(house, "head")


def test_what_was_told_while_the_clock_had_run_ahead_does_not_count(house):
    make_clock(holder=Holder.person(house["holder"]))
    told_on(date(2022, 3, 1))

    assert told_on(DUE) == of(house, "holder")
    assert told_on(date(2022, 3, 1)) == {}


def test_one_letter_a_morning_with_everything_by_deadline(house):
    holder, head = house["holder"], house["head"]
    later = make_clock("OPINION", holder=Holder.person(holder), on=date(2021, 10, 27))
    first = make_clock(holder=Holder.person(holder), url="/de-xuat/a/")
    secret = make_clock("LIABILITY_STATEMENT", holder=Holder.person(holder))

    for _ in range(3):
        remind("2021-11-01")

    notice = Notice.objects.get(recipient=holder)
    assert notice.subject == "Việc hôm nay: 3 việc, 2 quá hạn"
    assert notice.text == "3 việc đang chờ đồng chí, 2 việc quá hạn."
    assert (notice.key, notice.url) == ("digest-2021-11-01", "/viec-hom-nay/")
    letter = OutboxMessage.objects.get(recipient=holder)
    assert letter.context["lines"] == [
        {
            "code": secret.code,
            "action": "Có việc đến hạn",
            "button": "Mở hồ sơ",
            "due": "27/10/2021, quá 3 ngày làm việc",
            "url": secret.url,
        },
        {
            "code": first.code,
            "action": "Xem xét, quyết định đề xuất",
            "button": "Ra quyết định",
            "due": "29/10/2021, quá 1 ngày làm việc",
            "url": "/de-xuat/a/",
        },
        {
            "code": later.code,
            "action": "Trả lời xin ý kiến",
            "button": "Quyết định đề xuất",
            "due": "03/11/2021, còn 2 ngày làm việc",
            "url": later.url,
        },
    ]
    assert Notice.objects.get(recipient=head).text == "1 việc quá hạn ở cơ quan, cấp dưới."
    listed = Notice.objects.get(recipient=house["home_affairs"])
    assert listed.subject == "Việc hôm nay: 1 việc quá hạn cần theo dõi"
    assert not Notice.objects.filter(recipient=house["superior"]).exists()


def test_a_head_hears_each_working_morning_of_what_waits_others_only_when_reminded(house):
    desk = make_user(role=Role.AGENCY_FOCAL, unit=house["agency"])
    make_clock(holder=Holder.post(Role.AGENCY_HEAD, house["agency"]))
    make_clock(holder=Holder.post(Role.AGENCY_FOCAL, house["agency"]))
    CalendarDay.objects.create(day=date(2021, 10, 22), kind="holiday", name="Nghỉ bão")

    remind("2021-10-21", "07:29")
    assert not Notice.objects.exists()
    for day in ("2021-10-21", "2021-10-22", "2021-10-23", "2021-10-24", "2021-10-25"):
        remind(day)

    heard = Notice.objects.filter(recipient=house["head"]).values_list("key", flat=True)
    assert sorted(heard) == ["digest-2021-10-21", "digest-2021-10-25"]
    assert not Notice.objects.filter(recipient=desk).exists()


def test_ninety_days_down_give_one_letter_each(house):
    for _ in range(3):
        make_clock(holder=Holder.person(house["holder"]))

    remind("2022-01-27")

    told = [house[name] for name in ("holder", "head", "superior", "home_affairs")]
    assert [Notice.objects.filter(recipient=person).count() for person in told] == [1, 1, 1, 1]


def test_a_jump_ahead_tells_once_and_changes_nothing_else(house):
    clock = make_clock(holder=Holder.person(house["holder"]))
    before = Clock.objects.values().get(pk=clock.pk)

    remind("2021-12-06")
    remind("2021-12-06")
    remind("2021-10-26")

    assert Notice.objects.filter(recipient=house["holder"]).count() == 2
    assert Clock.objects.values().get(pk=clock.pk) == before


def test_what_was_told_ahead_of_the_clock_is_told_again_when_its_day_comes(house):
    """Once; and a clock that was set back by mistake, and right again, doubles nothing."""
    make_clock(holder=Holder.person(house["holder"]))
    serious = make_clock("INCIDENT_CONFIRM", holder=Holder.person(house["holder"]), serious=True)
    remind("2021-10-29")  # it runs ahead, and comes back
    remind("2021-10-28")
    for _ in range(2):
        remind("2021-10-29")
        remind("2021-10-28", "09:00")

    heard = Notice.objects.filter(recipient=house["holder"]).order_by("pk")
    start = f"remind-{serious.ref.hex}-20211021-5"
    assert list(heard.values_list("key", flat=True)) == [
        *(start, "digest-2021-10-29"),
        *(f"{start}-20211028", "digest-2021-10-28"),
        "digest-2021-10-29-2",
    ]


def test_a_serious_incident_is_told_at_once_also_at_night(house):
    clock = make_clock(
        "INCIDENT_CONFIRM", holder=Holder.person(house["holder"]), serious=True
    )  # due on 21/10

    remind("2021-10-23", "00:05")
    remind("2021-10-23", "00:10")

    notice = Notice.objects.get(recipient=house["holder"])
    assert notice.subject == f"[{clock.code}] Xác nhận sự cố quá hạn 1 ngày làm việc"
    assert notice.is_serious
    assert Notice.objects.filter(recipient=house["head"], is_serious=True).count() == 1


@pytest.mark.parametrize("number", [1, 4])
def test_a_sweep_asks_as_much_for_many_clocks_as_for_one(house, number, django_assert_num_queries):
    for _ in range(number):
        make_clock(holder=Holder.person(house["holder"]))
        make_clock(holder=Holder.post(Role.AGENCY_HEAD, house["agency"]))
        make_clock(holder=Holder.person(make_user()))

    with django_assert_num_queries(9):
        found = list(reached(date(2021, 11, 1), serious=False))

    assert len(found) == number * 3

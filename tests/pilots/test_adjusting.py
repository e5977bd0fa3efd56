"""Adjustments that add, drop and move rows of the plan, and the form that asks for them."""

from decimal import Decimal

import pytest

from journal.conflicts import Conflict
from pilots.actions import adjusting, figures
from pilots.actions.base import Incomplete
from pilots.actions.planning import IndicatorLine, MilestoneLine
from pilots.actions.starting import prepare
from pilots.comparing import compare
from pilots.models import Adjustment, Indicator, Pilot
from pilots.stages import Direction
from tests.factories.organisation import sign_in
from tests.factories.pilots import (
    fresh,
    in_days,
    make_approved,
    make_started,
    make_team,
    open_clocks,
)
from tests.pilots.pages import posted, text_of, url

pytestmark = pytest.mark.django_db
OLD, NEW = "Kết quả trả tại nhà đúng hẹn", "Số hồ sơ thất lạc"
SIGNED = "Ký thỏa thuận bưu chính"
LOST = IndicatorLine(NEW, "hồ sơ", Direction.DOWN, Decimal("12"), Decimal("0"))


def make_planned(team):
    return prepare(make_approved(team).pk, by=team.leader)


def ask(pilot, team, **over):
    change = adjusting.Change("Mưa lũ kéo dài.", **over)
    return adjusting.ask_adjustment(pilot.pk, change, by=team.leader)


def approve(adjustment, team):
    return adjusting.decide_adjustment(adjustment.pk, by=team.head, is_approved=True)


def swapped(team):
    """A running pilot with a value, whose one indicator was dropped for another."""
    pilot = make_started(team)
    old = pilot.indicators.get()
    figures.enter_value(old.pk, figures.Value(Decimal("80"), in_days(0)), by=team.member)
    asked = ask(
        fresh(pilot), team, dropped_indicators=[old.pk], added_indicators=[LOST], scope="Ba xã"
    )
    return fresh(pilot), old, approve(asked, team)


def test_a_dropped_indicator_keeps_its_values_and_says_since_which_version():
    team = make_team()
    pilot, old, _ = swapped(team)

    old = Indicator.objects.get(pk=old.pk)
    assert (old.dropped_in, old.current) == (2, Decimal("80"))
    assert old.entries.count() == 1
    assert list(pilot.indicators.in_plan().values_list("name", "target")) == [(NEW, Decimal("0"))]
    assert fresh(pilot).behind_from is None


def test_both_versions_tell_what_was_dropped_and_added():
    team = make_team()
    _, _, adjustment = swapped(team)

    rows = compare(adjustment.before.content.facts, adjustment.after.content.facts)

    kinds = {row.label: row.kind for row in rows if row.kind}
    assert kinds == {"Phạm vi": "sửa", f"Chỉ tiêu: {OLD}": "bớt", f"Chỉ tiêu: {NEW}": "thêm"}
    assert adjustment.content.facts["changes"] == [
        "Phạm vi: từ “Hai xã của huyện Ninh Sơn” thành “Ba xã”.",
        f"Bỏ chỉ tiêu “{OLD}”.",
        f"Thêm chỉ tiêu “{NEW}”: từ 12 đến 0 hồ sơ.",
    ]


def test_no_value_is_entered_or_corrected_after_that():
    team = make_team()
    _, old, _ = swapped(team)
    measured = figures.Value(Decimal("85"), in_days(0))

    for deed, pk in (
        (figures.enter_value, old.pk),
        (figures.correct_value, old.entries.get().pk),
    ):
        with pytest.raises(Incomplete) as raised:
            deed(pk, measured, by=team.member)
        assert raised.value.items == ["Chỉ tiêu này đã bỏ từ bản 2 của kế hoạch."]


def test_milestones_are_moved_dropped_and_added_with_their_clocks():
    team = make_team()
    plan = [MilestoneLine(SIGNED, in_days(14)), MilestoneLine("Tập huấn", in_days(30))]
    pilot = make_started(team, milestones=plan)
    signed, trained = pilot.milestones.order_by("due_on")
    asked = ask(
        pilot,
        team,
        days={signed.pk: in_days(21)},
        dropped_milestones=[trained.pk],
        added_milestones=[MilestoneLine("Sơ kết", in_days(60))],
    )

    approve(asked, team)

    held = {row.name: (row.due_on, row.dropped_in) for row in pilot.milestones.all()}
    assert held == {
        SIGNED: (in_days(21), None),
        "Tập huấn": (in_days(30), 2),
        "Sơ kết": (in_days(60), None),
    }
    clocks = [(c.verb, c.due_on) for c in open_clocks(pilot) if c.rule.code == "MILESTONE"]
    assert sorted(clocks) == [
        (f"Hoàn thành mốc: {SIGNED}", in_days(21)),
        ("Hoàn thành mốc: Sơ kết", in_days(60)),
    ]
    with pytest.raises(Conflict):
        figures.finish_milestone(trained.pk, by=team.member, done_on=in_days(0))


def test_a_refused_adjustment_changes_no_row():
    team = make_team()
    pilot = make_started(team)
    asked = ask(pilot, team, added_indicators=[LOST])

    adjusting.decide_adjustment(asked.pk, by=team.head, is_approved=False, answer="Chưa cần.")

    assert [row.name for row in pilot.indicators.in_plan()] == [OLD]


def everything_out(pilot):
    return {
        "dropped_indicators": [row.pk for row in pilot.indicators.all()],
        "dropped_milestones": [row.pk for row in pilot.milestones.all()],
    }


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (everything_out, ["Giữ ít nhất một mốc công việc.", "Giữ ít nhất một chỉ tiêu."]),
        (
            lambda pilot: {"days": {pilot.milestones.get().pk: in_days(-1)}},
            [f"Thời hạn mới của mốc “{SIGNED}” phải từ hôm nay trở đi."],
        ),
        (
            lambda pilot: {"ends_on": in_days(7)},
            [f"Mốc “{SIGNED}” có thời hạn sau ngày kết thúc."],
        ),
        (
            lambda pilot: {"added_milestones": [MilestoneLine("Tổng kết", in_days(400))]},
            ["Mốc “Tổng kết” có thời hạn sau ngày kết thúc."],
        ),
        (
            lambda pilot: {
                "added_indicators": [
                    IndicatorLine(NEW, "hồ sơ", Direction.DOWN, Decimal("1"), Decimal("2"))
                ]
            },
            [f"Mục tiêu của “{NEW}” chưa đúng chiều so với số ban đầu."],
        ),
    ],
)
def test_what_the_rows_of_an_adjustment_need(change, messages):
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete) as raised:
        ask(pilot, team, **change(pilot))

    assert raised.value.items == messages


def test_rows_of_another_pilot_are_not_touched():
    team, others = make_team(), make_team()
    pilot, other = make_started(team), make_started(others)
    foreign, day = other.indicators.get(), other.milestones.get()

    with pytest.raises(Incomplete) as raised:
        ask(
            pilot,
            team,
            targets={foreign.pk: Decimal("90")},
            days={day.pk: in_days(30)},
            dropped_indicators=[foreign.pk],
            dropped_milestones=[day.pk],
        )

    assert raised.value.items == ["Nhập ít nhất một nội dung cần điều chỉnh."]


# The form


def sent(pilot, **over):
    """What the form sends when nothing was changed but the reason."""
    facts = {
        "version": pilot.version,
        "ends_on": f"{pilot.ends_on:%d/%m/%Y}",
        "scope": pilot.scope,
        "budget": str(pilot.budget),
        "reason": "Mưa lũ kéo dài.",
        "chi-tieu-TOTAL_FORMS": "1",
        "chi-tieu-INITIAL_FORMS": "1",
        "chi-tieu-0-target": "95",
        "moc-TOTAL_FORMS": "1",
        "moc-INITIAL_FORMS": "1",
        "moc-0-due_on": f"{in_days(14):%d/%m/%Y}",
        "chi-tieu-moi-TOTAL_FORMS": "0",
        "chi-tieu-moi-INITIAL_FORMS": "0",
        "moc-moi-TOTAL_FORMS": "0",
        "moc-moi-INITIAL_FORMS": "0",
    }
    return facts | over


ADDED = {
    "chi-tieu-moi-TOTAL_FORMS": "1",
    "chi-tieu-moi-0-name": NEW,
    "chi-tieu-moi-0-unit": "hồ sơ",
    "chi-tieu-moi-0-direction": "down",
    "chi-tieu-moi-0-baseline": "12",
    "chi-tieu-moi-0-target": "0",
    "chi-tieu-moi-0-frequency": "monthly",
}


def test_an_adjustment_goes_through_the_pages(client):
    team = make_team()
    pilot = make_started(team)
    sign_in(client, team.leader)
    later = f"{in_days(240):%d/%m/%Y}"
    said = sent(pilot, **ADDED, **{"ends_on": later, "chi-tieu-0-DELETE": "on"})

    page = text_of(posted(client, url("ask_adjustment", pilot), said))

    assert "Đã gửi đề nghị điều chỉnh." in page
    assert f"Bỏ chỉ tiêu “{OLD}”." in page
    sign_in(client, team.head)
    posted(client, url("approve_adjustment", pilot, 1), {"version": fresh(pilot).version})
    assert fresh(pilot).ends_on == in_days(240)
    page = text_of(client.get(url("compare", pilot)))
    assert "So sánh kế hoạch bản 1 và bản 2" in page
    assert f"<u>{later}</u>" in page.replace("<u> ", "<u>").replace(" </u>", "</u>")
    page = text_of(client.get(url("detail", pilot)))
    assert "Bỏ từ bản 2" in page
    assert "không còn trong kế hoạch" in page


def test_one_row_only_is_asked_to_change(client):
    team = make_team()
    pilot = make_started(team)
    sign_in(client, team.leader)
    day = f"{in_days(21):%d/%m/%Y}"

    posted(client, url("ask_adjustment", pilot), sent(pilot, **{"moc-0-due_on": day}))

    asked = Adjustment.objects.get()
    assert asked.content.facts["changes"] == [
        f"Mốc “{SIGNED}”: từ {in_days(14):%d/%m/%Y} thành {day}."
    ]


def test_another_line_is_added_without_script_and_nothing_is_lost_or_told_yet(client):
    team = make_team()
    pilot = make_started(team)
    sign_in(client, team.leader)
    said = sent(pilot, reason="", **{"chi-tieu-0-target": "90", "them": "chi-tieu-moi"})

    page = posted(client, url("ask_adjustment", pilot), said)

    assert 'name="chi-tieu-moi-0-name"' in text_of(page)
    assert 'value="90"' in text_of(page)
    assert "cần sửa" not in text_of(page)
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(
    ("table", "field"), [("chi-tieu", "name"), ("moc", "due_on"), ("thanh-vien", "duty")]
)
def test_the_plan_grows_by_a_button(client, table, field):
    team = make_team()
    pilot = make_planned(team)
    sign_in(client, team.leader)
    page = client.get(url("plan", pilot))
    held = page.context["forms"]
    before = {t.prefix: t.total_form_count() for t in held.tables}
    said = {f"{name}-TOTAL_FORMS": n for name, n in before.items()}
    said |= {f"{name}-INITIAL_FORMS": "0" for name in before}

    page = posted(client, url("plan", pilot), said | {"scope": "Ba xã", "them": table})

    assert f'name="{table}-{before[table]}-{field}"' in text_of(page)
    assert "Ba xã" in text_of(page)
    assert "cần sửa" not in text_of(page)
    assert Pilot.objects.get(pk=pilot.pk).scope != "Ba xã"


def test_a_button_that_names_no_table_adds_nothing(client):
    team = make_team()
    pilot = make_started(team)
    sign_in(client, team.leader)

    page = posted(client, url("ask_adjustment", pilot), sent(pilot, them="khac"))

    assert "chi-tieu-moi-0-name" not in text_of(page)
    assert not Adjustment.objects.exists()

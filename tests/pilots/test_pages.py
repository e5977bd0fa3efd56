"""Pages of a pilot: who gets what answer, what they show, what their forms do."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from organisation.stages import Role
from pilots.stages import PilotState
from pilots.urls import urlpatterns
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import (
    in_days,
    make_indicator,
    make_milestone,
    make_pilot,
    make_report,
    make_team,
)
from tests.pilots.pages import INCIDENT, posted, text_of, url

pytestmark = pytest.mark.django_db


# Who gets what answer

TABS = ("detail", "reports", "help", "incidents", "findings", "adjustments", "evaluation")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("role", ["leader", "member", "monitor", "head", "focal", "liaison"])
def test_tabs_are_there_for_those_around_the_pilot(client, tab, role):
    team = make_team()
    pilot = make_pilot(team=team)

    response = sign_in(client, getattr(team, role)).get(url(tab, pilot))

    assert response.status_code == 200
    assert pilot.proposal.title in response.content.decode()


def test_every_page_is_a_404_for_a_stranger(client):
    """AZ-02: the answer is that of a case that is not there."""
    team = make_team()
    pilot = make_pilot(team=team)
    make_indicator(pilot)
    sign_in(client, make_user(role=Role.AGENCY_HEAD))
    answers = set()

    for pattern in urlpatterns:
        kwargs = {name: uuid.uuid4() for name in pattern.pattern.converters}
        if "ref" not in kwargs and "help_ref" not in kwargs:
            continue
        kwargs = {n: 1 if n in ("number", "key") else v for n, v in kwargs.items()}
        if "ref" in kwargs:
            kwargs["ref"] = pilot.proposal.ref
        if "<uuid:key>" in str(pattern.pattern):
            kwargs["key"] = uuid.uuid4()
        answers.add(client.get(reverse(f"pilots:{pattern.name}", kwargs=kwargs)).status_code)

    assert answers == {404}


def test_nobody_sees_a_page_without_signing_in(client):
    pilot = make_pilot()

    response = client.get(url("detail", pilot))

    assert response.status_code == 302
    assert "/dang-nhap/" in response["Location"]


@pytest.mark.parametrize("deed", ["suspend", "terminate", "open_finding", "open_interim"])
def test_a_deed_of_others_is_forbidden_where_the_case_is_seen(client, deed):
    team = make_team()
    pilot = make_pilot(team=team)

    assert sign_in(client, team.member).get(url(deed, pilot)).status_code == 403


def test_buttons_are_those_of_the_table(client):
    team = make_team()
    pilot = make_pilot(team=team)
    make_report(pilot)

    leader = text_of(sign_in(client, team.leader).get(url("detail", pilot)))
    head = text_of(sign_in(client, team.head).get(url("detail", pilot)))

    assert "Lập báo cáo tiến độ" in leader
    assert "Đề nghị điều chỉnh" in leader
    assert "Tạm dừng thí điểm" not in leader
    assert "Tạm dừng thí điểm" in head
    assert "Lập báo cáo tiến độ" not in head


def test_plain_implementation_is_not_called_a_pilot(client):
    team = make_team()
    pilot = make_pilot(team=team, kind="implement")
    sign_in(client, team.head)

    page = text_of(client.get(url("detail", pilot)))
    asked = text_of(client.get(url("suspend", pilot)))

    assert "Đang thực hiện" in page
    assert "Tạm dừng thực hiện?" in asked
    assert "Đang thí điểm" not in page


# What the follow-up tab shows


def test_the_follow_up_tab_shows_the_figures_of_the_mock_up(client):
    team = make_team()
    pilot = make_pilot(team=team, starts_on=in_days(-75), ends_on=in_days(107), spent=42_000_000)
    make_indicator(pilot, current=Decimal("92.4"), current_on=in_days(-1))
    make_indicator(
        pilot,
        name="Số hồ sơ tham gia",
        unit="hồ sơ",
        baseline=0,
        target=3000,
        current=1026,
        current_on=in_days(-1),
    )
    make_milestone(pilot, name="Mở rộng sang huyện Ninh Phước", due_on=in_days(0))

    page = text_of(sign_in(client, team.leader).get(url("detail", pilot)))

    assert "Mức phải đạt theo kế hoạch: 41%" in page
    assert "Đạt 89% mục tiêu, theo kế hoạch là 41%" in page
    assert "Đạt 34% mục tiêu, theo kế hoạch là 41%" in page
    assert "Đúng kế hoạch" in page
    assert "Chậm" in page
    assert "1.026" in page
    assert "Đến hạn hôm nay" in page
    assert "1/2" in page
    assert "42,0/120,0 triệu đồng" in page


def test_at_most_two_alerts(client):
    team = make_team()
    pilot = make_pilot(team=team)
    make_report(pilot, due_on=in_days(-1))
    make_milestone(pilot, due_on=in_days(-2))
    make_milestone(pilot, name="Sơ kết giữa kỳ", due_on=in_days(-3))
    sign_in(client, team.leader)
    posted(client, url("new_incident", pilot), INCIDENT)

    page = text_of(client.get(url("detail", pilot)))

    assert page.count('class="notice notice-amber"') == 2
    assert "Có 1 sự cố chưa khắc phục." in page
    assert "Báo cáo tiến độ kỳ 1 quá hạn." in page


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("incidents", "Chưa có sự cố nào được báo. Báo sớm giúp bảo vệ người thực hiện."),
        ("reports", "Chưa đến kỳ báo cáo. Kỳ 1 mở ngày"),
    ],
)
def test_empty_pages_say_what_the_language_says(client, tab, words):
    team = make_team()
    pilot = make_pilot(team=team)
    make_report(pilot, period_from=in_days(5), period_to=in_days(35))

    assert words in text_of(sign_in(client, team.leader).get(url(tab, pilot)))


# Lists


def test_the_list_shows_what_i_may_see_and_filters(client):
    team = make_team()
    late = make_pilot(team=team, behind_from=in_days(-10))
    good = make_pilot(team=make_team(team.agency))
    foreign = make_pilot()
    sign_in(client, team.head)

    shown = client.get(reverse("pilots:index")).content.decode()
    narrowed = client.get(reverse("pilots:index"), {"tinh_hinh": "cham"}).content.decode()
    found = client.get(reverse("pilots:index"), {"q": good.proposal.code}).content.decode()

    assert late.proposal.code in shown
    assert good.proposal.code in shown
    assert foreign.proposal.code not in shown
    assert "Chậm tiến độ" in narrowed
    assert good.proposal.code not in narrowed
    assert late.proposal.code not in found


def test_late_reports_are_those_of_pilots_that_still_run(client):
    running, over = make_pilot(), make_pilot(PilotState.COMPLETED)
    for pilot in (running, over):
        make_report(pilot, due_on=in_days(-1))
    sign_in(client, make_user(role=Role.HOME_AFFAIRS_OFFICER))

    late = client.get(reverse("pilots:index"), {"tinh_hinh": "bao-cao"}).content.decode()
    every = client.get(reverse("pilots:index")).content.decode()

    assert running.proposal.code in late
    assert over.proposal.code not in late
    assert over.proposal.code in every
    assert every.count("Quá hạn ") == 1


def test_the_list_goes_on_after_fifty(client, monkeypatch):
    monkeypatch.setattr("pilots.views.follow.PAGE", 2)
    pilots = [make_pilot() for _ in range(3)]
    sign_in(client, make_user(role=Role.HOME_AFFAIRS_OFFICER))

    first = client.get(reverse("pilots:index"))
    second = client.get(first.context["more_url"])

    seen = [row["pilot"] for page in (first, second) for row in page.context["rows"]]
    assert seen == pilots[::-1]
    assert second.context["more_url"] == ""

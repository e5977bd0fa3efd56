"""What the forms of a pilot do when they are sent, and what they say when something is missing."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from organisation.stages import Role
from pilots.actions import figures, halting
from pilots.actions.starting import prepare
from pilots.models import Evaluation, HelpRequest, Incident, Indicator, Pilot
from pilots.stages import PilotState
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.pilots import (
    fresh,
    in_days,
    make_approved,
    make_indicator,
    make_pilot,
    make_report,
    make_started,
    make_team,
    open_clocks,
)
from tests.pilots.pages import INCIDENT, posted, text_of, url

pytestmark = pytest.mark.django_db


def plan_data(team, **over):
    """What the set-up form sends."""
    facts = {
        "leader": team.leader.pk,
        "starts_on": f"{in_days(0):%d/%m/%Y}",
        "ends_on": f"{in_days(180):%d/%m/%Y}",
        "scope": "Hai xã",
        "report_every_months": "1",
        "budget": "120 triệu",
        "stop_conditions": "Dừng khi có trên 2% hồ sơ thất lạc.",
        "chi-tieu-TOTAL_FORMS": "2",
        "chi-tieu-INITIAL_FORMS": "0",
        "chi-tieu-0-name": "Kết quả trả đúng hẹn",
        "chi-tieu-0-unit": "%",
        "chi-tieu-0-direction": "up",
        "chi-tieu-0-baseline": "71,5",
        "chi-tieu-0-target": "95",
        "chi-tieu-0-frequency": "monthly",
        "chi-tieu-1-direction": "up",
        "chi-tieu-1-frequency": "monthly",
        "moc-TOTAL_FORMS": "1",
        "moc-INITIAL_FORMS": "0",
        "moc-0-name": "Ký thỏa thuận",
        "moc-0-due_on": f"{in_days(14):%d/%m/%Y}",
        "thanh-vien-TOTAL_FORMS": "1",
        "thanh-vien-INITIAL_FORMS": "0",
        "thanh-vien-0-person": team.member.pk,
        "thanh-vien-0-duty": "Nhập số liệu",
    }
    return facts | over


def test_opening_the_plan_writes_nothing(client):
    team = make_team()
    proposal = make_approved(team)

    response = sign_in(client, team.leader).get(reverse("pilots:plan", args=[proposal.ref]))

    assert "Hồ sơ trả tại nhà" in response.content.decode()
    assert not Pilot.objects.exists()


def test_plan_and_start_through_the_pages(client):
    team = make_team()
    proposal = make_approved(team)
    sign_in(client, team.leader)
    address = reverse("pilots:plan", args=[proposal.ref])

    page = posted(client, address, plan_data(team))

    pilot = Pilot.objects.get()
    assert page.status_code == 200
    assert "Đã lưu kế hoạch." in text_of(page)
    indicator = pilot.indicators.get()
    assert (indicator.name, indicator.baseline, indicator.target) == (
        "Kết quả trả đúng hẹn",
        Decimal("71.5"),
        Decimal("95"),
    )
    assert (pilot.budget, pilot.members.get().person) == (120_000_000, team.member)

    started = posted(
        client, reverse("pilots:start", args=[proposal.ref]), {"version": pilot.version}
    )
    assert "Đã bắt đầu thí điểm." in text_of(started)
    assert fresh(pilot).state == PilotState.RUNNING


def test_who_hands_the_plan_over_goes_home_and_the_task_goes_with_it(client):
    team = make_team()
    proposal = make_approved(team)
    stands_in = make_user(role=Role.PROPOSER, unit=team.agency)
    proposal.decisions.update(implementer=stands_in)
    pilot = prepare(proposal.pk, by=stands_in)
    sign_in(client, stands_in)

    page = posted(
        client, url("plan", pilot), plan_data(team, **{"thanh-vien-0-person": team.clerk.pk})
    )

    assert page.redirect_chain == [("/viec-cua-toi/", 302)]
    assert f"từ nay do {team.leader.full_name} phụ trách." in text_of(page)
    assert [clock.holder_user for clock in open_clocks(pilot)] == [team.leader]
    proposal.refresh_from_db()
    assert team.leader.full_name in proposal.holder


def test_a_line_that_was_begun_says_what_it_lacks(client):
    team = make_team()
    proposal = make_approved(team)
    sign_in(client, team.leader)

    page = posted(
        client,
        reverse("pilots:plan", args=[proposal.ref]),
        plan_data(team, **{"chi-tieu-0-target": ""}),
    )

    assert "Nhập mục tiêu." in text_of(page)
    assert not Pilot.objects.exists()


def test_start_leads_to_the_plan_while_something_is_missing(client):
    team = make_team()
    proposal = make_approved(team)

    response = sign_in(client, team.leader).get(reverse("pilots:start", args=[proposal.ref]))

    assert response["Location"] == reverse("pilots:plan", args=[proposal.ref])


def test_an_incident_takes_four_fields(client):
    team = make_team()
    pilot = make_pilot(team=team)
    sign_in(client, team.member)

    page = text_of(posted(client, url("new_incident", pilot), INCIDENT))

    incident = Incident.objects.get()
    assert f"Đã báo sự cố {incident.code}." in page
    assert team.head.full_name in page


def test_an_incident_says_what_is_missing(client):
    team = make_team()
    pilot = make_pilot(team=team)
    sign_in(client, team.member)

    page = text_of(posted(client, url("new_incident", pilot), {"happened_time": "25h"}))

    for words in (
        "Nhập sự việc.",
        "Nhập giờ theo dạng giờ:phút, ví dụ 14:05.",
        "Chọn mức độ.",
        "Chọn có hay không có thiệt hại.",
    ):
        assert words in page
    assert not Incident.objects.exists()


def test_the_same_form_sent_twice_does_one_thing(client):
    team = make_team()
    pilot = make_pilot(team=team)
    sign_in(client, team.member)
    data = INCIDENT | {"key": str(uuid.uuid4())}

    first = client.post(url("new_incident", pilot), data)
    second = client.post(url("new_incident", pilot), data)

    assert Incident.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_report_draft_and_sending(client):
    team = make_team()
    pilot = make_pilot(team=team)
    make_report(pilot)
    sign_in(client, team.leader)
    address = url("report", pilot, 1)
    text = {"done": "Trả kết quả.", "next_steps": "Mở rộng.", "spent": "42 triệu"}

    page = posted(client, address, text | {"version": "1", "save": "1"})
    assert "Đã lưu bản nháp." in text_of(page)
    version = pilot.reports.get().version
    page = posted(client, address, {"done": " ", "version": str(version), "send": "1"})
    assert list(page.context["form"].errors) == ["done", "next_steps", "spent"]
    page = posted(client, address, text | {"version": str(version), "send": "1"})
    assert "Đã gửi báo cáo tiến độ kỳ 1." in text_of(page)

    sign_in(client, team.head)
    accept = url("accept_report", pilot, 1)
    assert "Chấp nhận báo cáo tiến độ?" in text_of(client.get(accept))
    page = posted(client, accept, {"version": str(pilot.reports.get().version)})
    assert "Đã chấp nhận báo cáo." in text_of(page)
    assert fresh(pilot).spent == 42_000_000


def test_help_is_answered_outside_of_the_case(client):
    team, unit = make_team(), make_unit("Sở Tài chính")
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    pilot = make_pilot(team=team)
    sign_in(client, team.member)
    posted(
        client,
        url("ask_help", pilot),
        {
            "kind": "equipment",
            "what": "02 máy quét",
            "unit": unit.pk,
            "needed_by": f"{in_days(9):%d/%m/%Y}",
        },
    )
    request = HelpRequest.objects.get()

    sign_in(client, focal)
    assert client.get(url("detail", pilot)).status_code == 404
    assert "02 máy quét" in text_of(client.get(reverse("pilots:help_inbox")))
    answer = text_of(client.get(reverse("pilots:help_answer", args=[request.ref])))
    assert pilot.proposal.title in answer
    page = posted(
        client, reverse("pilots:solve_help", args=[request.ref]), {"answer": "Đã cấp 02 máy."}
    )
    assert "Đã trả lời yêu cầu hỗ trợ." in text_of(page)


def test_the_inbox_shows_only_what_was_asked_of_me(client):
    team, unit = make_team(), make_unit()
    pilot = make_pilot(team=team)
    sign_in(client, team.member)
    posted(
        client,
        url("ask_help", pilot),
        {
            "kind": "legal",
            "what": "Rà soát",
            "unit": unit.pk,
            "needed_by": f"{in_days(9):%d/%m/%Y}",
        },
    )

    sign_in(client, make_user(role=Role.AGENCY_FOCAL))

    page = text_of(client.get(reverse("pilots:help_inbox")))
    assert "Rà soát" not in page
    assert "Không có yêu cầu hỗ trợ nào đang chờ cơ quan." in page


def conclusion_data(evaluation, **over):
    indicator = Indicator.objects.get(pilot=evaluation.pilot)
    facts = {
        "version": evaluation.version,
        f"value_{indicator.pk}": "80",
        "result": "partially_completed",
        "assessment": "",
        "has_damage": "no",
        "lessons": "Đối soát hằng ngày.",
        "recommendation": "continue",
        "khach-quan-TOTAL_FORMS": "1",
        "khach-quan-INITIAL_FORMS": "0",
        "khach-quan-0-text": "Mưa lũ.",
        "khach-quan-0-weight": "main",
        "chu-quan-TOTAL_FORMS": "1",
        "chu-quan-INITIAL_FORMS": "0",
        "thiet-hai-TOTAL_FORMS": "1",
        "thiet-hai-INITIAL_FORMS": "0",
    }
    return facts | over


BARE = {"khach-quan-0-text": "", "khach-quan-0-weight": "", "has_damage": "yes"}


def told_in(page, section):
    """What a section of the page says is to be mended, its heading known by id."""
    found = next(part for part in text_of(page).split("<section") if f'id="{section}"' in part)
    told = re.findall(r'<p class="errmsg">(.*?)</p>', found)
    return [re.sub(r"<.*?>", "", one).strip() for one in told]


def test_evaluation_through_the_pages(client):
    team = make_team()
    pilot = make_started(team)
    halting.complete(pilot.pk, by=team.leader)
    row = Evaluation.objects.get()

    sign_in(client, team.leader)
    page = posted(
        client,
        url("result_report", pilot, row.ref),
        {"version": row.version, "report": "Đã trả 1.026 hồ sơ."},
    )
    assert "Đã gửi báo cáo kết quả." in text_of(page)

    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)
    beside = text_of(sign_in(client, officer).get(url("evaluation", pilot)))
    assert "Đã trả 1.026 hồ sơ." not in beside

    sign_in(client, team.liaison)
    row = Evaluation.objects.get()
    posted(
        client,
        url("party_opinion", pilot, row.ref),
        {"version": row.version, "opinion": "Cấp ủy nhất trí."},
    )
    sign_in(client, team.deputy)
    posted(
        client,
        url("opinion", pilot, row.ref),
        {"opinion": "partially_completed", "text": "Đạt một phần do mưa lũ."},
    )

    sign_in(client, team.leader)
    hidden = text_of(client.get(url("evaluation", pilot)))
    assert "Đạt một phần do mưa lũ." not in hidden
    assert "Cấp ủy nhất trí." not in hidden

    sign_in(client, team.head)
    assert "Đạt một phần do mưa lũ." in text_of(client.get(url("evaluation", pilot)))
    row = Evaluation.objects.get()
    page = posted(client, url("conclude", pilot, row.ref), conclusion_data(row, lessons=""))
    assert "Nhập bài học." in text_of(page)
    facts = conclusion_data(row, **BARE)
    bare = facts | {name: "" for name in facts if name.startswith("value_")}
    page = posted(client, url("conclude", pilot, row.ref), bare)
    assert told_in(page, "h-kqu") == [
        "Nêu ít nhất một nguyên nhân: khách quan trước, chủ quan sau."
    ]
    assert told_in(page, "h-thd") == ["Nhập loại, giá trị và bên chịu thiệt hại."]
    assert told_in(page, "h-so") == [
        "Nhập số cuối cùng của chỉ tiêu “Kết quả trả tại nhà đúng hẹn”."
    ]
    assert 'href="#id_khach-quan-0-text"' in page.content.decode()
    assert "Đối soát hằng ngày." in text_of(page)
    page = posted(client, url("conclude", pilot, row.ref), conclusion_data(row, them="khach-quan"))
    assert 'name="khach-quan-1-text"' in page.content.decode()
    assert told_in(page, "h-kqu") == []
    assert "Mưa lũ." in text_of(page)
    page = posted(client, url("conclude", pilot, row.ref), conclusion_data(row))
    assert "Đã gửi kết quả đánh giá." in text_of(page)
    assert fresh(pilot).state == PilotState.EVALUATED

    sign_in(client, team.leader)
    assert "Đã trả 1.026 hồ sơ." in text_of(sign_in(client, officer).get(url("evaluation", pilot)))
    sign_in(client, team.leader)
    shown = text_of(client.get(url("evaluation", pilot)))
    assert "Mưa lũ." in shown
    assert "Đạt một phần do mưa lũ." not in shown


def test_the_indicator_page_draws_its_line(client):
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    figures.enter_value(indicator.pk, figures.Value(Decimal("80"), in_days(-9)), by=team.member)

    page = text_of(sign_in(client, team.head).get(url("indicator", pilot, indicator.ref)))

    assert "<polyline" in page
    assert "Xem số liệu" in page
    assert f"{in_days(-9):%d/%m/%Y}: 80% số hồ sơ" in page


def test_a_value_is_entered_and_corrected_through_the_pages(client):
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    sign_in(client, team.member)

    posted(
        client,
        url("indicator", pilot, indicator.ref),
        {"value": "92,4", "as_of": f"{in_days(-1):%d/%m/%Y}"},
    )
    entry = indicator.entries.get()
    page = posted(
        client,
        url("correct_value", pilot, entry.ref),
        {"value": "93", "as_of": f"{in_days(-1):%d/%m/%Y}"},
    )

    assert "đã được sửa, không dùng để tính" in text_of(page)
    indicator.refresh_from_db()
    assert indicator.current == Decimal("93")

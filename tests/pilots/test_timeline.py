"""What the timeline says of a pilot: codes, levels and numbers, and the way to each page."""

from decimal import Decimal

import pytest
from django.urls import reverse

from journal.timeline import labels, timeline
from organisation.stages import Role
from pilots.actions import figures, halting, incidents, reports
from pilots.models import Pilot
from pilots.stages import PilotKind
from tests.factories.journal import make_entry
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import in_days, make_pilot, make_started, make_team
from tests.pilots.test_following import TEXT, told

pytestmark = pytest.mark.django_db


def said(pilot, action, **asked):
    """The newest entry of that kind."""
    items = timeline(pilot.stream, size=50, **asked).items
    return next(item for item in items if item.action == action)


def test_an_incident_is_told_by_code_and_level():
    team = make_team()
    pilot = make_started(team)
    incident = incidents.report_incident(pilot.pk, told(), by=team.member)
    incidents.take_up(incident.pk, by=team.head)

    report = said(pilot, "incident.report", reader=team.leader)

    assert report.verb == f"báo sự cố {incident.code}, mức độ nhẹ"
    assert report.url == reverse("pilots:incident", args=[pilot.proposal.ref, incident.ref])
    taken = said(pilot, "incident.take_up", reader=team.leader)
    assert taken.verb == f"xác nhận sự cố {incident.code}"


def test_a_report_is_told_by_its_number():
    team = make_team()
    pilot = make_started(team)
    report = reports.send_report(pilot.reports.get(number=1).pk, TEXT, by=team.leader)
    reports.accept_report(report.pk, by=team.head)

    accepted = said(pilot, "report.accept", reader=team.leader)

    assert accepted.verb == "chấp nhận báo cáo tiến độ kỳ 1"
    assert accepted.url == reverse("pilots:report", args=[pilot.proposal.ref, 1])


def test_a_value_is_quoted_with_its_indicator_and_day():
    team = make_team()
    pilot = make_started(team)
    indicator = pilot.indicators.get()
    figures.enter_value(indicator.pk, figures.Value(Decimal("80.5"), in_days(0)), by=team.member)

    entered = said(pilot, "indicator.enter", reader=team.leader)

    day = f"{in_days(0):%d/%m/%Y}"
    assert entered.quote == f"Kết quả trả tại nhà đúng hẹn: 80,5% số hồ sơ, số liệu đến {day}."
    assert entered.url == reverse("pilots:indicator", args=[pilot.proposal.ref, indicator.ref])


def test_who_may_not_open_the_pilot_finds_no_link():
    team = make_team()
    pilot = make_started(team)
    incidents.report_incident(pilot.pk, told(), by=team.member)

    stranger = make_user(role=Role.PROPOSER)

    assert said(pilot, "incident.report", reader=stranger).url == ""
    assert said(pilot, "incident.report").url == ""


@pytest.mark.parametrize(
    ("action", "data", "words"),
    [
        ("pilot.start", {}, "bắt đầu thí điểm"),
        ("pilot.start", {"form": "implement"}, "bắt đầu thực hiện"),
        ("pilot.adjust", {"number": 2}, "đồng ý điều chỉnh thí điểm lần 2"),
        ("pilot.evaluate", {"result": "partially_completed"},
         "kết luận đánh giá kết quả: đạt một phần"),
        ("pilot.evaluate", {}, "kết luận đánh giá kết quả"),
        ("help.solve", {"code": "HT-2022-004"}, "giải quyết yêu cầu hỗ trợ HT-2022-004"),
        ("incident.report", {}, "báo sự cố"),
        ("proposal.resubmit", {"number": 2}, "gửi bản bổ sung, bản 2"),
        ("proposal.open_vote", {"members": 5}, "mở biểu quyết, 5 thành viên"),
        ("proposal.open_step", {"kind": "legal_check"}, "mở bước xem xét: kiểm tra pháp lý"),
    ],
)  # fmt: skip
def test_words_of_an_entry(action, data, words):
    assert labels[action].words(data) == words


def test_the_follow_up_tab_hides_single_votes_from_the_team(client):
    """AZ-06: what was said before the decision does not show in the newest events either."""
    team = make_team()
    pilot = make_pilot(team=team)
    make_entry(stream=pilot.stream, action="proposal.vote", by=team.deputy)

    mine = sign_in(client, team.member).get(pilot.get_absolute_url()).context["events"]
    theirs = sign_in(client, team.head).get(pilot.get_absolute_url()).context["events"]

    assert "proposal.vote" not in {item.action for item in [*mine.items, *theirs.items]}


def test_plain_implementation_is_written_down_as_such():
    team = make_team()
    pilot = make_started(team)
    Pilot.objects.filter(pk=pilot.pk).update(kind=PilotKind.IMPLEMENT)
    halting.suspend(pilot.pk, by=team.head, reason="Dịch.")

    assert said(pilot, "pilot.suspend").verb == "tạm dừng thực hiện"

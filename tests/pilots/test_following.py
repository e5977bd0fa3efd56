"""Reports, incidents, help and findings: moves, clocks, notices, and who may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from documents.models import OfficialDocument
from documents.papers import sheet_of
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.stages import Role
from pilots.actions import findings, halting, helping, incidents, reports
from pilots.actions.base import Incomplete
from pilots.stages import (
    FindingState,
    HelpKind,
    HelpState,
    IncidentLevel,
    IncidentState,
    ReportState,
)
from tests.factories.organisation import make_unit, make_user
from tests.factories.pilots import (
    clock_rules,
    fresh,
    in_days,
    make_indicator,
    make_pilot,
    make_report,
    make_started,
    make_team,
    open_clocks,
)

pytestmark = pytest.mark.django_db

TEXT = reports.ReportText(
    done="Trả kết quả tại hai xã.", next_steps="Mở rộng sang xã thứ ba.", spent=42_000_000
)


def holders(pilot):
    """Who holds which clock: a person's name, or a role."""
    return {clock.rule.code: clock.holder_user or clock.holder_role for clock in open_clocks(pilot)}


# Reports


def test_a_report_is_frozen_when_it_is_sent():
    team = make_team()
    pilot = make_pilot(team=team)
    make_indicator(pilot, current=80, current_on=in_days(-1))
    report = make_report(pilot)

    report = reports.send_report(report.pk, TEXT, by=team.leader)

    assert (report.state, report.sent_by) == (ReportState.SENT, team.leader)
    assert report.content.facts["figures"] == [
        ["Kết quả trả tại nhà đúng hẹn", "% số hồ sơ", "71,5", "80", "95", "36%"]
    ]
    paper = OfficialDocument.objects.get()
    assert (paper.kind, sheet_of(paper.facts).name) == ("report", "BÁO CÁO")
    assert holders(pilot) == {"REPORT_ACCEPTANCE": "agency_head"}


def test_sending_stops_the_clock_of_the_report():
    team = make_team()
    pilot = make_started(team)

    reports.send_report(pilot.reports.get(number=1).pk, TEXT, by=team.leader)

    assert clock_rules(pilot) == ["MILESTONE", "REPORT_ACCEPTANCE"]


def test_what_a_report_needs():
    team = make_team()
    report = make_report(make_pilot(team=team))

    with pytest.raises(Incomplete) as raised:
        reports.send_report(report.pk, reports.ReportText(), by=team.leader)

    assert raised.value.items == ["Nhập việc đã làm.", "Nhập việc tiếp theo."]


def test_a_report_of_a_time_to_come_is_not_sent():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete) as raised:
        reports.send_report(pilot.reports.get(number=2).pk, TEXT, by=team.leader)

    assert raised.value.items == ["Chưa đến kỳ báo cáo."]


def test_the_member_writes_but_does_not_send():
    team = make_team()
    report = make_report(make_pilot(team=team))

    report = reports.write_report(report.pk, TEXT, by=team.member)

    assert report.state == ReportState.WRITING
    with pytest.raises(PermissionDenied):
        reports.send_report(report.pk, TEXT, by=team.member)


def test_an_accepted_report_says_what_was_spent():
    team = make_team()
    pilot = make_pilot(team=team)
    report = reports.send_report(make_report(pilot).pk, TEXT, by=team.leader)

    report = reports.accept_report(report.pk, by=team.head)

    assert (report.state, report.answered_by) == (ReportState.ACCEPTED, team.head)
    assert fresh(pilot).spent == 42_000_000
    assert holders(pilot) == {}


def test_a_returned_report_goes_back_with_a_reason_and_comes_again():
    team = make_team()
    pilot = make_pilot(team=team)
    report = reports.send_report(make_report(pilot).pk, TEXT, by=team.leader)

    with pytest.raises(Incomplete):
        reports.return_report(report.pk, by=team.head, answer=" ")
    report = reports.return_report(report.pk, by=team.head, answer="Thiếu số liệu tháng 5.")

    assert report.state == ReportState.NEEDS_CHANGES
    assert holders(pilot) == {"PROGRESS_REPORT": team.leader}
    assert reports.write_report(report.pk, TEXT, by=team.member).state == "needs_changes"
    assert reports.send_report(report.pk, TEXT, by=team.leader).state == ReportState.SENT


def test_a_report_is_answered_once():
    team = make_team()
    report = reports.send_report(make_report(make_pilot(team=team)).pk, TEXT, by=team.leader)
    reports.accept_report(report.pk, by=team.head)

    with pytest.raises(Conflict):
        reports.return_report(report.pk, by=team.head, answer="Xem lại.")


def test_a_stale_report_form_is_a_conflict():
    team = make_team()
    report = make_report(make_pilot(team=team))
    reports.write_report(report.pk, TEXT, by=team.member, version=1)

    with pytest.raises(Conflict):
        reports.write_report(report.pk, TEXT, by=team.leader, version=1)


# Incidents


def told(level=IncidentLevel.MINOR, **over):
    facts = {
        "what": "Thất lạc 02 bì hồ sơ.",
        "happened_at": timezone.now() - timedelta(hours=3),
        "level": level,
        "has_harm": False,
    } | over
    return incidents.Told(**facts)


def test_an_incident_goes_to_the_head():
    team = make_team()
    pilot = make_pilot(team=team)
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)

    incident = incidents.report_incident(pilot.pk, told(), by=team.member)

    assert incident.code == f"SC-{timezone.localdate().year}-001"
    assert holders(pilot) == {"INCIDENT_CONFIRM": "agency_head"}
    recipients = {notice.recipient for notice in Notice.objects.all()}
    assert recipients == {team.head, team.leader, team.monitor}
    assert officer not in recipients


def test_a_serious_incident_reaches_home_affairs_at_once():
    team = make_team()
    pilot = make_pilot(team=team)
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)

    incidents.report_incident(pilot.pk, told(IncidentLevel.SERIOUS), by=team.member)

    notice = Notice.objects.get(recipient=officer)
    assert notice.is_serious
    assert notice.subject.endswith("Có sự cố mức độ nghiêm trọng, cần ý kiến trong hôm nay")
    assert open_clocks(pilot)[0].is_serious


def test_codes_run_through_the_year():
    team = make_team()
    pilot = make_pilot(team=team)

    codes = [incidents.report_incident(pilot.pk, told(), by=team.leader).code for _ in range(2)]

    assert [code[-3:] for code in codes] == ["001", "002"]


def test_an_incident_does_not_happen_tomorrow():
    team = make_team()
    pilot = make_pilot(team=team)

    with pytest.raises(Incomplete):
        incidents.report_incident(
            pilot.pk, told(happened_at=timezone.now() + timedelta(hours=1)), by=team.leader
        )


def test_the_road_of_an_incident():
    team = make_team()
    pilot = make_pilot(team=team)
    incident = incidents.report_incident(pilot.pk, told(), by=team.member)

    incidents.take_up(incident.pk, by=team.head)
    assert holders(pilot) == {"INCIDENT_FIX": team.leader}

    said = incidents.Measures(measures="Tìm lại và trả đủ.", objective_cause="Mưa lũ.")
    incidents.write_measures(incident.pk, said, by=team.member, is_fixed=True)
    assert holders(pilot) == {"INCIDENT_CONFIRM": "agency_head"}

    incidents.reopen_incident(incident.pk, by=team.head, answer="Thiếu xác nhận của hai hộ.")
    assert holders(pilot) == {"INCIDENT_FIX": team.leader}

    incidents.write_measures(incident.pk, said, by=team.leader, is_fixed=True)
    incident = incidents.confirm_incident(incident.pk, by=team.head)
    assert (incident.state, incident.confirmed_by) == (IncidentState.FIXED, team.head)
    assert incident.cause_kinds == ["objective"]
    assert holders(pilot) == {}


def test_nothing_is_mended_without_measures():
    team = make_team()
    incident = incidents.report_incident(make_pilot(team=team).pk, told(), by=team.member)

    with pytest.raises(Incomplete):
        incidents.write_measures(incident.pk, incidents.Measures(), by=team.member, is_fixed=True)


def test_the_team_does_not_confirm_its_own_incident():
    team = make_team()
    incident = incidents.report_incident(make_pilot(team=team).pk, told(), by=team.member)

    with pytest.raises(PermissionDenied):
        incidents.take_up(incident.pk, by=team.leader)
    with pytest.raises(Conflict):
        incidents.confirm_incident(incident.pk, by=team.head)  # nobody said it is mended


def test_an_incident_that_is_open_at_the_end_is_still_mended():
    team = make_team()
    pilot = make_started(team)
    incident = incidents.report_incident(pilot.pk, told(), by=team.member)
    halting.complete(pilot.pk, by=team.leader)

    said = incidents.Measures(measures="Tìm lại và trả đủ.")
    incidents.write_measures(incident.pk, said, by=team.member, is_fixed=True)
    incident = incidents.confirm_incident(incident.pk, by=team.head)

    assert incident.state == IncidentState.FIXED
    assert clock_rules(pilot) == ["RESULT_REPORT"]


# Help


def asked(unit, **over):
    facts = {
        "kind": HelpKind.EQUIPMENT,
        "what": "02 máy quét cho bưu cục huyện",
        "unit": unit,
        "needed_by": in_days(10),
    } | over
    return helping.Asked(**facts)


def test_help_goes_to_the_focal_point_of_the_agency():
    team, unit = make_team(), make_unit("Sở Tài chính")
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    pilot = make_pilot(team=team)

    request = helping.ask_help(pilot.pk, asked(unit), by=team.member)

    clock = open_clocks(pilot)[0]
    assert (clock.holder_unit, clock.holder_role) == (unit, "agency_focal")
    assert request.unit_name == "Sở Tài chính"
    notice = Notice.objects.get(recipient=focal)
    assert (notice.stream, notice.url) == ("", f"/ho-tro/{request.ref}/")


def test_an_agency_without_a_focal_point_answers_through_its_head():
    team, unit = make_team(), make_unit()
    make_user(role=Role.AGENCY_HEAD, unit=unit)
    pilot = make_pilot(team=team)

    helping.ask_help(pilot.pk, asked(unit), by=team.member)

    assert holders(pilot) == {"HELP_ANSWER": "agency_head"}


def test_the_road_of_a_request():
    team, unit = make_team(), make_unit()
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    pilot = make_pilot(team=team)
    request = helping.ask_help(pilot.pk, asked(unit), by=team.member)

    request = helping.receive_help(request.pk, by=focal, promised_on=in_days(5))
    assert (request.state, request.promised_on) == (HelpState.RECEIVED, in_days(5))
    assert helping.work_on_help(request.pk, by=focal).state == HelpState.WORKING
    request = helping.answer_help(request.pk, by=focal, answer="Đã cấp 02 máy.")

    assert (request.state, request.answered_by) == (HelpState.SOLVED, focal)
    assert holders(pilot) == {}
    with pytest.raises(Conflict):
        helping.answer_help(request.pk, by=focal, answer="Nữa.")


def test_help_that_cannot_be_given_needs_a_reason():
    team, unit = make_team(), make_unit()
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    request = helping.ask_help(make_pilot(team=team).pk, asked(unit), by=team.member)

    with pytest.raises(Incomplete) as raised:
        helping.answer_help(request.pk, by=focal, answer="", is_solved=False)

    assert raised.value.items == ["Nêu lý do không giải quyết được."]


def test_only_the_agency_answers():
    team, unit = make_team(), make_unit()
    request = helping.ask_help(make_pilot(team=team).pk, asked(unit), by=team.member)
    other = make_user(role=Role.AGENCY_FOCAL)

    for person in (team.head, team.leader, other, make_user(role=Role.HOME_AFFAIRS_OFFICER)):
        with pytest.raises(PermissionDenied):
            helping.answer_help(request.pk, by=person, answer="Xong.")


@pytest.mark.parametrize("by_home_affairs", [True, False])
def test_a_request_is_passed_on(by_home_affairs):
    team, unit, other = make_team(), make_unit(), make_unit("Sở Thông tin và Truyền thông")
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)
    pilot = make_pilot(team=team)
    request = helping.ask_help(pilot.pk, asked(unit), by=team.member)

    by = officer if by_home_affairs else focal
    request = helping.forward_help(request.pk, other, by=by, reason="Đúng chức năng hơn.")

    assert (request.unit, request.state) == (other, HelpState.SENT)
    assert request.forwards.get().to_unit_name == "Sở Thông tin và Truyền thông"
    assert [clock.holder_unit for clock in open_clocks(pilot)] == [other]
    with pytest.raises(PermissionDenied):
        helping.answer_help(request.pk, by=focal, answer="Xong.")


# Findings


def found(pilot, by, **over):
    facts = {"what": "Thiếu sổ giao nhận", "details": "Lập sổ.", "due_on": in_days(7)} | over
    return findings.open_finding(pilot.pk, by=by, **facts)


def test_the_road_of_a_finding():
    team = make_team()
    pilot = make_pilot(team=team)

    finding = found(pilot, team.monitor)
    assert (finding.found_as, holders(pilot)) == ("monitor", {"FINDING_FIX": team.leader})

    findings.remedy_finding(finding.pk, by=team.member, remedy="Đã lập sổ.")
    assert holders(pilot) == {"FINDING_CONFIRM": team.monitor}

    findings.accept_remedy(finding.pk, by=team.monitor, is_accepted=False, answer="Chưa đủ.")
    assert holders(pilot) == {"FINDING_FIX": team.leader}

    findings.remedy_finding(finding.pk, by=team.member, remedy="Đã bổ sung.")
    finding = findings.accept_remedy(finding.pk, by=team.monitor)
    assert (finding.state, finding.accepted_by) == (FindingState.ACCEPTED, team.monitor)
    assert holders(pilot) == {}


def test_an_inspector_finds_and_the_team_does_not():
    team = make_team()
    pilot = make_pilot(team=team)
    inspector = make_user(role=Role.INSPECTOR)

    assert found(pilot, inspector).found_as == "inspector"
    with pytest.raises(PermissionDenied):
        found(pilot, team.leader)


def test_another_who_watches_does_not_accept_the_remedy():
    team = make_team()
    pilot = make_pilot(team=team)
    finding = found(pilot, make_user(role=Role.INSPECTOR))
    findings.remedy_finding(finding.pk, by=team.member, remedy="Đã lập sổ.")

    with pytest.raises(PermissionDenied):
        findings.accept_remedy(finding.pk, by=team.monitor)
    assert findings.accept_remedy(finding.pk, by=team.head).accepted_by == team.head


def test_a_finding_is_due_in_days_to_come():
    team = make_team()

    with transaction.atomic(), pytest.raises(Incomplete):
        found(make_pilot(team=team), team.monitor, due_on=in_days(-1))

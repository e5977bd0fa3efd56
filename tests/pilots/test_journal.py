"""A pilot's whole life stands in the stream of its proposal, and the journal verifies."""

from decimal import Decimal

import pytest

from journal.models import Entry
from journal.timeline import labels
from journal.verify import verify
from organisation.stages import Role
from pilots.actions import (
    adjusting,
    concluding,
    conclusions,
    evaluating,
    figures,
    findings,
    halting,
    helping,
    incidents,
    proving,
    reports,
    staffing,
)
from pilots.actions.planning import MemberLine
from pilots.models import Evaluation, Pilot
from pilots.timeline import LABELS
from tests.factories.documents import make_stored_file
from tests.factories.organisation import make_unit, make_user
from tests.factories.pilots import fresh, in_days, make_started, make_team
from tests.pilots.test_following import TEXT, told

pytestmark = pytest.mark.django_db(transaction=True)


def a_whole_life() -> Pilot:
    """Everything that can be done with a pilot, once."""
    team = make_team()
    pilot = make_started(team)
    indicator, milestone = pilot.indicators.get(), pilot.milestones.get()
    entry = figures.enter_value(
        indicator.pk, figures.Value(Decimal("80"), in_days(0)), by=team.member
    )
    figures.correct_value(entry.pk, figures.Value(Decimal("81"), in_days(0)), by=team.leader)
    figures.finish_milestone(milestone.pk, by=team.member, done_on=in_days(0))
    report = pilot.reports.get(number=1)
    reports.write_report(report.pk, TEXT, by=team.member)
    reports.send_report(report.pk, TEXT, by=team.leader)
    reports.return_report(report.pk, by=team.head, answer="Thiếu số liệu.")
    reports.send_report(report.pk, TEXT, by=team.leader)
    reports.accept_report(report.pk, by=team.head)
    incident = incidents.report_incident(pilot.pk, told(), by=team.member)
    incidents.take_up(incident.pk, by=team.head)
    said = incidents.Measures(measures="Tìm lại.", objective_cause="Mưa.")
    incidents.write_measures(incident.pk, said, by=team.member)
    incidents.write_measures(incident.pk, said, by=team.member, is_fixed=True)
    incidents.reopen_incident(incident.pk, by=team.head, answer="Thiếu xác nhận.")
    incidents.write_measures(incident.pk, said, by=team.member, is_fixed=True)
    incidents.confirm_incident(incident.pk, by=team.head)
    _help(pilot, team)
    finding = findings.open_finding(
        pilot.pk, by=team.monitor, what="Thiếu sổ", details="Lập sổ.", due_on=in_days(5)
    )
    findings.remedy_finding(finding.pk, by=team.member, remedy="Đã lập.")
    findings.accept_remedy(finding.pk, by=team.monitor, is_accepted=False, answer="Chưa đủ.")
    findings.remedy_finding(finding.pk, by=team.member, remedy="Đã bổ sung.")
    findings.accept_remedy(finding.pk, by=team.monitor)
    stored = make_stored_file(stream=pilot.stream)
    proving.add_proof(pilot.pk, proving.Proof(9, "Ý kiến người dân", stored), by=team.member)
    staffing.change_team(pilot.pk, team.leader, [MemberLine(team.member, "Đối soát")], by=team.head)
    _decide(pilot, team)
    _evaluate(pilot, team)
    return fresh(pilot)


def _help(pilot, team):
    unit, other = make_unit(), make_unit()
    focal = make_user(role=Role.AGENCY_FOCAL, unit=unit)
    second = make_user(role=Role.AGENCY_FOCAL, unit=other)
    request = helping.ask_help(
        pilot.pk, helping.Asked("legal", "Rà soát", unit, in_days(9)), by=team.member
    )
    helping.receive_help(request.pk, by=focal)
    helping.forward_help(request.pk, other, by=focal, reason="Đúng chức năng.")
    helping.work_on_help(request.pk, by=second)
    helping.answer_help(request.pk, by=second, answer="Đã rà soát.")
    request = helping.ask_help(
        pilot.pk, helping.Asked("money", "Thêm vốn", unit, in_days(9)), by=team.member
    )
    helping.answer_help(request.pk, by=focal, answer="Hết vốn.", is_solved=False)


def _decide(pilot, team):
    change = adjusting.Change("Mưa lũ.", ends_on=in_days(240))
    first = adjusting.ask_adjustment(pilot.pk, change, by=team.leader)
    adjusting.decide_adjustment(first.pk, by=team.head, is_approved=True)
    again = adjusting.Change("Mưa nữa.", ends_on=in_days(300))
    second = adjusting.ask_adjustment(pilot.pk, again, by=team.leader)
    adjusting.decide_adjustment(second.pk, by=team.head, is_approved=False, answer="Đủ rồi.")
    halting.suspend(pilot.pk, by=team.head, reason="Dịch.")
    halting.resume(pilot.pk, by=team.head, reason="Hết dịch.")


def _evaluate(pilot, team):
    values = {pilot.indicators.get().pk: Decimal("95")}
    said = conclusions.Conclusion("completed", "replicate", "Tốt.", "", False, values)
    interim = evaluating.open_interim(pilot.pk, by=team.head)
    evaluating.give_opinion(interim.pk, by=team.deputy, opinion="completed", text="Tốt.")
    concluding.conclude(interim.pk, said, by=team.head)
    halting.complete(pilot.pk, by=team.leader)
    row = Evaluation.objects.get(pilot=pilot, kind="final")
    evaluating.report_result(row.pk, by=team.leader, report="Đạt.")
    evaluating.record_party_opinion(row.pk, by=team.liaison, opinion="Nhất trí.")
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Tốt.")
    concluding.conclude(row.pk, said, by=team.head)
    evaluating.issue_notice(row.pk, by=team.focal)
    halting.close(pilot.pk, by=team.head)


def test_the_whole_life_verifies_and_every_deed_has_words():
    pilot = a_whole_life()

    report = verify(stream=pilot.stream)

    assert [str(finding) for finding in report.findings] == []
    done = set(Entry.objects.of(pilot.stream).values_list("action", flat=True))
    ours = {action for action in done if not action.startswith("proposal.")}
    assert ours - set(labels) == set()
    assert set(LABELS) - ours == {"pilot.terminate"}  # this one was completed


def test_a_state_that_no_entry_tells_of_is_found():
    pilot = make_started(make_team())
    Pilot.objects.filter(pk=pilot.pk).update(state="suspended")

    report = verify(stream=pilot.stream)

    assert "the pilot is suspended, its entries say running" in str(report.findings)

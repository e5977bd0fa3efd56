"""The evidence dossier: what fills it, what it still lacks, who reaches it and sees how much."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accountability.proofs import dossier
from accountability.stages import CaseState
from deadlines.actions import stop
from deadlines.models import DeadlineRule
from deadlines.parties import Holder, Subject
from journal.actions import keep
from organisation.days import today
from organisation.stages import Role
from pilots.actions import concluding, figures, incidents, proving
from pilots.actions.base import Incomplete
from pilots.board import dossier_of
from pilots.models import Pilot
from proposals.stages import Seat, StepConclusion, StepKind
from tests.factories.accountability import make_case, make_cast
from tests.factories.deadlines import make_clock
from tests.factories.documents import make_stored_file
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import make_started, make_team
from tests.pilots.test_evaluating import opined, said
from tests.pilots.test_following import told

TAB = "Hồ sơ minh chứng"


def headings(pilot, user):
    fresh = Pilot.objects.for_detail().get(pk=pilot.pk)
    return {heading.label: heading for heading in dossier(fresh, user)}


def address(pilot):
    return reverse("accountability:evidence", args=[pilot.proposal.ref])


def test_a_running_pilot_says_what_is_missing_and_who_adds_it(client):
    team = make_team()
    pilot = make_started(team)
    incident = incidents.report_incident(pilot.pk, told(), by=team.member)

    answer = sign_in(client, team.leader).get(address(pilot))

    found = {heading.label: heading.lacking for heading in answer.context["headings"]}
    assert [label for label, lacking in found.items() if lacking] == [
        "Số liệu và nguồn",
        "Sự cố, biện pháp khắc phục",
        "Ý kiến người dân, cơ quan",
        "Đánh giá",
    ]
    assert found["Sự cố, biện pháp khắc phục"].endswith(f"{incident.code} (nhóm thực hiện).")
    page = answer.content.decode()
    assert "Đã đủ 6/10 mục." in page
    assert reverse("pilots:incident", args=[pilot.proposal.ref, incident.ref]) in page
    assert pilot.plan_versions.get().content.sha256 in page


def test_what_was_evaluated_is_proved_by_its_conclusion():
    team = make_team()
    pilot, row = opined(team)
    assert not headings(pilot, team.leader)["Đánh giá"].is_met

    row = concluding.conclude(row.pk, said(pilot), by=team.head)

    proof = headings(pilot, team.leader)["Đánh giá"].proofs[0]
    assert (proof.text, proof.who) == ("Đánh giá kết quả: đạt mục tiêu", team.head.full_name)
    assert proof.sha256 == row.content.sha256


def test_the_steps_of_the_review_are_proofs_for_those_inside_alone():
    team = make_team()
    pilot = make_started(team)
    pilot.proposal.steps.create(
        kind=StepKind.LEGAL_CHECK,
        unit=team.agency,
        conclusion=StepConclusion.FAVOURABLE,
        concluded_at=timezone.now(),
        concluded_by=team.focal,
        content=keep("legal_check", pilot.stream, {"quote": "Không trái quy định."}),
    )

    def heard(user):
        return [proof.who for proof in headings(pilot, user)["Ý kiến, thẩm quyền"].proofs]

    assert heard(team.head) == ["", team.focal.full_name]
    assert heard(team.leader) == [""]


def test_an_answer_that_came_late_counts_for_those_who_reported():
    team = make_team()
    pilot = make_started(team)
    subject = Subject("proposal", pilot.proposal.ref, "DX-1", "Đề xuất", pilot.proposal.stream)
    asked = {"subject": subject, "holder": Holder.post(Role.AGENCY_HEAD, team.agency)}
    late = make_clock("HIGHER_REVIEW", **asked, due_on=date(2022, 3, 1))
    kept = make_clock("COLLECTIVE_MEETING", **asked)
    DeadlineRule.objects.filter(pk=late.rule_id).update(source_status="verified")
    stop(late, date(2022, 3, 4))
    stop(kept, kept.due_on)

    proofs = headings(pilot, team.leader)["Ý kiến, thẩm quyền"].proofs

    assert [(proof.text, proof.url) for proof in proofs[1:]] == [
        (
            "Cấp có thẩm quyền xem xét, quyết định: hạn 01/03/2022, quá 3 ngày làm việc",
            reverse("deadlines:explain", args=[late.ref]),
        )
    ]


def test_who_does_not_see_the_pilot_finds_neither_tab_nor_page(client):
    team = make_team()
    pilot = make_started(team)
    person = make_user(role=Role.PROPOSER)
    step = pilot.proposal.steps.create(kind=StepKind.APPRAISAL_COUNCIL, unit=team.agency)
    step.members.create(person=person, seat=Seat.MEMBER)
    content = reverse("proposals:content", args=[pilot.proposal.ref])

    def tabs(user):
        return [tab.label for tab in sign_in(client, user).get(content).context["tabs"]]

    assert TAB in tabs(team.deputy)
    assert tabs(person) == ["Nội dung đề xuất", "Văn bản", "Dòng thời gian"]
    assert client.get(address(pilot)).status_code == 404


@pytest.mark.parametrize("who", ["focal", "head", "home_affairs_lead"])
def test_those_who_weigh_a_case_reach_the_dossier_from_it(client, who):
    cast = make_cast()
    case = make_case(CaseState.FACT_FINDING, cast=cast)
    user = getattr(cast, who)

    page = sign_in(client, user).get(case.get_absolute_url()).content.decode()

    assert address(case.pilot) in page
    assert client.get(address(case.pilot)).status_code == 200


def test_a_document_fills_its_heading_and_gives_way_to_a_better_one(client):
    team = make_team()
    pilot = make_started(team)
    stored = make_stored_file(stream=pilot.stream)
    first = proving.add_proof(pilot.pk, proving.Proof(9, "Biên bản thôn 1", stored), by=team.member)
    better = proving.Proof(9, "Biên bản thôn 1, có chữ ký", stored, replaces=first)
    proving.add_proof(pilot.pk, better, by=team.leader)

    heading = headings(pilot, team.leader)["Ý kiến người dân, cơ quan"]

    assert heading.is_met
    assert [(proof.text, proof.replaced) for proof in heading.proofs] == [
        ("Biên bản thôn 1", "Biên bản thôn 1, có chữ ký"),
        ("Biên bản thôn 1, có chữ ký", ""),
    ]
    with pytest.raises(Incomplete):
        proving.add_proof(pilot.pk, better, by=team.leader)
    page = sign_in(client, team.leader).get(address(pilot)).content.decode()
    assert "thay thế bởi “Biên bản thôn 1, có chữ ký”" in page


def test_the_tab_says_as_much_as_the_page():
    """The counter is one query over the pilot; the page reads every record."""
    team = make_team()
    running = make_started(team)
    reported = make_started(make_team())
    incidents.report_incident(reported.pk, told(), by=reported.leader)
    figures.enter_value(
        reported.indicators.get().pk, figures.Value(Decimal(5), today()), by=reported.leader
    )
    ended, row = opined(make_team())
    concluding.conclude(row.pk, said(ended), by=row.pilot.decision.decided_by)

    for pilot in (running, reported, ended):
        found = headings(pilot, pilot.leader)
        lacking = [label for label, heading in found.items() if not heading.is_met]
        assert dossier_of(Pilot.objects.for_detail().get(pk=pilot.pk)).missing == lacking

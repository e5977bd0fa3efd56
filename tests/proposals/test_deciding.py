"""The head's decision and all that follows from it."""

import pytest
from django.core.exceptions import PermissionDenied

from deadlines.models import Clock
from documents.models import OfficialDocument
from documents.stages import PaperState
from journal.conflicts import Conflict
from journal.models import Entry
from notifications.models import Notice
from organisation.days import add_working_days, today
from organisation.stages import Role
from proposals.actions import deciding, overriding, supplement
from proposals.actions.lifecycle import MoveRefused
from proposals.models import Decision
from proposals.stages import DecisionKind, DecisionState, Part, Stage
from tests.factories.documents import mark_issued
from tests.proposals.flows import (
    LONG,
    afresh,
    decide_pilot,
    delegate,
    make_checked,
    make_received,
    make_seeded_province,
    make_voted_down,
    refuse,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_seeded_province()


def open_rules(proposal):
    clocks = Clock.objects.of_subject("proposal", proposal.ref).open()
    return sorted(clocks.values_list("rule__code", flat=True))


def test_a_pilot_is_decided_on_the_frozen_version(province):
    proposal = make_checked(province)

    decision = decide_pilot(proposal, province, guidance="Xin ý kiến Sở Xây dựng.")

    assert reread(proposal).stage == Stage.APPROVED_PILOT
    assert decision.state == DecisionState.IN_FORCE
    assert decision.plan_version == proposal.versions.get(number=1)
    assert decision.content.facts["plan_sha256"] == decision.plan_version.content.sha256
    assert decision.content.facts["quote"] == "Xin ý kiến Sở Xây dựng."
    entry = Entry.objects.of(proposal.stream).get(action="proposal.approve_pilot")
    assert entry.data["content_sha256"] == decision.content.sha256


def test_a_decided_pilot_is_the_task_of_whoever_carries_it_out(province):
    proposal = make_checked(province)

    decide_pilot(proposal, province)

    now = reread(proposal)
    assert open_rules(now) == ["PILOT_START"]
    assert now.holder == province.official.display
    assert now.due_on == add_working_days(today(), 5)


def test_a_decided_pilot_leaves_a_draft_of_the_decision(province):
    proposal = make_checked(province)

    decision = decide_pilot(proposal, province)

    paper = OfficialDocument.objects.get(stream=proposal.stream, kind="decision")
    assert decision.document == paper
    assert paper.state == PaperState.DRAFT
    assert paper.issuing_unit == province.department
    assert proposal.title in paper.title
    assert paper.facts["notation"] == "QĐ-STNMT"
    assert paper.facts["signature"] == {"lines": ["GIÁM ĐỐC"], "name": "Nguyễn Giám Đốc Mẫu"}
    assert "Trần Phó Giám Đốc Mẫu" in paper.facts["body"][1]["children"][1]["text"]


def test_the_people_of_a_decision_are_told_once(province):
    proposal = make_checked(province)

    decide_pilot(proposal, province)

    told = Notice.objects.filter(key__startswith="approved")
    assert sorted(told.values_list("recipient__username", flat=True)) == ["deputy", "official"]


def test_an_implementation_is_decided_with_its_doer(province):
    proposal = make_checked(province)

    decision = deciding.decide(
        proposal.pk, DecisionKind.IMPLEMENT, by=province.head, implementer=province.colleague
    )

    now = reread(proposal)
    assert now.stage == Stage.APPROVED_IMPLEMENT
    assert decision.implementer == province.colleague
    assert now.holder == province.colleague.display


def test_nothing_is_decided_while_a_required_step_is_open(province):
    proposal = make_received(province)

    with pytest.raises(MoveRefused, match="Còn bước xem xét bắt buộc"):
        decide_pilot(proposal, province)

    assert reread(proposal).stage == Stage.UNDER_REVIEW
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "role", ["deputy", "focal", "colleague", "clerk", "district_head", "official", "admin"]
)
def test_only_the_head_decides(province, role):
    proposal = make_checked(province)

    with pytest.raises((PermissionDenied, MoveRefused)):
        deciding.decide(
            proposal.pk,
            DecisionKind.IMPLEMENT,
            by=province.people[role],
            implementer=province.official,
        )

    assert reread(proposal).stage == Stage.UNDER_REVIEW


def test_no_self_decision(province):
    """A head who takes part in a proposal does not decide it, whatever other post they hold."""
    proposal = make_checked(province)
    proposal.coauthors.create(person=province.head, share_percent=20)

    with pytest.raises(PermissionDenied):
        decide_pilot(proposal, province)


def test_two_roles_one_person(province):
    """Whoever wrote the legal check does not decide, not even by delegation (AZ-07)."""
    proposal = make_checked(province)
    delegate(province, province.focal)

    with pytest.raises(MoveRefused, match="Người đã kiểm tra pháp lý"):
        deciding.decide(
            proposal.pk,
            DecisionKind.IMPLEMENT,
            by=afresh(province.focal),
            implementer=province.official,
        )


def test_a_delegated_deputy_decides_in_the_heads_power(province):
    proposal = make_checked(province)
    delegate(province, province.deputy)

    decision = deciding.decide(
        proposal.pk,
        DecisionKind.IMPLEMENT,
        by=afresh(province.deputy),
        implementer=province.official,
    )

    assert decision.mandate == "Thừa ủy quyền Giám đốc Sở Nguyễn Giám Đốc Mẫu"
    assert decision.decided_by == province.deputy


def test_a_second_decision_meets_the_first(province):
    proposal = make_checked(province)
    seen = proposal.version
    decide_pilot(proposal, province)

    with pytest.raises(Conflict) as conflict:
        refuse(proposal, province, version=seen)

    assert conflict.value.who == "Nguyễn Giám Đốc Mẫu"
    assert conflict.value.label == "Cho thí điểm"
    assert Decision.objects.count() == 1


def test_a_refusal_gives_the_proposer_five_working_days(province):
    proposal = make_checked(province)

    decision = refuse(proposal, province)

    now = reread(proposal)
    assert now.stage == Stage.REFUSED
    assert decision.refusal_ground == "not_feasible"
    assert open_rules(now) == ["REFUSAL_ANSWER"]
    assert now.due_on == add_working_days(today(), 5)
    assert decision.document.kind == "notice"


@pytest.mark.parametrize(
    "facts", [{"reason": "Chưa khả thi."}, {"ground": ""}, {"reason": " ".join(["chữ"] * 29)}]
)
def test_a_refusal_needs_a_category_and_thirty_words(province, facts):
    proposal = make_checked(province)

    with pytest.raises(MoveRefused, match="ít nhất 30 chữ"):
        refuse(proposal, province, **facts)

    assert reread(proposal).stage == Stage.UNDER_REVIEW


def test_an_escalation_goes_to_the_superior_with_a_new_clock(province):
    proposal = make_checked(province)

    decision = escalate(proposal, province.head)

    now = reread(proposal)
    assert now.stage == Stage.ESCALATED
    assert now.deciding_unit == province.unit
    assert now.agency == province.department
    assert decision.document.kind == "submission"
    assert open_rules(now) == ["HIGHER_REVIEW"]
    assert now.holder == province.chairman.display
    assert now.required_steps_left == 0


def escalate(proposal, by):
    reason = "Liên quan nhiều ngành."
    return deciding.decide(proposal.pk, DecisionKind.ESCALATE, by=by, reason=reason)


def test_the_superior_decides_what_was_escalated(province):
    proposal = make_checked(province)
    escalate(proposal, province.head)

    decision = deciding.decide(
        proposal.pk,
        DecisionKind.IMPLEMENT,
        by=province.chairman,
        implementer=province.official,
    )

    assert reread(proposal).stage == Stage.APPROVED_IMPLEMENT
    assert decision.unit == province.unit


def test_the_head_below_decides_no_more_once_it_went_up(province):
    proposal = make_checked(province)
    escalate(proposal, province.head)

    with pytest.raises(PermissionDenied):
        decide_pilot(proposal, province)


def test_nothing_goes_above_the_province(province):
    proposal = make_checked(province)
    escalate(proposal, province.head)

    with pytest.raises(MoveRefused, match="không có cấp trên"):
        escalate(proposal, province.chairman)


def test_a_redirected_proposal_ends_here(province):
    proposal = make_checked(province)

    deciding.decide(
        proposal.pk, DecisionKind.REDIRECT, by=province.head, reason="Cần nghị quyết của HĐND."
    )

    now = reread(proposal)
    assert now.stage == Stage.REDIRECTED
    assert now.closed_at is not None
    assert open_rules(now) == []


def test_a_return_is_a_decision_too(province):
    proposal = make_checked(province)
    items = (supplement.Item(Part.PROBLEM, "Nêu số liệu năm trước."),)

    decision = deciding.decide(proposal.pk, DecisionKind.RETURN, by=province.head, items=items)

    assert reread(proposal).stage == Stage.RETURNED
    assert decision.kind == DecisionKind.RETURN
    item = proposal.supplement_requests.get().items.get()
    assert item.request_text == "Nêu số liệu năm trước."


def test_four_eyes(province):
    """Against the vote the head only proposes; a second person makes it hold (AZ-08)."""
    proposal = make_voted_down(province)

    decision = decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    assert reread(proposal).stage == Stage.UNDER_REVIEW
    assert decision.state == DecisionState.AWAITING_SECOND
    with pytest.raises(PermissionDenied):
        overriding.confirm(decision.pk, by=province.head)

    overriding.confirm(decision.pk, by=province.deputy)

    now = reread(proposal)
    assert now.stage == Stage.APPROVED_PILOT
    assert now.is_override
    decision.refresh_from_db()
    assert decision.second_person == province.deputy
    assert decision.state == DecisionState.IN_FORCE


def test_the_superior_learns_of_an_override(province):
    proposal = make_voted_down(province)
    decision = decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    overriding.confirm(decision.pk, by=province.deputy)

    told = Notice.objects.filter(key__startswith="override")
    assert list(told.values_list("recipient__username", flat=True)) == ["chairman"]


def test_an_override_says_why(province):
    proposal = make_voted_down(province)

    with pytest.raises(MoveRefused, match="Nêu sự cần thiết và tính khả thi"):
        decide_pilot(proposal, province, why_necessary="Cần.", why_feasible="Được.")


def test_an_override_is_the_task_of_a_second_person(province):
    proposal = make_voted_down(province)

    decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    clock = Clock.objects.open().get(rule__code="SECOND_PERSON")
    assert clock.holder_role == Role.DEPUTY_HEAD
    assert clock.due_on == add_working_days(today(), 2)
    assert Clock.objects.open().held_by(province.deputy).filter(pk=clock.pk).exists()


def test_a_declined_override_decides_nothing(province):
    proposal = make_voted_down(province)
    decision = decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    overriding.decline(decision.pk, "Văn bản chưa đúng thủ tục trình.", by=province.deputy)

    decision.refresh_from_db()
    assert decision.state == DecisionState.DECLINED
    assert reread(proposal).stage == Stage.UNDER_REVIEW
    assert "SECOND_PERSON" not in open_rules(proposal)


def test_while_a_second_person_is_asked_nothing_else_is_decided(province):
    proposal = make_voted_down(province)
    decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    with pytest.raises(MoveRefused, match="đang chờ người thứ hai"):
        refuse(proposal, province)


def test_a_decision_is_revoked_until_its_paper_is_signed(province):
    proposal = make_checked(province)
    decision = decide_pilot(proposal, province)

    overriding.revoke(decision.pk, "Cần xem lại thời gian thí điểm.", by=province.head)

    now = reread(proposal)
    assert now.stage == Stage.UNDER_REVIEW
    assert now.decided_at is None
    decision.refresh_from_db()
    assert decision.state == DecisionState.REVOKED
    assert open_rules(now) == ["COLLECTIVE_MEETING"]
    assert now.holder == province.head.display


def test_an_issued_decision_is_not_revoked(province):
    proposal = make_checked(province)
    decision = decide_pilot(proposal, province)
    mark_issued(OfficialDocument.objects.filter(pk=decision.document_id))

    with pytest.raises(MoveRefused, match="đã phát hành"):
        overriding.revoke(decision.pk, "Cần xem lại thời gian thí điểm.", by=province.head)

    assert reread(proposal).stage == Stage.APPROVED_PILOT


def test_a_pilot_needs_its_period_and_monitor(province):
    proposal = make_checked(province)

    with pytest.raises(MoveRefused, match="người theo dõi"):
        decide_pilot(proposal, province, monitor=None)
    with pytest.raises(MoveRefused, match="Ngày kết thúc phải sau"):
        decide_pilot(proposal, province, ends_on=today())

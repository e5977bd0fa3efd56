"""Proposals for tests, at any stage at once: the rows of one, its frozen version, its journal."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from deadlines.actions import start
from deadlines.models import Clock
from deadlines.parties import Holder
from deadlines.seeds import seed_rules
from journal.actions import keep, record
from journal.models import Content
from organisation.models import OrgUnit, User
from organisation.stages import Role
from proposals.actions.lifecycle import subject_of
from proposals.models import (
    CoAuthor,
    Decision,
    ExpectedResult,
    Field,
    PartVersion,
    PlanVersion,
    Proposal,
    ProposalPlan,
    SupplementItem,
    SupplementRequest,
)
from proposals.papers import version_facts
from proposals.stages import (
    CLOSED,
    BottleneckKind,
    DecisionKind,
    Part,
    RefusalGround,
    RequestedForm,
    Stage,
    Track,
)
from tests.factories.organisation import make_unit, make_user

NUMBERS = count(1)
S = Stage

# The moves that led to each stage, each with the stage it led to.
SENT = (("submit", S.SUBMITTED),)
RECEIVED = (*SENT, ("receive", S.UNDER_REVIEW))
PILOTED = (*RECEIVED, ("approve_pilot", S.APPROVED_PILOT))
WATCHED = (*PILOTED, ("begin", S.MONITORED))
JUDGED = (*WATCHED, ("evaluate", S.EVALUATED))
ROADS: dict[str, tuple[tuple[str, Stage], ...]] = {
    S.DRAFT: (),
    S.SUBMITTED: SENT,
    S.UNDER_REVIEW: RECEIVED,
    S.RETURNED: (*RECEIVED, ("send_back", S.RETURNED)),
    S.ESCALATED: (*RECEIVED, ("escalate", S.ESCALATED)),
    S.APPROVED_IMPLEMENT: (*RECEIVED, ("approve_implement", S.APPROVED_IMPLEMENT)),
    S.APPROVED_PILOT: PILOTED,
    S.MONITORED: WATCHED,
    S.EVALUATED: JUDGED,
    S.CONCLUDED: (*JUDGED, ("conclude", S.CONCLUDED)),
    S.REFUSED: (*RECEIVED, ("refuse", S.REFUSED)),
    S.WITHDRAWN: (*SENT, ("withdraw", S.WITHDRAWN)),
    S.REDIRECTED: (*RECEIVED, ("redirect", S.REDIRECTED)),
}
AUTHORS_MOVES = {"submit", "withdraw"}
DECISIONS = {
    "approve_implement": DecisionKind.IMPLEMENT,
    "approve_pilot": DecisionKind.PILOT,
    "refuse": DecisionKind.REFUSE,
    "escalate": DecisionKind.ESCALATE,
    "send_back": DecisionKind.RETURN,
    "redirect": DecisionKind.REDIRECT,
}
CLOCKS = {  # stage: rule, role that holds it, verb phrase
    S.SUBMITTED: ("INTAKE", Role.AGENCY_FOCAL, "Tiếp nhận đề xuất"),
    S.UNDER_REVIEW: ("COLLECTIVE_MEETING", Role.AGENCY_HEAD, "Quyết định đề xuất"),
    S.ESCALATED: ("HIGHER_REVIEW", Role.AGENCY_HEAD, "Quyết định đề xuất được trình"),
    S.RETURNED: ("SUPPLEMENT", Role.PROPOSER, "Bổ sung hồ sơ"),
}
PLAN: dict[str, Any] = {
    "starts_on": date(2022, 7, 5),
    "problem_brief": "Người cao tuổi phải đi lại nhiều lần để nhận kết quả đất đai.",
    "problem": "Hiện nay người dân phải đến bộ phận một cửa hai lần.",
    "bottleneck_kind": BottleneckKind.UNREGULATED,
    "bottleneck_brief": "Chưa có quy định về trả kết quả tại nhà.",
    "bottleneck": "Chưa có văn bản quy định việc trả kết quả tại nhà.",
    "solution_brief": "Bưu tá trả kết quả tại nhà.",
    "solution": "Phối hợp bưu điện trả kết quả tại nhà cho người cao tuổi.",
    "difference": "Người dân không phải đến nhận.",
    "scope": "Hai xã của huyện Ninh Sơn",
    "duration_months": 6,
    "benefit_brief": "Giảm một lượt đi lại cho mỗi hồ sơ.",
    "common_good": "Người cao tuổi bớt đi lại, cơ quan bớt ùn tắc.",
    "beneficiaries": "Khoảng 1.200 người cao tuổi.",
    "budget": 42_000_000,
    "staffing": "Hai viên chức kiêm nhiệm.",
    "risk_brief": "Thất lạc hồ sơ khi chuyển phát.",
    "risks": "Hồ sơ có thể thất lạc khi chuyển phát.",
    "stop_plan": "Dừng khi có trên 2% hồ sơ thất lạc, trả kết quả tại cơ quan như cũ.",
    "has_conflict": False,
    "is_committed": True,
}


@transaction.atomic
def make_proposal(
    stage: str = Stage.SUBMITTED,
    *,
    proposer: User | None = None,
    agency: OrgUnit | None = None,
    plan: dict[str, Any] | None = None,
    **over: Any,
) -> Proposal:
    """A proposal at that stage as if it had come there by the usual road; no clock runs.

    A complete plan with one expected result; once sent, its version and the entries of its road;
    once decided, its decision. `start_clock` adds the running clock.
    """
    agency = agency or make_unit()
    proposer = proposer or make_user(role=Role.PROPOSER, unit=agency)
    road = ROADS[stage]
    facts = _row(stage, proposer, agency, sent=bool(road)) | over
    proposal = Proposal.objects.create(**facts)
    ProposalPlan.objects.create(proposal=proposal, **(PLAN | (plan or {})))
    make_expected_result(proposal)
    PartVersion.objects.bulk_create(
        PartVersion(proposal=proposal, part=part, number=1, is_done=True, saved_by=proposer)
        for part in Part
    )
    _walk(proposal, road)
    return proposal


def make_draft(**over: Any) -> Proposal:
    """A draft with every part done."""
    return make_proposal(Stage.DRAFT, **over)


def make_field(name: str = "Cải cách thủ tục hành chính", **over: Any) -> Field:
    return Field.objects.get_or_create(name=name, defaults=over)[0]


def make_expected_result(proposal: Proposal, **over: Any) -> ExpectedResult:
    facts: dict[str, Any] = {
        "name": "Hồ sơ trả tại nhà",
        "unit": "hồ sơ/tháng",
        "baseline": 0,
        "target": 120,
    } | over
    return ExpectedResult.objects.create(proposal=proposal, **facts)


def make_coauthor(proposal: Proposal, person: User | None = None, **over: Any) -> CoAuthor:
    """A co-proposer who has confirmed a share of 30%."""
    facts: dict[str, Any] = {
        "person": person or make_user(role=Role.PROPOSER, unit=proposal.agency),
        "share_percent": 30,
        "confirmed_at": timezone.now(),
    } | over
    return CoAuthor.objects.create(proposal=proposal, **facts)


def make_version(proposal: Proposal, number: int = 1, **facts: Any) -> PlanVersion:
    """A frozen version of the proposal; its content is not cited by an entry yet."""
    said = version_facts(proposal, number) | facts
    content = keep("proposal_version", proposal.stream, said)
    return PlanVersion.objects.create(
        proposal=proposal, number=number, content=content, created_by=proposal.proposer
    )


@transaction.atomic
def make_decision(proposal: Proposal, kind: str = DecisionKind.PILOT, **over: Any) -> Decision:
    """A decision in force on the newest version; the stage of the proposal is left alone."""
    version = proposal.versions.order_by("-number").first() or make_version(proposal)
    facts: dict[str, Any] = {
        "proposal": proposal,
        "kind": kind,
        "unit": proposal.deciding_unit,
        "decided_by_position": "Giám đốc Sở",
        "plan_version": version,
        "ref": uuid4(),
    } | over
    said = {"decision": facts["ref"], "kind": kind, "quote": "Đồng ý với đề xuất."}
    facts.setdefault("content", None)
    facts["content"] = facts["content"] or keep("decision", proposal.stream, said)
    if "decided_by" not in facts:
        facts["decided_by"] = _head_of(facts["unit"], proposal)
    if kind == DecisionKind.PILOT:
        today = timezone.localdate()
        facts.setdefault("starts_on", today)
        facts.setdefault("ends_on", today + timedelta(days=180))
        facts.setdefault("monitor", facts["decided_by"])
    if kind == DecisionKind.REFUSE:
        facts.setdefault("refusal_ground", RefusalGround.NOT_FEASIBLE)
    return Decision.objects.create(**facts)


@transaction.atomic
def start_clock(proposal: Proposal) -> Clock:
    """Start the clock that runs at the proposal's stage, from today, and show it on the row."""
    seed_rules()
    rule, role, verb = CLOCKS[Stage(proposal.stage)]
    barred = [proposal.proposer, *(row.person for row in proposal.coauthors.all())]
    holder = Holder.post(role, proposal.deciding_unit_id, barred=barred)
    if proposal.stage == Stage.RETURNED:
        holder = Holder.person(proposal.proposer)
    today = timezone.localdate()
    given = today + timedelta(days=14) if rule == "HIGHER_REVIEW" else None
    clock = start(
        rule,
        subject=subject_of(proposal),
        holder=holder,
        on=today,
        verb=verb,
        url=proposal.get_absolute_url(),
        due_on=given,
    )
    proposal.due_on, proposal.holder_since = clock.due_on, today
    proposal.save(update_fields=["due_on", "holder_since"])
    return clock


def _row(stage: str, proposer: User, agency: OrgUnit, *, sent: bool) -> dict[str, Any]:
    number, now = next(NUMBERS), timezone.now()
    name = str(agency)
    post = proposer.powers.main
    facts: dict[str, Any] = {
        "stage": stage,
        "title": f"Trả kết quả đất đai tại nhà cho người cao tuổi {number}",
        "field": make_field(),
        "requested_form": RequestedForm.PILOT,
        "proposer": proposer,
        "proposer_position": post.position if post else "Chuyên viên",
        "proposer_unit": agency,
        "agency": agency,
        "agency_name": name,
        "deciding_unit": agency,
        "deciding_unit_name": name,
        "holder": f"Người đứng đầu {name}" if sent else proposer.full_name,
        "is_complete": True,
    }
    if sent:
        facts |= {
            "code": f"DX-{now.year}-{number:04d}",
            "submitted_at": now,
            "received_on": timezone.localdate(),
            "track": Track.POLICY,
            "track_reason": "Người đề xuất không giữ chức vụ lãnh đạo, quản lý.",
        }
    if stage == Stage.RETURNED:
        facts |= {"returned_from": Stage.UNDER_REVIEW, "times_returned": 1}
    if any(step in DECISIONS and step not in {"escalate", "send_back"} for step, _ in ROADS[stage]):
        facts["decided_at"] = now
    if stage in CLOSED:
        facts |= {"closed_at": now, "holder": "–"}
    return facts


def _walk(proposal: Proposal, road: tuple[tuple[str, Stage], ...]) -> None:
    before = Stage.DRAFT
    for step, after in road:
        facts: dict[str, Any] = {"by": None}
        if step in AUTHORS_MOVES:
            facts["by"] = proposal.proposer
        if step == "submit":
            facts["content"] = make_version(proposal).content
        if step in DECISIONS:
            facts = _decided(proposal, step)
        entry = record(
            f"proposal.{step}", stream=proposal.stream, before=before, after=after, **facts
        )
        proposal.journal_length, proposal.journal_head = entry.seq, entry.entry_hash
        before = after
    if road:
        proposal.save()


def _decided(proposal: Proposal, step: str) -> dict[str, Any]:
    decision = make_decision(proposal, DECISIONS[step])
    cited = [decision.content]
    if step == "send_back":
        cited.append(_make_supplement(proposal))
    return {"by": decision.decided_by, "content": cited, "decision": str(decision.ref)}


def _make_supplement(proposal: Proposal) -> Content:
    item = {
        "part": Part.PROBLEM,
        "field_name": "figures",
        "text": "Nêu số hồ sơ trả tại nhà năm trước.",
    }
    due_on = timezone.localdate() + timedelta(days=7)
    content = keep("supplement_request", proposal.stream, {"due_on": due_on, "items": [item]})
    request = SupplementRequest.objects.create(
        proposal=proposal,
        number=1,
        requested_by=_head_of(proposal.deciding_unit, proposal),
        due_on=due_on,
        content=content,
    )
    SupplementItem.objects.create(
        request=request, part=item["part"], field_name="figures", request_text=item["text"]
    )
    return content


def _head_of(unit: OrgUnit, proposal: Proposal) -> User:
    """Whoever heads the unit, unless it is the proposer; someone is appointed where nobody does."""
    heads = User.objects.holding(Role.AGENCY_HEAD, unit=unit).exclude(pk=proposal.proposer_id)
    return heads.first() or make_user(role=Role.AGENCY_HEAD, unit=unit)

"""Versions, decisions and journal entries of many proposals at once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from journal.bulk import Deed
from journal.models import Content
from organisation.models import User
from proposals.models import Decision, Field, PlanVersion, Proposal
from proposals.stages import BottleneckKind, DecisionKind, RefusalGround, RequestedForm, Stage
from reporting.scale.people import Author
from reporting.scale.tales import DECISIONS, SPACE, Tale

Told = tuple[Tale, Author, Field]
VERSION, DECISION = "proposal_version", "decision"
QUOTE = "Thực hiện theo đề xuất."
PLAN: dict[str, Any] = {
    "problem_brief": "Người dân phải đi lại nhiều lần để nhận kết quả.",
    "problem": "Hiện nay người dân phải đến bộ phận một cửa hai lần cho một thủ tục.",
    "bottleneck_kind": BottleneckKind.UNREGULATED,
    "bottleneck_brief": "Chưa có quy định về trả kết quả tại nhà.",
    "bottleneck": "Chưa có văn bản quy định việc trả kết quả tại nhà.",
    "solution_brief": "Cán bộ trả kết quả theo lịch hẹn.",
    "solution": "Cán bộ trả kết quả theo lịch hẹn tại nhà văn hóa thôn.",
    "difference": "Người dân không phải đến bộ phận một cửa để nhận.",
    "scope": "Hai xã",
    "duration_months": 6,
    "benefit_brief": "Bớt một lượt đi lại cho mỗi hồ sơ.",
    "common_good": "Người dân bớt đi lại, cơ quan bớt ùn tắc.",
    "beneficiaries": "Khoảng 1.200 người mỗi năm.",
    "staffing": "Hai viên chức kiêm nhiệm.",
    "risk_brief": "Lịch hẹn có thể lệch.",
    "risks": "Lịch hẹn có thể lệch vào mùa mưa.",
    "stop_plan": "Dừng khi có trên 2% hồ sơ trả chậm, trở lại cách làm cũ.",
    "has_conflict": False,
    "is_committed": True,
}
INDICATOR = {"name": "Hồ sơ trả đúng hẹn", "unit": "% số hồ sơ", "baseline": 71, "target": 95}


def deeds_of(row: Proposal, tale: Tale, author: Author, field: Field) -> Iterable[Deed]:
    before = Stage.DRAFT
    for name, after, at in tale.steps:
        by_author = name in {"submit", "withdraw"}
        yield Deed(
            action=f"proposal.{name}",
            stream=row.stream,
            at=at,
            signature=author.signature if by_author else author.head_signature,
            role="proposer" if by_author else "head",
            before=before,
            after=after,
            contents=_contents(name, row, tale, author, field),
            data={"decision": decision_ref(row)} if name in DECISIONS else {},
        )
        before = after


def decision_ref(row: Proposal) -> UUID:
    """The name of the one decision on the proposal."""
    return uuid5(SPACE, f"decision-{row.ref}")


def _contents(
    name: str, row: Proposal, tale: Tale, author: Author, field: Field
) -> list[tuple[str, dict[str, Any]]]:
    if name == "submit":
        return [(VERSION, _version_facts(tale, author, field))]
    if name in DECISIONS:
        facts = {"decision": decision_ref(row), "kind": DECISIONS[name], "quote": QUOTE}
        return [(DECISION, facts)]
    return []


def _version_facts(tale: Tale, author: Author, field: Field) -> dict[str, Any]:
    return PLAN | {
        "number": 1,
        "title": tale.title,
        "field": field.name,
        "requested_form": RequestedForm.PILOT,
        "starts_on": timezone.localdate(tale.began),
        "budget": tale.budget,
        "figures": "",
        "conflict_statement": "",
        "partner_units": [],
        "indicators": [INDICATOR],
        "proposer": {
            "name": author.user.full_name,
            "ref": author.user.ref,
            "position": "Chuyên viên",
            "share_percent": 100,
        },
        "agency": {"name": author.agency.name, "ref": author.agency.unit.ref},
        "coauthors": [],
        "commitment": "",
        "files": [],
    }


def write_versions(rows: list[Proposal], told: list[Told]) -> None:
    sent = [(row, *part[:2]) for row, part in zip(rows, told, strict=True) if part[0].steps]
    found = Content.objects.filter(stream__in=[row.stream for row, _, _ in sent])
    said = {
        (c.stream_id, c.kind): c for c in found.filter(kind__in=(VERSION, DECISION)).order_by("pk")
    }
    versions = PlanVersion.objects.bulk_create(
        PlanVersion(
            proposal=row,
            number=1,
            content=said[row.stream, VERSION],
            created_by=author.user,
            created_at=tale.sent_at,
        )
        for row, tale, author in sent
    )
    Decision.objects.bulk_create(
        _decision(row, author.head, version, said[row.stream, DECISION], tale)
        for version, (row, tale, author) in zip(versions, sent, strict=True)
        if any(name in DECISIONS for name, _, _ in tale.steps)
    )


def _decision(
    row: Proposal, head: User, version: PlanVersion, content: Content, tale: Tale
) -> Decision:
    name, at = next((name, at) for name, _, at in tale.steps if name in DECISIONS)
    kind = DECISIONS[name]
    starts = timezone.localdate(at)
    is_pilot = kind == DecisionKind.PILOT
    return Decision(
        ref=decision_ref(row),
        proposal=row,
        kind=kind,
        unit_id=row.deciding_unit_id,
        decided_by=head,
        decided_by_position="Người đứng đầu",
        decided_at=at,
        plan_version=version,
        content=content,
        refusal_ground=RefusalGround.NOT_FEASIBLE if kind == DecisionKind.REFUSE else "",
        starts_on=starts if is_pilot else None,
        ends_on=starts + timedelta(days=180) if is_pilot else None,
        monitor=head if is_pilot else None,
    )

"""Weighing the facts: causes with evidence, the conditions, and the way to the hearing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from accountability import outcomes
from accountability.actions.base import (
    Incomplete,
    forget,
    keep_text,
    locked,
    move,
    note,
    permit,
    raise_conflict,
    tell,
)
from accountability.actions.holding import (
    give_to_person,
    stop,
)
from accountability.actions.opening import url_of
from accountability.models import Assessment, LiabilityCase, LiabilityCause
from accountability.stages import CRITERIA, Condition, Finding
from documents.models import StoredFile
from journal.deeds import deed
from organisation.models import User
from pilots.stages import CauseKind, CauseWeight

NO_CAUSE = "Nêu ít nhất một nguyên nhân: khách quan trước, chủ quan sau."
TO_WEIGH = "Còn {n}/{of} điều kiện chưa đánh giá. Đánh giá đủ rồi gửi người liên quan cho ý kiến."
NO_TEXT = "Nhập nguyên nhân."
NO_EVIDENCE = "Nhập bằng chứng hoặc tải tệp lên."
NO_REASON = "Nhập lý do."
NO_FINDING = "Chọn đánh giá."
DECISION_WAITS = "Đang có kết luận chờ xác nhận."
COUNCIL_SITS = "Hội đồng đang xem xét nguyên nhân, điều kiện như đã trình."


@dataclass(frozen=True)
class CauseSaid:
    kind: str
    text: str
    weight: str
    evidence: str
    stored: StoredFile | None = None


@dataclass(frozen=True)
class FindingSaid:
    finding: str
    reason: str
    evidence: str
    stored: StoredFile | None = None


@deed()
def add_cause(
    case_id: int, said: CauseSaid, *, by: User, version: int | None = None
) -> LiabilityCause:
    """Write down one cause with its evidence. Raises Conflict, PermissionDenied, Incomplete."""
    case = _for_findings(case_id, "find_cause", by, version)
    is_known = said.kind in CauseKind.values and said.weight in CauseWeight.values
    lacking = [NO_TEXT] * (not said.text.strip() or not is_known)
    lacking += [NO_EVIDENCE] * (not said.evidence.strip())
    if lacking:
        raise Incomplete(lacking)
    content = keep_text(
        case,
        "liability_cause",
        kind=said.kind,
        text=said.text,
        weight=said.weight,
        evidence=said.evidence,
        quote=said.text,
    )
    cause = LiabilityCause.objects.create(
        case=case,
        kind=said.kind,
        text=said.text,
        weight=said.weight,
        evidence=said.evidence,
        stored=said.stored,
        content=content,
        written_by=by,
    )
    digest = {"file_sha256": said.stored.sha256} if said.stored else {}
    note(case, "find_cause", by=by, content=content, kind=said.kind, **digest)
    return cause


@deed()
def drop_cause(cause_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """Take a cause out; it stays in the journal. Raises Conflict, PermissionDenied."""
    case_id = LiabilityCause.objects.values_list("case_id", flat=True).get(pk=cause_id)
    case = _for_findings(case_id, "find_cause", by, version)
    cause = LiabilityCause.objects.select_for_update(of=("self",)).get(pk=cause_id)
    if cause.dropped_at:
        raise_conflict(case)
    cause.dropped_at = timezone.now()
    cause.save(update_fields=["dropped_at"])
    note(case, "drop_cause", by=by, content=cause.content)
    return case


@deed()
def assess(
    case_id: int, condition: str, said: FindingSaid, *, by: User, version: int | None = None
) -> Assessment:
    """Say how one condition stands, with reason and evidence; an older saying stays in the journal.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = _for_findings(case_id, "assess", by, version)
    condition = Condition(condition)
    lacking = [NO_FINDING] * (said.finding not in Finding.values)
    lacking += [NO_REASON] * (not said.reason.strip())
    lacking += [NO_EVIDENCE] * (not said.evidence.strip())
    if lacking:
        raise Incomplete(lacking)
    content = keep_text(
        case,
        "liability_condition",
        condition=condition,
        finding=said.finding,
        reason=said.reason,
        evidence=said.evidence,
        quote=f"{condition.label}: {Finding(said.finding).label}. {said.reason}",
    )
    old = case.assessments.filter(condition=condition).select_related("stored").first()
    row = old or Assessment(case=case, condition=condition)
    row.finding, row.reason, row.evidence = said.finding, said.reason, said.evidence
    row.stored = said.stored or row.stored
    row.content, row.written_by, row.written_at = content, by, timezone.now()
    row.save()
    digest = {"file_sha256": said.stored.sha256} if said.stored else {}
    note(
        case, "assess", by=by, content=content, condition=condition, finding=said.finding, **digest
    )
    return row


@deed()
def open_hearing(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """Ask the person concerned, once causes and all conditions are weighed.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, "open_hearing", by)
    if lacking := weighing_of(case).lacking:
        raise Incomplete(lacking)
    entry = move(case, "open_hearing", by=by)
    stop(case, "LIABILITY_FACTS", outcome="weighed")
    url = url_of(case, "statement")
    give_to_person(case, "LIABILITY_STATEMENT", case.person, verb="Nêu ý kiến", url=url)
    tell(
        case,
        entry,
        [case.person],
        event="liability-hearing",
        text="Đề nghị nêu ý kiến trước khi có kết luận.",
        url=url,
    )
    return case


@dataclass(frozen=True)
class Weighing:
    """How far the facts of a case are weighed: whether a cause is named, and each finding."""

    has_cause: bool
    findings: Mapping[str, str]

    @property
    def unweighed(self) -> list[Condition]:
        return [condition for condition in Condition if condition not in self.findings]

    @property
    def unclear(self) -> list[Condition]:
        """The criteria that nothing can be concluded on until they are made clear."""
        if outcomes.is_abuse(self.findings) or outcomes.is_all_met(self.findings) is not None:
            return []
        found = {name for name, finding in self.findings.items() if finding != Finding.UNCLEAR}
        return [condition for condition in CRITERIA if condition not in found]

    @property
    def lacking(self) -> list[str]:
        """What has to be weighed before the person is asked, in words."""
        found = [] if self.has_cause else [NO_CAUSE]
        if left := self.unweighed:
            found.append(TO_WEIGH.format(n=len(left), of=len(Condition)))
        return found


def weighing_of(case: LiabilityCase) -> Weighing:
    has_cause = case.causes.filter(dropped_at=None).exists()
    return Weighing(has_cause, dict(case.assessments.values_list("condition", "finding")))


def _for_findings(case_id: int, deed: str, by: User, version: int | None) -> LiabilityCase:
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, deed, by)
    if case.waiting:
        raise Incomplete([DECISION_WAITS])
    if case.sitting_id:
        raise Incomplete([COUNCIL_SITS])
    forget(case)
    return case

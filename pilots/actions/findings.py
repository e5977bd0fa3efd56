"""Findings of those who watch: what is to be mended, by when, and whether it was."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from documents.models import StoredFile
from journal.deeds import deed
from journal.models import Entry
from organisation.days import today
from organisation.models import User
from pilots import people
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked,
    locked_row,
    note,
    permit,
    role_of,
    step,
    tell,
)
from pilots.models import Finding
from pilots.stages import FindingState

PAST = "Chọn hạn khắc phục từ hôm nay trở đi."
NO_REMEDY = "Nhập kết quả khắc phục."
NO_REASON = "Nêu lý do chưa xác nhận."


@deed()
def open_finding(pilot_id: int, *, by: User, what: str, details: str, due_on: date) -> Finding:
    """Write down what is to be mended by a day; the leader has a clock for it.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id)
    permit(pilot, "open_finding", by)
    if due_on < today():
        raise Incomplete([PAST])
    content = keep_text(pilot, "finding", details=details, due_on=due_on, quote=what)
    finding = Finding(
        pilot=pilot,
        what=what,
        details=details,
        due_on=due_on,
        found_by=by,
        found_as=role_of(pilot, by),
        content=content,
    )
    finding.clock = _leader_clock(finding)
    finding.save()
    entry = note(
        pilot, "finding.open", by=by, content=content, after=finding.state, finding=finding.ref
    )
    _tell_team(finding, entry, "finding-opened", "Có nội dung cần khắc phục", what)
    return finding


@deed()
def remedy_finding(
    finding_id: int,
    *,
    by: User,
    remedy: str,
    evidence: StoredFile | None = None,
    version: int | None = None,
) -> Finding:
    """Say how it was mended; whoever found it confirms. Raises as above."""
    finding = locked_row(Finding, finding_id, version=version)
    pilot = finding.pilot
    permit(pilot, "remedy_finding", by)
    if not remedy.strip():
        raise Incomplete([NO_REMEDY])
    finding.remedy, finding.evidence = remedy, evidence or finding.evidence
    step(finding, "report_remedy", pilot)
    finding.remedied_by = by
    holding.stop(finding.clock, "remedied")
    finding.clock = holding.give_to_person(
        pilot,
        "FINDING_CONFIRM",
        finding.found_by,
        verb="Xác nhận đã khắc phục",
        url=_url(finding),
        detail=finding.what,
    )
    finding.version += 1
    finding.save()
    content = keep_text(pilot, "finding_remedy", what=finding.what, quote=remedy)
    digest = {"file_sha256": evidence.sha256} if evidence else {}
    entry = note(
        pilot, "finding.remedy", by=by, content=content,
        before=FindingState.OPEN, after=finding.state, finding=finding.ref, **digest,
    )  # fmt: skip
    tell(
        pilot,
        entry,
        [finding.found_by],
        event="finding-remedied",
        subject="Chờ xác nhận đã khắc phục",
        text=remedy,
        url=_url(finding),
    )
    return finding


@deed()
def accept_remedy(
    finding_id: int,
    *,
    by: User,
    is_accepted: bool = True,
    answer: str = "",
    version: int | None = None,
) -> Finding:
    """Whoever found it, or the head, says whether it is mended. Raises as above."""
    finding = locked_row(Finding, finding_id, version=version)
    pilot = finding.pilot
    permit(pilot, "accept_remedy", by)
    if not may_judge(finding, by):
        raise PermissionDenied
    if not is_accepted and not answer.strip():
        raise Incomplete([NO_REASON])
    step(finding, "accept" if is_accepted else "send_back", pilot)
    finding.answer, finding.accepted_by = answer, by if is_accepted else None
    holding.stop(finding.clock, finding.state)
    if not is_accepted:
        finding.clock = _leader_clock(finding)
    finding.version += 1
    finding.save()
    content = keep_text(pilot, "finding_answer", what=finding.what, quote=answer)
    entry = note(
        pilot, "finding.accept" if is_accepted else "finding.send_back", by=by, content=content,
        before=FindingState.REMEDIED, after=finding.state, finding=finding.ref,
    )  # fmt: skip
    words = "Đã xác nhận khắc phục" if is_accepted else "Chưa xác nhận khắc phục"
    _tell_team(finding, entry, "finding-judged", words, answer or finding.what)
    return finding


def may_judge(finding: Finding, by: User) -> bool:
    """Who found it says whether it is mended; the head may in their place."""
    return by.pk == finding.found_by_id or by in people.heads(finding.pilot)


def _leader_clock(finding: Finding) -> Clock:
    return holding.give_to_person(
        finding.pilot,
        "FINDING_FIX",
        finding.pilot.leader,
        verb="Khắc phục nội dung được phát hiện",
        url=_url(finding),
        due_on=max(finding.due_on, today()),
        detail=finding.what,
    )


def _tell_team(finding: Finding, entry: Entry, event: str, subject: str, text: str) -> None:
    tell(
        finding.pilot,
        entry,
        people.team(finding.pilot),
        event=event,
        subject=subject,
        text=text,
        url=_url(finding),
    )


def _url(finding: Finding) -> str:
    return reverse("pilots:finding", args=[finding.pilot.proposal.ref, finding.ref])

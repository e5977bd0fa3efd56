"""Deciding on a commendation, the second person, and the award."""

from datetime import date

from django.utils import timezone

from accountability import papers, people
from accountability.actions.base import (
    Incomplete,
    decline_waiting,
    forget,
    keep_text,
    locked,
    move,
    note,
    permit,
    position_of,
    raise_conflict,
    tell,
)
from accountability.actions.holding import (
    give_to_person,
    give_to_post,
    stop,
)
from accountability.actions.nominating import end_declined, url_of
from accountability.actions.recording import add_outcome
from accountability.models import Commendation, CommendationDecision
from accountability.stages import DecisionState
from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import User

NO_REASON = "Nhập ý kiến."
NO_NUMBER = "Nhập số quyết định."
IN_FUTURE = "Ngày trao không sau hôm nay."
BEFORE_DECISION = "Ngày trao không trước ngày quyết định."


@deed()
def decide(
    commendation_id: int, reason: str, *, by: User, version: int | None = None
) -> CommendationDecision:
    """The competent head commends; it holds once a second person has confirmed it.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    permit(row, "decide", by)
    if row.waiting:
        raise_conflict(row)
    if not reason.strip():
        raise Incomplete([NO_REASON])
    decision = CommendationDecision(
        commendation=row,
        reason=reason,
        decided_by=by,
        decided_by_position=position_of(by),
    )
    decision.content = keep_text(row, "commendation_decision", reason=reason, quote=reason)
    decision.save()
    note(row, "decide", by=by, content=decision.content)
    forget(row)
    stop(row, "COMMENDATION_DECISION", outcome="decided")
    give_to_post(
        row,
        "SECOND_PERSON",
        people.seconders(row, by),
        verb="Xác nhận quyết định khen thưởng",
        url=url_of(row, "commendation_confirm"),
        barred=row.barred_ids | {by.pk, row.nominated_by_id, row.reviewed_by_id or 0},
    )
    return decision


@deed()
def decline(
    commendation_id: int, reason: str, *, by: User, version: int | None = None
) -> Commendation:
    """The competent head does not commend, and says why.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    permit(row, "decline", by)
    if row.waiting:
        raise_conflict(row)
    return end_declined(row, "decline", reason, by)


@deed()
def confirm(commendation_id: int, *, by: User, version: int | None = None) -> Commendation:
    """A second person confirms: the decision holds and its paper is drawn.

    Raises Conflict, PermissionDenied.
    """
    row = locked(Commendation, commendation_id, version=version)
    permit(row, "confirm", by)
    decision = row.waiting
    if decision is None:
        raise_conflict(row)
    decision.commendation = row
    decision.state = DecisionState.IN_FORCE
    decision.second_person, decision.seconded_at = by, timezone.now()
    decision.document = compose(
        PaperKind.DECISION,
        stream=row.stream,
        facts=papers.commendation_decision(decision),
        by=decision.decided_by,
        unit=row.deciding_unit,
    )
    decision.save()
    entry = move(row, "confirm", by=by, content=decision.content)
    forget(row)
    stop(row, "SECOND_PERSON", outcome="confirmed")
    give_to_post(
        row,
        "COMMENDATION_DECISION",
        people.officers(row),
        verb="Ghi số quyết định, ngày trao",
        url=url_of(row, "commendation_award"),
        barred=row.barred_ids,
    )
    add_outcome(row)
    text = f"{row.deciding_unit_name} quyết định {row.incentive.label.lower()}."
    told = {*people.users(row.nominee_ids), row.nominated_by}
    tell(row, entry, told, event="commendation-decided", text=text)
    return row


@deed()
def decline_decision(
    commendation_id: int, reason: str, *, by: User, version: int | None = None
) -> Commendation:
    """A second person does not confirm, and says why: whoever decided decides anew.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    permit(row, "confirm", by)
    decision = decline_waiting(row, reason, by)
    content = keep_text(row, "commendation_not_confirmed", reason=reason, quote=reason)
    entry = note(row, "decline_decision", by=by, content=content)
    stop(row, "SECOND_PERSON", outcome="declined")
    url = url_of(row, "commendation_decide")
    give_to_person(
        row, "COMMENDATION_DECISION", decision.decided_by, verb="Quyết định lại", url=url
    )
    text = "Người thứ hai không xác nhận quyết định."
    tell(row, entry, [decision.decided_by], event="commendation-not-confirmed", text=text, url=url)
    return row


@deed()
def award(
    commendation_id: int,
    *,
    number: str,
    decided_on: date,
    awarded_on: date,
    by: User,
    version: int | None = None,
) -> Commendation:
    """Write down the number of the decision and the day on which it was handed over.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    permit(row, "award", by)
    lacking = [NO_NUMBER] * (not number.strip())
    lacking += [IN_FUTURE] * (awarded_on > today())
    lacking += [BEFORE_DECISION] * (awarded_on < decided_on)
    if lacking:
        raise Incomplete(lacking)
    row.decision_number, row.decision_on, row.awarded_on = number, decided_on, awarded_on
    entry = move(
        row,
        "award",
        by=by,
        number=number,
        decision_on=decided_on.isoformat(),
        awarded_on=awarded_on.isoformat(),
    )
    stop(row, outcome="awarded")
    text = f"Đã trao {row.incentive.label.lower()} theo quyết định số {number}."
    tell(row, entry, people.users(row.nominee_ids), event="commendation-awarded", text=text)
    return row

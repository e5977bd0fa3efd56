"""What this app tells the ground floor of itself when the portal starts."""

import uuid

from django.db.models import Q, QuerySet
from django.urls import reverse

from accountability import rules
from accountability.actions.concluding import ask_to_record
from accountability.frame import frame
from accountability.models import (
    Commendation,
    CommendationDecision,
    LiabilityCase,
    LiabilityDecision,
)
from accountability.record_rows import ON_PROPOSALS, ROWS
from accountability.rights import Sight
from accountability.timeline import INNER, LABELS, NOT_SERVED
from accountability.verification import Checker
from deadlines.visibility import register_subject_visibility
from documents.cases import Case, register_case
from documents.models import OfficialDocument
from documents.stages import OUT, PaperKind
from journal.conflicts import register_covers
from journal.records import register_rows
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.rights import register_stream_visibility
from organisation.models import User
from pilots.hooks import result_told
from proposals.case import extend_frame

STREAM = "case"


def register() -> None:
    register_labels(LABELS)
    register_subject(STREAM, Checker())
    register_rows(STREAM, *ROWS)
    register_rows("proposal", *ON_PROPOSALS)
    register_subject_visibility("liability", may_see_case)
    register_subject_visibility("commendation", may_see_commendation)
    register_stream_visibility(STREAM, may_know)
    register_covers(STREAM, covers)
    register_case(STREAM, Case(papers_of, concerned_by, url_of, not_yet))
    result_told.append(ask_to_record)
    extend_frame(frame)


def may_see_case(user: User, ref: uuid.UUID) -> bool:
    return LiabilityCase.objects.visible_to(user).filter(ref=ref).exists()


def may_see_commendation(user: User, ref: uuid.UUID) -> bool:
    return Commendation.objects.visible_to(user).filter(ref=ref).exists()


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether a person may be told of a stream: asked again when the letter is sent."""
    return may_see_case(user, ref) or may_see_commendation(user, ref)


def covers(user: User, ref: uuid.UUID, action: str) -> bool:
    """Whether a deed is kept from the person: drafts, and what weighs one's own case."""
    case = LiabilityCase.objects.filter(ref=ref).first()
    if case is None:
        row = Commendation.objects.get(ref=ref)
        return action in INNER and rules.commendation_sight(row, user) < Sight.INNER
    sight = rules.sight(case, user)
    return action in (INNER if sight >= Sight.FULL else NOT_SERVED) and sight < Sight.INNER


def papers_of(user: User, ref: uuid.UUID) -> QuerySet:
    """What was served of a liability case; of a commendation what its page shows."""
    if case := LiabilityCase.objects.visible_to(user).filter(ref=ref).first():
        served = {row.document_id for row in case.conclusions}
        sight = rules.sight(case, user)
        if sight >= Sight.SERVED:
            served.add(case.notice_id)
        found = Q(pk__in=served - {None})
        minutes = Q(stream=case.stream, kind=PaperKind.MINUTES)
        council = council_papers_of(case)
        if sight >= Sight.INNER:
            found |= minutes | Q(pk__in=council)
        elif sight >= Sight.SERVED:
            found |= minutes & Q(state__in=OUT) & ~Q(pk__in=council)
        return OfficialDocument.objects.filter(found)
    row = Commendation.objects.visible_to(user).filter(ref=ref).first()
    if row is None:
        return OfficialDocument.objects.none()
    shown = {row.in_force.document_id} if row.in_force else set()
    if rules.commendation_sight(row, user) >= Sight.INNER:
        shown.add(row.submission_id)
    return OfficialDocument.objects.filter(pk__in=shown - {None})


def council_papers_of(case: LiabilityCase) -> set[int]:
    """What forms a council and what it said: for those who see the inner notes (AZ-06)."""
    found = case.councils.select_related("paper", "minutes")
    return {pk for council in found for pk in council.paper_ids}


def concerned_by(ref: uuid.UUID) -> frozenset[int]:
    """Whoever may not weigh it signs and issues no paper of it (AZ-07)."""
    if case := LiabilityCase.objects.filter(ref=ref).first():
        return case.barred_ids
    row = Commendation.objects.filter(ref=ref).first()
    return row.nominee_ids if row else frozenset()


def url_of(ref: uuid.UUID) -> str:
    is_case = LiabilityCase.objects.filter(ref=ref).exists()
    return reverse(f"accountability:{'liability' if is_case else 'commendation'}", args=[ref])


def not_yet(paper_id: int) -> str:
    """What a second person has not confirmed has no paper to sign (AZ-08)."""
    for model in (LiabilityDecision, CommendationDecision):
        found = model.objects.filter(document=paper_id).first()
        if found and not found.is_in_force:
            return "Chờ người thứ hai xác nhận, sau đó mới trình ký văn bản."
    return ""

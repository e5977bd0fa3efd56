"""What the letters that urge tell the floors below of themselves when the portal starts."""

import uuid

from django.db.models import QuerySet
from django.urls import reverse

from deadlines.models import Clock
from deadlines.visibility import register_subject_visibility, register_watchers
from documents.cases import Case, register_case
from documents.hooks import paper_moved
from documents.models import OfficialDocument
from journal.subjects import register_subject
from notifications.rights import register_stream_visibility
from organisation.models import User
from reporting.urging.actions.paperwork import at_signature, not_yet, on_moved
from reporting.urging.models import STREAM, UrgedItem, UrgingDispatch
from reporting.urging.rules import ANSWERING, follows, is_of_office
from reporting.urging.stages import OUT
from reporting.urging.verification import Checker


def register() -> None:
    register_subject(STREAM, Checker())
    register_subject_visibility(STREAM, may_see)
    register_watchers(reads_annex)
    register_stream_visibility(STREAM, may_see)
    register_case(STREAM, Case(papers_of, barred, url_of, not_yet, at_signature))
    paper_moved.append(on_moved)


def may_see(user: User, ref: uuid.UUID) -> bool:
    return UrgingDispatch.objects.visible_to(user).filter(ref=ref).exists()


def reads_annex(user: User, clock: Clock) -> bool:
    """Whether a task stands in the annex of a letter that this person reads or answers."""
    lines = UrgedItem.objects.filter(clock=clock, urged__is_dropped=False)
    if follows(user):
        return lines.exists()
    desk = user.powers.own_units(*ANSWERING)
    return lines.filter(urged__agency__in=desk, urged__dispatch__state__in=OUT).exists()


def papers_of(user: User, ref: uuid.UUID) -> QuerySet:
    """Whoever sees the letter sees its paper; those it was sent to what was issued."""
    papers = OfficialDocument.objects.of_stream(f"{STREAM}:{ref}")
    dispatch = UrgingDispatch.objects.visible_to(user).filter(ref=ref).first()
    if dispatch is None:
        return papers.none()
    return papers if is_of_office(dispatch, user) else papers.issued()


def barred(ref: uuid.UUID) -> frozenset[int]:
    """It is nobody's own case."""
    return frozenset()


def url_of(ref: uuid.UUID) -> str:
    return reverse("reporting:urging_dispatch", args=[ref])

"""What periodic reports tell the floors below of themselves when the portal starts."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from deadlines.hooks import dates_moved, given_dates
from deadlines.visibility import register_subject_visibility
from documents.cases import Case, register_case
from documents.hooks import paper_moved
from documents.models import OfficialDocument
from journal.subjects import register_subject
from notifications.rights import register_stream_visibility
from organisation.models import User
from reporting.periods.actions.base import RULE
from reporting.periods.actions.moving import dates_by, follow_dates
from reporting.periods.actions.paperwork import not_yet, on_moved
from reporting.periods.models import PERIOD_STREAM, STREAM, PeriodicReport
from reporting.periods.rights import READERS
from reporting.periods.verification import Checker


def register() -> None:
    register_subject(STREAM, Checker())
    register_subject_visibility(STREAM, may_see, among=seen_among)
    register_stream_visibility(STREAM, may_see)
    register_stream_visibility(PERIOD_STREAM, may_know_of_request)
    register_case(STREAM, Case(papers_of, barred, url_of, not_yet))
    paper_moved.append(on_moved)
    dates_moved.append(follow_dates)
    given_dates[RULE] = dates_by


def may_see(user: User, ref: uuid.UUID) -> bool:
    return PeriodicReport.objects.visible_to(user).filter(ref=ref).exists()


def seen_among(user: User, refs: Collection[uuid.UUID]) -> set[uuid.UUID]:
    rows = PeriodicReport.objects.visible_to(user).filter(ref__in=refs)
    return set(rows.values_list("ref", flat=True))


def may_know_of_request(user: User, ref: uuid.UUID) -> bool:
    return user.powers.has_own(*READERS)


def papers_of(user: User, ref: uuid.UUID) -> QuerySet:
    """Whoever sees a report sees its papers: before they are issued, too, as Sở Nội vụ reads it."""
    papers = OfficialDocument.objects.of_stream(f"{STREAM}:{ref}")
    return papers if may_see(user, ref) else papers.none()


def barred(ref: uuid.UUID) -> frozenset[int]:
    """It is nobody's own case."""
    return frozenset()


def url_of(ref: uuid.UUID) -> str:
    return reverse("reporting:report", args=[ref])

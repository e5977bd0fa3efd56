"""What this app tells the ground floor of itself when the portal starts."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from deadlines.hooks import dates_moved
from deadlines.visibility import register_subject_visibility
from documents.cases import Case, register_case
from documents.models import OfficialDocument
from journal.conflicts import register_covers
from journal.deeds import found_once
from journal.records import register_ending, register_rows
from journal.subjects import register_subject
from journal.timeline import register_labels
from notifications.facts import Facts, register_facts
from notifications.rights import register_stream_visibility
from organisation.models import User
from proposals import paperwork, rules
from proposals.actions import legal_help
from proposals.actions.holding import follow_dates
from proposals.models import Decision, Proposal
from proposals.paperlist import papers_shown
from proposals.record_rows import ROWS
from proposals.stages import DecisionState
from proposals.timeline import INNER, LABELS
from proposals.verification import Checker

KIND = "proposal"


def register() -> None:
    register_labels(LABELS)
    register_subject(KIND, Checker())
    register_rows(KIND, *ROWS)
    register_ending("proposal.discard")
    register_subject_visibility(KIND, may_see, among=seen_among)
    register_subject_visibility(legal_help.KIND, legal_help.may_see)
    register_stream_visibility(KIND, may_know)
    register_facts(letter_facts)
    register_covers(KIND, covers)
    register_case(KIND, Case(papers_of, authors_of, url_of, not_yet))
    dates_moved.append(follow_dates)
    paperwork.register()


def may_see(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may open the page of the proposal."""
    return Proposal.objects.visible_to(user).filter(ref=ref).exists()


def seen_among(user: User, refs: Collection[uuid.UUID]) -> set[uuid.UUID]:
    return set(Proposal.objects.visible_to(user).filter(ref__in=refs).values_list("ref", flat=True))


def may_know(user: User, ref: uuid.UUID) -> bool:
    """Whether the person may know that the proposal is there."""
    return Proposal.objects.listed_to(user).filter(ref=ref).exists()


def letter_facts(user: User, stream: str, url: str) -> Facts | None:
    """Which agency has the proposal, for a letter about it."""
    kind, _, ref = stream.partition(":")
    if kind != KIND:
        return None
    names = Proposal.objects.filter(ref=ref).values_list("agency_name", flat=True)
    return Facts(agency=names.first() or "")


def covers(user: User, ref: uuid.UUID, action: str) -> bool:
    """Whether a deed of the review is kept from the person: the authors never learn of it."""
    return action in INNER and not rules.sees_inner(Proposal.objects.get(ref=ref), user)


def papers_of(user: User, ref: uuid.UUID) -> QuerySet:
    """The papers of the proposal that the person sees there."""
    proposal = Proposal.objects.visible_to(user).filter(ref=ref).first()
    return papers_shown(proposal, user) if proposal else OfficialDocument.objects.none()


def authors_of(ref: uuid.UUID) -> frozenset[int]:
    """Its authors sign and issue no paper of it (AZ-07)."""
    proposal = found_once(("proposal", ref), Proposal.objects.filter(ref=ref).first)
    return frozenset({proposal.proposer_id, *proposal.coauthor_ids}) if proposal else frozenset()


def url_of(ref: uuid.UUID) -> str:
    return reverse("proposals:detail", args=[ref])


def not_yet(paper_id: int) -> str:
    """A decision that waits for its second person, or was revoked, has no paper to sign (AZ-08)."""
    decisions = Decision.objects.filter(document=paper_id).exclude(state=DecisionState.IN_FORCE)
    return "Quyết định này chưa có hiệu lực trong hồ sơ." if decisions.exists() else ""

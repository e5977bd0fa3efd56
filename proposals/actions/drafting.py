"""Writing a draft: begun, saved part by part by one or several authors, copied, thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from deadlines import actions as clocks
from journal.actions import record
from journal.deeds import deed
from organisation.days import today
from organisation.models import OrgUnitVersion, User
from proposals import papers, parts, rules
from proposals.actions.legal_help import drop_questions
from proposals.actions.lifecycle import locked, raise_conflict, role_of, subject_of, touch
from proposals.models import (
    ExpectedResult,
    PartLock,
    PartVersion,
    Proposal,
    ProposalPlan,
)
from proposals.routing import NO_POST, NoRoute, agency_of
from proposals.stages import Part, Stage

IDLE = timedelta(minutes=15)
COPIED = ("partner_units", parts.INDICATORS, "is_committed", *parts.ON_PROPOSAL)


@dataclass
class PartConflict(Exception):
    """Somebody saved this part since the form was shown; nothing was written (TX-07)."""

    who: str
    at: datetime
    number: int

    def __str__(self) -> str:
        return f"{self.who} {self.at} {self.number}"


@dataclass
class PartTaken(Exception):
    """Somebody else is writing this part now; nothing was written."""

    who: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.who} {self.at}"


@dataclass(frozen=True)
class Page:
    """The rendering of a form that saves: which saving it was made from, and by which page.

    `is_auto` marks the saving that the browser does by itself while somebody writes.
    """

    seen: int
    page: UUID | None = None
    is_auto: bool = False


@deed()
def begin(*, by: User) -> Proposal:
    """A new draft of this person, with its six parts. Raises NoRoute for someone without a post."""
    post = by.powers.main
    if post is None:
        raise NoRoute(NO_POST)
    agency = agency_of(post.unit_id, today())
    proposal = Proposal.objects.create(
        proposer=by,
        proposer_position=post.position,
        proposer_unit_id=post.unit_id,
        holder=by.full_name,
        **_at(agency),
    )
    ProposalPlan.objects.create(proposal=proposal, saved_by=by)
    PartVersion.objects.bulk_create(
        PartVersion(proposal=proposal, part=part, saved_by=by) for part in Part
    )
    return proposal


@deed()
def save_part(
    proposal_id: int,
    part: str,
    values: Mapping[str, Any],
    *,
    by: User,
    page: Page,
    indicators: Sequence[Mapping[str, Any]] | None = None,
) -> PartVersion:
    """Save what was typed in one part; answers its new number, the old one where nothing changed.

    Only questions of that part are written. Raises PermissionDenied, Conflict where the proposal
    may no longer be edited, PartTaken while somebody else writes the part, and PartConflict where
    it was saved by somebody else since the page was made.
    """
    proposal = _editable(proposal_id, by)
    saved = PartVersion.objects.select_for_update(of=("self",)).get(proposal=proposal, part=part)
    asked = {name: values[name] for name in parts.names(part) if name in values}
    changed = _changed(proposal, asked)
    if indicators is not None and papers.answers(proposal)[parts.INDICATORS] != list(indicators):
        changed[parts.INDICATORS] = indicators
    if not changed:
        return saved
    _take(proposal, part, by)
    _expect(saved, page)
    _write(proposal, changed, by)
    return _count(saved, proposal, by, page.page)


def writer_of(proposal: Proposal, part: str, *, apart_from: User) -> PartLock | None:
    """Who else is writing the part now; nobody once they have been idle for fifteen minutes."""
    live = PartLock.objects.filter(touched_at__gt=timezone.now() - IDLE)
    others = live.filter(proposal=proposal, part=part).exclude(person=apart_from)
    return others.select_related("person").first()


@deed()
def leave(proposal_id: int, part: str, *, by: User) -> None:
    """Set the part free for the other authors."""
    PartLock.objects.filter(proposal=proposal_id, part=part, person=by).delete()


@deed()
def discard(proposal_id: int, *, by: User, version: int | None = None) -> None:
    """Throw a draft away, with all that belongs to it. Files stay until the store is swept.

    Raises PermissionDenied, and Conflict where it is no draft any more.
    """
    proposal = locked(proposal_id, version=version)
    if proposal.stage != Stage.DRAFT:
        raise_conflict(proposal)
    if "discard" not in rules.actions_of(proposal, by):
        raise PermissionDenied
    clocks.stop_all(subject_of(proposal), today(), "discarded")
    drop_questions(proposal)
    if proposal.journal_length:  # co-authors were asked: the journal tells how it ended
        record("proposal.discard", stream=proposal.stream, by=by, role=role_of(proposal, by))
    proposal.attachments.all().delete()
    proposal.delete()


@deed()
def copy(proposal_id: int, *, by: User) -> Proposal:
    """A new draft with the words of a refused or withdrawn proposal; nothing else comes along."""
    old = locked(proposal_id)
    if "copy" not in rules.actions_of(old, by):
        raise PermissionDenied
    draft = begin(by=by)
    said = papers.answers(old)
    draft.title, draft.field, draft.requested_form = old.title, old.field, old.requested_form
    plan = draft.plan
    for name, value in said.items():
        if name not in COPIED:
            setattr(plan, name, value)
    plan.save()
    plan.partner_units.set(said["partner_units"])
    ExpectedResult.objects.bulk_create(
        ExpectedResult(proposal=draft, **row) for row in said[parts.INDICATORS]
    )
    _recount(draft)
    return draft


def _at(agency: OrgUnitVersion) -> dict[str, Any]:
    return {
        "agency": agency.unit,
        "agency_name": agency.name,
        "deciding_unit": agency.unit,
        "deciding_unit_name": agency.name,
    }


def _editable(proposal_id: int, by: User) -> Proposal:
    proposal = locked(proposal_id)
    if not rules.is_author(proposal, by):
        raise PermissionDenied
    if "edit" not in rules.actions_of(proposal, by):
        raise_conflict(proposal)
    return proposal


def _changed(proposal: Proposal, asked: Mapping[str, Any]) -> dict[str, Any]:
    said = papers.answers(proposal)
    return {name: value for name, value in asked.items() if said[name] != _plain(value)}


def _plain(value: Any) -> Any:
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else value


def _take(proposal: Proposal, part: str, by: User) -> None:
    """Hold the part for writing. Raises PartTaken while somebody else does."""
    if other := writer_of(proposal, part, apart_from=by):
        raise PartTaken(other.person.full_name, other.touched_at)
    PartLock.objects.update_or_create(
        proposal=proposal,
        part=part,
        defaults={"person": by, "touched_at": timezone.now()},
    )


def _expect(saved: PartVersion, page: Page) -> None:
    """The page that saved last may save again by hand, though its own saving was under way."""
    is_own_page = page.page is not None and page.page == saved.saved_from
    if page.seen == saved.number or (is_own_page and not page.is_auto):
        return
    raise PartConflict(saved.saved_by.full_name, saved.saved_at, saved.number)


def _write(proposal: Proposal, changed: Mapping[str, Any], by: User) -> None:
    plan = proposal.plan
    for name, value in changed.items():
        if name == parts.INDICATORS:
            proposal.expected_results.all().delete()
            ExpectedResult.objects.bulk_create(
                ExpectedResult(proposal=proposal, **row) for row in value
            )
        elif name == "partner_units":
            plan.partner_units.set(value)
        else:
            setattr(proposal if name in parts.ON_PROPOSAL else plan, name, value)
    plan.saved_at, plan.saved_by = timezone.now(), by
    plan.save()


def _count(saved: PartVersion, proposal: Proposal, by: User, page: UUID | None) -> PartVersion:
    saved.number += 1
    saved.saved_at, saved.saved_by, saved.saved_from = timezone.now(), by, page
    saved.save()
    _recount(proposal)
    saved.refresh_from_db()
    return saved


def _recount(proposal: Proposal) -> None:
    """Say on the rows which parts are done, and whether all are."""
    said = papers.answers(proposal)
    done = [part for part in Part if not parts.missing(part, said)]
    versions = PartVersion.objects.filter(proposal=proposal)
    versions.filter(part__in=done).update(is_done=True)
    versions.exclude(part__in=done).update(is_done=False)
    proposal.is_complete = len(done) == len(Part)
    touch(proposal)

"""Sending a proposal: frozen, routed, numbered, receipted; and taking it back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import F, prefetch_related_objects
from django.urls import reverse

from deadlines.models import Clock
from documents.actions import compose
from documents.models import OfficialDocument
from documents.stages import PaperKind
from journal.deeds import deed
from journal.sql import insert_new
from organisation.days import today
from organisation.models import User
from organisation.templatetags.portal import vn_date
from proposals import papers, parts, people, rules
from proposals.actions import holding
from proposals.actions.holding import Telling
from proposals.actions.lifecycle import (
    Moved,
    check,
    hold,
    locked,
    make,
    raise_conflict,
    text_of,
    touch,
)
from proposals.digest import latest_version
from proposals.models import CodeCounter, PlanVersion, Proposal
from proposals.readiness import Readiness, readiness_of
from proposals.routing import Ground, Route, route_of
from proposals.similarity import index_title
from proposals.stages import Stage

RECEIVE = "Tiếp nhận đề xuất"


class NotReady(Exception):
    """Answers, confirmations or a decider are missing; nothing was sent."""

    def __init__(self, readiness: Readiness) -> None:
        super().__init__("; ".join(readiness.messages))
        self.readiness = readiness


@deed()
def send(proposal_id: int, *, by: User, version: int | None = None) -> Moved:
    """Report the proposal to the head: one frozen version, a code, a clock, a receipt.

    Raises NotReady, PermissionDenied, and Conflict where it was sent or changed meanwhile.
    """
    proposal = locked(proposal_id, version=version, with_plan=True)
    _may_be_sent(proposal, by)
    proposal.proposer = by  # with the powers that were read for this request
    prefetch_related_objects([proposal], "plan__partner_units", "expected_results")
    day = today()
    ready = readiness_of(proposal, day)
    if not ready.is_ready or ready.route is None:
        raise NotReady(ready)
    _write_route(proposal, ready.route, ready.ground)
    fill_briefs(proposal)
    proposal.code = next_code(day)
    proposal.is_complete = True
    frozen = freeze_version(proposal, by=by)
    made = make(
        proposal,
        "submit",
        by=by,
        content=frozen.content,
        number=frozen.number,
        code=proposal.code,
        track=proposal.track,
        to_unit=str(ready.route.deciding.unit.ref),
        received_on=day,
        files_sha256=[file["sha256"] for file in frozen.content.facts["files"]],
    )
    frozen.save()
    authors = people.authors(made.proposal)
    clock = _give_to_desk(made.proposal, authors)
    _tell(made, clock, authors)
    facts = papers.receipt_facts(made.proposal, frozen, made.entry, clock, ready.route)
    _compose_receipt(made.proposal, facts, by)
    return made


def freeze_version(proposal: Proposal, *, by: User) -> PlanVersion:
    """What the proposal says now, frozen: the caller's entry keeps the text, then the caller saves
    the version. The proposal is locked by the caller.
    """
    fill_briefs(proposal)
    before = latest_version(proposal) if proposal.submitted_at else None
    number = before.number + 1 if before else 1
    content = text_of("proposal_version", proposal, papers.version_facts(proposal, number))
    if before is None or before.content.facts["title"] != proposal.title:
        index_title(proposal)
    return PlanVersion(proposal=proposal, number=number, content=content, created_by=by)


def fill_briefs(proposal: Proposal) -> None:
    """Where a short answer was left empty, the first sixty words of the long one stand for it."""
    plan = proposal.plan
    empty = [brief for brief in parts.BRIEFS if not getattr(plan, brief)]
    for brief in empty:
        setattr(plan, brief, parts.first_words(getattr(plan, parts.BRIEFS[brief]))[:500])
    if empty:
        plan.save(update_fields=empty)


def next_code(day: date) -> str:
    """The next code of the year, such as DX-2022-0147, under a lock: gapless and given once."""
    counter = CodeCounter.objects.filter(year=day.year)
    while not counter.update(last=F("last") + 1):
        if insert_new(CodeCounter(year=day.year, last=1)):  # the first of the year
            return f"DX-{day.year}-0001"
    return f"DX-{day.year}-{counter.get().last:04d}"


@deed()
def withdraw(proposal_id: int, *, by: User, version: int | None = None) -> Proposal:
    """Take a proposal back before it is decided: every clock stops, the deciders are told.

    Raises Conflict and PermissionDenied as `move` does.
    """
    proposal = locked(proposal_id, version=version)
    made = make(proposal, "withdraw", by=by)
    told = [*people.desk(proposal), *people.deciders(proposal)]
    holding.stop(made.proposal, outcome="withdrawn")
    hold(made.proposal, None, holder="–")
    holding.tell(
        made,
        told,
        event="withdrawn",
        subject="Người đề xuất đã rút đề xuất",
        text=f'Đồng chí {by.full_name} đã rút đề xuất "{made.proposal.title}".',
    )
    return made.proposal


@deed()
def choose_recipient(
    proposal_id: int, reason: str, *, by: User, version: int | None = None
) -> None:
    """Let the head above decide, for a reason that goes along; without one, the agency's own head.

    Raises NoRoute where nobody is above, PermissionDenied, Conflict.
    """
    proposal = locked(proposal_id, version=version)
    if proposal.stage != Stage.DRAFT:
        raise_conflict(proposal)
    if "submit" not in rules.actions_of(proposal, by):
        raise PermissionDenied
    if reason:
        route_of(by, today(), authors=proposal.coauthor_ids, asks_superior=True)
    plan = proposal.plan
    plan.superior_reason = reason
    plan.save(update_fields=["superior_reason"])
    touch(proposal)


def receipt_of(proposal: Proposal) -> OfficialDocument | None:
    """The paper that proves the sending."""
    papers_of = OfficialDocument.objects.of_stream(proposal.stream)
    return papers_of.filter(kind=PaperKind.RECEIPT_SLIP).select_related("file").first()


def _may_be_sent(proposal: Proposal, by: User) -> None:
    """Who sends, and from which stage; what is missing is said in full by NotReady."""
    asked = proposal.is_complete
    proposal.is_complete = True
    check(proposal, "submit", by)
    proposal.is_complete = asked


def _write_route(proposal: Proposal, route: Route, ground: Ground) -> None:
    proposal.proposer_position, proposal.proposer_unit = route.position, route.unit
    proposal.agency, proposal.agency_name = route.agency.unit, route.agency.name
    proposal.deciding_unit = route.deciding.unit
    proposal.deciding_unit_name = route.deciding.name
    proposal.track = ground.track
    proposal.track_reason = f"{ground.reason} {ground.warning}".strip()


def _give_to_desk(proposal: Proposal, authors: list[User]) -> Clock:
    clock = holding.give_to_post(
        proposal,
        "INTAKE",
        people.desk_of(proposal),
        barred=authors,
        verb=RECEIVE,
        url=reverse("proposals:receive", args=[proposal.ref]),
    )
    hold(proposal, clock, holder=f"Đầu mối {proposal.deciding_unit_name}")
    return clock


def _tell(made: Moved, clock: Clock, authors: list[User]) -> None:
    proposal, due = made.proposal, vn_date(clock.due_on)
    sent = f'Đồng chí {proposal.proposer.full_name} gửi đề xuất "{proposal.title}".'
    holding.tell_each(
        made,
        Telling(
            people.desk(proposal), event="sent", subject=f"Chờ tiếp nhận trước {due}", text=sent
        ),
        Telling(
            authors,
            event="receipt",
            subject="Đã gửi đề xuất",
            text=f"{proposal.deciding_unit_name} sẽ tiếp nhận trước ngày {due}.",
            url=reverse("proposals:receipt", args=[proposal.ref]),
        ),
    )


def _compose_receipt(proposal: Proposal, facts: papers.Facts, by: User) -> None:
    compose(
        PaperKind.RECEIPT_SLIP,
        stream=proposal.stream,
        facts=facts,
        by=by,
        title=f"Phiếu tiếp nhận {proposal.code}",
        unit=proposal.deciding_unit,
    )

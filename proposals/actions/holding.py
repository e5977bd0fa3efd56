"""Who holds a proposal: its clocks, and the words on its row that repeat them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from deadlines import actions as clocks
from deadlines.actions import Task
from deadlines.hooks import Move
from deadlines.models import Clock
from deadlines.parties import Holder
from notifications.actions import Message, notify_each
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from proposals import people
from proposals.actions.lifecycle import Moved, hold, subject_of
from proposals.models import Proposal

DECIDE = "Quyết định đề xuất"
HEAD_RULES = ("COLLECTIVE_MEETING", "HIGHER_REVIEW")
WAITING_FOR_AUTHOR = "Chờ người đề xuất bổ sung"


def give_to_head(proposal: Proposal, rule: str, *, on: date, beside: Sequence[Task] = ()) -> Clock:
    """Start the clock of whoever decides the proposal now, counted from that day.

    The tasks `beside` it start in the same statements.
    """
    url = reverse("proposals:decide", args=[proposal.ref])
    own = Task(rule, post(proposal, Role.AGENCY_HEAD), on, DECIDE, url)
    clock, *_ = clocks.start_all(subject_of(proposal), [own, *beside])
    show_head(proposal, clock)
    return clock


def post(proposal: Proposal, role: str) -> Holder:
    """Whoever holds a role at the deciding unit, without the authors."""
    return Holder.post(role, proposal.deciding_unit_id, barred=people.authors(proposal))


def show_head(proposal: Proposal, clock: Clock | None) -> None:
    """Write on the row that the head of the deciding unit holds the case."""
    hold(proposal, clock, holder=people.holder_words(proposal))


def give_to_desk(proposal: Proposal, rule: str, *, verb: str, url: str, on: date) -> Clock:
    """Start a clock of the focal point of the deciding unit, counted from that day."""
    holder = post(proposal, people.desk_of(proposal))
    return clocks.start(
        rule, subject=subject_of(proposal), holder=holder, on=on, verb=verb, url=url
    )


def give_to_post(
    proposal: Proposal, rule: str, role: str, *, barred: Iterable[User], verb: str, url: str
) -> Clock:
    """Start a clock of whoever holds a role at the deciding unit."""
    holder = Holder.post(role, proposal.deciding_unit_id, barred=barred)
    return clocks.start(
        rule, subject=subject_of(proposal), holder=holder, on=today(), verb=verb, url=url
    )


def give_to_person(
    proposal: Proposal,
    rule: str,
    person: User,
    *,
    verb: str,
    url: str,
    detail: str = "",
    on: date | None = None,
    due_on: date | None = None,
) -> Clock:
    """Start a clock of one person by name; `detail` says beside it what is asked."""
    return clocks.start(
        rule,
        subject=subject_of(proposal),
        holder=Holder.person(person),
        on=on or today(),
        verb=verb,
        url=url,
        detail=detail[:400],
        due_on=due_on,
    )


def give_to_each(
    proposal: Proposal,
    rule: str,
    people: Iterable[User],
    *,
    verb: str,
    url: str,
    due_on: date | None = None,
) -> list[Clock]:
    """Start a clock of each of several people by name."""
    return clocks.start_each(
        rule,
        subject=subject_of(proposal),
        holders=[Holder.person(person) for person in people],
        on=today(),
        verb=verb,
        url=url,
        due_on=due_on,
    )


def open_clocks(proposal: Proposal, *rules: str) -> list[Clock]:
    """The clocks of the proposal that are not stopped, those of some rules where named."""
    found = Clock.objects.of_subject("proposal", proposal.ref).open().select_related("rule")
    if rules:
        found = found.filter(rule__code__in=rules)
    return list(found.order_by("pk"))


def head_clock(proposal: Proposal) -> Clock | None:
    return next(iter(open_clocks(proposal, *HEAD_RULES)), None)


def stop(proposal: Proposal, *rules: str, outcome: str = "") -> None:
    """Stop the clocks of some rules, of all when none is named."""
    clocks.stop_all(subject_of(proposal), today(), outcome, rules=rules)


def stop_tasks(proposal: Proposal, url: str, person: User | None = None) -> None:
    """Stop the clocks that lead to one page: of everybody, or of one person by name."""
    only: dict[str, Any] = {"holder_user": person} if person else {}
    clocks.stop_all(subject_of(proposal), today(), url=url, **only)


def pause_all(proposal: Proposal, reason: str = WAITING_FOR_AUTHOR) -> None:
    clocks.pause_all(subject_of(proposal), reason, today())


def take_up(proposal: Proposal, *done: str) -> list[Clock]:
    """Stop the clocks of these rules and let every other that is paused run on; answers these."""
    return clocks.take_up(subject_of(proposal), today(), done=done)


def follow_dates(moves: Sequence[Move]) -> None:
    """Let the rows that repeat the date of a clock follow where the calendar moved it."""
    pairs: dict[tuple[date, date], list[UUID]] = defaultdict(list)
    for move in moves:
        if move.clock.subject_kind == "proposal":
            pairs[move.before, move.after].append(move.clock.subject_ref)
    # in the order in which no row that was moved is met again by the next pair
    for before, after in sorted(pairs, reverse=any(after > before for before, after in pairs)):
        refs = pairs[before, after]
        Proposal.objects.filter(ref__in=refs, due_on=before).update(due_on=after)


def tell(
    made: Moved, recipients: Iterable[User], *, event: str, subject: str, text: str, url: str = ""
) -> None:
    """Tell people of a deed just written down; the subject names the code, not the case."""
    tell_each(made, Telling(recipients, event, subject, text, url))


@dataclass(frozen=True)
class Telling:
    """What some people are told of a deed; the subject names the code, not the case."""

    recipients: Iterable[User]
    event: str
    subject: str
    text: str
    url: str = ""


def tell_each(made: Moved, *tellings: Telling) -> None:
    """Tell several groups, each its own, in the same statements."""
    proposal, proof = made.proposal, made.entry.entry_hash[:32]
    messages = [
        Message(
            telling.recipients,
            key=f"{telling.event}-{proof}",
            subject=f"[{proposal.code}] {telling.subject}",
            text=telling.text[:600],
            url=telling.url or proposal.get_absolute_url(),
        )
        for telling in tellings
    ]
    notify_each(messages, by_entry=_Cause(proposal.stream))


class _Cause:
    """The stream of the entry that people are told about."""

    def __init__(self, stream: str) -> None:
        self.stream = stream

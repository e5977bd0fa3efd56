"""Co-proposers: asked by the proposer, each confirms or declines the share themselves."""

from dataclasses import replace
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from deadlines import actions as clocks
from deadlines.models import Clock
from deadlines.parties import Holder
from journal.deeds import deed
from journal.models import Entry
from notifications.actions import notify
from organisation.days import today
from organisation.models import User
from proposals import rules
from proposals.actions.lifecycle import locked, note, raise_conflict, subject_of
from proposals.models import CoAuthor, Proposal
from proposals.stages import Stage

RULE = "CONFIRM_COAUTHOR"
ASK = "Xác nhận cùng đề xuất"
LEAST = 1  # percent that stay with the proposer
UNNAMED = "Đề xuất chưa đặt tên"


class ShareRefused(Exception):
    """The person or the share cannot be taken; the message says why."""


@deed()
def invite(proposal_id: int, person: User, share_percent: int, *, by: User) -> CoAuthor:
    """Ask somebody to take part with a share, or with another share than before.

    Raises ShareRefused, PermissionDenied, Conflict.
    """
    proposal = _invitable(proposal_id, by)
    if person.pk == proposal.proposer_id or not person.is_active:
        raise ShareRefused("Chọn người khác với người đề xuất, đang làm việc.")
    row = CoAuthor(proposal=proposal, person=person)
    row = proposal.coauthors.filter(person=person).first() or row
    if shared(proposal, apart_from=row) + share_percent + LEAST > 100:
        _refuse_total(shared(proposal, apart_from=row) + share_percent)
    row.share_percent, row.confirmed_at, row.declined_at = share_percent, None, None
    row.save()
    entry = _note(proposal, "proposal.invite_coauthor", row, by)
    _ask(proposal, row, entry)
    return row


@deed()
def remove(proposal_id: int, person: User, *, by: User) -> None:
    """Take a co-proposer off a draft. Raises PermissionDenied, Conflict."""
    proposal = _invitable(proposal_id, by)
    row = proposal.coauthors.get(person=person)
    _stop_asking(proposal, person)
    _note(proposal, "proposal.remove_coauthor", row, by)
    row.delete()


@deed()
def confirm(proposal_id: int, *, by: User) -> CoAuthor:
    """Take part with the share that was named. Raises PermissionDenied, Conflict."""
    return _answer(proposal_id, by, "proposal.confirm_share", "confirmed_at")


@deed()
def decline(proposal_id: int, *, by: User) -> CoAuthor:
    """Take no part; the draft is out of sight from then on. Raises PermissionDenied, Conflict."""
    return _answer(proposal_id, by, "proposal.decline_share", "declined_at")


def shared(proposal: Proposal, *, apart_from: CoAuthor | None = None) -> int:
    """How many percent the co-proposers have together; the proposer has the rest."""
    rows = proposal.coauthors.filter(declined_at=None)
    if apart_from is not None and apart_from.pk:
        rows = rows.exclude(pk=apart_from.pk)
    return rows.aggregate(total=Sum("share_percent", default=0))["total"]


def _invitable(proposal_id: int, by: User) -> Proposal:
    proposal = locked(proposal_id)
    if proposal.proposer_id != by.pk:
        raise PermissionDenied
    if "invite" not in rules.actions_of(proposal, by):
        raise_conflict(proposal)
    return proposal


def _refuse_total(total: int) -> NoReturn:
    raise ShareRefused(
        f"Tổng tỷ lệ phải bằng 100%. Hiện là {total + LEAST}%. Người đề xuất giữ ít nhất {LEAST}%."
    )


def _answer(proposal_id: int, by: User, action: str, column: str) -> CoAuthor:
    proposal = locked(proposal_id)
    row = proposal.coauthors.filter(person=by).first()
    if row is None:
        raise PermissionDenied
    if proposal.stage != Stage.DRAFT or row.declined_at:
        raise_conflict(proposal)
    if row.confirmed_at and column == "confirmed_at":
        return row
    row.confirmed_at = None
    setattr(row, column, timezone.now())
    entry = _note(proposal, action, row, by)
    row.save()
    _stop_asking(proposal, by)
    _tell_proposer(proposal, row, entry)
    return row


def _note(proposal: Proposal, action: str, row: CoAuthor, by: User) -> Entry:
    return note(proposal, action, by=by, person=str(row.person.ref), share=row.share_percent)


def _ask(proposal: Proposal, row: CoAuthor, entry: Entry) -> None:
    _stop_asking(proposal, row.person)
    url = reverse("proposals:confirm_share", args=[proposal.ref])
    subject = subject_of(proposal)
    clocks.start(
        RULE,
        subject=replace(subject, title=subject.title or UNNAMED),
        holder=Holder.person(row.person),
        on=today(),
        verb=ASK,
        url=url,
    )
    notify(
        [row.person],
        key=f"coauthor-{entry.entry_hash[:32]}",
        subject=ASK,
        text=f"Đồng chí {proposal.proposer.full_name} mời cùng đề xuất, "
        f"tỷ lệ đóng góp {row.share_percent}%.",
        url=url,
        by_entry=proposal,
    )


def _stop_asking(proposal: Proposal, person: User) -> None:
    asked = Clock.objects.of_subject("proposal", proposal.ref).open()
    for clock in asked.filter(rule__code=RULE, holder_user=person):
        clocks.stop(clock, today())


def _tell_proposer(proposal: Proposal, row: CoAuthor, entry: Entry) -> None:
    did = "đã xác nhận" if row.confirmed_at else "không nhận lời"
    notify(
        [proposal.proposer],
        key=f"coauthor-{entry.entry_hash[:32]}",
        subject="Trả lời việc cùng đề xuất",
        text=f"Đồng chí {row.person.full_name} {did} cùng đề xuất.",
        url=reverse("proposals:coauthors", args=[proposal.ref]),
        by_entry=proposal,
    )

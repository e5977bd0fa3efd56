"""What every deed on a letter that urges does: lock it, ask whether it may, write it down."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NoReturn

from django.utils import timezone

from deadlines.models import Clock
from documents.models import OfficialDocument
from journal.actions import conflict_on, record
from journal.models import Content, Entry
from notifications.actions import notify
from organisation.models import User
from reporting.urging.ladder import earlier_of
from reporting.urging.late import items_of
from reporting.urging.models import UrgedAgency, UrgingDispatch
from reporting.urging.papers import Late


class UrgingRefused(Exception):
    """The deed is open, but something stands against it; `str()` says what."""


def locked(dispatch_id: int, *, version: int | None = None) -> UrgingDispatch:
    """The letter, locked after its paper until the transaction ends.

    Raises Conflict where it has moved on since the form was made.
    """
    rows = UrgingDispatch.objects.all()
    paper = rows.values_list("paper_id", flat=True).get(pk=dispatch_id)
    list(OfficialDocument.objects.select_for_update(of=("self",)).filter(pk=paper))
    return locked_row(rows.get(pk=dispatch_id), version=version)


def locked_row(dispatch: UrgingDispatch, *, version: int | None = None) -> UrgingDispatch:
    """The same where the paper is locked already, as in a deed on the paper."""
    rows = UrgingDispatch.objects.select_for_update(of=("self",)).select_related("paper", "unit")
    found = rows.get(pk=dispatch.pk)
    if version is not None and version != found.version:
        raise_conflict(found)
    return found


def raise_conflict(dispatch: UrgingDispatch) -> NoReturn:
    """Say who moved the letter meanwhile, when, and where it stands now."""
    conflict = conflict_on(dispatch.stream, url=dispatch.get_absolute_url())
    conflict.label = dispatch.get_state_display()
    raise conflict


def write(
    dispatch: UrgingDispatch,
    name: str,
    *,
    by: User,
    before: str | None = None,
    content: Content | None = None,
    **data: Any,
) -> Entry:
    """Save a locked letter and write down what was done to it."""
    dispatch.version += 1
    dispatch.save()
    has_moved = before is not None and before != dispatch.state
    moved = {"before": before, "after": dispatch.state} if has_moved else {}
    return record(f"urging.{name}", stream=dispatch.stream, by=by, content=content, **moved, **data)


def tell(
    dispatch: UrgingDispatch,
    entry: Entry,
    people: Iterable[User],
    *,
    subject: str,
    text: str,
    event: str = "urging",
) -> None:
    """Tell people of it once; what leaves the portal names the number alone."""
    notify(
        people,
        key=f"{event}-{dispatch.ref}-{entry.seq}",
        subject=subject,
        text=text[:600],
        url=dispatch.get_absolute_url(),
        by_entry=Cause(dispatch.stream),
    )


class Cause:
    """The stream of the entry that people are told about."""

    def __init__(self, stream: str) -> None:
        self.stream = stream


def live_rows(dispatch: UrgingDispatch) -> list[UrgedAgency]:
    rows = dispatch.urged.live().select_related("agency", "dispatch")
    return list(rows.order_by("agency__order_number", "pk"))


def late_now(
    dispatch: UrgingDispatch, rows: Sequence[UrgedAgency], at: datetime
) -> dict[int, list[Clock]]:
    """What is late now at the agencies of a letter, as far as the letter speaks of it."""
    agencies = [row.agency_id for row in rows]
    return items_of(agencies, at.date(), with_unverified=dispatch.with_unverified)


def told_of(rows: Iterable[UrgedAgency], items: dict[int, list[Clock]]) -> list[Late]:
    return [Late(row.agency_name, items.get(row.agency_id, []), earlier_of(row)) for row in rows]


def this_minute() -> datetime:
    return timezone.localtime()

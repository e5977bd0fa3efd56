"""One root a day over all that was written: what is anchored cannot be rewritten unseen."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from journal.actions import lock
from journal.canonical import NOTHING_BEFORE, anchor_hash, canonical, moment
from journal.merkle import merkle_root
from journal.models import Anchor, AnchorLeaf, Entry
from journal.sql import database_now

ONE_DAY = timedelta(days=1)
BATCH = 2000


def anchor_days(today: date) -> list[Anchor]:
    """Anchor each day before today that has no anchor yet, empty days too.

    Called twice, or by two schedulers at once, each day is anchored once.
    """
    made = []
    while anchor := _anchor_next(today):
        made.append(anchor)
    return made


def exported(anchors: Iterator[Anchor]) -> Iterator[str]:
    """One line of JSON for each anchor, to be kept where the portal cannot reach it."""
    for anchor in anchors:
        yield json.dumps({"anchor_hash": anchor.anchor_hash, "body": anchor.body})


def local_date(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())


@transaction.atomic
def _anchor_next(today: date) -> Anchor | None:
    lock("jobs")
    last = Anchor.objects.order_by("-date").first()
    day = last.date + ONE_DAY if last else _first_day()
    if day is None or day >= today:
        return None
    return _anchor(day, last.anchor_hash if last else NOTHING_BEFORE)


def _first_day() -> date | None:
    first = Entry.objects.aggregate(at=Min("at"))["at"]
    return local_date(first) if first else None


def _anchor(day: date, prev: str) -> Anchor:
    leaves = list(
        Entry.objects.not_anchored()
        .filter(at__lt=_midnight_after(day))
        .order_by("pk")
        .values_list("pk", "entry_hash")
    )
    root, at = merkle_root(leaf for _, leaf in leaves), database_now()
    body = canonical(
        {
            "v": 1,
            "date": day.isoformat(),
            "at": moment(at),
            "prev": prev,
            "root": root,
            "size": len(leaves),
        }
    )
    anchor = Anchor(
        date=day,
        body=body,
        prev_hash=prev,
        root=root,
        size=len(leaves),
        anchor_hash=anchor_hash(body),
        at=at,
    )
    anchor.save()
    AnchorLeaf.objects.bulk_create(
        (AnchorLeaf(entry_id=pk, anchor=anchor, place=n) for n, (pk, _) in enumerate(leaves)),
        batch_size=BATCH,
    )
    return anchor


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + ONE_DAY, time.min, timezone.get_default_timezone())

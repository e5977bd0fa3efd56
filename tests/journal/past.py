"""A journal that is some weeks old."""

from datetime import UTC, date, datetime, timedelta

from journal.bulk import Deed, record_many
from journal.models import Entry
from tests.factories.journal import make_stream

FIRST_DAY = date(2026, 1, 5)
LAST_DAY = date(2026, 1, 14)
LONG_AFTER = date(2026, 1, 20)
BEGIN = datetime(2026, 1, 5, 2, tzinfo=UTC)
SIGNATURE = {
    "ref": "00000000-0000-4000-8000-0000000000aa",
    "full_name": "Trần Thị Ví Dụ",
    "position": "Giám đốc Sở",
    "unit": "Sở Mẫu",
    "unit_ref": "00000000-0000-4000-8000-0000000000bb",
}
ROAD = [
    ("proposal.create", None, "draft"),
    ("proposal.submit", "draft", "submitted"),
    ("proposal.review", "submitted", "under_review"),
    ("pilot.plan", None, "planned"),
    ("proposal.approve_pilot", "under_review", "approved_pilot"),
]


def make_past(streams: int = 3, names: list[str] | None = None) -> list[Entry]:
    """Each stream walks the road, a step every second day, each step citing a content."""
    names = names or [make_stream() for _ in range(streams)]
    deeds = [
        Deed(
            action,
            stream,
            BEGIN + timedelta(days=2 * step, minutes=number),
            signature=SIGNATURE,
            role="proposer",
            before=before,
            after=after,
            contents=[("note", {"quote": f"Lời ghi {step}"})],
            data={"version": step},
        )
        for step, (action, before, after) in enumerate(ROAD)
        for number, stream in enumerate(names)
    ]
    return record_many(deeds)

"""The rows of many proposals at once, and the entries that tell how they came there."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from journal.bulk import record_many
from journal.models import Stream
from organisation.text import fold
from proposals.models import (
    CodeCounter,
    ExpectedResult,
    Field,
    PartVersion,
    Proposal,
    ProposalPlan,
    TitlePair,
)
from proposals.similarity import pairs_of
from proposals.stages import (
    CLOSED,
    Part,
    RequestedForm,
    Stage,
    Track,
)
from reporting.scale.clocks import start_clocks
from reporting.scale.people import Author
from reporting.scale.records import INDICATOR, PLAN, Told, deeds_of, write_versions
from reporting.scale.tales import Tale

BATCH = 1000
DECIDED = ("approve_implement", "approve_pilot", "refuse")


@transaction.atomic
def write(tales: list[Tale], authors: list[Author], fields: list[Field]) -> None:
    """Write the rows of these tales; the ones written before are passed over."""
    known = set(
        Proposal.objects.filter(ref__in=[one.ref for one in tales]).values_list("ref", flat=True)
    )
    told = [
        (one, authors[one.person % len(authors)], fields[one.field % len(fields)])
        for one in tales
        if one.ref not in known
    ]
    rows = Proposal.objects.bulk_create(_proposal(*part) for part in told)
    _plans(rows, told)
    record_many(deed for row, part in zip(rows, told, strict=True) for deed in deeds_of(row, *part))
    write_versions(rows, told)
    _heads_of_streams(rows)
    start_clocks(rows)


def count_codes(tales: Iterable[Tale]) -> None:
    """Let the counters of codes go on after the highest number that the tales used."""
    last: dict[int, int] = {}
    for one in tales:
        if one.steps:
            year = one.sent_at.year
            last[year] = max(last.get(year, 0), one.number)
    for year, number in last.items():
        counter, _ = CodeCounter.objects.get_or_create(year=year)
        CodeCounter.objects.filter(pk=counter.pk, last__lt=number).update(last=number)


def _proposal(tale: Tale, author: Author, field: Field) -> Proposal:
    agency, stage = author.agency, tale.stage
    code = f"DX-{tale.sent_at.year}-{tale.number:05d}" if tale.steps else None
    facts: dict[str, Any] = {
        "ref": tale.ref,
        "code": code,
        "stage": stage,
        "title": tale.title,
        "field": field,
        "requested_form": RequestedForm.PILOT,
        "proposer": author.user,
        "proposer_position": "Chuyên viên",
        "proposer_unit_id": agency.unit_id,
        "agency_id": agency.unit_id,
        "agency_name": agency.name,
        "deciding_unit_id": agency.unit_id,
        "deciding_unit_name": agency.name,
        "holder": _holder(stage, author),
        "holder_since": timezone.localdate(tale.last_at),
        "is_complete": True,
        "created_at": tale.began,
        "touched_at": tale.last_at,
        "search_key": fold(f"{code or ''} {tale.title}")[:500],
    }
    return Proposal(**facts | (_sent(tale) if tale.steps else {}))


def _sent(tale: Tale) -> dict[str, Any]:
    moments = {name: at for name, _, at in tale.steps}
    decided = [
        moments[name]
        for name in ("approve_implement", "approve_pilot", "refuse")
        if name in moments
    ]
    return {
        "track": Track.POLICY,
        "track_reason": "Người đề xuất không giữ chức vụ lãnh đạo, quản lý.",
        "submitted_at": tale.sent_at,
        "received_on": timezone.localdate(tale.sent_at),
        "decided_at": decided[0] if decided else None,
        "closed_at": tale.last_at if tale.stage in CLOSED else None,
        "returned_from": Stage.UNDER_REVIEW if tale.stage == Stage.RETURNED else "",
        "times_returned": int(tale.stage == Stage.RETURNED),
    }


def _holder(stage: Stage, author: Author) -> str:
    if stage in {Stage.DRAFT, Stage.RETURNED, Stage.MONITORED, *CLOSED}:
        return author.user.full_name
    return f"Người đứng đầu {author.agency.name}"


def _plans(rows: list[Proposal], told: list[Told]) -> None:
    ProposalPlan.objects.bulk_create(
        ProposalPlan(
            proposal=row, starts_on=timezone.localdate(tale.began), budget=tale.budget, **PLAN
        )
        for row, (tale, _, _) in zip(rows, told, strict=True)
    )
    ExpectedResult.objects.bulk_create(ExpectedResult(proposal=row, **INDICATOR) for row in rows)
    drafts = [row for row in rows if row.stage == Stage.DRAFT]
    PartVersion.objects.bulk_create(
        PartVersion(proposal=row, part=part, number=1, is_done=True, saved_by=row.proposer)
        for row in drafts
        for part in Part
    )
    TitlePair.objects.bulk_create(
        (
            TitlePair(proposal=row, pair=pair)
            for row in rows
            if row.stage != Stage.DRAFT
            for pair in sorted(pairs_of(row.title))
        ),
        batch_size=BATCH * 4,
    )


def _heads_of_streams(rows: list[Proposal]) -> None:
    streams = Stream.objects.in_bulk([row.stream for row in rows])
    moved = [row for row in rows if row.stream in streams]
    for row in moved:
        chain = streams[row.stream]
        row.journal_length, row.journal_head = chain.length, chain.head_hash
    Proposal.objects.bulk_update(moved, ["journal_length", "journal_head"], batch_size=BATCH)

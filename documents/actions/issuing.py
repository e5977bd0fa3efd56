"""Number, day, register and journal in one transaction: a paper is issued whole or not at all."""

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from documents import rules
from documents.actions.base import Refused, go_on, locked, move, permit
from documents.actions.base import say as put
from documents.actions.registering import stream_of
from documents.cases import barred_from
from documents.described import facts_of
from documents.hooks import Moved, tell
from documents.models import (
    AgencySeal,
    IssuedCopy,
    NumberSeries,
    OfficialDocument,
    OutsideNumber,
    RegisterPeriod,
    SeriesYear,
    StoredFile,
)
from documents.notations import is_well_formed, notation_of
from documents.papers import Paper
from documents.signature_places import sent_to, signature_of
from documents.signed_copies import why_not
from documents.stages import PaperKind
from journal.actions import lock, record
from organisation.days import today
from organisation.models import OrgUnitVersion, User
from organisation.text import fold

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are read for one another
CODE_LENGTH = 12
NO_SERIES = "Chưa có dãy số cho loại văn bản này. Khai báo dãy số trước khi phát hành."
TWO_SERIES = "Hai dãy số cùng áp dụng cho loại văn bản này. Sửa khai báo dãy số trước."
CLOSED = "Sổ văn bản đi đã khóa đến hết ngày {day}."
KEPT_ELSEWHERE = "Tệp này đã được lưu cho văn bản khác. Chọn bản đã ký của văn bản này."
BAD_NOTATION = "Ký hiệu {notation} chưa đúng quy định. Trả lại để sửa."


@transaction.atomic
def issue(paper_id: int, *, by: User, version: int | None = None) -> OfficialDocument:
    """Give a signed paper the next number of its series, and today's date; then it never changes.

    Raises Conflict, PermissionDenied, Refused.
    """
    paper = locked(paper_id, version=version)
    permit(paper, "issue", rules.may_issue(paper, by) and by.pk not in barred_from(paper.stream))
    go_on(paper)
    _hold_register(paper)
    day, facts = today(), facts_of(paper)
    _refuse_closed(paper, day)
    notation = _notation(paper, facts, day)
    series, code = series_of(paper, day), check_code()
    number = take_number(series, day.year)
    put(paper, _issued(paper, facts, day, code, number, notation))
    _send_copies(paper, facts, day)
    move(
        paper,
        "issue",
        by=by,
        role="clerk",
        told={"number": number, "notation": notation, "issued_on": day.isoformat()},
        series=series,
        year=day.year,
        number=number,
        notation=notation,
        issued_on=day,
        issued_at=timezone.now(),
        issued_by=by,
        check_code=code,
    )
    for older, step in ((paper.replaces_id, "be_replaced"), (paper.corrects_id, "be_corrected")):
        if older:
            move(locked(older), step, by=by, role="clerk", told={"paper": str(paper.ref)})
    return paper


def series_of(paper: OfficialDocument, day: date) -> NumberSeries:
    """The one series that numbers the paper that day. Raises Refused."""
    agency = paper.issuing_unit
    try:
        if agency is None:
            raise NumberSeries.DoesNotExist
        return NumberSeries.objects.of(agency, paper.kind, day, paper.body)
    except NumberSeries.DoesNotExist as failure:
        raise Refused(NO_SERIES) from failure
    except NumberSeries.MultipleObjectsReturned as failure:
        raise Refused(TWO_SERIES) from failure


def take_number(series: NumberSeries, year: int) -> int:
    """The next number of the year; others who want one wait until this transaction ends.

    Rolled back, the number is the next one again: there is no gap.
    """
    counter = lock_year(series, year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def lock_year(series: NumberSeries, year: int) -> SeriesYear:
    """The counter of the series and year, locked until the transaction ends.

    It begins after the numbers that its kinds had in another series earlier that year.
    """
    if not SeriesYear.objects.filter(series=series, year=year).exists():
        fresh = SeriesYear(series=series, year=year, last=_given_before(series, year))
        SeriesYear.objects.bulk_create([fresh], ignore_conflicts=True)
    return SeriesYear.objects.select_for_update(of=("self",)).get(series=series, year=year)


def _given_before(series: NumberSeries, year: int) -> int:
    papers = OfficialDocument.objects.issued().filter(
        issuing_unit=series.agency_id, body=series.body, year=year, kind__in=series.kinds
    )
    outside = OutsideNumber.objects.filter(
        series__agency=series.agency_id, series__body=series.body, year=year
    )
    shared = [one.last for one in outside.select_related("series") if _shares(one.series, series)]
    return max([papers.aggregate(last=Max("number"))["last"] or 0, *shared])


def _shares(one: NumberSeries, other: NumberSeries) -> bool:
    """Whether the kinds of one were numbered in the other."""
    return bool(set(one.kinds) & set(other.kinds))


def next_number(paper: OfficialDocument, day: date) -> int:
    """The number that the paper would get now: a proposal on the clerk's desk, not a promise."""
    return next_of(series_of(paper, day), day.year)


def next_of(series: NumberSeries, year: int) -> int:
    counter = SeriesYear.objects.filter(series=series, year=year).first()
    return (counter.last if counter else _given_before(series, year)) + 1


def check_code() -> str:
    """What the QR code leads to; nobody guesses it (32^12)."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


@transaction.atomic
def receive(copy_id: int, *, by: User) -> IssuedCopy:
    """The clerk of an agency says that a paper came; said twice, the first time stands."""
    copy = (
        IssuedCopy.objects.select_for_update(of=("self",)).select_related("paper").get(pk=copy_id)
    )
    if not by.powers.appointed("clerk", copy.unit_id):
        raise PermissionDenied
    if copy.received_at is None:
        copy.received_at, copy.received_by = timezone.now(), by
        copy.save(update_fields=["received_at", "received_by"])
        record("paper.receive", stream=copy.paper.own_stream, by=by, role="clerk", place=copy.place)
    return copy


@transaction.atomic
def attach_scan(
    paper_id: int, scan: StoredFile | None, *, by: User, version: int | None = None
) -> OfficialDocument:
    """Keep the scan of the signed paper copy, or the file signed elsewhere, beside what was issued.

    It is kept once, and named in the journal by its digest. Raises Refused for what cannot be it.
    """
    paper = locked(paper_id, version=version)
    if scan is None or not rules.may_attach_scan(paper, by):
        raise PermissionDenied
    _refuse_other(paper, scan)
    paper.scan = scan
    paper.version += 1
    paper.save()
    entry = record(
        "paper.scan",
        stream=paper.own_stream,
        by=by,
        role="clerk",
        file_sha256=scan.sha256,
    )
    tell(Moved(paper, "scan", entry, by))
    return paper


def _refuse_other(paper: OfficialDocument, scan: StoredFile) -> None:
    """A file of another paper, or one that cannot be this paper signed."""
    of_file = Q(file_sha256=scan.sha256) | Q(annex_files__file__sha256=scan.sha256)
    others = OfficialDocument.objects.filter(of_file | Q(scan__sha256=scan.sha256))
    if others.exclude(pk=paper.pk).exists():
        raise Refused(KEPT_ELSEWHERE)
    issued = paper.file.path.read_bytes() if paper.file else b""
    if reason := why_not(scan.path.read_bytes(), scan.extension, issued):
        raise Refused(reason)


def _hold_register(paper: OfficialDocument) -> None:
    """Whoever closes the register meanwhile waits, or this waits for them: no paper is dated in a
    period that was counted without it."""
    if paper.issuing_unit is not None:
        lock(stream_of(paper.issuing_unit))


def _refuse_closed(paper: OfficialDocument, day: date) -> None:
    periods = RegisterPeriod.objects.filter(agency=paper.issuing_unit, last_day__gte=day)
    closed = periods.order_by("-last_day").first()
    if closed:
        raise Refused(CLOSED.format(day=f"{closed.last_day:%d/%m/%Y}"))


def _notation(paper: OfficialDocument, facts: Paper, day: date) -> str:
    """As it stands on the paper that was signed, else by the rows of the day. Raises Refused."""
    own = facts.get("copy") or facts
    notation = own.get("notation") or notation_of(paper, day)
    if not is_well_formed(notation):
        raise Refused(BAD_NOTATION.format(notation=notation))
    return notation


def _issued(
    paper: OfficialDocument, facts: Any, day: date, code: str, number: int, notation: str
) -> dict[str, Any]:
    """The facts with what the clerk's desk adds to them; of a copy only what is the copy's own."""
    numbered = {"number": number, "notation": notation, "dated": day.isoformat()}
    if facts.get("kind") == PaperKind.MINUTES:
        numbered["dated"] = ""
    sealed = _sealed(paper, signature_of(facts), day)
    if paper.kind == PaperKind.COPY:
        own = facts.get("copy", {}) | numbered | {"signature": sealed}
        said: dict[str, Any] = dict(facts) | {"copy": own, "is_draft": False}
    else:
        said = dict(facts) | numbered | {"signature": sealed, "is_draft": False}
    if settings.PAPER_QR:
        address = settings.SITE_URL.rstrip("/") + reverse("documents:check")
        said |= {"check_code": code, "check_url": f"{address}?ma={code}"}
    return said


def _sealed(paper: OfficialDocument, signature: Any, day: date) -> Any:
    """The signature with the agency's seal beside it, where both are pictures."""
    seals = AgencySeal.objects.valid_on(day).filter(agency=paper.issuing_unit)
    seal = seals.select_related("file").order_by("-valid_from").first()
    if seal is None or not signature.get("picture"):
        return signature
    return signature | {"seal": seal.file.sha256, "seal_mm": seal.width_mm}


def _send_copies(paper: OfficialDocument, facts: Paper, day: date) -> None:
    """One row for each place that the paper goes to: those addressed, then "Nơi nhận"."""
    units = _units_by_name(day)
    IssuedCopy.objects.bulk_create(
        IssuedCopy(
            paper=paper,
            place=place,
            name=name[:300],
            note=note[:120],
            unit_id=units.get(fold(name)),
            sent_on=day,
        )
        for place, (name, note) in enumerate(sent_to(facts), start=1)
    )


def _units_by_name(day: date) -> dict[str, int]:
    """Agencies by their names and short names; a name that two of them bear leads to neither."""
    found: dict[str, int] = {}
    twice = set()
    rows = OrgUnitVersion.objects.valid_on(day).values_list("unit_id", "name", "short_name")
    for unit, *names in rows:
        for name in {fold(name) for name in names}:
            if found.setdefault(name, unit) != unit:
                twice.add(name)
    return {name: unit for name, unit in found.items() if name not in twice}

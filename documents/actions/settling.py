"""What an agency settles for its papers besides numbers: abbreviations, councils, numbers that were
used outside of the portal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from documents.actions.base import Refused
from documents.actions.issuing import next_of, take_number
from documents.actions.registering import stream_of
from documents.models import (
    Abbreviation,
    AdvisoryBody,
    AdvisorySeat,
    NumberSeries,
    OutsideNumber,
    RegisterPeriod,
    SeriesYear,
)
from documents.notations import is_well_formed
from documents.stages import SLIPS, PaperKind
from journal.actions import keep, lock, record
from organisation.days import today
from organisation.models import OrgUnit, OrgUnitVersion, User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date

BAD_ABBREV = "Chữ viết tắt gồm chữ in hoa không dấu, chữ số và dấu &, ví dụ VXNV."
THERE_ALREADY = "{name} đã được khai báo."
NOT_NEXT = "Số tiếp theo của dãy là {number}. Ghi từ số này."
NOT_FIRST = "Dãy số năm {year} đã cấp số {last}. Chỉ ghi thêm từng số tiếp theo."
NOT_THAT_YEAR = "Ngày văn bản phải trong năm {year} và không sau hôm nay."
CLOSED = "Sổ văn bản đi đã khóa đến hết ngày {day}."


@dataclass(frozen=True)
class Council:
    """A council as it is declared: who leads it, and who signs for the chair."""

    name: str
    abbrev: str
    uses_seal: bool
    basis_document: str
    chair: User
    chair_title: str
    deputy: User | None = None
    deputy_title: str = ""


@dataclass(frozen=True)
class Used:
    """A number that a paper outside of the portal bears, or a span of them."""

    last: int
    used_on: date
    reason: str
    title: str = ""
    notation: str = ""
    signer: str = ""


@transaction.atomic
def settle_abbreviation(
    agency: OrgUnit, name: str, abbrev: str, basis_document: str, *, by: User
) -> Abbreviation:
    """From today on a unit or field of the agency is written so; what was there ends today."""
    stream = _stream_for(agency, by)
    if not is_well_formed(abbrev):
        raise Refused(BAD_ABBREV)
    day = today()
    old = Abbreviation.objects.valid_on(day).filter(agency=agency, name=name).first()
    if old and old.valid_from == day:
        raise Refused(THERE_ALREADY.format(name=name))
    if old:
        old.valid_to = day
        old.save(update_fields=["valid_to"])
    made = Abbreviation.objects.create(
        agency=agency,
        unit=old.unit if old else _unit_named(agency, name, day),
        name=name,
        abbrev=abbrev,
        valid_from=day,
        basis_document=basis_document,
    )
    told = {"name": name, "abbrev": abbrev, "basis": basis_document}
    content = keep("abbreviation", stream, told)
    record("register.abbreviation", stream=stream, by=by, role="clerk", content=content)
    return made


@transaction.atomic
def settle_council(agency: OrgUnit, said: Council, *, by: User) -> AdvisoryBody:
    """A council of the agency from today on, with a row of numbers of its own; one of the same name
    ends today."""
    _stream_for(agency, by)
    if not is_well_formed(said.abbrev):
        raise Refused(BAD_ABBREV)
    day = today()
    old = AdvisoryBody.objects.valid_on(day).filter(agency=agency, name=said.name).first()
    if old and old.valid_from == day:
        raise Refused(THERE_ALREADY.format(name=said.name))
    if old:
        old.valid_to = day
        old.save(update_fields=["valid_to"])
    return _declare(agency, said, day, by=by, role="clerk")


@transaction.atomic
def seat_council(agency: OrgUnit, said: Council, *, by: User) -> AdvisoryBody:
    """The council of one case, which a move of the case seats: from today on, once of its name, led
    by whom is said."""
    day = today()
    there = AdvisoryBody.objects.valid_on(day).filter(agency=agency, name=said.name).first()
    if there is None:
        return _declare(agency, said, day, by=by, role="")
    if not there.seats.filter(is_chair=True, person=said.chair).exists():
        there.seats.all().delete()
        _seat(there, said)
    return there


@transaction.atomic
def use_outside(series: NumberSeries, said: Used, *, by: User) -> OutsideNumber:
    """Take the next number of the series for a paper outside of the portal, so that none is missing
    in the register.

    A span is taken only before the portal gave the first number of the year: it stands for what the
    office had numbered before. Raises Refused.
    """
    stream = _stream_for(series.agency, by)
    year = today().year
    _refuse_day(series, said.used_on, year)
    first = next_of(series, year)
    if said.last < first:
        raise Refused(NOT_NEXT.format(number=first))
    if said.last > first:
        _open_after(series, year, said.last)
    else:
        take_number(series, year)
    made = OutsideNumber.objects.create(
        series=series,
        year=year,
        first=first,
        entered_at=timezone.now(),
        entered_by=by,
        **vars(said),
    )
    content = keep("outside_number", stream, {"quote": said.reason, "title": said.title})
    told: dict[str, Any] = {"first": first, "last": said.last, "series": str(series.ref)}
    record("register.outside", stream=stream, by=by, role="clerk", content=content, **told)
    return made


def _stream_for(agency: OrgUnit, by: User) -> str:
    """The stream of the register, locked; only for its clerk."""
    if not by.powers.appointed(Role.CLERK, agency.pk):
        raise PermissionDenied
    return lock(stream_of(agency)).name


def _unit_named(agency: OrgUnit, name: str, day: date) -> OrgUnit | None:
    """The agency's own part of this name, so that what it drafts gets the abbreviation."""
    parts = OrgUnitVersion.objects.valid_on(day).filter(parent=agency, name=name)
    found = parts.select_related("unit").first()
    return found.unit if found else None


def _declare(agency: OrgUnit, said: Council, day: date, *, by: User, role: str) -> AdvisoryBody:
    stream = stream_of(agency)
    made = AdvisoryBody.objects.create(
        agency=agency,
        name=said.name,
        abbrev=said.abbrev,
        uses_seal=said.uses_seal,
        valid_from=day,
        basis_document=said.basis_document,
    )
    _seat(made, said)
    _number(made, said, day)
    told = {"name": said.name, "abbrev": said.abbrev, "basis": said.basis_document}
    content = keep("advisory_body", stream, told)
    record("register.body", stream=stream, by=by, role=role, content=content)
    return made


def _seat(body: AdvisoryBody, said: Council) -> None:
    AdvisorySeat.objects.create(body=body, person=said.chair, title=said.chair_title, is_chair=True)
    if said.deputy and said.deputy != said.chair:
        title = said.deputy_title or f"Phó {said.chair_title}"
        AdvisorySeat.objects.create(body=body, person=said.deputy, title=title)


def _number(body: AdvisoryBody, said: Council, day: date) -> None:
    rows = NumberSeries.objects.valid_on(day).filter(agency=body.agency, body=body.name)
    if not rows.exists():
        NumberSeries.objects.create(
            agency=body.agency,
            body=body.name,
            name=body.name[:120],
            kinds=[str(kind) for kind in PaperKind if kind not in SLIPS],
            valid_from=day,
            basis_document=said.basis_document,
        )


def _refuse_day(series: NumberSeries, day: date, year: int) -> None:
    if day.year != year or day > today():
        raise Refused(NOT_THAT_YEAR.format(year=year))
    periods = RegisterPeriod.objects.filter(agency=series.agency, last_day__gte=day)
    closed = periods.order_by("-last_day").first()
    if closed:
        raise Refused(CLOSED.format(day=vn_date(closed.last_day)))


def _open_after(series: NumberSeries, year: int, last: int) -> None:
    if (following := next_of(series, year)) != 1 or _is_begun(series, year):
        raise Refused(NOT_FIRST.format(year=year, last=following - 1))
    SeriesYear.objects.create(series=series, year=year, last=last)


def _is_begun(series: NumberSeries, year: int) -> bool:
    return SeriesYear.objects.filter(series=series, year=year).exists()

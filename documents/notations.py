"""The notation of a paper ("QĐ-UBND", "UBND-VXNV") from dated rows (van-ban-nd30.md §4.1)."""

import re
from datetime import date

from documents.councils import body_of
from documents.models import Abbreviation, OfficialDocument, PaperType
from documents.stages import PaperKind
from organisation.models import OrgUnit

BY_DECREE = {  # Phụ lục III, where no row says otherwise
    PaperKind.DECISION: "QĐ",
    PaperKind.REPORT: "BC",
    PaperKind.SUBMISSION: "TTr",
    PaperKind.NOTICE: "TB",
    PaperKind.PLAN: "KH",
    PaperKind.MINUTES: "BB",
    PaperKind.COPY: "SY",
}
SHAPE = re.compile(r"(?:[A-ZĐ][A-Za-zĐ]{0,3}-)?[A-ZĐ0-9&]+(?:-[A-ZĐ0-9&]+)*")


def notation_of(paper: OfficialDocument, day: date) -> str:
    """The notation by the rows valid that day: of its kind, its agency, and who drafted it."""
    agency = paper.issuing_unit
    if agency is None:
        return ""
    short = body_abbrev(agency, paper.body, day) or agency_abbrev(agency, day)
    if kind := type_abbrev(paper.kind, day):
        return f"{kind}-{short}"
    drafting = drafting_abbrev(agency, paper.drafting_unit, day)
    return f"{short}-{drafting}" if drafting else short


def drafting_choices(paper: OfficialDocument, day: date) -> list[tuple[str, str]]:
    """Notations that a công văn of this agency may bear, each with who drafts or what it is about;
    none for other kinds, whose notation follows from them."""
    agency = paper.issuing_unit
    if agency is None or paper.kind != PaperKind.OFFICIAL_LETTER:
        return []
    short = body_abbrev(agency, paper.body, day) or agency_abbrev(agency, day)
    rows = Abbreviation.objects.valid_on(day).filter(agency=agency).exclude(unit=agency)
    found = [(f"{short}-{row.abbrev}", row.name) for row in rows.order_by("name")]
    return [(short, "không ghi đơn vị soạn thảo"), *found]


def body_abbrev(agency: OrgUnit, name: str, day: date) -> str:
    """Of a council; nothing where the agency itself issues."""
    body = body_of(agency, name, day) if name else None
    return body.abbrev if body else ""


def type_abbrev(kind: str, day: date) -> str:
    """ "QĐ" for a decision; nothing for a công văn."""
    row = PaperType.objects.valid_on(day).filter(kind=kind).order_by("-valid_from").first()
    return row.abbrev if row else BY_DECREE.get(PaperKind(kind), "")


def agency_abbrev(agency: OrgUnit, day: date) -> str:
    """As the agency's head settled it, else as the agency is known."""
    row = Abbreviation.objects.valid_on(day).filter(agency=agency, unit=agency).first()
    return row.abbrev if row else agency.at(day).abbrev


def drafting_abbrev(agency: OrgUnit, unit: OrgUnit | None, day: date) -> str:
    if unit is None:
        return ""
    row = Abbreviation.objects.valid_on(day).filter(agency=agency, unit=unit).first()
    return row.abbrev if row else unit.at(day).abbrev


def is_well_formed(notation: str) -> bool:
    return bool(SHAPE.fullmatch(notation))

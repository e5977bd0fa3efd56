"""Files, official papers, and how they are numbered."""

from documents.models.files import StoredFile, Unchangeable
from documents.models.numbers import (
    Abbreviation,
    CheckCount,
    NumberSeries,
    PaperType,
    RegisterPeriod,
    SeriesYear,
)
from documents.models.papers import IssuedCopy, OfficialDocument, PaperBar
from documents.models.seals import AgencySeal, SignaturePicture

__all__ = [
    "Abbreviation",
    "AgencySeal",
    "CheckCount",
    "IssuedCopy",
    "NumberSeries",
    "OfficialDocument",
    "PaperBar",
    "PaperType",
    "RegisterPeriod",
    "SeriesYear",
    "SignaturePicture",
    "StoredFile",
    "Unchangeable",
]

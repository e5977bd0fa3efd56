"""Files, official papers, and how they are numbered."""

from documents.models.files import StoredFile, Unchangeable
from documents.models.numbers import (
    Abbreviation,
    NumberSeries,
    PaperType,
    RegisterPeriod,
    SeriesYear,
)
from documents.models.papers import IssuedCopy, OfficialDocument
from documents.models.seals import AgencySeal, SignaturePicture

__all__ = [
    "Abbreviation",
    "AgencySeal",
    "IssuedCopy",
    "NumberSeries",
    "OfficialDocument",
    "PaperType",
    "RegisterPeriod",
    "SeriesYear",
    "SignaturePicture",
    "StoredFile",
    "Unchangeable",
]

"""Files, official papers, and how they are numbered."""

from documents.models.councils import AdvisoryBody, AdvisorySeat
from documents.models.files import StoredFile, Unchangeable
from documents.models.issued import AnnexFile, PaperStamp
from documents.models.numbers import (
    Abbreviation,
    CheckCount,
    NumberSeries,
    OutsideNumber,
    PaperType,
    RegisterPeriod,
    SeriesYear,
)
from documents.models.papers import IssuedCopy, OfficialDocument, PaperBar
from documents.models.seals import AgencySeal, SignaturePicture

__all__ = [
    "Abbreviation",
    "AdvisoryBody",
    "AdvisorySeat",
    "AgencySeal",
    "AnnexFile",
    "CheckCount",
    "IssuedCopy",
    "NumberSeries",
    "OfficialDocument",
    "OutsideNumber",
    "PaperBar",
    "PaperStamp",
    "PaperType",
    "RegisterPeriod",
    "SeriesYear",
    "SignaturePicture",
    "StoredFile",
    "Unchangeable",
]

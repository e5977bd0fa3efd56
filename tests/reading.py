"""What a paper says, as somebody reads it from the top to the bottom."""

from documents.models import OfficialDocument
from documents.papers import sheet_of
from documents.papers.shape import check


def words_of(paper: OfficialDocument) -> str:
    """All its words in one string, its shape checked first."""
    check(paper.facts)
    sheet = sheet_of(paper.facts)
    told = [*sheet.head.parent, *sheet.head.agency, sheet.head.number, *sheet.head.about]
    told += [sheet.name, *sheet.abstract, *sheet.addressees, *sheet.authority]
    told += [_said(line) for line in sheet.lines]
    told += [*sheet.foot.sent, *(part for sign in sheet.foot.signs for part in sign.lines)]
    for companion in sheet.companions:
        told += [companion.name, *companion.title, *companion.refers]
        told += [_said(line) for line in companion.lines]
    return " ".join(" ".join(told).split())


def _said(line) -> str:
    cells = [cell for row in line.grid.rows for cell in row] if line.grid else []
    return " ".join([line.words, *cells])

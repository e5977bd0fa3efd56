"""The orders that the whole province works by: letters in a stream of their own."""

import re

from django.db.models import QuerySet

from documents.described import facts_of
from documents.models import OfficialDocument
from documents.papers import Sheet, printed

STREAMS = "directive:"


def directives() -> QuerySet[OfficialDocument]:
    """The newest first; everybody who signs in may read them."""
    return OfficialDocument.objects.filter(stream__startswith=STREAMS).for_list()


def dated(directive: OfficialDocument) -> str:
    """Place and day, with dots where the paper leaves room for the pen."""
    return re.sub(r"\s{2,}", " … ", _sheet(directive).head.dated)


def paragraphs_of(directive: OfficialDocument) -> list[str]:
    """What it says, numbered as it is printed."""
    return [line.words for line in _sheet(directive).lines]


def _sheet(directive: OfficialDocument) -> Sheet:
    return printed(facts_of(directive))

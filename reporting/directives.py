"""The orders that the whole province works by: letters in a stream of their own."""

import re

from django.db.models import QuerySet

from documents.models import OfficialDocument

STREAMS = "directive:"


def directives() -> QuerySet[OfficialDocument]:
    """The newest first; everybody who signs in may read them."""
    return OfficialDocument.objects.filter(stream__startswith=STREAMS).for_list()


def dated(directive: OfficialDocument) -> str:
    """Place and day, with dots where the paper leaves room for the pen."""
    return re.sub(r" {2,}", " … ", directive.facts["dated"])


def paragraphs_of(directive: OfficialDocument) -> list[str]:
    """What it says, as it was written."""
    return [text for part in directive.facts["parts"] for text in part["paragraphs"]]

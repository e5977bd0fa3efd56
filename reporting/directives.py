"""The orders that the whole province works by: letters in a stream of their own."""

from django.db.models import QuerySet

from documents.models import OfficialDocument

STREAMS = "directive:"


def directives() -> QuerySet[OfficialDocument]:
    """The newest first; everybody who signs in may read them."""
    return OfficialDocument.objects.filter(stream__startswith=STREAMS).for_list()


def paragraphs_of(directive: OfficialDocument) -> list[str]:
    """What it says, as it was written."""
    return [text for part in directive.facts["parts"] for text in part["paragraphs"]]

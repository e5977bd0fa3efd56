"""A paper for the person who asks for it: on the clerk's road, or where its case shows it."""

from uuid import UUID

from django.http import Http404

from documents.cases import shows
from documents.models import OfficialDocument
from organisation.models import User

MOST_NUMBERED = 40  # agencies and years in which one number and notation can come back


def paper_for(user: User, ref: UUID) -> OfficialDocument:
    """The paper, where this person may see it; else the 404 of a page that is not there."""
    papers = OfficialDocument.objects.for_page()
    seen = papers.visible_to(user).filter(ref=ref).first()
    if seen is not None:
        return seen
    paper = papers.filter(ref=ref).first()
    if paper is None or not shows(paper.stream, paper.pk, user):
        raise Http404
    return paper


def papers_numbered(user: User, number: int, notation: str) -> list[OfficialDocument]:
    """The issued papers of that number and notation which the person may see, the newest first."""
    found = OfficialDocument.objects.issued().filter(number=number, notation__iexact=notation)
    found = found.select_related("issuing_unit").order_by("-issued_on", "-pk")[:MOST_NUMBERED]
    seen = set(OfficialDocument.objects.visible_to(user).filter(pk__in=[one.pk for one in found]))
    return [one for one in found if one in seen or shows(one.stream, one.pk, user)]

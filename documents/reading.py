"""A paper for the person who asks for it: on the clerk's road, or where its case shows it."""

from uuid import UUID

from django.http import Http404

from documents.cases import shows
from documents.models import OfficialDocument
from organisation.models import User


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

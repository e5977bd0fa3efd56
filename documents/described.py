"""A paper's facts as `documents.papers.description` says, out of the column that any JSON fits."""

from typing import cast

from documents.models import OfficialDocument
from documents.papers import Paper


def facts_of(paper: OfficialDocument) -> Paper:
    """The facts to be read and changed; `documents.papers.shape` refuses what is no paper."""
    return cast(Paper, paper.facts)

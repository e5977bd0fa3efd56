"""What a paper's case is, said by the app that owns it: documents knows no proposal.

The apps above register, each for its kind of stream ("proposal", "case"), in `AppConfig.ready`.
Papers of a kind that nobody registered are seen only by those who write, sign and issue them.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from organisation.models import User


@dataclass(frozen=True)
class Case:
    """How one kind of case answers.

    papers_shown: the papers of the case that the person may see there.
    barred: whose own case it is: they sign and issue no paper of it (AZ-07).
    url: the page of the case.
    not_yet: why the paper may not go to signature or be issued now; nothing where it may.
    at_signature: its facts as the case says them at the minute of the signature.
    """

    papers_shown: Callable[[User, uuid.UUID], QuerySet]
    barred: Callable[[uuid.UUID], frozenset[int]]
    url: Callable[[uuid.UUID], str]
    not_yet: Callable[[int], str] = lambda paper_id: ""
    at_signature: Callable[[int, Any], Any] = lambda paper_id, facts: facts


KINDS: dict[str, Case] = {}


def register_case(kind: str, case: Case) -> None:
    KINDS[kind] = case


def barred_from(stream: str) -> frozenset[int]:
    """The people whose own case it is."""
    case, ref = _asked(stream)
    return case.barred(ref) if case and ref else frozenset()


def shows(stream: str, paper_id: int, user: User) -> bool:
    """Whether the case shows the paper to this person."""
    case, ref = _asked(stream)
    return bool(case and ref and case.papers_shown(user, ref).filter(pk=paper_id).exists())


def why_not_yet(stream: str, paper_id: int) -> str:
    """What the case still waits for before the paper goes on; nothing where it may."""
    case, _ = _asked(stream)
    return case.not_yet(paper_id) if case else ""


def as_signed(stream: str, paper_id: int, facts: Any) -> Any:
    """What the paper says when it is signed now. Raises what the case refuses with."""
    case, _ = _asked(stream)
    return case.at_signature(paper_id, facts) if case else facts


def url_of(stream: str) -> str:
    case, ref = _asked(stream)
    return case.url(ref) if case and ref else ""


def _asked(stream: str) -> tuple[Case | None, uuid.UUID | None]:
    kind, _, ref = stream.partition(":")
    try:
        return KINDS.get(kind), uuid.UUID(ref)
    except ValueError:
        return None, None

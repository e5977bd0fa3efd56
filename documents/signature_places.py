"""Where the signature of a paper stands in its facts: on a copy it is the copy's own."""

from typing import Any

from documents.models import OfficialDocument
from documents.papers import Paper
from documents.stages import PaperKind

CHAIR = ["CHỦ TỌA"]


def with_signature(paper: OfficialDocument, facts: Paper, signature: dict[str, Any]) -> Any:
    """The facts with this signature; the chair of a meeting signs as its chair."""
    if paper.kind == PaperKind.COPY:
        return dict(facts) | {"copy": facts.get("copy", {}) | {"signature": signature}}
    if paper.kind == PaperKind.MINUTES and signature:
        signature = signature | {"lines": CHAIR}
    return dict(facts) | {"signature": signature}


def signature_of(facts: Any) -> Any:
    held = facts.get("copy") or facts
    return held.get("signature") or {}


def sent_to(facts: Any) -> list[tuple[str, str]]:
    """Each place that the paper goes to, with its note: those addressed, then "Nơi nhận"."""
    held = facts.get("copy") or facts
    named = [(name, "") for name in held.get("addressees", [])]
    named += [(one.get("text", ""), one.get("note", "")) for one in held.get("recipients", [])]
    return [(name.strip(), note) for name, note in named if name.strip()]

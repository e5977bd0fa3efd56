"""Papers to look at and to measure: each kind, each signature block, short and long facts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from documents.papers.description import Paper, Signature
from documents.papers.kinds import form_of
from documents.papers.shape import check
from documents.samples.houses import issued_by
from documents.samples.letters import LETTERS
from documents.samples.signatures import SIGNATURES
from documents.samples.texts import TEXTS
from documents.stages import PaperKind

ORDER = Path(__file__).with_name("order.json")


class Sample(NamedTuple):
    """The name of a file, the template that draws it, its facts."""

    name: str
    template: str
    facts: Paper


def order() -> Paper:
    """The letter by which the province put Kết luận 14-KL/TW into practice, as it was issued."""
    return check(json.loads(ORDER.read_text(encoding="utf-8")))


def described(path: Path) -> Sample:
    """A paper that somebody wrote down as JSON (`documents.papers.description`). Raises Misshapen
    where it is no paper."""
    facts = check(json.loads(path.read_text(encoding="utf-8")))
    return _sample(path.stem, facts)


def samples() -> Iterator[Sample]:
    """The province's order, letters of unusual shape, then every kind with every signature block,
    short and long."""
    yield _sample("cong-van-14-kl", order())
    for name, facts in LETTERS.items():
        yield _sample(name, facts)
    for kind, (short, long) in TEXTS.items():
        for block, signature in SIGNATURES.items():
            for length, facts in (("ngan", short), ("dai", long)):
                yield _sample(f"{kind}-{length}-{block}", _signed(facts, block, signature))


def _signed(facts: Paper, block: str, signature: Signature) -> Paper:
    """Minutes keep their own two signatures."""
    if facts["kind"] == PaperKind.MINUTES:
        return facts
    return issued_by(facts, block) | Paper(signature=signature)


def _sample(name: str, facts: Paper) -> Sample:
    return Sample(name, form_of(facts.get("kind", "")).template, facts)

"""Kinds of long work, each a function that plans it; upper apps register theirs as they start.

    @long_job("collection")
    def collect(job: LongJob) -> Plan:
        parts = [Part(str(one.ref), keep=partial(keep_figures, one), name=one.name) for one in …]
        figures = Phase("Tổng hợp số liệu", "Đang tổng hợp {done}/{all} cơ quan", parts)
        return Plan([figures], outcome=lambda: Outcome(url=…, label="Mở dự thảo"))

The plan is made anew by each worker that takes the work over; what was finished is known by the
keys of the parts, so a key must name the same part each time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from jobs.models import LongJob


class PartFailed(Exception):
    """A part cannot be done; the message is a sentence for people. Other parts go on."""


class Stopped(Exception):
    """The owner pressed *Dừng*."""


class Course(Protocol):
    """What a part knows of the work it belongs to."""

    @property
    def made(self) -> dict[str, Any]:
        """What finished parts left, by their keys."""

    def tell(self, share: float, words: str = "") -> None:
        """Say how much of this part is done, 0 to 1; a sign of life. Raises Stopped.

        To be called at least each half minute by parts that take longer.
        """


def _nothing(course: Course) -> None:
    return None


def _kept_nowhere(found: Any) -> None:
    return None


@dataclass(frozen=True)
class Part:
    """The smallest piece that is done wholly or not at all.

    `work` may take long and writes nothing that counts; `keep` gets what it found and writes it in
    the transaction in which the part becomes finished. What `keep` returns (plain JSON) is found in
    `made` by later parts.
    """

    key: str
    work: Callable[[Course], Any] = _nothing
    keep: Callable[[Any], Any] = _kept_nowhere
    name: str = ""


@dataclass(frozen=True)
class Phase:
    """A step of the list on the page. Where it is needed, a part that fails ends the work."""

    label: str
    words: str
    parts: Sequence[Part]
    weight: int = 1
    is_needed: bool = False


@dataclass(frozen=True)
class Outcome:
    """The result: its page, the words of the button to it, and what to mind."""

    url: str
    label: str
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Plan:
    phases: Sequence[Phase]
    outcome: Callable[[], Outcome]

    def __iter__(self) -> Iterator[tuple[Phase, Part]]:
        return ((phase, part) for phase in self.phases for part in phase.parts)


Planner = Callable[[LongJob], Plan]
KINDS: dict[str, Planner] = {}


def long_job(kind: str) -> Callable[[Planner], Planner]:
    """Register the function that plans this kind of work."""

    def register(plan: Planner) -> Planner:
        if kind in KINDS:
            raise ValueError(f"{kind} is planned twice.")
        KINDS[kind] = plan
        return plan

    return register

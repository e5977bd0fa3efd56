"""What the apps above add to a verification, from their `AppConfig.ready`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from journal.findings import Finding


@dataclass(frozen=True)
class Replay:
    """What a stream says at its end.

    `states` has the last `to` of each kind of thing, which is an action's first word: replaying
    `proposal.submit` (draft to submitted) and `pilot.start` gives `proposal` and `pilot`.
    """

    stream: str
    length: int
    head_hash: str
    states: Mapping[str, str]

    @property
    def ref(self) -> str:
        return self.stream.partition(":")[2]


class SubjectChecker(Protocol):
    """Holds the records of one app against their streams."""

    machines: tuple[str, ...]
    """Kinds of which a stream has one each, so that each `from` must be the `to` before it."""

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        """What is wrong with the records of these streams: state, length, head, or none at all."""

    def strays(self) -> Iterable[Finding]:
        """Records that ought to have a stream and have none."""


FileChecker = Callable[[set[str]], Iterable[Finding]]
"""Takes digests of files that entries name; finds those that are missing or altered."""

subjects: dict[str, SubjectChecker] = {}
file_checkers: list[FileChecker] = []


def register_subject(prefix: str, checker: SubjectChecker) -> None:
    """Let the checker see each stream whose name begins with `prefix:`."""
    subjects[prefix] = checker


def register_files(checker: FileChecker) -> None:
    """Name the app that keeps files. Without one, an entry that names a file is undecided."""
    file_checkers[:] = [checker]

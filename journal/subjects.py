"""What the apps above add to a verification, from their `AppConfig.ready`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Substr

from journal.findings import Finding
from journal.models import Stream


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


GROUPS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))  # of a UUID as SQLite keeps it


def without_stream(rows: QuerySet, kind: str, path: str = "ref") -> QuerySet:
    """Those rows of which there is no stream `kind:<ref>`; the database holds them together."""
    ref: Cast | Concat = Cast(F(path), TextField())
    if connection.vendor == "sqlite":  # pragma: no cover (coverage is taken on PostgreSQL)
        parts = [Substr(ref, start, length) for start, length in GROUPS]
        ref = Concat(*_dashed(parts), output_field=TextField())
    named = rows.annotate(stream_name=Concat(Value(f"{kind}:"), ref, output_field=TextField()))
    return named.filter(~Exists(Stream.objects.filter(name=OuterRef("stream_name"))))


def _dashed(parts: list[Substr]) -> list[Substr | Value]:  # pragma: no cover
    found: list[Substr | Value] = [parts[0]]
    for part in parts[1:]:
        found += [Value("-"), part]
    return found


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

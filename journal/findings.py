"""What a verification finds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

SHOWN = 1000


class Weight(StrEnum):
    BROKEN = "broken"
    UNDECIDED = "undecided"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    weight: Weight
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.weight}: {self.where}: {self.what}"


def broken(where: str, what: str) -> Finding:
    return Finding(Weight.BROKEN, where, what)


def undecided(where: str, what: str) -> Finding:
    return Finding(Weight.UNDECIDED, where, what)


def warning(where: str, what: str) -> Finding:
    return Finding(Weight.WARNING, where, what)


@dataclass
class Report:
    """How much was looked at, what was found; the first thousand findings are kept by name."""

    looked_at: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def count(self, kind: str, number: int = 1) -> None:
        self.looked_at[kind] = self.looked_at.get(kind, 0) + number

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.found[finding.weight] = self.found.get(finding.weight, 0) + 1
            if len(self.findings) < SHOWN:
                self.findings.append(finding)

    @property
    def exit_code(self) -> int:
        """0 sound, 1 broken, 2 incomplete."""
        if self.found.get(Weight.BROKEN):
            return 1
        return 2 if self.found.get(Weight.UNDECIDED) else 0

"""Biểu 01 as a page shows it: each figure with the list that makes it."""

from dataclasses import dataclass

from django.urls import reverse

from reporting.periods.models import PeriodicReport
from reporting.periods.numbers import (
    BUDGET,
    BUDGET_LABEL,
    CAME,
    DECIDED,
    STATES,
    Figure,
    came,
    matches,
    total_of_states,
)


@dataclass(frozen=True)
class Line:
    label: str
    count: int
    url: str
    is_part: bool


@dataclass(frozen=True)
class Form1:
    """The figures in their three groups, and whether they match (quy-trinh.md §11)."""

    came: list[Line]
    states: list[Line]
    decided: list[Line]
    total: int
    expected: int
    matches: bool
    budget: int
    budget_label: str
    sha256: str


def form_1(report: PeriodicReport) -> Form1 | None:
    """The frozen figures; None before the cut-off."""
    numbers = report.facts.get("numbers")
    if not numbers:
        return None

    def lines(figures: tuple[Figure, ...]) -> list[Line]:
        return [
            Line(one.label, numbers[one.key], _url(report, one.key), one.is_part) for one in figures
        ]

    return Form1(
        came=lines(CAME),
        states=lines(STATES),
        decided=lines(DECIDED),
        total=total_of_states(numbers),
        expected=came(numbers),
        matches=matches(numbers),
        budget=numbers[BUDGET],
        budget_label=BUDGET_LABEL,
        sha256=report.figures_sha256,
    )


def _url(report: PeriodicReport, key: str) -> str:
    return reverse("reporting:report_figure", args=[report.ref, key])

"""The figures as text for the terminal and as a page for the documentation."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.measure import Figure
from tests.bench.papers import GOAL, LONG_GOAL, MIB_GOAL, PaperFigures

HEAD = f"{'operation':<26}{'CPU ms':>8}{'ratio':>8}{'goal':>7}{'queries':>9}{'most':>6}{'KiB':>7}"


def as_text(size: int, figures: list[Figure]) -> str:
    lines = [f"\n{size:,} proposals", HEAD]
    lines += [
        f"{one.name:<26}{one.cpu_ms:>8.1f}{one.ratio:>8.2f}{one.goal:>7.1f}"
        f"{one.queries:>9}{one.most_queries:>6}{one.kib:>7.1f}{'' if one.is_met else '  over'}"
        for one in figures
    ]
    return "\n".join(lines) + "\n"


def as_markdown(found: dict[int, list[Figure]], papers: PaperFigures) -> str:
    """One row for each operation, one column for each size; what is over its goal stands bold."""
    by_size = {size: {one.name: one for one in figures} for size, figures in found.items()}
    columns = ["operation", *(f"ratio at {size:,}" for size in by_size)]
    columns += ["growth", "goal", "queries", "at most", "KiB"]
    parts = [
        INTRODUCTION.format(date=f"{datetime.now(UTC):%d/%m/%Y}", machine=_machine()),
        f"| {' | '.join(columns)} |",
        f"| --- |{' ---: |' * (len(columns) - 1)}",
    ]
    smallest = next(iter(by_size.values()))
    parts += [_row([figures.get(name) for figures in by_size.values()]) for name in smallest]
    return "\n".join([*parts, "", PAPERS, *_papers(papers)]) + "\n"


def _row(figures: list[Figure | None]) -> str:
    """The same operation at each size; nothing where it was not measured."""
    measured = [one for one in figures if one]
    first, last = measured[0], measured[-1]
    cells = [first.name, *(_ratio(one) for one in figures), f"{last.ratio / first.ratio:.2f}"]
    queries = max(one.queries for one in measured)
    over = queries > first.most_queries
    cells += [f"≤ {first.goal:g}", _bold(str(queries), over=over), str(first.most_queries)]
    return f"| {' | '.join([*cells, f'{max(one.kib for one in measured):.1f}'])} |"


def _ratio(one: Figure | None) -> str:
    return _bold(f"{one.ratio:.1f}", over=one.ratio > one.goal) if one else "–"


def _bold(text: str, *, over: bool) -> str:
    return f"**{text}**" if over else text


def _papers(papers: PaperFigures) -> list[str]:
    letter, annex = f"{papers.ratio:.2f} ×", f"{papers.annex_seconds:.1f} s"
    rows = [
        ("one-page công văn against a bare WeasyPrint call, warm", letter, f"≤ {GOAL} ×"),
        (f"an annex of {papers.rows:,} rows, CPU", annex, f"{papers.cpu_limit} s"),
        ("the same against a bare call", f"{papers.annex_ratio:.2f} ×", f"≤ {LONG_GOAL} ×"),
        ("the same, memory", f"{papers.annex_mib:.0f} MiB", f"≤ {MIB_GOAL} MiB"),
        ("the same, pages", f"{papers.pages}", "500"),
        ("papers per second per core", f"{1 / papers.letter:.0f}", "–"),
    ]
    return [f"| {' | '.join(row)} |" for row in rows]


def _machine() -> str:
    names = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    cpu = ", ".join(sorted(names)) or platform.processor() or platform.machine()
    system = f"Linux {platform.release()}, Python {platform.python_version()}"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} cores, {cpu}, {system}; load {load} at the end"


INTRODUCTION = """# Benchmarks

Written by `make bench` on {date}, on {machine}. It takes about a quarter of an hour.

CPU per request is that of two gunicorn workers and of PostgreSQL together. The ratio is to a bare
Django view (session, user, 25 rows by index; or one row; or Django's own view for a form that is
checked and adds one row in a transaction) asked in alternating slices of the same run; the median
of five rounds of twenty requests. Times move between machines, ratios and query counts hardly do.
A bold figure misses its goal. Until 24/11/2026 the bare insert had neither form nor transaction:
against that one, receiving cost 5.4 at 3,000 proposals, on a busy machine.

The largest size is the one before, copied inside the database: ten times the cases and their
clocks, for what reads many. Growth is the ratio there against the one at the smallest size. At that
size a person has a few proposals of their own, later more than fit on a page, so *my proposals* and
the homes draw more rows as well.
"""
PAPERS = """## Papers

`python -m tests.bench.papers`, same machine.

| measure | result | goal or limit |
| --- | ---: | ---: |"""

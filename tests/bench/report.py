"""The figures as text for the terminal and as a page for the documentation."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.measure import Figure

HEAD = f"{'operation':<26}{'CPU ms':>8}{'ratio':>8}{'goal':>7}{'queries':>9}{'most':>6}{'KiB':>7}"


def as_text(size: int, figures: list[Figure]) -> str:
    lines = [f"\n{size:,} proposals", HEAD]
    lines += [
        f"{one.name:<26}{one.cpu_ms:>8.1f}{one.ratio:>8.2f}{one.goal:>7.1f}"
        f"{one.queries:>9}{one.most_queries:>6}{one.kib:>7.1f}{'' if one.is_met else '  over'}"
        for one in figures
    ]
    return "\n".join(lines) + "\n"


def as_markdown(found: dict[int, list[Figure]]) -> str:
    parts = [INTRODUCTION.format(date=f"{datetime.now(UTC):%d/%m/%Y}", machine=_machine())]
    for size, figures in found.items():
        parts.append(f"\n## {size:,} proposals\n")
        parts.append("| operation | CPU ms | ratio | goal | queries | at most | KiB |")
        parts.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        parts += [
            f"| {one.name} | {one.cpu_ms:.1f} | {one.ratio:.2f} | ≤ {one.goal:g} |"
            f" {one.queries} | {one.most_queries} | {one.kib:.1f} |"
            for one in figures
        ]
    parts.append(_growth(found))
    return "\n".join(parts) + "\n"


def _growth(found: dict[int, list[Figure]]) -> str:
    small, large = found[min(found)], found[max(found)]
    before = {one.name: one.cpu_ms for one in small}
    rows = [f"| {one.name} | {one.cpu_ms / before[one.name]:.2f} |" for one in large]
    head = ["", "## Growth from the smallest to the largest", "", "| operation | CPU, times |"]
    return "\n".join([*head, "| --- | ---: |", *rows])


def _machine() -> str:
    names = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    cpu = ", ".join(sorted(names)) or platform.processor() or platform.machine()
    system = f"Linux {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {cpu}, {system}"


INTRODUCTION = """# Benchmarks

Written by `make bench` on {date}, on {machine}.

CPU per request is that of two gunicorn workers and of PostgreSQL together. The ratio is to a bare
Django view (session, user, 25 rows by index; or one row; or one insert) asked in alternating slices
of the same run; the median of five rounds of twenty requests. Times move between machines, ratios
and query counts hardly do.
"""

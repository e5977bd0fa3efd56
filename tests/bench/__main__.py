"""Seeds, measures, prints the ratios with their goals, and writes docs/benchmarks.md.

1,000 and 100,000 proposals with their journals, then 1,000,000 for the lists, then papers: about a
quarter of an hour on two cores. `python -m tests.bench 1000 --only list --only search` measures a
part, and writes no page.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.machine import Portal
from tests.bench.measure import Figure, figures_at, lists_at
from tests.bench.papers import figures_apart
from tests.bench.report import as_markdown, as_text
from tests.bench.swell import TIMES, swell

SIZES = (1_000, 100_000)
USERS = 2_000


def main() -> int:
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    portal = Portal(folder)
    try:
        portal.start()
        portal.manage("load_demo", "--no-stories")
        found = _measured(portal, asked)
    finally:
        portal.stop()
        shutil.rmtree(folder, ignore_errors=True)
    papers = figures_apart()
    sys.stdout.write(papers.as_text())
    if len(found) > 1 and not asked.only:
        Path("docs/benchmarks.md").write_text(as_markdown(found, papers))
    return 0


def _measured(portal: Portal, asked: argparse.Namespace) -> dict[int, list[Figure]]:
    """Figures by size; the largest is swollen once more, for lists alone."""
    found: dict[int, list[Figure]] = {}
    for size in asked.sizes:
        said = portal.manage("seed_scale", f"--proposals={size}", f"--users={USERS}")
        sys.stdout.write(f"\n{said}\n")
        found[size] = figures_at(portal, asked.only)
        sys.stdout.write(as_text(size, found[size]))
    if len(asked.sizes) > 1:
        portal.stop_serving()
        swell(portal)
        size = max(asked.sizes) * TIMES
        found[size] = lists_at(portal, asked.only)
        sys.stdout.write(as_text(size, found[size]))
    return found


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.bench")
    words.add_argument("sizes", nargs="*", type=int, help="numbers of proposals, rising")
    words.add_argument("--only", action="append", default=[], help="part of an operation's name")
    asked = words.parse_args()
    asked.sizes = asked.sizes or SIZES
    return asked


if __name__ == "__main__":
    sys.exit(main())

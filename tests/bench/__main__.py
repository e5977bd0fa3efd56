"""Seeds, measures, prints the ratios with their goals, and writes docs/benchmarks.md.

`python -m tests.bench 1000 --only list --only search` measures a part, and writes no page.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.machine import Portal
from tests.bench.measure import Figure, figures_at
from tests.bench.report import as_markdown, as_text

SIZES = (1_000, 100_000)
USERS = 2_000


def main() -> int:
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    portal = Portal(folder)
    found: dict[int, list[Figure]] = {}
    try:
        portal.start()
        portal.manage("load_demo", "--no-stories")
        for size in asked.sizes:
            said = portal.manage("seed_scale", f"--proposals={size}", f"--users={USERS}")
            sys.stdout.write(f"\n{said}\n")
            found[size] = figures_at(portal, asked.only)
            sys.stdout.write(as_text(size, found[size]))
    finally:
        portal.stop()
        shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "tests.bench.papers"], check=False)
    if len(asked.sizes) > 1 and not asked.only:
        Path("docs/benchmarks.md").write_text(as_markdown(found))
    return 0


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.bench")
    words.add_argument("sizes", nargs="*", type=int, help="numbers of proposals, rising")
    words.add_argument("--only", action="append", default=[], help="part of an operation's name")
    asked = words.parse_args()
    asked.sizes = asked.sizes or SIZES
    return asked


if __name__ == "__main__":
    sys.exit(main())

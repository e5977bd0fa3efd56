"""Seeds, measures, prints the ratios with their goals, and writes docs/benchmarks.md."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.machine import Portal
from tests.bench.measure import Figure, figures_at
from tests.bench.report import as_markdown, as_text

SIZES = (1_000, 100_000)
USERS = 2_000


def main() -> int:
    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    portal = Portal(folder)
    found: dict[int, list[Figure]] = {}
    try:
        portal.start()
        portal.manage("load_demo", "--no-stories")
        for size in sizes:
            said = portal.manage("seed_scale", f"--proposals={size}", f"--users={USERS}")
            sys.stdout.write(f"\n{said}\n")
            found[size] = figures_at(portal)
            sys.stdout.write(as_text(size, found[size]))
    finally:
        portal.stop()
        shutil.rmtree(folder, ignore_errors=True)
    if len(sizes) > 1:
        Path("docs/benchmarks.md").write_text(as_markdown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

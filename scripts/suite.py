"""`make test`: every check in turn, all of them even after one has failed, then what failed.

`python -m scripts.suite lint` runs only the steps whose name begins with the word.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from scripts.paths import ROOT, VENV
from scripts.say import say, speak_utf8, step

STEP_SECONDS = 1500
PYTEST = ("python", "-m", "pytest", "-q", "-n", "2", "--show-capture=no")
GROUPED = ("--dist", "loadgroup")  # tests that share a world or a port stay with one worker
SPREAD = ("--dist", "worksteal")
BROWSER = ("tests/browser", "-m", "not slow")
JOURNAL = ("tests/journal", "-m", "not postgres and not slow")
SHORT_ROAD = "tests/browser/test_long_road.py::test_long_road_shorter_ends_in_commendation"
IN_MEMORY = {
    "DJANGO_SETTINGS_MODULE": "config.settings_test",
    "DATABASE_URL": "sqlite://:memory:",
}


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def steps(folder: Path) -> list[Step]:
    """All that must pass; `folder` is for the files of one run."""
    sqlite = {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}", "EMBEDDED": "true"}
    migrations = ("python", "manage.py", "makemigrations", "--check", "--dry-run")
    return [
        Step("lint: ruff", ("ruff", "check", ".")),
        Step("lint: format", ("ruff", "format", "--check", ".")),
        Step("lint: imports", ("lint-imports",)),
        Step("lint: types", ("mypy", ".")),
        Step("lint: templates", ("djlint", "--lint", "--quiet", "templates")),
        Step("lint: template format", ("djlint", "--check", "--quiet", "templates")),
        Step("lint: migrations", migrations, IN_MEMORY),
        Step("tests", (*PYTEST, *GROUPED, "-m", "not browser and not slow")),
        Step("browser", (*PYTEST, *SPREAD, *BROWSER, "--deselect", SHORT_ROAD)),
        Step("SQLite", (*PYTEST, *SPREAD, SHORT_ROAD, *JOURNAL), sqlite),
    ]


def main() -> int:
    speak_utf8()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory(prefix="portal-suite-") as folder:
        chosen = [one for one in steps(Path(folder)) if one.name.startswith(wanted)]
        failed = [one.name for one in chosen if not _passes(one)]
    if failed:
        say(f"Chưa đạt: {', '.join(failed)}")
        return 1
    say("Tất cả đều đạt.")
    return 0


def _passes(one: Step) -> bool:
    step(f"{one.name}: {' '.join(one.command)}")
    started = time.monotonic()
    program = str(VENV / "bin" / one.command[0])
    try:
        done = subprocess.run(
            [program, *one.command[1:]],
            cwd=ROOT,
            env=os.environ | one.env,
            stdin=subprocess.DEVNULL,
            timeout=STEP_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        say(f"  quá {STEP_SECONDS} giây")
        return False
    say(f"  {'đạt' if done.returncode == 0 else 'chưa đạt'}, {time.monotonic() - started:.0f} giây")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

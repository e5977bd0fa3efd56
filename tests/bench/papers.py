"""What drawing costs: one letter against a bare WeasyPrint call, and an annex of 2,000 rows.

`python -m tests.bench.papers` measures in one warm process, as a worker is; no database is asked.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path

import django

from documents import children

ROUNDS = 5
TIMES = 20  # papers of a round: the kernel counts a child's time in hundredths
GOAL, LONG_GOAL = 1.15, 1.1
MIB_GOAL = 350


@dataclass(frozen=True)
class PaperFigures:
    """Seconds are CPU seconds of the process and of the children it waited for."""

    letter: float
    bare: float
    rows: int
    pages: int
    annex_seconds: float
    annex_bare: float
    annex_mib: float
    cpu_limit: int
    mib_limit: int

    @property
    def ratio(self) -> float:
        return self.letter / self.bare

    @property
    def annex_ratio(self) -> float:
        return self.annex_seconds / self.annex_bare

    @property
    def is_met(self) -> bool:
        is_quick = self.ratio <= GOAL and self.annex_ratio <= LONG_GOAL
        return is_quick and self.annex_mib <= MIB_GOAL and self.share_of_limit <= 1

    @property
    def share_of_limit(self) -> float:
        return max(self.annex_seconds / self.cpu_limit, self.annex_mib / self.mib_limit)

    def as_text(self) -> str:
        met = "" if self.ratio <= GOAL else "  over"
        return (
            f"\npapers\n"
            f"one-page công văn         {1000 * self.letter:8.1f} ms CPU, bare WeasyPrint "
            f"{1000 * self.bare:.1f} ms, ratio {self.ratio:.2f} (goal {GOAL}){met}\n"
            f"annex of {self.rows:,} rows      {self.annex_seconds:8.1f} s CPU, bare WeasyPrint "
            f"{self.annex_bare:.1f} s, ratio {self.annex_ratio:.2f} (goal {LONG_GOAL}), "
            f"{self.pages} pages, {self.annex_mib:.0f} MiB (goal {MIB_GOAL}), "
            f"{self.share_of_limit:.2f} of the limits ({self.cpu_limit} s, {self.mib_limit} MiB)\n"
            f"papers per second and core{1 / self.letter:8.1f}\n"
        )


SAID = ("Nguyễn Văn Mẫu", "08/06/2022", "Cho thực hiện", "Theo dõi")


def paper_figures() -> PaperFigures:
    """Alternating rounds of our whole way (facts to file, in a locked child) and a bare call."""
    from documents import render  # noqa: PLC0415  after django.setup()
    from documents.samples.texts import LETTER  # noqa: PLC0415

    facts = dict(LETTER)
    html = render.render_html("cong_van", facts)
    bare, ours = _bare(html), lambda: render.draw_apart("cong_van", facts)
    bare(), ours()
    pairs = [(_cpu(ours, TIMES), _cpu(bare, TIMES)) for _ in repeat(None, ROUNDS)]
    pages, seconds, bare_seconds, mib = _annex()
    return PaperFigures(
        letter=statistics.median(one for one, _ in pairs),
        bare=statistics.median(two for _, two in pairs),
        rows=2_000,
        pages=pages,
        annex_seconds=seconds,
        annex_bare=bare_seconds,
        annex_mib=mib,
        cpu_limit=render.CPU_SECONDS,
        mib_limit=render.MEMORY // 2**20,
    )


def _bare(html: str) -> Callable[[], object]:
    """WeasyPrint alone, as warm as ours: style and fonts are loaded before."""
    from weasyprint import HTML

    from documents.render import KEPT, _style  # noqa: PLC0415

    _, css, fonts, fetcher = _style()
    page = {"string": html, "url_fetcher": fetcher, "base_url": "asset:"}
    how = {"stylesheets": [css], "font_config": fonts, "pdf_variant": KEPT, "pdf_tags": True}
    return lambda: HTML(**page).write_pdf(**how)


def _annex() -> tuple[int, float, float, float]:
    """A landscape table with fixed widths: pages, CPU seconds, those of a bare call for the same
    page, MiB at the most."""
    from io import BytesIO  # noqa: PLC0415

    from pypdf import PdfReader  # noqa: PLC0415

    from documents.papers.description import Annex, Paper  # noqa: PLC0415
    from documents.render import draw_apart, render_html  # noqa: PLC0415
    from documents.samples.blocks import table  # noqa: PLC0415
    from documents.samples.texts import LETTER  # noqa: PLC0415

    names = ("TT", "Đơn vị", "Đề xuất", "Người đề xuất", "Ngày", "Kết quả", "Ghi chú")
    widths = (1, 3, 6, 4, 3, 3, 2)
    columns = [(name, share, "left") for name, share in zip(names, widths, strict=True)]
    rows = [
        [str(at), "Sở Nội vụ", f"Trả kết quả tại nhà đợt {at}", *SAID] for at in range(1, 2_001)
    ]
    annex = Annex(title="Danh sách", orientation="landscape", body=[table(columns, rows)])
    drawn: list[bytes] = []
    facts = dict(LETTER | Paper(annexes=[annex]))
    children.dismiss()
    seconds = _cpu(lambda: drawn.append(draw_apart("cong_van", facts)))
    most = _most_memory()
    bare_seconds = _cpu(_bare(render_html("cong_van", facts)))
    return len(PdfReader(BytesIO(drawn[0])).pages), seconds, bare_seconds, most


def _cpu(deed: Callable[[], object], times: int = 1) -> float:
    before = _spent()
    for _ in repeat(None, times):
        deed()
    return (_spent() - before) / times


def _spent() -> float:
    """CPU seconds of this process, of children that ended, and of the one that waits."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    waiting = sum(_ticks(child.pid) for child in children.IDLE) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + ended.ru_utime + ended.ru_stime + waiting


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _most_memory() -> float:
    """MiB that the child which waits ever held."""
    status = Path(f"/proc/{children.IDLE[0].pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def figures_apart() -> PaperFigures:
    """Measured in a process of its own, as papers are drawn."""
    words = [sys.executable, "-m", "tests.bench.papers", "--json"]
    done = subprocess.run(words, check=False, capture_output=True, text=True)  # noqa: S603
    return PaperFigures(**json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    django.setup()
    figures = paper_figures()
    said = json.dumps(asdict(figures)) if "--json" in sys.argv else figures.as_text()
    sys.stdout.write(said)
    return 0 if figures.is_met else 1


if __name__ == "__main__":
    sys.exit(main())

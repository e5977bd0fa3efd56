"""The drawing of a long paper: laid out in one part, signed and kept in the other.

What was laid out is on disk by its digest, so a worker that is lost between the two costs nothing.
"""

import logging
from typing import Any

from documents import render, storage
from documents.actions.drawing import LONG_KIND, drawn, hold_drawing, not_drawn
from documents.models import OfficialDocument
from documents.sealing import KeyUnusable, seal
from documents.stages import Drawing, Sealing
from documents.told import WRITING, page_told
from jobs.kinds import Course, Outcome, Part, PartFailed, Phase, Plan, long_job
from jobs.models import LongJob

SIGNATURES = ("signature", "second_signature")
TRIES = 2  # a child may be killed by chance; a limit that was passed is passed again
SIGNS_ON_A_PAGE = 2_750
BEGIN, LAID_OUT, WRITTEN = 0.1, 0.7, 0.8  # shares of the first part

logger = logging.getLogger(__name__)


@long_job(LONG_KIND)
def draw_long(job: LongJob) -> Plan:
    """Two parts; none where the paper was edited since, or drawn."""
    paper = OfficialDocument.objects.get(ref=job.params["paper"])
    drawing = LongDrawing(paper, job.params["facts_sha256"])
    phases = [
        Phase("Dàn trang", "Đang dàn trang", [drawing.laying_out], weight=9, is_needed=True),
        Phase("Lưu tệp", "Đang lưu tệp", [drawing.keeping], is_needed=True),
    ]
    gone = paper.drawing == Drawing.DRAWN or paper.facts_sha256 != drawing.facts_sha256
    url = paper.get_absolute_url()
    return Plan([] if gone else phases, outcome=lambda: Outcome(url=url, label="Xem văn bản"))


class LongDrawing:
    def __init__(self, paper: OfficialDocument, facts_sha256: str) -> None:
        self.paper, self.facts_sha256 = paper, facts_sha256
        self.laying_out = Part("pages", self.lay_out, self.keep_pages)
        self.keeping = Part("file", self.seal, self.keep)

    def lay_out(self, course: Course) -> bytes:
        """The file as it is drawn, before it is signed."""
        told = Told(course, pages=len(str(self.paper.facts)) / SIGNS_ON_A_PAGE)
        hold_drawing(str(self.paper.ref))
        pictures = pictures_of(self.paper.facts)
        why = ""
        for _ in range(TRIES):
            try:
                return render.draw_apart(
                    self.paper.template, self.paper.facts, pictures, hear=told.hear
                )
            except render.NotDrawn as failure:
                why = str(failure)
                logger.error("paper %s was not drawn: %s", self.paper.pk, why)
        raise self.failed(why)

    def keep_pages(self, pdf: bytes) -> str:
        return storage.keep_bytes(pdf).sha256

    def seal(self, course: Course) -> tuple[bytes, Sealing]:
        path = storage.path_of(course.made["pages"])
        pdf = path.read_bytes() if path.exists() else self.lay_out(course)
        try:
            return sealed(self.paper, pdf)
        except KeyUnusable as failure:
            logger.error("paper %s was not signed: %s", self.paper.pk, failure)
            raise self.failed(str(failure)) from failure

    def keep(self, found: tuple[bytes, Sealing]) -> None:
        pdf, sealing = found
        drawn(self.paper.pk, pdf, of=self.facts_sha256, sealing=sealing)

    def failed(self, why: str) -> PartFailed:
        """Show the paper as not drawn; to be raised, which ends the work."""
        hold_drawing(str(self.paper.ref))
        not_drawn(self.paper.pk, why, is_final=True)
        return PartFailed("Chưa lập được tệp. Nội dung văn bản đã lưu không bị mất.")


class Told:
    """Turns what the drawing child tells into the progress of a part."""

    def __init__(self, course: Course, pages: float) -> None:
        self.course, self.pages = course, max(1, pages)
        self.share, self.words = 0.0, ""

    def hear(self, words: bytes) -> None:
        """A page, the writing of the file, or nothing: a sign of life in each case."""
        if page := page_told(words):
            self.share = BEGIN + (LAID_OUT - BEGIN) * min(page / self.pages, 1)
            self.words = f"Đang dàn trang {page}"
        elif words == WRITING:
            self.share, self.words = WRITTEN, "Đang ghi tệp"
        self.course.tell(self.share, self.words)


def sealed(paper: OfficialDocument, pdf: bytes) -> tuple[bytes, Sealing]:
    """What is issued is signed digitally where a certificate is set up. Raises KeyUnusable."""
    if not paper.is_out:
        return pdf, Sealing.NONE
    return seal(pdf, reason=f"Văn bản số {paper.full_number}")


def pictures_of(facts: dict[str, Any]) -> dict[str, bytes]:
    """The bytes of the signatures and seals that the facts name by their digests."""
    signed = [facts, facts.get("copy") or {}]
    signatures = [one.get(name) or {} for one in signed for name in SIGNATURES]
    named = {str(one.get(mark) or "") for one in signatures for mark in ("picture", "seal")}
    paths = {one: storage.path_of(one) for one in named if one}
    return {one: path.read_bytes() for one, path in paths.items() if path.exists()}

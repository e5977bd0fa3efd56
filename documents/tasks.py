"""Work after commit: draw papers, scan what waits in quarantine, sweep files without a row."""

import logging
import time

from celery import shared_task

from documents import render
from documents.actions import (
    drawn,
    hand_over_long,
    lease_drawing,
    not_drawn,
    scan_again,
    sweep_orphans,
)
from documents.long_papers import pictures_of, sealed
from documents.models import OfficialDocument
from documents.sealing import KeyUnusable
from organisation import held

logger = logging.getLogger(__name__)


@shared_task(soft_time_limit=170)
def draw_waiting(*, at_most: int = 500, seconds: int = 60) -> None:
    """Draw what waits, however often it is called and whoever else is drawing.

    It takes no new paper after a minute, well before the task's own limit would cut one off. Long
    papers become long work.
    """
    hand_over_long()
    ends = time.monotonic() + seconds
    for _ in range(at_most):
        paper = lease_drawing() if time.monotonic() < ends else None
        if paper is None:
            return
        draw(paper)


def draw(paper: OfficialDocument) -> None:
    """Draw one leased paper, sign it where it is issued, and keep its file, or note why not."""
    try:
        pdf = render.draw_apart(paper.template, paper.facts, pictures_of(paper.facts))
        pdf, sealing = sealed(paper, pdf)
    except (render.NotDrawn, KeyUnusable) as failure:
        logger.error("paper %s was not drawn: %s", paper.pk, failure)
        not_drawn(paper.pk, str(failure))
    else:
        drawn(paper.pk, pdf, of=paper.facts_sha256, sealing=sealing)


@shared_task
def scan_quarantined() -> None:
    """Scan what waits in quarantine since the scanner was away."""
    scan_again()


@shared_task
def sweep_files() -> None:
    """Remove bytes that no row names, and files held for a form, a day after they came."""
    sweep_orphans()
    held.sweep()

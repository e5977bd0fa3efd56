"""Work after commit: draw papers, scan what waits in quarantine, sweep files without a row."""

import logging
import time

from celery import shared_task

from documents import render
from documents.actions import drawn, lease_drawing, not_drawn, scan_again, sweep_orphans

logger = logging.getLogger(__name__)


@shared_task(soft_time_limit=170)
def draw_waiting(*, at_most: int = 500, seconds: int = 60) -> None:
    """Draw what waits, however often it is called and whoever else is drawing.

    It takes no new paper after a minute, well before the task's own limit would cut one off.
    """
    ends = time.monotonic() + seconds
    for _ in range(at_most):
        paper = lease_drawing() if time.monotonic() < ends else None
        if paper is None:
            return
        draw(paper.pk, paper.template, paper.facts)


def draw(paper_id: int, template: str, facts: dict) -> None:
    """Draw one leased paper and keep its file, or note why not."""
    try:
        pdf = render.draw_apart(template, facts)
    except render.NotDrawn as failure:
        logger.error("paper %s was not drawn: %s", paper_id, failure)
        not_drawn(paper_id, str(failure))
    else:
        drawn(paper_id, pdf)


@shared_task
def scan_quarantined() -> None:
    """Scan what waits in quarantine since the scanner was away."""
    scan_again()


@shared_task
def sweep_files() -> None:
    """Remove bytes that no row names, a day after they came."""
    sweep_orphans()

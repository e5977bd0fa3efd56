"""What is made after a paper was issued: annexes in own files, time stamps that come late."""

import logging

from celery import shared_task

from documents import render
from documents.actions.annexes import annex_facts, apart_places, keep_annexes, without_annexes
from documents.actions.stamping import Unfit, stamp, without_stamp
from documents.models import OfficialDocument
from documents.sealing import KeyUnusable, seal, stamper

logger = logging.getLogger(__name__)


@shared_task(name="documents.stamp_late")
def stamp_late() -> None:
    """Nothing is asked for where no authority is configured; the first refusal ends the round."""
    authority = stamper()
    for paper in without_stamp() if authority else []:
        try:
            if stamp(paper, authority) is None:
                return
        except Unfit:
            logger.error("paper %s: no time stamp could be kept", paper.pk)


@shared_task(name="documents.draw_annexes")
def draw_annexes() -> None:
    """Draw and sign the annexes that issued papers keep in files of their own; all of a paper or
    none."""
    for paper in without_annexes():
        try:
            keep_annexes(paper, [_drawn(paper, place) for place in apart_places(paper.facts)])
        except (render.NotDrawn, KeyUnusable) as failure:
            logger.error("annexes of paper %s were not drawn: %s", paper.pk, failure)


def _drawn(paper: OfficialDocument, place: int) -> tuple[int, bytes, str]:
    pdf = render.draw_apart("phu_luc", annex_facts(paper, place))
    return place, *seal(pdf, reason=f"Phụ lục văn bản số {paper.full_number}")

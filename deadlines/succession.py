"""When an agency takes over from another, what waits at a post there passes to the same post here.

to-chuc.md §3: what is open when an agency ends has a successor.
"""

from datetime import date

from django.db import transaction

from deadlines.actions import hand_over
from deadlines.models import Clock
from deadlines.parties import Holder
from journal.actions import record
from organisation.heirs import heirs as heirs_on


@transaction.atomic
def pass_on(day: date) -> int:
    """Hand the open clocks of agencies that were succeeded by that day to the last in the line.

    Their dates and those barred stay. Asked again it finds nothing; answers how many it moved. An
    agency split into several leaves its clocks to the one named first, who hands them out.
    """
    heirs = heirs_on(day)
    waiting = Clock.objects.open().filter(holder_unit__in=heirs).order_by("pk")
    clocks = list(waiting.prefetch_related("bars__person"))
    for clock in clocks:
        barred = [bar.person for bar in clock.bars.all()]
        hand_over(clock, Holder.post(clock.holder_role, heirs[clock.holder_unit_id], barred=barred))
    if clocks:
        record("deadline.pass_on", stream="settings", by=None, day=str(day), moved=len(clocks))
    return len(clocks)

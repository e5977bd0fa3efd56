"""How a worker goes through long work: part by part, each finished before the next begins."""

import logging
import time
from typing import Any

from jobs.actions import working
from jobs.kinds import KINDS, Part, PartFailed, Phase, Plan, Stopped
from jobs.models import JobPart, LongJob
from jobs.periods import Lost

OFTEN = 0.5  # seconds between two words to the page

logger = logging.getLogger(__name__)


def run_waiting(seconds: float) -> bool:
    """Work on what waits, so long at most before the next part; whether anything was left.

    A part that has begun is brought to its end.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = working.take()
        if job is None:
            return False
        work_on(job, until)
    return True


def work_on(job: LongJob, until: float) -> None:
    """Do what is missing of one work that was taken, as far as the time allows."""
    try:
        Worker(job, KINDS[job.kind](job)).go_on(until)
    except Stopped:
        working.stop_now(job)
    except Lost:
        logger.warning("long work %s was taken over", job.ref)
    except BaseException:  # also when the task is told that its time is over
        working.lay_down(job)
        raise


class Worker:
    """One worker at one work: the `Course` of its parts."""

    def __init__(self, job: LongJob, plan: Plan) -> None:
        self.job, self.plan = job, plan
        self.rows = {row.key: row for row in job.parts.all()}
        self.now: tuple[Phase, Part] | None = None
        self.told = 0.0

    @property
    def made(self) -> dict[str, Any]:
        return {key: row.made for key, row in self.rows.items() if not row.failure}

    def go_on(self, until: float) -> None:
        missing = [pair for pair in self.plan if pair[1].key not in self.rows]
        for at, (phase, part) in enumerate(missing):
            if at and time.monotonic() >= until:
                working.lay_down(self.job)
                return
            self._do(phase, part)
            if phase.is_needed and self.rows[part.key].failure:
                working.give_up(self.job)
                return
        self._say(0, "")
        working.conclude(self.job, self.plan.outcome)

    def tell(self, share: float, words: str = "") -> None:
        if time.monotonic() - self.told >= OFTEN:
            self._say(min(max(share, 0), 1), words)

    def _do(self, phase: Phase, part: Part) -> None:
        self.now = phase, part
        self._say(0, "")
        row = JobPart(job=self.job, key=part.key, name=part.name[:200])
        try:
            found = part.work(self)
            self.rows[part.key] = working.keep_part(self.job, row, lambda: part.keep(found))
        except PartFailed as failure:
            row = JobPart(job=self.job, key=part.key, name=row.name, failure=str(failure)[:300])
            self.rows[part.key] = working.keep_part(self.job, row, lambda: None)
        self.now = None

    def _say(self, share: float, words: str) -> None:
        self.told = time.monotonic()
        steps, percent = self._steps(), self._percent(share)
        words = words or self._words()
        working.tell(self.job, percent=percent, words=words, steps=steps)

    def _done(self, phase: Phase) -> int:
        return len(self._rows_of(phase))

    def _rows_of(self, phase: Phase) -> list[JobPart]:
        return [self.rows[part.key] for part in phase.parts if part.key in self.rows]

    def _words(self) -> str:
        if self.now is None:
            return ""
        phase = self.now[0]
        return phase.words.format(done=self._done(phase), all=len(phase.parts))

    def _steps(self) -> list[dict[str, Any]]:
        """The phases as the page lists them."""
        current = self.now[0] if self.now else None
        return [
            {
                "label": phase.label,
                "done": self._done(phase),
                "all": len(phase.parts),
                "failed": sum(bool(row.failure) for row in self._rows_of(phase)),
                "now": phase is current,
            }
            for phase in self.plan.phases
        ]

    def _percent(self, share: float) -> int:
        """How much is done, by the weights; 100 is said at the end only."""
        whole = sum(phase.weight for phase in self.plan.phases) or 1
        done = 0.0
        for phase in self.plan.phases:
            begun = share if self.now and self.now[0] is phase else 0
            done += phase.weight * (self._done(phase) + begun) / (len(phase.parts) or 1)
        return min(int(100 * done / whole), 99)

"""The scheduler: Celery's own, which also goes on when a clock that had run ahead is set right."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

SKEW = timedelta(seconds=2)  # by which clocks may differ (SJ-04)


class Scheduler(PersistentScheduler):
    """Celery's would rest until the day comes at which it believes to have been."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if self.came_back():
            self._heap = None  # made anew by Celery, out of the last runs
        return super().tick(*args, **kwargs)

    def came_back(self) -> bool:
        """Whether runs lie ahead of now; from then on they count as of now."""
        now = self.app.now()
        ahead = [one for one in self.schedule.values() if self._ran(one) > now + SKEW]
        for entry in ahead:
            entry.last_run_at = now
        return bool(ahead)

    def _ran(self, entry: Any) -> Any:
        return entry.schedule.maybe_make_aware(entry.last_run_at)

"""Long work for tests: its kinds live as long as a test."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from jobs import actions
from jobs.kinds import KINDS, Outcome, Part, Phase, Plan
from jobs.models import LongJob
from jobs.periods import before
from organisation.models import User
from tests.factories.organisation import make_user

KIND = "test"


def make_job(owner: User | None = None, **over: Any) -> LongJob:
    """Work that waits for a worker."""
    facts: dict[str, Any] = {
        "key": str(uuid.uuid4()),
        "title": "Tổng hợp số liệu quý I",
        "back_url": "/viec-cua-toi/",
    }
    return actions.start(over.pop("kind", KIND), owner=owner or make_user(), **facts | over)


def plan_of(parts: Sequence[Part], **phase: Any) -> Callable[[LongJob], Plan]:
    """A planner of one phase with these parts."""
    words = "Đang tổng hợp {done}/{all} cơ quan"

    def plan(job: LongJob) -> Plan:
        return Plan(
            [Phase("Tổng hợp số liệu", words, parts, **phase)],
            outcome=lambda: Outcome(url="/bao-cao/1/", label="Mở dự thảo"),
        )

    return plan


def known_as(kind: str, plan: Callable[[LongJob], Plan], monkeypatch: Any) -> None:
    monkeypatch.setitem(KINDS, kind, plan)


def without_a_beat(job: LongJob, seconds: int) -> None:
    """Let its worker have been silent for so long."""
    LongJob.objects.filter(pk=job.pk).update(beat_at=before(timedelta(seconds=seconds)))

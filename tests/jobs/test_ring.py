"""Whoever asks for long work rings after commit; a worker that hears it does the work."""

import pytest

from jobs.kinds import Part
from jobs.models import LongJob
from jobs.stages import Stage
from tests.factories.jobs import KIND, known_as, make_job, plan_of


@pytest.mark.django_db
def test_the_ring_comes_after_commit(monkeypatch, django_capture_on_commit_callbacks):
    known_as(KIND, plan_of([Part("a")]), monkeypatch)

    with django_capture_on_commit_callbacks(execute=True) as rung:
        make_job(key="one")
        make_job(key="two")
        assert {job.stage for job in LongJob.objects.all()} == {Stage.WAITING}

    assert len(rung) == 1
    assert {job.stage for job in LongJob.objects.all()} == {Stage.DONE}

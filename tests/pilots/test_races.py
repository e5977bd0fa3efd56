"""Two at once: one deed, and a clear answer for the other (TX-04)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from journal.conflicts import Conflict
from journal.models import Entry
from journal.verify import verify
from pilots.actions import halting, incidents
from pilots.models import Evaluation
from tests.factories.pilots import fresh, make_pilot, make_started, make_team
from tests.pilots.test_following import told

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all deeds at the same moment; what became of each, in order."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        start.wait(timeout=20)
        try:
            deed()
        except Conflict:
            return "conflict"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_the_head_suspends_while_the_leader_ends():
    team = make_team()
    pilot = make_started(team)

    answers = at_once(
        lambda: halting.suspend(pilot.pk, by=team.head, reason="Dịch."),
        lambda: halting.complete(pilot.pk, by=team.leader),
    )

    assert sorted(answers) == ["conflict", "done"]
    ended = Evaluation.objects.filter(pilot=pilot).count()
    assert (fresh(pilot).state, ended) in [("suspended", 0), ("completed", 1)]
    assert verify(stream=pilot.stream).exit_code in (0, 2)


def test_two_heads_end_a_pilot_once():
    team = make_team()
    pilot = make_started(team)

    answers = at_once(*[lambda: halting.complete(pilot.pk, by=team.head)] * 3)

    assert sorted(answers) == ["conflict", "conflict", "done"]
    assert Entry.objects.of(pilot.stream).filter(action="pilot.complete").count() == 1


def test_incidents_of_many_pilots_get_codes_of_their_own():
    teams = [make_team() for _ in range(4)]
    pilots = [make_pilot(team=team) for team in teams]
    deeds = [
        lambda pilot=pilot, by=team.leader: incidents.report_incident(pilot.pk, told(), by=by)
        for pilot, team in zip(pilots, teams, strict=True)
    ]

    assert at_once(*deeds) == ["done"] * 4
    codes = {pilot.incidents.get().code[-3:] for pilot in pilots}
    assert codes == {"001", "002", "003", "004"}

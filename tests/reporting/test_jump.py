"""The clock runs ahead by a day, by ninety days, and comes back: nothing doubled, nothing lost."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from deadlines.models import Clock
from deadlines.parties import Holder
from deadlines.seeds import seed_ladder
from deadlines.tasks import remind_at
from journal.sql import demo_clock
from journal.verify import verify
from notifications.models import Notice
from organisation.stages import Role
from pilots.tasks import sweep
from proposals.models import Proposal
from reporting.periods.models import PeriodicReport
from reporting.tasks import open_reports
from tests.factories.deadlines import make_clock
from tests.factories.periods import make_regimes, make_reporting_province, report_of
from tests.factories.pilots import Team, make_started
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db


@contextmanager
def at(day, hour=1):
    """By the clocks of the portal and of the database, eight o'clock in the morning here."""
    moment = datetime.fromisoformat(f"{day}T{hour:02d}:00").replace(tzinfo=UTC)
    with freeze_time(moment), demo_clock(moment):
        yield moment


def all_jobs(day):
    with at(day) as moment:
        for _ in range(2):
            sweep()
            open_reports()
            remind_at(moment)


def states():
    return [dict(Proposal.objects.values_list("pk", "stage")), Clock.objects.open().count()]


def test_a_clock_that_runs_ahead_and_comes_back_doubles_and_loses_nothing(settings, tmp_path):
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    with at("2021-11-09"):
        house = make_reporting_province()
        seed_ladder()
        make_regimes()
        people = {"leader": house.official, "member": house.focal, "monitor": house.clerk}
        posts = {name: getattr(house, name) for name in ("head", "deputy", "focal", "clerk")}
        team = Team(agency=house.department, liaison=house.focal, **people | posts)
        pilot = make_started(team)
        waiting = Holder.post(Role.AGENCY_HEAD, house.department)  # told of it each morning
        make_clock("OPINION", holder=waiting, on=date(2021, 11, 9))

    all_jobs("2021-11-10")
    before = states()
    all_jobs("2021-11-11")
    assert states() == before  # a day more opens nothing here
    all_jobs("2022-02-09")  # ninety days more
    report = report_of(house.department)
    assert (report.state, report.facts["numbers"]["received"]) == ("draft", 1)
    for day in ("2021-11-10", "2021-11-11"):
        all_jobs(day)
    report = report_of(house.department)
    assert (report.state, report.facts) == ("collecting", {})
    with at("2021-12-01", 2):
        make_proposal("under_review", proposer=house.official, agency=house.department)
    all_jobs("2021-12-15")

    report = report_of(house.department)
    assert (report.state, report.facts["numbers"]["received"]) == ("draft", 2)
    assert PeriodicReport.objects.count() == 4
    assert [one.clock.started_on for one in pilot.reports.exclude(clock=None)] == [
        date(2021, 11, 9),
        date(2021, 12, 9),
        date(2022, 1, 9),
        date(2022, 2, 9),
    ]
    told = Notice.objects.filter(recipient=house.head, key__startswith="digest").order_by("pk")
    assert [key.removeprefix("digest-2021-") for key in told.values_list("key", flat=True)] == [
        *("11-10", "11-11", "digest-2022-02-09", "12-15"),
    ]
    assert dict(Proposal.objects.values_list("pk", "stage"))[pilot.proposal_id] == "monitored"
    assert verify().exit_code != 1  # nothing is broken; old days are not anchored here

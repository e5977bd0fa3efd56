"""Figures of a period against a second account, kept by hand while random histories are lived."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from journal.actions import record
from journal.sql import demo_clock
from proposals.models import Proposal
from reporting.periods.figures import figures_of
from reporting.periods.models import ReportingPeriod
from reporting.periods.numbers import matches, total_of_states
from reporting.periods.spans import Span, due_after, label, spans
from tests.factories.organisation import make_province
from tests.factories.proposals import make_proposal

FIRST, CUTOFF = date(2021, 12, 15), date(2022, 6, 14)
NEXT = date(2022, 12, 14)
ROADS = {  # from each stage where it may go, as quy-trinh.md §3.1 has it
    "draft": ["submitted"],
    "submitted": ["under_review", "returned", "withdrawn"],
    "under_review": ["approved_pilot", "approved_implement", "refused", "escalated", "withdrawn"],
    "returned": ["submitted", "withdrawn"],
    "escalated": ["approved_pilot", "redirected"],
    "approved_pilot": ["monitored", "under_review"],
    "approved_implement": ["monitored"],
    "monitored": ["evaluated"],
    "evaluated": ["concluded"],
    "refused": ["under_review", "escalated"],
}
CLOSED = {"concluded", "refused", "withdrawn", "redirected"}
GROUP = {
    "submitted": "reviewing",
    "under_review": "reviewing",
    "returned": "reviewing",
    "escalated": "escalated",
    "approved_pilot": "allowed",
    "approved_implement": "allowed",
    "monitored": "running",
    "evaluated": "awaiting",
    "concluded": "awaiting",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "redirected": "redirected",
}


@contextmanager
def at(day):
    moment = datetime(day.year, day.month, day.day, 3, 30, tzinfo=UTC)
    with demo_clock(moment):
        yield moment


def period(first, last):
    return ReportingPeriod(label="Kỳ", from_on=first, cutoff_on=last)


def live(proposal, random):
    """Let a proposal go a random road; answers the days on which it moved, and whereto."""
    day, stage = date(2021, 9, 1) + timedelta(days=random.randrange(400)), "draft"
    told = []
    for _ in range(random.randrange(1, 9)):
        if stage not in ROADS:
            break
        before, stage = stage, random.choice(ROADS[stage])
        with at(day) as moment:
            record("proposal.go_on", stream=proposal.stream, by=None, before=before, after=stage)
        if before == "draft":
            proposals = Proposal.objects.filter(pk=proposal.pk)
            proposals.update(submitted_at=moment, received_on=day)
        told.append((day, stage))
        day += timedelta(days=random.choice([0, 1, 9, 40, 90]))
    return told


def stage_on(told, day):
    """Where it stood when the day ended; nothing where it had not been sent."""
    found = [stage for moved_on, stage in told if moved_on <= day]
    return found[-1] if found else ""


def expected(lives, first, last):
    """The same figures, counted day by day from the lives as they were written down above."""
    before, counted = first - timedelta(days=1), Counter()
    for told in lives:
        start, end = stage_on(told, before), stage_on(told, last)
        inside = [stage for day, stage in told if first <= day <= last]
        if start and start not in CLOSED:
            counted["opening"] += 1
        elif not start and inside:
            counted["received"] += 1
        elif start and any(stage not in CLOSED for stage in inside):
            counted["received"] += 1
            counted["reopened"] += 1
        else:
            continue
        counted[GROUP[end]] += 1
    return counted


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [7, 14])
def test_the_figures_of_random_histories_match_and_come_out_the_same_again(seed, settings):
    settings.DEMO = True  # lets a test say when an entry was written
    random, house = Random(seed), make_province()  # noqa: S311
    rows = [
        make_proposal("draft", proposer=house.official, agency=house.department, track="policy")
        for _ in range(40)
    ]
    lives = [live(row, random) for row in rows]

    for first, last in ((FIRST, CUTOFF), (CUTOFF + timedelta(days=1), NEXT)):
        facts = figures_of(house.department, period(first, last))
        wanted = expected(lives, first, last)
        keys = {*GROUP.values(), "opening", "received", "reopened"}
        assert {key: facts["numbers"][key] for key in keys} == {key: wanted[key] for key in keys}
        assert total_of_states(wanted) == wanted["opening"] + wanted["received"] > 5
        assert matches(facts["numbers"])
        for key in keys:
            assert sum(key in row["in"] for row in facts["rows"]) == facts["numbers"][key]

    told = {row["title"] for row in facts["rows"] if row["state"] == "withdrawn"}
    assert told == {"Đề xuất đã rút"}
    early = figures_of(house.department, period(FIRST, CUTOFF))
    later = figures_of(house.department, period(CUTOFF + timedelta(days=1), NEXT))
    still_open = [row for row in early["rows"] if stage_on_ref(lives, rows, row) not in CLOSED]
    assert later["numbers"]["opening"] == len(still_open)
    assert figures_of(house.district, period(FIRST, CUTOFF))["rows"] == []
    record("proposal.go_on", stream=rows[0].stream, by=None, before="x", after="withdrawn")
    assert figures_of(house.department, period(FIRST, CUTOFF)) == early


def stage_on_ref(lives, rows, row):
    place = next(at for at, one in enumerate(rows) if str(one.ref) == row["ref"])
    return stage_on(lives[place], CUTOFF)


# The table of quy-trinh.md §11, by hand.
@pytest.mark.parametrize(
    ("kind", "months", "first", "last", "said"),
    [
        ("month", range(1, 13), "2022-02-15", "2022-03-14", "Tháng 03/2022"),
        ("quarter", [3, 6, 9, 12], "2021-12-15", "2022-03-14", "Quý I/2022"),
        ("half_year", [6, 12], "2021-12-15", "2022-06-14", "6 tháng đầu năm 2022"),
        ("half_year", [12], "2022-06-15", "2022-12-14", "6 tháng cuối năm 2022"),
        ("year", [12], "2021-12-15", "2022-12-14", "Năm 2022"),
    ],
)
def test_the_days_of_each_kind_of_period(kind, months, first, last, said):
    span = Span(date.fromisoformat(first), date.fromisoformat(last))

    found = list(spans(kind, list(months), 14, date(2022, 1, 1), date(2022, 12, 31)))

    assert span in found
    assert len(found) == len(list(months))
    assert label(kind, span) == said


@pytest.mark.django_db
def test_a_day_off_moves_the_due_date_to_the_next_working_day():
    assert due_after(date(2022, 6, 14), 17) == date(2022, 6, 17)  # a Friday
    assert due_after(date(2022, 12, 14), 17) == date(2022, 12, 19)  # a Saturday
    assert due_after(date(2022, 6, 14), 14) == date(2022, 6, 15)  # one working day at least

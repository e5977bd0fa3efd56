"""The province in figures: each is what its list holds, and is counted once a minute for all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from organisation.days import today
from organisation.stages import Role
from pilots.stages import PilotState
from proposals.stages import Stage
from reporting.kept import kept
from reporting.models import KeptFigures
from reporting.province import province_for
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import make_pilot
from tests.factories.proposals import make_draft, make_proposal

WATCHERS = [Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD, Role.INSPECTOR]


def aged(seconds: int) -> None:
    """As if the figures had been counted so long ago."""
    KeptFigures.objects.update(counted_at=timezone.now() - timedelta(seconds=seconds))


class Counting:
    """A count that tells how often it was made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[int]:
        self.times += 1
        return [self.times]


@pytest.mark.django_db
@pytest.mark.parametrize("role", WATCHERS)
def test_each_figure_is_what_its_list_holds(client, role):
    late = {"due_on": today() - timedelta(days=1)}
    make_proposal(Stage.SUBMITTED, **late)
    for _ in range(2):
        make_proposal(Stage.UNDER_REVIEW, **late)
    make_proposal(Stage.UNDER_REVIEW)
    user = make_user(role=role)
    make_draft(proposer=user)
    make_pilot(PilotState.RUNNING)
    sign_in(client, user)

    found = [(figure.label, figure.count) for figure in province_for(user).figures]
    first, second = (client.get(figure.url) for figure in province_for(user).figures[:2])

    assert found[:3] == [("đề xuất chờ xem xét", 3), ("hồ sơ quá hạn", 3), ("đang thí điểm", 1)]
    assert (len(first.context["cases"]), len(second.context["cases"])) == (3, 3)


@pytest.mark.django_db
def test_the_page_says_when_they_were_counted(client):
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)

    page = sign_in(client, officer).get(reverse("reporting:home")).content.decode()

    counted = timezone.localtime(KeptFigures.objects.get().counted_at)
    assert f">{counted:%H:%M}</time>" in page
    assert "Tính lúc" in page


@pytest.mark.django_db
def test_others_see_no_figures(client):
    page = sign_in(client, make_user(role=Role.AGENCY_HEAD)).get(reverse("reporting:home"))

    assert "Toàn tỉnh" not in page.content.decode()
    assert not KeptFigures.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "times"), [(0, 1), (40, 1), (46, 2), (3600, 2)])
def test_they_are_counted_anew_within_the_minute(age, times):
    count = Counting()
    kept("province", count)
    aged(age)

    assert kept("province", count).numbers == [times]
    assert kept("province", count).numbers == [times]
    assert count.times == times


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.parametrize(("age", "seen"), [(50, [1]), (90, [2])])
def test_one_counts_and_the_others_wait_only_for_old_figures(age, seen):
    count = Counting()
    kept("province", count)
    aged(age)
    begun, read = Event(), Event()

    def slowly() -> list[int]:
        begun.set()
        read.wait(0.5)
        return count()

    with ThreadPoolExecutor() as pool:
        one = pool.submit(closed, lambda: kept("province", slowly))
        begun.wait(5)
        other = pool.submit(closed, lambda: kept("province", count)).result(10)
        read.set()

    assert other.numbers == seen
    assert one.result().numbers == [2]
    assert count.times == 2


def closed(do: Callable[[], KeptFigures]) -> KeptFigures:
    """What a thread does, with a connection of its own."""
    try:
        return do()
    finally:
        connection.close()

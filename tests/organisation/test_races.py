"""Several at once: guesses side by side, two administrators leaving (PostgreSQL)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from organisation import actions
from organisation.actions.refusals import LastAdministrator, Refused
from organisation.actions.sign_in import NotAdmitted, TooSoon, admit
from organisation.models import SignInDelay, User
from organisation.stages import Role
from tests.factories.organisation import PASSWORD, make_unit, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(deeds: list[Callable[[], object]]) -> list[str]:
    """What each deed came to, all started together: "done" or the name of what it raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        start.wait(timeout=20)
        try:
            deed()
        except (NotAdmitted, TooSoon, Refused) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def guess(username: str, password: str, address: str = "203.0.113.9") -> Callable[[], object]:
    return lambda: admit(username, password, address=address)


def test_guesses_side_by_side_count_as_one():
    make_user(username="dung")

    outcomes = at_once([guess("dung", "sai mat khau roi") for _ in range(8)])

    assert Counter(outcomes) == {"NotAdmitted": 1, "TooSoon": 7}
    assert SignInDelay.objects.order_by("failures").last().failures == 1


def test_the_address_limit_holds_side_by_side():
    turns = [
        at_once([guess(f"ten{number}.{turn}", "sai mat khau roi") for number in range(8)])
        for turn in range(4)
    ]

    outcomes = Counter(outcome for turn in turns for outcome in turn)
    assert outcomes == {"NotAdmitted": 30, "TooSoon": 2}


def test_different_people_sign_in_side_by_side():
    for number in range(6):
        make_user(username=f"nguoi{number}")

    outcomes = at_once([guess(f"nguoi{number}", PASSWORD) for number in range(6)])

    assert outcomes == ["done"] * 6


@pytest.mark.parametrize("turn", range(5))
def test_two_administrators_cannot_close_each_other(turn):
    unit = make_unit()
    one, two = (make_user(role=Role.ADMIN, unit=unit) for _ in range(2))

    outcomes = at_once(
        [lambda: actions.deactivate(two, by=one), lambda: actions.deactivate(one, by=two)]
    )

    assert sorted(outcomes) == [LastAdministrator.__name__, "done"]
    assert User.objects.active().count() == 1

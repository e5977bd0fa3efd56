"""TX-01: whatever a deed writes, it writes all of it or nothing, wherever it breaks."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from accountability.actions import deciding, hearing, opening
from accountability.stages import CaseState, Outcome
from pilots.actions import halting
from pilots.models import Pilot
from tests.factories.accountability import CHARGES, REASON, make_case, make_cast, make_evaluated
from tests.factories.pilots import make_pilot
from tests.performance import deeds
from tests.proposals.flows import make_seeded_province

pytestmark = pytest.mark.django_db

ROOMS = (
    *("proposals", "pilots", "accountability", "reporting"),
    *("journal", "deadlines", "documents", "notifications"),
)
WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) \"(?!organisation_session)")
BY_FORM = (
    *(deeds.begin, deeds.send, deeds.receive, deeds.check_legally, deeds.pilot, deeds.give_back),
    *(deeds.vote, deeds.withdraw, deeds.enter_value, deeds.send_report),
)
Do = Callable[[], Any]


class Broken(Exception):
    """Whatever may go wrong at that point."""


class Breaking:
    """Counts the statements that write, and breaks before one of them."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.seen = at, 0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            self.seen += 1
            if self.seen == self.at:
                raise Broken
        return execute(sql, params, many, context)


def suspend(cast: Any) -> Do:
    pilot = make_pilot(team=cast.team)
    return lambda: halting.suspend(pilot.pk, by=cast.head, reason="Dịch bệnh kéo dài.")


def terminate(cast: Any) -> Do:
    pilot = make_pilot(team=cast.team)
    said: dict[str, Any] = {
        "reason": "Không còn khả thi.",
        "hand_back": "Trả kết quả tại cơ quan như cũ.",
    }
    return lambda: halting.terminate(pilot.pk, by=cast.head, **said)


def open_case(cast: Any) -> Do:
    pilot = make_evaluated(cast)
    return lambda: opening.open_case(pilot.pk, person=cast.leader, charges=CHARGES, by=cast.focal)


def exempt(cast: Any) -> Do:
    case = make_case(CaseState.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=case.person, text="Đã làm đúng.")
    said: dict[str, Any] = {"outcome": Outcome.EXEMPTED, "reason": REASON}
    return lambda: deciding.decide(case.pk, by=cast.head, **said)


BY_ACTION = (suspend, terminate, open_case, exempt)


def everything() -> str:
    """A digest of every row of the rooms."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            for row in model._default_manager.order_by("pk").values_list():
                digest.update(repr(row).encode())
    return digest.hexdigest()


def writes_of(do: Do) -> int:
    """How many statements of the deed write; it is undone again."""
    counting = Breaking()
    with transaction.atomic(), connection.execute_wrapper(counting):
        do()
        transaction.set_rollback(True)
    return counting.seen


def check(do: Do, least: int) -> None:
    before = everything()
    writes = writes_of(do)
    assert writes >= least

    for at in range(1, writes + 1):
        with connection.execute_wrapper(Breaking(at)), pytest.raises(Broken):
            do()

    assert everything() == before
    do()
    assert everything() != before


@pytest.mark.parametrize("deed", BY_FORM, ids=lambda deed: deed.__name__)
def test_a_form_does_all_or_nothing(client, deed):
    check(deed(make_seeded_province()).prepare(client), least=3)


@pytest.mark.parametrize("deed", BY_ACTION, ids=lambda deed: deed.__name__)
def test_an_action_does_all_or_nothing(deed):
    check(deed(make_cast()), least=5)


def test_what_is_written_outside_of_a_deed_stays():
    """The control: the same check sees a half-done deed."""
    cast = make_cast()
    pilots = Pilot.objects.filter(pk=make_pilot(team=cast.team).pk)

    def half() -> None:
        for version in (7, 8, 9):
            with transaction.atomic():  # each for itself: not one deed
                pilots.update(version=version)

    with pytest.raises(AssertionError):
        check(half, least=3)

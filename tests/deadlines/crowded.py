"""Many clocks at once, and what a sweep of them costs in the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection

from deadlines.actions import rule_on
from deadlines.models import Clock
from organisation.actions import rebuild_scopes
from organisation.models import Appointment, User
from organisation.stages import Role
from tests.factories.deadlines import make_rules
from tests.factories.organisation import make_position, make_unit, make_user

START, DUE = date(2021, 10, 20), date(2021, 10, 29)
AT_ONCE = 5_000


def many_clocks(number: int, *, people: int, agencies: int = 1) -> list[User]:
    """So many open clocks due on 29/10/2021, held by people of agencies that have a head each."""
    make_rules()
    province = make_unit(kind="province")
    units = [make_unit(parent=province) for _ in range(agencies)]
    for unit in units:
        make_user(role=Role.AGENCY_HEAD, unit=unit)
    rebuild_scopes()
    holders = _holders(people, units)
    rule = rule_on("COLLECTIVE_MEETING", START)
    rows = (
        Clock(
            rule=rule,
            subject_kind="proposal",
            subject_ref=uuid4(),
            code=f"DX-2021-{at:06d}",
            title="Đề xuất mẫu",
            stream=f"proposal:{uuid4()}",
            verb="Quyết định đề xuất",
            url="/",
            started_on=START,
            due_on=DUE,
            held_since=START,
            holder_user=holders[at % people],
        )
        for at in range(number)
    )
    while some := list(islice(rows, AT_ONCE)):
        Clock.objects.bulk_create(some)
    return holders


def _holders(number: int, units: list[Any]) -> list[User]:
    people = [
        User(username=f"giu.viec{at}", full_name=f"Nguyễn Văn Mẫu {at}", email=f"g{at}@mau.vn")
        for at in range(number)
    ]
    for person in people:
        person.derive()
        person.set_unusable_password()
    found = User.objects.bulk_create(people, batch_size=AT_ONCE)
    post = make_position(role=Role.PROPOSER)
    Appointment.objects.bulk_create(
        [
            Appointment(person=user, position=post, unit=units[at % len(units)], valid_from=START)
            for at, user in enumerate(found)
        ],
        batch_size=AT_ONCE,
    )
    return found


class Spent:
    """What statements took meanwhile."""

    seconds: float = 0
    statements: int = 0


@contextmanager
def spent() -> Iterator[Spent]:
    found = Spent()

    def clocked(execute: Callable[..., Any], *rest: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(*rest)
        finally:
            found.seconds += time.perf_counter() - begin
            found.statements += 1

    with connection.execute_wrapper(clocked):
        yield found

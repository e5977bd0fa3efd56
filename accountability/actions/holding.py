"""Who holds a liability case or a commendation: its clocks."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from accountability import people
from accountability.actions.base import KINDS
from accountability.models.dossier import Dossier
from deadlines import actions as clocks
from deadlines.models import Clock
from deadlines.parties import Holder, Subject
from organisation.days import today
from organisation.models import User


def give_to_post(
    row: Dossier,
    rule: str,
    post: tuple[str, int],
    *,
    verb: str,
    url: str,
    barred: Collection[int] = (),
) -> Clock:
    """Start a clock of whoever holds a post, without those who had a part in the case."""
    role, unit_id = post
    holder = Holder.post(role, unit_id, barred=people.users(barred))
    return _start(row, rule, holder, verb, url)


def give_to_person(row: Dossier, rule: str, person: User, *, verb: str, url: str) -> Clock:
    return _start(row, rule, Holder.person(person), verb, url)


def give_to_each(
    row: Dossier, rule: str, persons: Iterable[User], *, verb: str, url: str, due_on: date
) -> list[Clock]:
    """Start the same clock for each of several people by name, until a given day."""
    return clocks.start_each(
        rule,
        subject=_subject(row),
        holders=[Holder.person(person) for person in persons],
        on=today(),
        verb=verb,
        url=url,
        due_on=due_on,
    )


def stop(row: Dossier, *codes: str, outcome: str = "", **only: Any) -> None:
    """Stop the open clocks of the case of some rules, all of them when none are named; with some
    columns where named.
    """
    clocks.stop_all(_subject(row), today(), outcome, rules=codes, **only)


def due_on(row: Dossier, code: str) -> date | None:
    """The day by which the newest clock of a rule has to be kept, stopped or not."""
    found = Clock.objects.of_subject(KINDS[type(row)], row.ref).filter(rule__code=code)
    clock = found.order_by("-pk").first()
    return clock.due_on if clock else None


def _start(row: Dossier, rule: str, holder: Holder, verb: str, url: str) -> Clock:
    subject = _subject(row)
    return clocks.start(rule, subject=subject, holder=holder, on=today(), verb=verb, url=url)


def _subject(row: Dossier) -> Subject:
    return Subject(
        kind=KINDS[type(row)],
        ref=row.ref,
        code=row.code,
        title=row.proposal.title,
        stream=row.stream,
    )

"""The ladder of reminders on one day: which rung a clock has reached, as values and in SQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Case, Q, SmallIntegerField, Value, When

from deadlines.models import LadderRung
from deadlines.stages import Audience, is_confidential
from organisation.days import ONE_DAY, Calendar

Rungs = dict[int, frozenset[str]]  # by offset, who is told there
DEFAULT = ""


class Ladder:
    """The rungs valid on a day. `rungs` holds, by the code of a rule, those that stand in the
    place of the default ones.
    """

    def __init__(self, day: date, rungs: dict[str, Rungs], calendar: Calendar) -> None:
        self.day, self.rungs = day, rungs
        offsets = {offset for steps in rungs.values() for offset in steps}
        self.until = {offset: _last_due(offset, day, calendar) for offset in offsets}

    @classmethod
    def on(cls, day: date) -> "Ladder":
        """The ladder of a day, in two queries."""
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        rows = LadderRung.objects.valid_on(day)
        for code, offset, audience in rows.values_list("rule_code", "offset", "audience"):
            found[code][offset].add(audience)
        rungs = {code: _frozen(steps) for code, steps in found.items()}
        return cls(
            day, rungs, _calendar_around(day, [o for steps in rungs.values() for o in steps])
        )

    @property
    def last_due(self) -> date | None:
        """No clock that is due later has reached any rung."""
        return max(self.until.values(), default=None)

    def reached(self) -> Case:
        """In a query of clocks: the highest rung that each has reached, or NULL."""
        own = [code for code in self.rungs if code]
        steps = [step for code in own for step in self._whens(code, Q(rule__code=code))]
        others = ~Q(rule__code__in=own) if own else Q()
        steps += self._whens(DEFAULT, others) if DEFAULT in self.rungs else []
        return Case(*steps, default=Value(None), output_field=SmallIntegerField())

    def told(self, code: str, after: int | None, upto: int) -> dict[str, int]:
        """Who is told on the way from one rung, not counted, to another: each by their highest.

        What is confidential is never told beyond its holder.
        """
        steps = self.rungs.get(code) or self.rungs.get(DEFAULT, {})
        found: dict[str, int] = {}
        for offset in sorted(steps):
            if offset <= upto and (after is None or offset > after):
                found |= dict.fromkeys(steps[offset], offset)
        if is_confidential(code):
            return {who: at for who, at in found.items() if who == Audience.HOLDER}
        return found

    def _whens(self, code: str, of_rule: Q) -> Iterator[When]:
        for offset in sorted(self.rungs[code], reverse=True):
            yield When(of_rule & Q(due_on__lte=self.until[offset]), then=Value(offset))


def _frozen(steps: dict[int, set[str]]) -> Rungs:
    return {offset: frozenset(audiences) for offset, audiences in steps.items()}


def _calendar_around(day: date, offsets: Iterable[int]) -> Calendar:
    """The calendar as far as so many working days can reach, in one query."""
    span = timedelta(days=2 * max((abs(offset) for offset in offsets), default=0) + 30)
    return Calendar.between(day - span, day + span)


def _last_due(offset: int, day: date, calendar: Calendar) -> date:
    """The latest due date that has reached a rung on that day: so many working days lie between."""
    due = day
    if offset > 0:
        while offset:
            offset -= calendar.is_working_day(due)
            due -= ONE_DAY
        return due
    left = -offset
    while left or not calendar.is_working_day(due + ONE_DAY):
        due += ONE_DAY
        left -= calendar.is_working_day(due)
    return due

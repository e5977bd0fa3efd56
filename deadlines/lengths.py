"""How long the rule of a day gives, in words: no page or paper types a number of its own."""

from datetime import date

from deadlines.models import DeadlineRule
from journal.deeds import found_once
from organisation.days import today


def rule_on(code: str, day: date) -> DeadlineRule | None:
    """The version of a rule that is valid on a day, read once in a deed."""
    rows = DeadlineRule.objects.valid_on(day).filter(code=code)
    found: DeadlineRule | None = found_once(("deadline rule", code, day), rows.first)
    return found


def take_up(rule: DeadlineRule, day: date) -> None:
    """Hand the rule of a clock that was started on a day to the rest of the running deed."""
    found_once(("deadline rule", rule.code, day), lambda: rule)


def within(code: str, day: date | None = None) -> str:
    """As "trong 5 ngày làm việc" by the rule of a day, else of today; empty where none gives it."""
    rule = rule_on(code, day or today())
    return f"trong {rule.length}" if rule and rule.length else ""


def within_on_paper(code: str, day: date) -> str:
    """The same as official papers write it: "trong 05 ngày làm việc"."""
    rule = rule_on(code, day)
    return f"trong {rule.amount:02d} {rule.get_unit_display()}" if rule and rule.amount else ""

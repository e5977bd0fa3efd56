"""What an adjustment changes, in words: before and after, line by line."""

from datetime import date
from decimal import Decimal

from organisation.templatetags.portal import vn_date, vn_money, vn_number, vn_quantity
from pilots.models import Adjustment


def changes_in_words(adjustment: Adjustment) -> list[str]:
    """What an adjustment changes: before and after, line by line."""
    before = adjustment.before.content.facts
    found = []
    if adjustment.new_ends_on:
        old = vn_date(date.fromisoformat(before["ends_on"]))
        found.append(f"Thời hạn: từ {old} thành {vn_date(adjustment.new_ends_on)}.")
    if adjustment.new_scope:
        found.append(
            f"Phạm vi: từ “{_bare(before['scope'])}” thành “{_bare(adjustment.new_scope)}”."
        )
    if adjustment.new_budget is not None:
        old_money, new_money = vn_money(before["budget"]), vn_money(adjustment.new_budget)
        found.append(f"Kinh phí: từ {old_money} thành {new_money}.")
    return found + _indicators_in_words(adjustment) + _milestones_in_words(adjustment)


def _bare(text: str) -> str:
    return text.strip().rstrip(".")


def _indicators_in_words(adjustment: Adjustment) -> list[str]:
    """Targets before and after, what is dropped, what is added."""
    before = {row["ref"]: row["target"] for row in adjustment.before.content.facts["indicators"]}
    found = []
    for row in adjustment.targets.select_related("indicator").order_by("indicator__place", "pk"):
        name, unit = row.indicator.name, row.indicator.unit
        if row.target is None:
            found.append(f"Bỏ chỉ tiêu “{name}”.")
        else:
            old = vn_number(Decimal(before[str(row.indicator.ref)]))
            found.append(f"Mục tiêu “{name}”: từ {old} thành {vn_quantity(row.target, unit)}.")
    for added in adjustment.added_indicators.order_by("pk"):
        baseline, target = vn_number(added.baseline), vn_quantity(added.target, added.unit)
        found.append(f"Thêm chỉ tiêu “{added.name}”: từ {baseline} đến {target}.")
    return found


def _milestones_in_words(adjustment: Adjustment) -> list[str]:
    before = {row["ref"]: row["due_on"] for row in adjustment.before.content.facts["milestones"]}
    found = []
    for row in adjustment.days.select_related("milestone").order_by("milestone__due_on", "pk"):
        name = row.milestone.name
        if row.due_on is None:
            found.append(f"Bỏ mốc “{name}”.")
        else:
            old = vn_date(date.fromisoformat(before[str(row.milestone.ref)]))
            found.append(f"Mốc “{name}”: từ {old} thành {vn_date(row.due_on)}.")
    rows = adjustment.added_milestones.order_by("due_on", "pk")
    return found + [f"Thêm mốc “{row.name}”: hạn {vn_date(row.due_on)}." for row in rows]

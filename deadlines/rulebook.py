"""The rules of deadlines and the ladder of reminders, changed by hand; each change has its day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from deadlines.models import DeadlineRule, LadderRung
from deadlines.stages import Audience, is_confidential
from journal.actions import keep, record
from organisation.actions.refusals import Refused
from organisation.trail import SETTINGS, conflict, expect_unchanged

if TYPE_CHECKING:
    from organisation.models import User

CHANGED = "Thời hạn này vừa được sửa từ ngày {:%d/%m/%Y}. Thao tác chưa được thực hiện."


class RungThere(Refused):
    sentence = "Bậc nhắc này đã có."


class HolderAlone(Refused):
    sentence = "Việc về trách nhiệm, vi phạm chỉ nhắc người đang giữ."


class TooEarly(Refused):
    """Takes the day since which the rule stands as it is."""

    sentence = "Ngày có hiệu lực phải sau ngày {:%d/%m/%Y}."


@transaction.atomic
def add_rung(
    *, by: "User", rule_code: str, offset: int, audience: str, valid_from: date
) -> LadderRung:
    """Tell these people at that distance from the due date, from that day on.

    The first rung of a rule takes the rule off the default ladder. Raises RungThere, HolderAlone.
    """
    if is_confidential(rule_code) and audience != Audience.HOLDER:
        raise HolderAlone
    rung = LadderRung(rule_code=rule_code, offset=offset, audience=audience, valid_from=valid_from)
    LadderRung.objects.bulk_create([rung], ignore_conflicts=True)
    if not LadderRung.objects.filter(ref=rung.ref).exists():
        raise RungThere
    _record("deadline.add_rung", rung, by)
    return rung


@transaction.atomic
def end_rung(rung: LadderRung, *, by: "User", on: date, seen: int | None = None) -> None:
    """Tell nobody there any more from that day on. Raises Conflict where it was ended before."""
    rung = LadderRung.objects.select_for_update(of=("self",)).get(pk=rung.pk)
    expect_unchanged(rung, seen)
    rung.count_change(by)
    rung.valid_to = max(on, rung.valid_from)
    rung.save()
    _record("deadline.end_rung", rung, by)


@transaction.atomic
def change_rule(
    code: str,
    *,
    by: "User",
    amount: int | None,
    unit: str,
    legal_ground: str,
    source_status: str,
    valid_from: date,
    seen: int,
) -> DeadlineRule:
    """Let a rule be another from a day on; clocks that run keep the version they began with.

    `seen` is the version that the form was made from. Raises TooEarly, Conflict.
    """
    rows = DeadlineRule.objects.select_for_update(of=("self",))
    current = rows.get(code=code, valid_to=None)
    if current.pk != seen:
        raise conflict(CHANGED.format(current.valid_from))
    if valid_from <= current.valid_from:
        raise TooEarly(current.valid_from)
    current.valid_to = valid_from
    current.save(update_fields=["valid_to"])
    rule = DeadlineRule.objects.create(
        code=code,
        label=current.label,
        start_event=current.start_event,
        amount=amount,
        unit=unit,
        legal_ground=legal_ground,
        source_status=source_status,
        valid_from=valid_from,
    )
    facts = {"code": code, "legal_ground": legal_ground}
    content = keep("deadline_rule", SETTINGS, facts)
    record(
        "deadline.change_rule",
        stream=SETTINGS,
        by=by,
        role=_role(by),
        content=content,
        rule=code,
        amount=amount,
        unit=unit,
        source_status=source_status,
        valid_from=str(valid_from),
    )
    return rule


def _record(action: str, rung: LadderRung, by: "User") -> None:
    record(
        action,
        stream=SETTINGS,
        by=by,
        role=_role(by),
        rung=str(rung.ref),
        rule=rung.rule_code,
        offset=rung.offset,
        audience=rung.audience,
        valid_from=str(rung.valid_from),
        valid_to=str(rung.valid_to or ""),
    )


def _role(by: "User") -> str:
    return by.powers.main.role if by.powers.main else ""

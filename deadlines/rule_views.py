"""The rules of deadlines and the ladder of reminders: one page to read, small forms to change."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.http import require_http_methods, require_safe

from deadlines.forms import EndRungForm, RuleForm, RungForm, words_of
from deadlines.models import DeadlineRule, LadderRung
from deadlines.rulebook import add_rung, change_rule, end_rung
from deadlines.stages import Audience, SourceStatus
from organisation.access import SignedInRequest, roles
from organisation.days import today
from organisation.stages import Role
from organisation.views.deeds import done

KEEPERS = (Role.ADMIN, Role.HOME_AFFAIRS_LEAD)
COLOURS = {
    SourceStatus.VERIFIED: "green",
    SourceStatus.OWN: "",
    SourceStatus.PARTIAL: "amber",
    SourceStatus.UNVERIFIED: "amber",
}


@dataclass(frozen=True)
class Rung:
    """A row of the ladder, as it is read."""

    row: LadderRung
    when: str
    audience: str


@dataclass(frozen=True)
class Ladder:
    """The rungs of one rule, or those of every rule that has none."""

    title: str
    rungs: list[Rung]


@roles(*KEEPERS, Role.HOME_AFFAIRS_OFFICER)
@require_safe
def rules(request: SignedInRequest) -> HttpResponseBase:
    """All rules as they are today and from later days on, and the ladder."""
    day = today()
    rows = DeadlineRule.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    found = list(rows.order_by("label", "code", "valid_from"))
    for row in found:
        row.colour = COLOURS[SourceStatus(row.source_status)]  # type: ignore[attr-defined]
        row.is_later = row.valid_from > day  # type: ignore[attr-defined]
    page = {
        "rules": found,
        "ladders": _ladders(day, {row.code: row.label for row in found}),
        "may_change": request.user.powers.has(*KEEPERS),
        "unverified": sum(not row.may_urge for row in found),
        "today": day,
    }
    return render(request, "deadlines/rules.html", page)


@roles(*KEEPERS)
@require_http_methods(["GET", "POST"])
def rule(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Give a rule a new version from a day on."""
    row = get_object_or_404(DeadlineRule, code=code, valid_to=None)
    form = RuleForm.of(request.POST or None, row)

    def change() -> str:
        change_rule(code, by=request.user, seen=form.seen, **form.said())
        return resolve_url("deadlines:rules")

    answer = done(request, form, change, said="Đã lưu thay đổi.")
    return answer or render(request, "deadlines/rule.html", {"form": form, "rule": row})


@roles(*KEEPERS)
@require_http_methods(["GET", "POST"])
def new_rung(request: SignedInRequest) -> HttpResponseBase:
    """Add a rung to the ladder."""
    form = RungForm(request.POST or None)

    def add() -> str:
        add_rung(by=request.user, **form.said())
        return resolve_url("deadlines:rules")

    answer = done(request, form, add, said="Đã thêm bậc nhắc.")
    return answer or render(request, "deadlines/rung.html", {"form": form})


@roles(*KEEPERS)
@require_http_methods(["GET", "POST"])
def stop_rung(request: SignedInRequest, ref: uuid.UUID) -> HttpResponseBase:
    """Ask; by POST, take a rung off the ladder from today on."""
    row = get_object_or_404(LadderRung, ref=ref, valid_to=None)
    form = EndRungForm(request.POST or None, version=row.version)

    def end() -> str:
        end_rung(row, by=request.user, on=today(), seen=form.seen)
        return resolve_url("deadlines:rules")

    answer = done(request, form, end, said="Đã dừng bậc nhắc.")
    page = {"form": form, "rung": _rung(row)}
    return answer or render(request, "deadlines/rung_end.html", page)


def _ladders(day: date, labels: dict[str, str]) -> list[Ladder]:
    rows = LadderRung.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    found: dict[str, list[Rung]] = defaultdict(list)
    for row in rows.order_by("rule_code", "offset", "pk"):
        found[row.rule_code].append(_rung(row))
    titles = {"": "Mọi thời hạn"} | labels
    return [Ladder(titles.get(code, code), rungs) for code, rungs in found.items()]


def _rung(row: LadderRung) -> Rung:
    return Rung(row, words_of(row.offset), Audience(row.audience).label)

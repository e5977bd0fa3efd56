"""The province in a few figures, for those who follow it: each leads to the list that makes it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from pilots.forms.filters import PilotFilter
from pilots.models import Pilot
from proposals.models import Proposal
from proposals.search import FEW, capped_counts
from proposals.stages import Stage
from reporting.tables import CaseFilter

WATCHERS = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD, Role.INSPECTOR)
# words, list, what its filter is asked for
CASES = (
    ("đề xuất chờ xem xét", {"stage": Stage.UNDER_REVIEW.value}),
    ("hồ sơ quá hạn", {"late": "co"}),
)
PILOTS = (
    ("đang thí điểm", {"trang_thai": "running"}),
    ("thí điểm chậm tiến độ", {"tinh_hinh": "cham"}),
    ("thí điểm có sự cố chưa khắc phục", {"tinh_hinh": "su-co"}),
)


@dataclass(frozen=True)
class Figure:
    label: str
    count: str
    url: str


def figures_for(user: User) -> list[Figure]:
    """What a watcher of the province sees at a glance; nothing for others."""
    if not user.powers.has(*WATCHERS):
        return []
    listed, pilots = Proposal.objects.listed_to(user), Pilot.objects.visible_to(user)
    rows = [_cases(listed, asked) for _, asked in CASES]
    rows += [_pilots(pilots, asked) for _, asked in PILOTS]
    shown = [("reporting:cases", *one) for one in CASES]
    shown += [("pilots:index", *one) for one in PILOTS]
    counts = capped_counts(user, *rows)
    return [_figure(*one, count) for one, count in zip(shown, counts, strict=True)]


def _cases(rows: Any, asked: dict[str, str]) -> QuerySet:
    form = CaseFilter(asked)
    return form.apply(rows) if form.is_valid() else rows.none()


def _pilots(rows: Any, asked: dict[str, str]) -> QuerySet:
    form = PilotFilter(asked)
    return form.narrow(rows, today()) if form.is_valid() else rows.none()


def _figure(route: str, label: str, asked: dict[str, str], count: int) -> Figure:
    number = f"{FEW}+" if count > FEW else str(count)
    return Figure(label, number, f"{reverse(route)}?{urlencode(asked)}")

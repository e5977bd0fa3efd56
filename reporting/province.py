"""The province in a few figures, for those who follow it: each leads to the list that makes it."""

from dataclasses import dataclass
from datetime import datetime
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
from proposals.rights import SENT
from proposals.stages import Stage
from reporting.kept import kept
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


SHOWN = (
    *(("reporting:cases", *one) for one in CASES),
    *(("pilots:index", *one) for one in PILOTS),
)


@dataclass(frozen=True)
class Figure:
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Province:
    figures: list[Figure]
    counted_at: datetime | None


def province_for(user: User) -> Province | None:
    """What a watcher of the province sees at a glance; nothing for others.

    Watchers see a line of all that was sent, and every pilot: the figures are the same for all.
    """
    if not user.powers.has(*WATCHERS):
        return None
    found = kept("province", _counts)
    figures = [_figure(*one, count) for one, count in zip(SHOWN, found.numbers, strict=True)]
    return Province(figures, found.counted_at)


def _counts() -> list[int]:
    sent = Proposal.objects.filter(stage__in=sorted(SENT))
    counts = [_cases(sent, asked).count() for _, asked in CASES]
    return counts + [_pilots(Pilot.objects.all(), asked).count() for _, asked in PILOTS]


def _cases(rows: Any, asked: dict[str, str]) -> QuerySet:
    form = CaseFilter(asked)
    return form.apply(rows) if form.is_valid() else rows.none()


def _pilots(rows: Any, asked: dict[str, str]) -> QuerySet:
    form = PilotFilter(asked)
    return form.narrow(rows, today()) if form.is_valid() else rows.none()


def _figure(route: str, label: str, asked: dict[str, str], count: int) -> Figure:
    return Figure(label, count, f"{reverse(route)}?{urlencode(asked)}")

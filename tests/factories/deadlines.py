"""Clocks for tests. Every value can be given; the rest is ordinary."""

import uuid
from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from deadlines.actions import start
from deadlines.models import Clock, DeadlineRule, LadderRung
from deadlines.parties import Holder, Subject
from deadlines.seeds import seed_ladder, seed_rules
from tests.factories.organisation import make_user

NUMBERS = count(1)


def make_rules() -> None:
    """The rules that a new portal starts with."""
    if not DeadlineRule.objects.exists():
        seed_rules()


def make_rung() -> LadderRung:
    """The first rung of the ladder that a new portal starts with."""
    seed_ladder()
    return LadderRung.objects.filter(valid_to=None).order_by("pk")[0]


def make_subject(kind: str = "thing", **over: Any) -> Subject:
    ref = over.pop("ref", None) or uuid.uuid4()
    number = next(NUMBERS)
    facts: dict[str, Any] = {
        "code": f"DX-2022-{number:04d}",
        "title": f"Đề xuất mẫu {number}",
        "stream": f"{kind}:{ref}",
    } | over
    return Subject(kind=kind, ref=ref, **facts)


def make_clock(rule_code: str = "COLLECTIVE_MEETING", **over: Any) -> Clock:
    """An open clock of a new person, seven working days from 20/10/2021."""
    make_rules()
    facts: dict[str, Any] = {
        "subject": over.pop("subject", None) or make_subject(),
        "holder": over.pop("holder", None) or Holder.person(make_user()),
        "on": date(2021, 10, 20),
        "verb": "Quyết định đề xuất",
        "url": "/de-xuat/mot-de-xuat/",
    } | over
    with transaction.atomic():
        return start(rule_code, **facts)

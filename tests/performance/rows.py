"""Many proposals at once: copies of one, each with its own code, title and day."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from organisation.text import fold
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.organisation import Province
from tests.factories.proposals import make_proposal

COMMON, RARE = "Trả kết quả tại nhà", "Nuôi tảo xoắn ở đầm Nại"
ONE_IN = 500
STAGES = [Stage.SUBMITTED, Stage.UNDER_REVIEW, Stage.MONITORED, Stage.REFUSED]


def make_many(province: Province, amount: int) -> list[Proposal]:
    """Proposals of the department, newest last; every five hundredth, from the third, is rare."""
    model = make_proposal(proposer=province.official, agency=province.department)
    facts = Proposal.objects.filter(pk=model.pk).values().get()
    facts |= {"decided_at": model.submitted_at}
    del facts["id"]
    rows = [Proposal(**(facts | _own(model, number))) for number in range(amount)]
    made = Proposal.objects.bulk_create(rows, batch_size=2000)
    analyse()
    return made


def analyse() -> None:
    """Let PostgreSQL know what the table holds now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE proposals_proposal")


def plan_of(rows: QuerySet) -> str:
    """How PostgreSQL would go about it."""
    return rows.explain()


def _own(model: Proposal, number: int) -> dict[str, Any]:
    title = f"{RARE if number % ONE_IN == 2 else COMMON} {number}"
    code = f"DX-2021-{number:05d}"
    return {
        "ref": uuid.uuid4(),
        "code": code,
        "title": title,
        "search_key": fold(f"{code} {title}"),
        "stage": STAGES[number % len(STAGES)],
        "touched_at": model.touched_at - timedelta(days=400) + timedelta(minutes=number),
    }

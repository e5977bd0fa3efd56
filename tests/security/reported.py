"""The periodic reports of the world: one being written, one received, the summary to come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from documents.stages import PaperKind
from organisation.days import add_working_days, today
from reporting.periods.actions import sending
from reporting.periods.stages import Level
from tests.factories.documents import make_series
from tests.factories.organisation import Province
from tests.factories.periods import (
    make_opened,
    make_regimes,
    make_request,
    make_written,
    report_of,
)

Put = Callable[..., Any]


def report(house: Province, put: Put) -> None:
    """Each is put under its name, with the pieces of its paths."""
    day = today()
    make_series(house.district, [*PaperKind], name="Dãy của huyện")
    period = make_request(
        house,
        from_on=day - timedelta(days=90),
        cutoff_on=day - timedelta(days=1),
        due_on=add_working_days(day, 3),
        summary_due_on=add_working_days(day, 6),
    )
    make_opened(day)
    draft = report_of(house.department)
    put("periodic/draft", draft, ref=draft.ref)
    sent = make_written(house, house.district, house.district_focal)
    sending.send(sent.pk, by=house.district_head)
    put("periodic/sent", sent, ref=sent.ref)
    summary = report_of(house.home_affairs, Level.PROVINCE)
    put("periodic/summary", summary, ref=summary.ref)
    put("period/asked", period, ref=period.ref)
    regime = make_regimes(day)[0]
    put("regime/one", regime, ref=regime.ref)

"""Letters that urge, for tests: late tasks at agencies, and letters at each state."""

from datetime import date, timedelta
from typing import Any

from deadlines.models import Clock
from deadlines.parties import Holder
from documents.actions import issuing, signing
from documents.stages import PaperKind
from organisation.days import add_working_days, today
from organisation.models import OrgUnit
from organisation.stages import Role
from reporting.urging.actions.drafting import Choice, draft
from reporting.urging.models import UrgingDispatch
from tests.factories.deadlines import make_clock, make_rules, make_subject
from tests.factories.documents import make_series
from tests.factories.organisation import Province, make_province


def make_office() -> Province:
    """The small province; its Sở Nội vụ can number what it issues."""
    make_rules()
    province = make_province()
    make_series(province.home_affairs, [*PaperKind])
    return province


def make_late(agency: OrgUnit, rule: str = "COLLECTIVE_MEETING", **over: Any) -> Clock:
    """A task of the head of an agency that is late, of a proposal that is nowhere else."""
    facts: dict[str, Any] = {
        "subject": make_subject("proposal", **over.pop("case", {})),
        "holder": Holder.post(Role.AGENCY_HEAD, agency),
        "on": today() - timedelta(days=30),
    } | over
    return make_clock(rule, **facts)


def make_drafts(house: Province, *agencies: OrgUnit, **over: Any) -> list[UrgingDispatch]:
    """What the officer drafts to agencies that have late tasks."""
    answer_by: date = over.pop("answer_by", None) or add_working_days(today(), 5)
    choice = Choice(agencies=agencies, answer_by=answer_by, **over)
    return draft(choice, by=house.home_affairs_officer)


def make_waiting(house: Province, *agencies: OrgUnit, **over: Any) -> UrgingDispatch:
    """The same, laid before the head of Sở Nội vụ."""
    dispatch = make_drafts(house, *agencies, **over)[0]
    officer, head = house.home_affairs_officer, house.home_affairs_head
    signing.send(paper_of(dispatch), by=officer, signer=head)
    return reread(dispatch)


def paper_of(dispatch: UrgingDispatch) -> int:
    assert dispatch.paper_id
    return dispatch.paper_id


def sign(house: Province, dispatch: UrgingDispatch) -> UrgingDispatch:
    signing.sign(paper_of(dispatch), by=house.home_affairs_head)
    return reread(dispatch)


def make_sent(house: Province, *agencies: OrgUnit, **over: Any) -> UrgingDispatch:
    """Signed, numbered and sent."""
    dispatch = sign(house, make_waiting(house, *agencies, **over))
    issuing.issue(paper_of(dispatch), by=house.home_affairs_clerk)
    return reread(dispatch)


def reread(dispatch: UrgingDispatch) -> UrgingDispatch:
    return UrgingDispatch.objects.select_related("paper").get(pk=dispatch.pk)

"""Each deed as a browser sends it: who, to which page, with which answers."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from organisation.days import today
from organisation.models import User
from pilots.models import Indicator
from proposals.actions import supplement, votes
from proposals.actions.supplement import Item
from proposals.models import Proposal
from proposals.stages import Ballot, DecisionKind, Part
from tests.factories.organisation import Province, sign_in
from tests.factories.pilots import make_indicator, make_pilot, make_report, make_team
from tests.factories.proposals import make_draft
from tests.proposals.filling import hidden_fields, part_url, typed
from tests.proposals.flows import LONG, make_checked, make_received, make_sent


@dataclass(frozen=True)
class Deed:
    """One form about to be sent."""

    by: User
    url: str
    data: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    def prepare(self, client: Client) -> Callable[[], Any]:
        """Sign in, be seen once, and answer the sending, with a fresh key."""
        sign_in(client, self.by)
        client.get("/tim/")  # the session notes once a minute that somebody is there
        data = {"key": str(uuid.uuid4())} | self.data
        return lambda: client.post(self.url, data, headers=self.headers)


def begin(province: Province) -> Deed:
    return Deed(province.official, reverse("proposals:create"), {})


def autosave(province: Province) -> Deed:
    draft = make_draft(proposer=province.official, agency=province.department)
    page = sign_in(Client(), province.official).get(part_url(draft, Part.PROBLEM))
    carried = hidden_fields(page.content.decode())
    said = {"seen": carried["seen"], "page": carried["page"], "then": "tu-dong"}
    return Deed(
        province.official,
        part_url(draft, Part.PROBLEM),
        said | typed(Part.PROBLEM),
        {"HX-Request": "true"},
    )


def send(province: Province) -> Deed:
    draft = make_draft(proposer=province.official, agency=province.department)
    return _deed(province.official, "check", draft)


def receive(province: Province) -> Deed:
    return _deed(province.focal, "receive", make_sent(province))


def check_legally(province: Province) -> Deed:
    said = {f"condition_{letter}": "met" for letter in "abcd"}
    said |= {"conclusion": "favourable", "text": "Không trái quy định."}
    return _deed(province.focal, "legal_check", make_received(province), **said)


def implement(province: Province) -> Deed:
    return _decide(province, DecisionKind.IMPLEMENT, do_by=province.official.pk)


def pilot(province: Province) -> Deed:
    start = today() + timedelta(days=7)
    return _decide(
        province,
        DecisionKind.PILOT,
        pilot_from=f"{start:%d/%m/%Y}",
        pilot_to=f"{start + timedelta(days=180):%d/%m/%Y}",
        monitor=province.deputy.pk,
        report_every="1",
    )


def escalate(province: Province) -> Deed:
    return _decide(province, DecisionKind.ESCALATE, beyond=LONG)


def give_back(province: Province) -> Deed:
    due = today() + timedelta(days=7)
    asked = {"due_on": f"{due:%d/%m/%Y}", "part_2": "on", "need_2": "Nêu số liệu."}
    return _decide(province, DecisionKind.RETURN, **asked)


def not_agree(province: Province) -> Deed:
    return _decide(province, DecisionKind.REFUSE, ground="not_feasible", reason=LONG)


def resubmit(province: Province) -> Deed:
    proposal = make_checked(province)
    supplement.send_back(
        proposal.pk, [Item(Part.PROBLEM, "Nêu số liệu năm trước.", "figures")], by=province.head
    )
    return _deed(province.official, "supplement", proposal)


def call_vote(province: Province) -> Deed:
    proposal = make_checked(province)
    return _deed(province.head, "vote", proposal, meeting_on=f"{today():%d/%m/%Y}")


def vote(province: Province) -> Deed:
    proposal = make_checked(province)
    votes.open_vote(proposal.pk, by=province.head)
    return _deed(province.deputy, "vote", proposal, ballot=Ballot.FOR)


def withdraw(province: Province) -> Deed:
    return _deed(province.official, "withdraw", make_received(province))


def enter_value(province: Province) -> Deed:
    team = make_team()
    case = make_pilot(team=team)
    row: Indicator = make_indicator(case)
    url = reverse("pilots:indicator", args=[case.proposal.ref, row.ref])
    return Deed(team.member, url, {"value": "80", "as_of": f"{today():%d/%m/%Y}"})


def send_report(province: Province) -> Deed:
    team = make_team()
    case = make_pilot(team=team)
    make_indicator(case)
    row = make_report(case, 1)
    said = {"done": "Trả kết quả.", "next_steps": "Mở rộng.", "spent": "42 triệu", "send": "1"}
    url = reverse("pilots:report", args=[case.proposal.ref, row.number])
    return Deed(team.leader, url, said | {"version": row.version})


def _decide(province: Province, kind: DecisionKind, **said: Any) -> Deed:
    return _deed(province.head, "confirm", make_checked(province), kind=kind.value, **said)


def _deed(by: User, page: str, proposal: Proposal, **said: Any) -> Deed:
    version = Proposal.objects.values_list("version", flat=True).get(pk=proposal.pk)
    url = reverse(f"proposals:{page}", args=[proposal.ref])
    return Deed(by, url, {"version": version} | said)

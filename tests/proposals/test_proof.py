"""After each decision its proposer holds a proof: code, time, hash of the entry (security §3.7)."""

import re

import pytest
from django.urls import reverse

from journal.anchor_checks import check_receipt
from journal.models import Entry
from proposals.actions import deciding, overriding
from proposals.stages import DecisionKind
from tests.factories.organisation import sign_in
from tests.proposals.flows import (
    LONG,
    decide_pilot,
    make_checked,
    make_seeded_province,
    make_voted_down,
    refuse,
)

pytestmark = pytest.mark.django_db
HASH = re.compile(r"Mã bút toán <code[^>]*>([0-9a-f]{64})</code>")


def overridden(province):
    proposal = make_voted_down(province)
    decision = decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)
    overriding.confirm(decision.pk, by=province.deputy)
    return proposal


def decided(deed):
    def make(province):
        proposal = make_checked(province)
        deed(proposal, province)
        return proposal

    return make


def escalate(proposal, province):
    why = "Vượt thẩm quyền."
    deciding.decide(proposal.pk, DecisionKind.ESCALATE, by=province.head, reason=why)


WAYS = {
    "approve_pilot": decided(decide_pilot),
    "refuse": decided(refuse),
    "escalate": decided(escalate),
    "override_pilot": overridden,
}


@pytest.mark.parametrize("action", list(WAYS))
def test_a_decision_leaves_its_proof_with_the_proposer(client, action):
    province = make_seeded_province()
    proposal = WAYS[action](province)
    url = reverse("proposals:content", args=[proposal.ref])

    page = sign_in(client, province.official).get(url).content.decode()
    own = HASH.findall(page)

    entry = Entry.objects.of(proposal.stream).get(action=f"proposal.{action}")
    assert own == [entry.entry_hash]
    assert f"{proposal.code}, " in page
    assert list(check_receipt(own[0])) == []
    assert len(list(check_receipt(own[0][::-1]))) == 1
    assert HASH.findall(sign_in(client, province.head).get(url).content.decode()) == []

"""An agency that does not answer in time: said to the proposer, and counted for them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from deadlines.models import Clock
from organisation.days import today
from tests.factories.organisation import sign_in
from tests.proposals.flows import make_received, make_seeded_province

pytestmark = pytest.mark.django_db
FOR_THEM = "Việc chậm trả lời không tính cho người đề xuất"


def test_the_silence_of_the_agency_is_said_to_the_proposer(client):
    proposal = make_received(make_seeded_province())
    sign_in(client, proposal.proposer)
    page = reverse("proposals:content", args=[proposal.ref])
    assert FOR_THEM not in client.get(page).content.decode()

    late = today() - timedelta(days=10)
    Clock.objects.of_subject("proposal", proposal.ref).open().update(due_on=late)

    told = client.get(page).content.decode()
    assert FOR_THEM in told
    assert "ngày làm việc. Thời hạn được báo cáo Sở Nội vụ." in told

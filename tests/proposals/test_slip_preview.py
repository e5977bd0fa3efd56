"""What the check page shows as the slip is what the head then has on paper."""

import pytest
from django.urls import reverse

from deadlines.seeds import seed_rules
from documents.models import OfficialDocument
from documents.stages import PaperKind
from proposals.actions import intake, sending
from proposals.models import Proposal
from tests.factories.organisation import Province, make_province, sign_in
from tests.factories.proposals import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province) -> Proposal:
    """Its short answer about the problem was left empty."""
    return make_draft(
        proposer=province.official,
        agency=province.department,
        plan={"problem_brief": "", "budget": 42_000_000},
    )


def test_the_preview_is_the_slip(client, province, draft):
    sign_in(client, province.official)
    shown = client.get(reverse("proposals:check", args=[draft.ref]))
    page = shown.content.decode()

    sending.send(draft.pk, by=province.official)
    intake.receive(draft.pk, by=province.focal)

    drawn = OfficialDocument.objects.of_stream(draft.stream).get(kind=PaperKind.REVIEW_SLIP)
    rows = [(row["title"], row["text"]) for row in drawn.facts["body"]][3:-1]
    assert shown.context["slip"] == rows
    assert "Xem trước phiếu trình" in page
    assert "42,0 triệu đồng" in page
    assert draft.plan.problem.split("\n")[0] in dict(rows)["Vấn đề cần giải quyết"]


def test_a_draft_with_nothing_said_has_a_preview(client, province):
    empty = dict.fromkeys(("problem", "solution", "common_good", "risks", "scope"), "")
    draft = make_draft(proposer=province.official, agency=province.department, plan=empty)
    draft.expected_results.all().delete()
    sign_in(client, province.official)

    shown = client.get(reverse("proposals:check", args=[draft.ref]))

    assert dict(shown.context["slip"])["Lợi ích chính"] == "Chưa nêu"

"""The sentence under the title tells those who wrote a proposal where it stands."""

import re

import pytest
from django.urls import reverse

from deadlines.models import Clock
from documents.models import OfficialDocument
from organisation.models import User
from proposals import lines
from proposals.models import Decision, Proposal
from proposals.stages import DecisionKind, DecisionState, Stage
from tests.factories.organisation import sign_in
from tests.factories.proposals import CLOCKS, make_proposal, start_clock
from tests.proposals.flows import make_checked, make_received, make_seeded_province, refuse

pytestmark = pytest.mark.django_db

DAY = r"\d\d/\d\d/\d{4}"
SAID = {  # language.md §3.1
    Stage.DRAFT: r"Chưa gửi\. Chỉ đồng chí và người cùng đề xuất xem được\.",
    Stage.SUBMITTED: rf"Đã gửi {DAY}\. Cơ quan tiếp nhận trong \d+ ngày làm việc\.",
    Stage.UNDER_REVIEW: rf"Người đứng đầu xem xét trước ngày {DAY}\.",
    Stage.ESCALATED: r"Đã trình [^.]+\.",
    Stage.APPROVED_IMPLEMENT: r"Được cho thực hiện\.",
    Stage.APPROVED_PILOT: rf"Được cho thí điểm từ {DAY} đến {DAY}\.",
    Stage.MONITORED: rf"Được cho thí điểm từ {DAY} đến {DAY}\.",
    Stage.CONCLUDED: r"Hồ sơ đã kết thúc và lưu\.",
    Stage.REFUSED: r"Không đồng ý, có nêu lý do\.",
    Stage.WITHDRAWN: rf"Đã rút ngày {DAY}\.",
}


def page_for(client, user: User, proposal: Proposal) -> str:
    url = reverse("proposals:content", args=[proposal.ref])
    return sign_in(client, user).get(url).content.decode()


@pytest.mark.parametrize("stage", list(SAID))
def test_the_author_reads_where_it_stands(client, stage):
    proposal = make_proposal(stage)
    if stage in CLOCKS:
        start_clock(proposal)

    page = page_for(client, proposal.proposer, proposal)

    assert re.search(f'<p class="muted mb-0">{SAID[stage]}</p>', page)


def test_others_do_not_read_it(client):
    province = make_seeded_province()
    proposal = make_received(province)

    assert "Người đứng đầu xem xét trước ngày" not in page_for(client, province.head, proposal)


def test_what_is_asked_of_the_author_is_counted():
    proposal = make_proposal(Stage.RETURNED)
    day = proposal.supplement_requests.get().due_on

    said = lines.line_of(proposal, [], None)

    assert said == f"Cần bổ sung 1 nội dung trước ngày {day:%d/%m/%Y}."


def test_who_was_refused_reads_until_when_to_answer(client):
    province = make_seeded_province()
    proposal = make_checked(province)
    refuse(proposal, province)
    day = Clock.objects.get(rule__code="REFUSAL_ANSWER").due_on

    page = page_for(client, province.official, proposal)

    assert f"Không đồng ý, có nêu lý do. Có thể phản hồi trước ngày {day:%d/%m/%Y}." in page


@pytest.mark.parametrize(
    ("stage", "kind", "words"),
    [
        (
            Stage.ESCALATED,
            DecisionKind.ESCALATE,
            "Đã trình UBND tỉnh Ninh Thuận theo 12/STNMT-VP.",
        ),
        (
            Stage.APPROVED_IMPLEMENT,
            DecisionKind.IMPLEMENT,
            "Được cho thực hiện theo 12/STNMT-VP.",
        ),
    ],
)
def test_the_number_of_the_paper_is_named_once_it_is_issued(stage, kind, words):
    paper = OfficialDocument(number=12, notation="STNMT-VP")
    proposal = Proposal(stage=stage, deciding_unit_name="UBND tỉnh Ninh Thuận")
    decision = Decision(kind=kind, state=DecisionState.IN_FORCE, document=paper)

    assert lines.line_of(proposal, [decision], None) == words


def test_a_question_to_another_agency_is_named(client):
    province = make_seeded_province()
    proposal = make_received(province)
    proposal.opinion_requests.create(
        unit=province.district,
        unit_name="UBND huyện Ninh Sơn",
        question="Ý kiến về phạm vi?",
        requested_by=province.head,
        due_on=proposal.due_on,
    )

    page = page_for(client, province.official, proposal)

    assert "Đang xin ý kiến UBND huyện Ninh Sơn." in page

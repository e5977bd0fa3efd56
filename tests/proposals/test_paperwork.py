"""Clocks and notices that follow the life of a paper, and whose own case it is."""

import pytest
from django.core.exceptions import PermissionDenied

from deadlines.models import Clock
from documents.actions import issuing, recalling, signing
from documents.actions.base import Refused
from documents.cases import shows
from documents.models import OfficialDocument
from documents.signatory import NotLawful
from journal.timeline import timeline
from journal.verify import verify
from notifications.models import Notice
from proposals.models import Decision
from proposals.stages import DecisionState
from tests.factories.documents import make_draft, make_series, mark_issued
from tests.proposals.flows import decide_pilot, make_checked, make_seeded_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = make_seeded_province()
    make_series(house.department)
    return house


def open_clocks():
    rows = Clock.objects.filter(subject_kind="paper").open()
    return [(row.rule.code, row.holder_user, row.holder_role) for row in rows]


def told(person):
    return set(Notice.objects.filter(recipient=person).values_list("subject", flat=True))


def test_one_clock_goes_with_the_paper_and_people_are_told(house):
    paper = make_draft(house.department, house.focal)

    signing.send(paper.pk, by=house.focal, signer=house.head)
    assert open_clocks() == [("DOC_SIGNING", house.head, "")]
    signing.sign(paper.pk, by=house.head)
    assert open_clocks() == [("DOC_NUMBERING", None, "clerk")]
    issuing.issue(paper.pk, by=house.clerk)
    assert open_clocks() == []
    recalling.recall(paper.pk, "Sai nơi nhận", by=house.clerk)

    number = "01/STNMT-VP"
    assert told(house.head) == {
        "Văn bản chờ ký",
        f"Đã phát hành văn bản số {number}",
        f"Thu hồi văn bản số {number}",
    }
    assert told(house.clerk) == {"Văn bản chờ cấp số"}
    assert told(house.district_clerk) == {
        f"Văn bản đến số {number}",
        f"Thu hồi văn bản số {number}",
    }


def test_an_urgent_paper_is_released_at_once(house):
    paper = make_draft(house.department, house.focal, urgency="KHẨN")
    signing.send(paper.pk, by=house.focal, signer=house.head)

    signing.sign(paper.pk, by=house.head)

    assert Clock.objects.get(rule__code="DOC_RELEASE", stopped_on=None).is_serious


def test_sent_back_its_drafter_is_told(house):
    paper = make_draft(house.department, house.focal)
    signing.send(paper.pk, by=house.focal, signer=house.head)

    signing.send_back(paper.pk, "Thiếu căn cứ", by=house.head)

    assert open_clocks() == []
    assert told(house.focal) == {"Văn bản được trả lại để sửa"}


def test_nobody_signs_or_reads_in_the_house_a_paper_of_their_own_case(house):
    proposal = make_checked(house)
    proposal.proposer = house.deputy
    proposal.save()
    paper = make_draft(house.department, house.focal, stream=proposal.stream)

    with pytest.raises(NotLawful, match="có liên quan"):
        signing.send(paper.pk, by=house.focal, signer=house.deputy)
    papers = OfficialDocument.objects.filter(pk=paper.pk)
    assert papers.visible_to(house.head)
    assert not papers.visible_to(house.deputy)


def test_a_paper_is_shown_by_its_case(house):
    proposal = make_checked(house)
    paper = decide_pilot(proposal, house).document

    assert shows(
        proposal.stream, paper.pk, house.liaison if "liaison" in house.people else house.clerk
    )
    assert not shows(proposal.stream, paper.pk, house.official)
    mark_issued(OfficialDocument.objects.filter(pk=paper.pk))
    assert shows(proposal.stream, paper.pk, house.official)
    assert not shows("proposal:nonsense", paper.pk, house.head)
    assert not shows("register:x", paper.pk, house.head)


def test_a_decision_that_is_not_in_force_has_no_paper_to_sign(house):
    proposal = make_checked(house)
    decision = decide_pilot(proposal, house)
    Decision.objects.update(state=DecisionState.AWAITING_SECOND)

    with pytest.raises(Refused, match="chưa có hiệu lực"):
        signing.send(decision.document_id, by=house.focal, signer=house.head)


def test_a_decision_goes_its_whole_road(house):
    proposal = make_checked(house)
    paper = decide_pilot(proposal, house).document

    signing.send(paper.pk, by=house.focal, signer=house.head)
    signing.sign(paper.pk, by=house.head)
    with pytest.raises(PermissionDenied):
        issuing.issue(paper.pk, by=house.focal)
    issued = issuing.issue(paper.pk, by=house.clerk)

    assert issued.full_number == "01/QĐ-STNMT"
    said = timeline(proposal.stream).items[0]
    assert (said.verb, said.actor) == ("phát hành văn bản số 01/QĐ-STNMT", house.clerk.full_name)
    assert verify().found == {}
    assert issued.facts["signature"]["lines"] == ["GIÁM ĐỐC"]
    assert issued.title in issued.facts["title"]

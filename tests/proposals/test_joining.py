"""Asking to work on a like proposal: a talk with its proposer that leaves the case alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from freezegun import freeze_time

from deadlines.models import Clock
from deadlines.seeds import seed_rules
from journal.models import Entry
from journal.verify import verify
from notifications.models import Notice
from organisation.models import User
from proposals import similarity
from proposals.actions import joining
from proposals.actions.lifecycle import MoveRefused
from proposals.models import JoinRequest, Proposal
from proposals.stages import Stage
from tests.factories.organisation import Province, make_province, sign_in
from tests.factories.proposals import make_coauthor, make_draft, make_proposal

pytestmark = pytest.mark.django_db
TITLE = "Nhắc lịch nộp thuế đất bằng tin nhắn cho hộ gia đình"
ASK = "/de-xuat/xin-tham-gia/"
REQUESTS = 6  # queries


@pytest.fixture
def province() -> Province:
    seed_rules()
    return make_province()


@pytest.fixture
def proposal(province) -> Proposal:
    return sent(province)


def sent(province: Province, stage: str = Stage.UNDER_REVIEW) -> Proposal:
    proposal = make_proposal(
        stage, title=TITLE, proposer=province.official, agency=province.department
    )
    similarity.index_title(proposal)
    return proposal


def asked_by(province: Province, proposal: Proposal, who: str = "colleague") -> JoinRequest:
    return joining.ask(proposal.pk, "Phòng cũng đang làm.", by=province.people[who])


def key_of(client, url: str, name: str = "form") -> str:
    return str(client.get(url).context[name]["key"].value())


def tasks_of(person: User) -> list[str]:
    found = Clock.objects.running().held_by(User.objects.get(pk=person.pk))
    return [clock.verb for clock in found]


def page_of(proposal: Proposal) -> str:
    return reverse("proposals:join_requests", args=[proposal.ref])


def test_the_panel_offers_it_on_the_works_of_others(client, province, proposal):
    link = f"{ASK}?de_xuat={proposal.ref}"
    url = reverse("proposals:similar")

    pages = {}
    for who in ("colleague", "official"):
        sign_in(client, province.people[who])
        pages[who] = client.get(url, {"ten": TITLE}).content.decode()

    assert link in pages["colleague"]
    assert TITLE in pages["official"]
    assert link not in pages["official"]


def test_a_request_reaches_the_proposer_and_leaves_the_case_alone(client, province, proposal):
    before = (proposal.version, proposal.journal_length)
    sign_in(client, province.colleague)
    url = f"{ASK}?de_xuat={proposal.ref}"
    said = {"key": key_of(client, url), "text": "Phòng cũng đang làm."}

    with freeze_time("2022-06-13"):
        answers = [client.post(url, said, follow=True) for _ in range(2)]

    assert "Chờ người đề xuất trả lời" in answers[1].content.decode()
    request = JoinRequest.objects.get()
    assert (request.person, request.content.facts) == (
        province.colleague,
        {"quote": "Phòng cũng đang làm."},
    )
    assert tasks_of(province.official) == ["Trả lời xin cùng tham gia"]
    assert Clock.objects.get(rule__code="JOIN_ANSWER").due_on.isoformat() == "2022-06-20"
    notice = Notice.objects.get(recipient=province.official)
    assert notice.url == page_of(proposal)
    proposal.refresh_from_db()
    assert (proposal.version, proposal.journal_length) == before
    assert verify().exit_code == 0


def test_the_case_leads_its_proposer_alone_to_the_requests(client, province, proposal):
    asked_by(province, proposal)
    make_coauthor(proposal, province.deputy)
    content = reverse("proposals:content", args=[proposal.ref])

    own = sign_in(client, province.official).get(content).content.decode()
    assert f'<a href="{page_of(proposal)}">1 người, 1 chờ trả lời</a>' in own
    for other in (province.deputy, province.head):
        page = sign_in(client, other).get(content).content.decode()
        assert page_of(proposal) not in page


@pytest.mark.parametrize(
    ("button", "accepted", "heading"),
    [
        ("nhan-loi", True, "Người đề xuất nhận lời"),
        ("khong", False, "Người đề xuất không nhận lời"),
    ],
)
def test_the_proposer_answers_each_once(client, province, proposal, button, accepted, heading):
    request = asked_by(province, proposal)
    sign_in(client, province.official)
    ((_, form),) = client.get(page_of(proposal)).context["rows"]
    said = {"key": str(form["key"].value()), "request": str(request.ref), "text": "Mời trao đổi."}

    codes = [
        client.post(page_of(proposal), said | {"tra-loi": button}).status_code for _ in range(2)
    ]

    assert codes == [302, 302]
    request.refresh_from_db()
    assert request.is_accepted is accepted
    assert tasks_of(province.official) == []
    assert proposal.coauthors.count() == 0
    told = Notice.objects.get(recipient=province.colleague)
    sign_in(client, province.colleague)
    page = client.get(told.url).content.decode()
    assert heading in page
    assert "Mời trao đổi." in page
    assert (province.official.email in page) is accepted
    names = Entry.objects.filter(actor=province.official.ref).values_list("action", flat=True)
    assert ("user.accept_join" in names) is accepted


def test_only_the_proposer_answers(client, province, proposal):
    request = asked_by(province, proposal)
    for who in ("colleague", "head", "focal", "district_official", "admin"):
        sign_in(client, province.people[who])
        assert client.get(page_of(proposal)).status_code == 404, who
        with pytest.raises(PermissionDenied):
            joining.answer(request.pk, "x", is_accepted=True, by=province.people[who])
    make_coauthor(proposal, province.colleague)
    sign_in(client, province.colleague)

    page = client.get(page_of(proposal)).content.decode()

    assert "Chờ người đề xuất trả lời." in page
    with pytest.raises(PermissionDenied):
        joining.answer(request.pk, "x", is_accepted=True, by=province.colleague)


def test_an_answer_is_given_once(province, proposal):
    request = asked_by(province, proposal)
    joining.answer(request.pk, "Vâng.", is_accepted=True, by=province.official)

    with pytest.raises(MoveRefused, match="Yêu cầu này đã được trả lời"):
        joining.answer(request.pk, "Không.", is_accepted=False, by=province.official)


def test_what_is_refused(province, proposal):
    asked_by(province, proposal)
    over = sent(province, Stage.CONCLUDED)

    with pytest.raises(MoveRefused, match="đang chờ người đề xuất"):
        asked_by(province, proposal)
    with pytest.raises(MoveRefused, match="Đồng chí đã cùng đề xuất"):
        asked_by(province, proposal, "official")
    with pytest.raises(MoveRefused, match="không còn được xem xét"):
        asked_by(province, over)


@pytest.mark.parametrize("stage", [Stage.UNDER_REVIEW, Stage.DRAFT, Stage.WITHDRAWN, Stage.REFUSED])
def test_nothing_is_told_of_what_may_not_be_known(client, province, stage):
    hidden = (
        make_draft(proposer=province.official, agency=province.department)
        if stage == Stage.DRAFT
        else sent(province, stage)
    )
    sign_in(client, province.district_official)

    assert client.get(f"{ASK}?de_xuat={hidden.ref}").status_code == 404


@pytest.mark.parametrize("query", ["", "?de_xuat=", "?de_xuat=khong-phai"])
def test_without_a_proposal_one_looks_for_one(client, province, query):
    sign_in(client, province.official)

    assert client.get(ASK + query)["Location"] == reverse("proposals:similar")


def test_an_empty_word_is_asked_for_again(client, province, proposal):
    sign_in(client, province.colleague)
    url = f"{ASK}?de_xuat={proposal.ref}"

    page = client.post(url, {"key": key_of(client, url), "text": " "}).content.decode()

    assert "Nhập lời nhắn cho người đề xuất." in page
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_requests_cost_the_same_for_more(
    client, province, proposal, number, django_assert_num_queries
):
    for who in ["deputy", "colleague", "section_official"][:number]:
        asked_by(province, proposal, who)
    sign_in(client, province.official)
    client.get(page_of(proposal))

    with django_assert_num_queries(REQUESTS):
        page = client.get(page_of(proposal)).content.decode()

    assert page.count("Phòng cũng đang làm.") == number

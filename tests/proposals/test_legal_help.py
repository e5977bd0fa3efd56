"""Help with the law while writing: asked from the form, answered by the agency, read beside it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from freezegun import freeze_time

from deadlines.models import Clock
from deadlines.seeds import seed_rules
from journal.conflicts import Conflict
from journal.models import Entry
from journal.verify import verify
from notifications.models import Notice
from organisation.models import User
from organisation.stages import Role
from proposals.actions import drafting, legal_help
from proposals.actions.lifecycle import MoveRefused
from proposals.models import LegalQuestion, Proposal
from proposals.stages import Part, Stage
from tests.factories.organisation import Province, make_province, make_user, sign_in
from tests.factories.proposals import make_draft, make_proposal
from tests.proposals.filling import open_part, part_url, post_part

pytestmark = pytest.mark.django_db
PART = 10  # queries
WORDS = "Quy định nào cấm trả kết quả tại nhà?"


@pytest.fixture
def province() -> Province:
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province) -> Proposal:
    return make_draft(proposer=province.official, agency=province.department)


def page_of(asked: LegalQuestion) -> str:
    return reverse("proposals:legal_question", args=[asked.ref])


def tasks_of(person: User) -> list[str]:
    found = Clock.objects.running().held_by(User.objects.get(pk=person.pk))
    return [clock.verb for clock in found]


def test_a_question_is_asked_without_leaving_the_draft(client, province, draft):
    sign_in(client, province.official)

    response = post_part(
        client, draft, Part.PROBLEM, then="phap-che", legal_question=WORDS, problem="Vấn đề mới."
    )

    draft.plan.refresh_from_db()
    page = client.get(response["Location"]).content.decode()
    asked = draft.legal_questions.get()
    assert response["Location"] == f"{part_url(draft, Part.PROBLEM)}#phap-che"
    assert draft.plan.problem == "Vấn đề mới."
    assert WORDS in page
    assert "Chờ trả lời trước" in page
    assert 'name="legal_question"' not in page
    assert asked.content.facts == {"quote": WORDS}


def test_the_focal_point_gets_a_task_and_a_notice_without_the_draft(client, province, draft):
    with freeze_time("2022-06-13"):
        asked = legal_help.ask(draft.pk, WORDS, by=province.official)

    assert tasks_of(province.focal) == ["Trả lời câu hỏi"]
    assert tasks_of(province.head) == []
    clock = Clock.objects.get(subject_kind="legal_question")
    assert (clock.title, clock.due_on.isoformat()) == (
        "Câu hỏi về quy định đang vướng",
        "2022-06-20",
    )
    notice = Notice.objects.get(recipient=province.focal)
    assert (notice.url, notice.stream) == (page_of(asked), "")
    sign_in(client, province.focal)
    page = client.get(page_of(asked)).content.decode()
    assert WORDS in page
    assert draft.title not in page
    assert draft.title not in client.get("/").content.decode()
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_answer_stands_beside_the_field(client, province, draft):
    asked = legal_help.ask(draft.pk, WORDS, by=province.official)
    sign_in(client, province.focal)
    key = str(client.get(page_of(asked)).context["form"]["key"].value())

    said = {"key": key, "answer": "Điều 12 Quyết định 45/2016/QĐ-TTg cho phép."}
    answers = [client.post(page_of(asked), said).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert tasks_of(province.focal) == []
    told = Notice.objects.get(recipient=province.official)
    assert told.url == part_url(draft, Part.PROBLEM)
    sign_in(client, province.official)
    page = client.get(told.url).content.decode()
    assert "Điều 12 Quyết định 45/2016/QĐ-TTg cho phép." in page
    assert 'name="legal_question"' in page  # another may be asked now
    names = Entry.objects.of(draft.stream).order_by("seq").values_list("action", flat=True)
    assert list(names) == ["proposal.ask_legal", "proposal.answer_legal"]


@pytest.mark.parametrize(
    "person", ["official", "colleague", "clerk", "district_focal", "home_affairs_lead", "admin"]
)
def test_nobody_else_finds_the_question(client, province, draft, person):
    asked = legal_help.ask(draft.pk, WORDS, by=province.official)
    sign_in(client, province.people[person])

    assert client.get(page_of(asked)).status_code == 404
    assert client.post(page_of(asked), {"answer": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        legal_help.answer(asked.pk, "x", by=User.objects.get(pk=province.people[person].pk))


def test_one_question_at_a_time(client, province, draft):
    legal_help.ask(draft.pk, WORDS, by=province.official)
    sign_in(client, province.official)

    response = post_part(client, draft, Part.PROBLEM, then="phap-che", legal_question="Còn gì?")

    assert response.status_code == 422
    assert draft.legal_questions.count() == 1


def test_an_empty_question_is_asked_for_again(client, province, draft):
    sign_in(client, province.official)

    response = post_part(client, draft, Part.PROBLEM, then="phap-che", legal_question=" ")

    assert response.status_code == 422
    assert "Nhập câu hỏi cho pháp chế." in response.content.decode()
    assert not LegalQuestion.objects.exists()


def test_an_answer_is_given_once(province, draft):
    asked = legal_help.ask(draft.pk, WORDS, by=province.official)
    legal_help.answer(asked.pk, "Không cấm.", by=province.focal)

    with pytest.raises(MoveRefused, match="Câu hỏi này đã được trả lời"):
        legal_help.answer(asked.pk, "Có cấm.", by=province.focal)


def test_a_focal_point_who_writes_asks_the_head(province):
    draft = make_draft(proposer=province.focal, agency=province.department)

    asked = legal_help.ask(draft.pk, WORDS, by=province.focal)

    assert tasks_of(province.head) == ["Trả lời câu hỏi"]
    assert not legal_help.may_answer(asked, draft, province.focal)


def test_where_nobody_could_answer_it_is_said():
    seed_rules()
    writer = make_user(role=Role.PROPOSER)
    agency = writer.appointments.get().unit
    draft = make_draft(proposer=writer, agency=agency)

    with pytest.raises(MoveRefused, match="Cơ quan chưa có đầu mối"):
        legal_help.ask(draft.pk, WORDS, by=writer)


def test_only_authors_ask_and_only_while_it_may_be_changed(province, draft):
    sent = make_proposal(Stage.UNDER_REVIEW, proposer=province.official, agency=province.department)

    with pytest.raises(PermissionDenied):
        legal_help.ask(draft.pk, WORDS, by=province.colleague)
    with pytest.raises(Conflict):
        legal_help.ask(sent.pk, WORDS, by=province.official)


def test_a_draft_that_is_thrown_away_takes_the_task_along(province, draft):
    legal_help.ask(draft.pk, WORDS, by=province.official)

    drafting.discard(draft.pk, by=province.official)

    assert tasks_of(province.focal) == []
    assert not LegalQuestion.objects.exists()
    assert verify().findings == []


@pytest.mark.parametrize("answered", [1, 3])
def test_the_part_costs_the_same_for_more_questions(
    client, province, draft, answered, django_assert_num_queries
):
    for number in range(answered):
        asked = legal_help.ask(draft.pk, f"Câu hỏi {number}", by=province.official)
        legal_help.answer(asked.pk, f"Trả lời {number}", by=province.focal)
    sign_in(client, province.official)
    open_part(client, draft, Part.PROBLEM)

    with django_assert_num_queries(PART):
        page = client.get(part_url(draft, Part.PROBLEM)).content.decode()

    assert page.count("Trả lời ") >= answered

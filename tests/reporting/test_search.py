"""The one search box: a code jumps, words are found without tone marks, rights hold."""

import pytest
from django.utils import timezone
from freezegun import freeze_time

from organisation.stages import Role
from proposals.stages import Stage
from tests.factories.documents import make_issued
from tests.factories.organisation import make_province, make_user, sign_in
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
QUERIES = 7


@pytest.fixture
def author():
    return make_user(role=Role.PROPOSER)


def find(client, user, text):
    return sign_in(client, user).get("/tim/", {"q": text})


def test_a_code_jumps_to_its_case(client, author):
    proposal = make_proposal(Stage.UNDER_REVIEW, proposer=author)

    assert find(client, author, f" {proposal.code.lower()} ")["Location"] == (
        proposal.get_absolute_url()
    )


def test_a_code_of_somebody_else_leads_nowhere(client, author):
    proposal = make_proposal(Stage.UNDER_REVIEW)

    answer = find(client, author, proposal.code)

    assert answer.status_code == 200
    assert answer.context["count"] == 0
    assert proposal.title not in answer.content.decode()


@pytest.mark.parametrize("text", ["trả kết quả", "tra ket qua", "KET  QUA tra"])
def test_words_are_found_with_and_without_tone_marks(client, author, text):
    proposal = make_proposal(Stage.UNDER_REVIEW, proposer=author, title="Trả kết quả tại nhà")
    make_proposal(Stage.UNDER_REVIEW, proposer=author, title="Khảo sát một lần")

    answer = find(client, author, text)

    assert list(answer.context["cases"]) == [proposal]
    assert answer.context["count"] == 1


def test_home_affairs_does_not_find_what_it_may_only_see_a_line_of(client):
    make_proposal(Stage.UNDER_REVIEW, title="Trả kết quả tại nhà")
    allowed = make_proposal(Stage.MONITORED, title="Trả kết quả tại xã")

    answer = find(client, make_user(role=Role.HOME_AFFAIRS_OFFICER), "tra ket qua")

    assert list(answer.context["cases"]) == [allowed]


def test_nothing_found_says_what_to_try(client, author):
    page = find(client, author, "khong co").content.decode()

    assert 'Không có kết quả cho "khong co". Thử bớt từ, bỏ bộ lọc, hoặc tìm không dấu.' in page


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "\u202e"])
def test_what_is_no_question_gets_no_answer(client, author, text):
    answer = find(client, author, text)

    assert answer.status_code == 200
    assert answer.context["count"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    client, author, rows, django_assert_num_queries
):
    for number in range(rows):
        make_proposal(Stage.MONITORED, proposer=author, title=f"Hồ sơ số {number}")
    sign_in(client, author).get("/huong-dan/")

    with django_assert_num_queries(QUERIES):
        page = client.get("/tim/", {"q": "ho so"}).content.decode()

    assert page.count("Hồ sơ số") == rows


def test_the_number_of_a_paper_jumps_to_it_for_whoever_may_see_it(client):
    house = make_province()
    paper = make_issued(house)
    number = f" {paper.number} / {paper.notation.lower()} "

    assert find(client, house.clerk, number)["Location"] == paper.get_absolute_url()
    assert find(client, make_user(role=Role.PROPOSER), number).context["papers"] == []


def test_papers_of_one_number_are_listed(client):
    house = make_province()
    with freeze_time(f"{timezone.localdate().year - 1}-06-15 09:00"):
        other = make_issued(house)
    paper = make_issued(house)

    page = find(client, house.clerk, paper.full_number)

    assert set(page.context["papers"]) == {paper, other}
    assert "Văn bản (2)" in page.content.decode()


def test_a_draft_that_is_found_is_called_one(client, author):
    make_proposal(Stage.DRAFT, proposer=author, title="Trả kết quả tại nhà")

    page = find(client, author, "tra ket qua").content.decode()

    assert "Bản nháp · " in page
    assert "None" not in page

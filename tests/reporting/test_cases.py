"""All cases of the province: who sees the list, which lines, and what the filter leaves."""

from datetime import timedelta

import pytest

from organisation.days import today
from organisation.stages import Role
from proposals.stages import Stage
from reporting import tables
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.proposals import make_draft, make_proposal

pytestmark = pytest.mark.django_db
CASES = "/ho-so/"
QUERIES = 6


def titles(client, user, **query):
    answer = sign_in(client, user).get(CASES, query)
    return [row.title for row in answer.context["cases"]]


@pytest.fixture
def officer():
    return make_user(role=Role.HOME_AFFAIRS_OFFICER)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.HOME_AFFAIRS_OFFICER, 200),
        (Role.HOME_AFFAIRS_LEAD, 200),
        (Role.INSPECTOR, 200),
        (Role.AGENCY_HEAD, 404),
        (Role.PROPOSER, 404),
        (Role.ADMIN, 404),
    ],
)
def test_the_list_is_for_those_who_watch_the_province(client, role, status):
    assert sign_in(client, make_user(role=role)).get(CASES).status_code == status


def test_home_affairs_sees_a_line_of_what_is_undecided_and_opens_what_is_decided(client, officer):
    waiting = make_proposal(Stage.UNDER_REVIEW, title="Chưa quyết định")
    allowed = make_proposal(Stage.APPROVED_PILOT, title="Đã cho thí điểm")
    make_draft(title="Còn là bản nháp")

    page = sign_in(client, officer).get(CASES)

    assert [row.title for row in page.context["cases"]] == ["Đã cho thí điểm", "Chưa quyết định"]
    assert allowed.get_absolute_url() in page.content.decode()
    assert waiting.get_absolute_url() not in page.content.decode()
    assert client.get(waiting.get_absolute_url()).status_code == 404


def test_an_inspector_opens_undecided_cases_too(client):
    waiting = make_proposal(Stage.UNDER_REVIEW)

    page = sign_in(client, make_user(role=Role.INSPECTOR)).get(CASES).content.decode()

    assert waiting.get_absolute_url() in page


def test_words_are_found_with_and_without_tone_marks(client, officer):
    make_proposal(Stage.MONITORED, title="Trả kết quả tại nhà")
    make_proposal(Stage.MONITORED, title="Khảo sát một lần")

    assert titles(client, officer, q="tra ket qua") == ["Trả kết quả tại nhà"]
    assert titles(client, officer, q="KẾT QUẢ nhà") == ["Trả kết quả tại nhà"]
    assert titles(client, officer, q="không có gì như thế") == []


def test_the_filter_narrows_by_stage_agency_and_deadline(client, officer):
    here = make_unit("Sở Xây dựng Mẫu")
    make_proposal(Stage.MONITORED, title="Ở đây", agency=here)
    make_proposal(Stage.CONCLUDED, title="Đã xong")
    make_proposal(Stage.UNDER_REVIEW, title="Quá hạn", due_on=today() - timedelta(days=1))
    make_proposal(
        Stage.RETURNED,
        title="Đang tạm ngừng",
        due_on=today() - timedelta(days=1),
        is_clock_paused=True,
    )

    assert titles(client, officer, agency=str(here.ref)) == ["Ở đây"]
    assert titles(client, officer, stage="concluded") == ["Đã xong"]
    assert titles(client, officer, late="co") == ["Quá hạn"]


def test_nonsense_in_the_address_filters_nothing(client, officer):
    make_proposal(Stage.MONITORED, title="Một hồ sơ")

    assert titles(client, officer, stage="khong-co", sau="x_y") == ["Một hồ sơ"]


def test_pages_follow_one_another_without_gap_or_repeat(client, officer, monkeypatch):
    monkeypatch.setattr(tables, "PAGE", 2)
    for number in range(5):
        make_proposal(Stage.MONITORED, title=f"Hồ sơ {number}")
    sign_in(client, officer)

    found, address = [], CASES
    while address:
        answer = client.get(address)
        found += [row.title for row in answer.context["cases"]]
        address = answer.context["next_page"] and CASES + answer.context["next_page"]

    assert found == [f"Hồ sơ {number}" for number in (4, 3, 2, 1, 0)]


def test_the_count_stands_on_top(client, officer):
    for _ in range(2):
        make_proposal(Stage.MONITORED)

    assert "2 hồ sơ" in sign_in(client, officer).get(CASES).content.decode()


def test_htmx_gets_the_rows_alone(client, officer):
    make_proposal(Stage.MONITORED, title="Một hồ sơ")

    page = sign_in(client, officer).get(CASES, headers={"HX-Request": "true"}).content.decode()

    assert page.lstrip().startswith('<div id="ho-so">')
    assert "Một hồ sơ" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, officer, rows, django_assert_num_queries
):
    for number in range(rows):
        make_proposal(Stage.MONITORED, title=f"Hồ sơ số {number}")
    sign_in(client, officer).get("/huong-dan/")

    with django_assert_num_queries(QUERIES):
        page = client.get(CASES, headers={"HX-Request": "true"}).content.decode()

    assert page.count("Hồ sơ số") == rows

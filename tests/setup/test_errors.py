"""HT-03: whatever goes wrong ends in a page in Vietnamese that gives nothing away."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory

from config.unsent import unsent

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.setup.error_urls")]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/loi/bad/", 400, "Không đọc được yêu cầu"),
        ("/loi/denied/", 403, "Không có quyền xem trang này"),
        ("/khong-co/canary/", 404, "Không tìm thấy trang"),
        ("/dang-xuat/", 405, "Trang này chỉ nhận biểu mẫu"),
        ("/loi/broken/", 500, "Hệ thống đang gặp sự cố"),
        ("/loi/away/", 503, "Hệ thống tạm dừng để bảo trì"),
    ],
)
def test_error_pages(visitor, path, status, heading):
    response = visitor.get(path)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>\n          {heading}" in page or heading in page
    assert response["X-Request-Id"] in page
    assert 'lang="vi"' in page
    assert "canary" not in page
    assert "Traceback" not in page


def test_a_refusal_names_whose_page_it_is(visitor):
    page = visitor.get("/loi/denied/").content.decode()

    assert "Trang thuộc phạm vi của Sở Nội vụ." in page


def test_the_database_away_is_worth_a_retry(visitor):
    response = visitor.get("/loi/away/")

    assert response["Retry-After"] == "30"


SENT = {"key": "6f1c", "reason": "Đồng ý <b>hai huyện</b>", "kind": "pilot"}


def sent_while_away(**over: object) -> str:
    """The page that answers a form of ours when the database is away."""
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    strict.cookies["csrf"] = token = "a1B2" * 8
    return strict.post("/loi/away/", SENT | {"csrfmiddlewaretoken": token} | over).content.decode()


def test_what_was_sent_while_the_database_was_away_can_be_sent_again():
    page = sent_while_away()

    assert 'name="key" value="6f1c"' in page
    assert 'name="kind" value="pilot"' in page
    assert page.count("Đồng ý &lt;b&gt;hai huyện&lt;/b&gt;") == 2  # to send and to read
    assert "Gửi lại</button>" in page


def test_what_holds_a_password_is_not_shown_again():
    page = sent_while_away(new_password="mật khẩu mới")

    assert "hai huyện" not in page
    assert "mật khẩu" not in page
    assert "Thử lại sau ít phút." in page


@pytest.mark.parametrize(("token", "is_kept"), [("a1B2" * 8, True), ("Z9y8" * 8, False)])
def test_what_no_page_of_ours_sent_is_not_shown_again(token, is_kept):
    """The database may go before the form's token was looked at."""
    request = RequestFactory().post("/", SENT | {"csrfmiddlewaretoken": token})
    request.COOKIES["csrf"] = "a1B2" * 8

    assert bool(unsent(request)) == is_kept


def test_files_are_chosen_again_and_the_words_stay():
    page = sent_while_away(file=ContentFile(b"x", "a.pdf"))

    assert "chọn lại tệp" in page
    assert "Gửi lại</button>" not in page
    assert page.count("Đồng ý &lt;b&gt;hai huyện&lt;/b&gt;") == 1


def test_a_form_without_its_token_is_refused_in_vietnamese():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/echo/", {"word": "canary"})

    assert response.status_code == 403
    assert "Phiên làm việc đã hết" in response.content.decode()


def test_a_body_over_30_mb_is_turned_away_unread(visitor):
    response = visitor.generic("POST", "/echo/", b"", CONTENT_LENGTH=str(30 * 1024 * 1024 + 1))

    assert response.status_code == 413
    assert "Tổng dung lượng vượt 30 MB." in response.content.decode()


def test_a_body_of_30_mb_is_taken(visitor):
    assert visitor.post("/echo/", {"word": "x" * 1000}).status_code == 200


@pytest.mark.parametrize(("fields", "status"), [(1000, 200), (1001, 400)])
def test_a_form_has_at_most_1000_fields(visitor, fields, status):
    response = visitor.post("/echo/", {f"field{number}": "1" for number in range(fields)})

    assert response.status_code == status


@pytest.mark.parametrize(("length", "status"), [(200, 200), (201, 400)])
def test_a_search_has_at_most_200_characters(visitor, length, status):
    assert visitor.get("/echo/", {"q": "ộ" * length}).status_code == status


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_methods_we_have_no_use_for_are_refused(visitor, method):
    response = visitor.generic(method, "/echo/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_an_unknown_host_is_refused(visitor):
    response = visitor.get("/echo/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()

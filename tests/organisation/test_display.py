"""How one sees the portal: kept on the account, so that it follows to any computer."""

import pytest

from organisation.models import User
from tests.factories.organisation import make_user, sign_in
from tests.organisation.pages import carried

pytestmark = pytest.mark.django_db
URL = "/tai-khoan/hien-thi/"


@pytest.fixture
def person(client) -> User:
    person = make_user()
    sign_in(client, person)
    return person


def frame(client) -> str:
    """The outermost tags of a page that has nothing to do with the setting."""
    return client.get("/thong-bao/").content.decode().partition("<main")[0]


def test_everybody_begins_with_the_usual(client, person):
    page = frame(client)

    assert "data-text=" not in page
    assert "data-shortcuts" not in page


def test_a_choice_shows_on_every_page(client, person):
    said = {"text_size": "large", "has_dense_tables": "on"}

    answer = client.post(URL, carried(client, URL) | said, follow=True)

    assert "Đã lưu thay đổi." in answer.content.decode()
    page = frame(client)
    assert 'data-text="large"' in page
    assert 'data-rows="dense"' in page
    assert 'data-shortcuts="off"' in page


def test_a_choice_is_taken_back(client, person):
    client.post(URL, carried(client, URL) | {"text_size": "large"})

    client.post(URL, carried(client, URL) | {"text_size": "normal", "has_shortcuts": "on"})

    assert "data-text=" not in frame(client)
    assert "data-shortcuts" not in frame(client)


def test_nobody_else_sees_it_so(client, person, client_factory):
    client.post(URL, carried(client, URL) | {"text_size": "large"})

    assert "data-text=" not in frame(sign_in(client_factory(), make_user()))


def test_an_unknown_size_is_refused(client, person):
    page = client.post(URL, carried(client, URL) | {"text_size": "huge"}).content.decode()

    assert "Chọn cỡ chữ trong danh sách." in page
    assert User.objects.get(pk=person.pk).text_size == "normal"


def test_it_does_not_make_the_form_of_an_administrator_stale(client, person):
    before = person.version

    client.post(URL, carried(client, URL) | {"text_size": "large"})

    assert User.objects.get(pk=person.pk).version == before

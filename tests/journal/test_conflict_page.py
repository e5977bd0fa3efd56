"""Whoever comes second is told who was first, and keeps what was typed (TX-02, TX-04)."""

from uuid import uuid4

import pytest
from django import forms
from django.db import OperationalError, connection
from django.http import QueryDict

from journal.models import Entry, OnceKey
from journal.typed import typed
from tests.factories.organisation import make_user, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.journal.pages")]
TYPED = "Đồng ý, đề nghị làm thử ở hai xã."


@pytest.fixture
def signed(client):
    return sign_in(client, make_user())


@pytest.fixture
def stale():
    return {"key": str(uuid4()), "version": "2", "text": TYPED, "password": "bi mat"}


def test_stale_form_is_answered_with_409_and_the_text(signed, stale):
    response = signed.post("/ghi/", stale)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Trần Thị Ví Dụ đã xử lý hồ sơ này" in page
    assert TYPED in page
    assert "Ý kiến" in page
    assert 'href="/de-xuat/"' in page


def test_a_tick_that_was_carried_on_unset_is_not_said():
    class Ticks(forms.Form):
        one = forms.BooleanField(label="Một")
        two = forms.BooleanField(label="Hai")

    assert typed(QueryDict("one=False&two=on"), Ticks()) == [("Hai", "Có")]


def test_page_repeats_no_key_and_no_password(signed, stale):
    response = signed.post("/ghi/", stale)

    assert response.context["kept"] == [("Ý kiến", TYPED)]
    assert "bi mat" not in response.content.decode()


def test_stale_form_writes_nothing(signed, stale):
    signed.post("/ghi/", stale)

    assert not Entry.objects.exists()
    assert not OnceKey.objects.exists()


def test_htmx_gets_the_page_in_place_of_the_piece_it_asked_for(signed, stale):
    response = signed.post("/ghi/", stale, headers={"HX-Request": "true"})

    assert response.status_code == 409
    assert {name: value for name, value in response.items() if name.startswith("HX-")} == {
        "HX-Retarget": "#noi-dung",
        "HX-Reselect": "#noi-dung",
        "HX-Reswap": "outerHTML",
    }
    assert 'id="noi-dung"' in response.content.decode()


def test_page_without_htmx_has_no_htmx_headers(signed, stale):
    assert "HX-Retarget" not in signed.post("/ghi/", stale)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no statement_timeout")
def test_lock_that_could_not_be_had_is_503_with_the_text(client):
    response = client.post("/ket/", {"text": TYPED})

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Nhiều người đang cùng xử lý hồ sơ này." in response.content.decode()
    assert TYPED in response.content.decode()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no statement_timeout")
def test_lock_that_could_not_be_had_is_409_for_htmx_which_shows_no_503(client):
    response = client.post("/ket/", {"text": TYPED}, headers={"HX-Request": "true"})

    assert (response.status_code, response["Retry-After"]) == (409, "5")
    assert TYPED in response.content.decode()


def test_database_that_is_gone_is_not_taken_for_a_conflict(client):
    with pytest.raises(OperationalError):
        client.get("/mat/")


def test_form_has_a_fresh_key_each_time_and_no_id_twice(signed):
    first, second = (signed.get("/ghi/").content.decode() for _ in range(2))

    assert first != second
    assert 'name="version" value="3"' in first
    assert "id=" not in first


def test_same_form_sent_again_leads_to_the_first_answer(signed):
    form = {"key": str(uuid4()), "version": "3", "text": TYPED}

    answers = [signed.post("/ghi/", form) for _ in range(3)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/ghi/1/")] * 3
    assert Entry.objects.count() == 1


def test_same_key_with_other_words_is_409_and_keeps_them(signed):
    form = {"key": str(uuid4()), "version": "3", "text": "Đồng ý"}
    signed.post("/ghi/", form)

    response = signed.post("/ghi/", form | {"text": TYPED})

    assert response.status_code == 409
    assert "Biểu mẫu này đã được gửi với nội dung khác." in response.content.decode()
    assert TYPED in response.content.decode()
    assert Entry.objects.count() == 1


def test_same_key_by_another_person_is_409(signed, client):
    form = {"key": str(uuid4()), "version": "3", "text": TYPED}
    signed.post("/ghi/", form)

    sign_in(client, make_user())

    assert client.post("/ghi/", form).status_code == 409

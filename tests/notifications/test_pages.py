"""The list of notices and the mail page of the demo."""

import uuid

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse

from notifications import views
from notifications.actions import mark_read
from notifications.models import Notice
from proposals.stages import Stage
from tests.factories.notifications import make_notice, tell
from tests.factories.organisation import make_user, sign_in
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
LIST = "/thong-bao/"
LIST_QUERIES = 9
STREAM = "proposal:00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_shows_ones_own_notices_in_constant_queries(
    client, number, django_assert_num_queries
):
    user = make_user()
    for at in range(number):
        make_notice(user, subject=f"[DX-{at}] Chờ đồng chí xem xét")
    make_notice(subject="[DX-9] Việc của người khác")
    sign_in(client, user)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(LIST)

    text = page.content.decode()
    assert text.count("Chờ đồng chí xem xét</a>") == number
    assert "Việc của người khác" not in text


def test_an_empty_list_says_so(client):
    page = sign_in(client, make_user()).get(LIST)

    assert "Không có thông báo mới." in page.content.decode()


def test_unread_notices_can_be_shown_alone(client):
    user = make_user()
    old = make_notice(user, subject="[DX-1] Đã đọc")
    mark_read(user, [old.ref])
    make_notice(user, subject="[DX-2] Chưa đọc")

    text = sign_in(client, user).get(LIST, {"chua_doc": "on"}).content.decode()

    assert "[DX-2] Chưa đọc" in text
    assert "[DX-1] Đã đọc" not in text


def test_a_long_list_goes_on_from_the_last_row(client, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    user = make_user()
    for at in range(5):
        make_notice(user, subject=f"[DX-{at}] Việc")
    sign_in(client, user)

    seen, address = [], LIST
    while address:
        page = client.get(address)
        seen += [notice.subject for notice in page.context["notices"]]
        address = page.context["more_url"]

    assert seen == [f"[DX-{at}] Việc" for at in (4, 3, 2, 1, 0)]


def test_somebody_elses_row_is_no_place_to_go_on_from(client):
    theirs = make_notice()
    sign_in(client, make_user())

    assert client.get(LIST, {"truoc": str(theirs.ref)}).status_code == 404
    assert client.get(LIST, {"truoc": "khong-phai-ma"}).status_code == 200


def test_marking_one_as_read_is_for_its_recipient_and_by_post(client):
    user = make_user()
    mine, other, theirs = make_notice(user), make_notice(user), make_notice()
    sign_in(client, user)
    address = reverse("notifications:read", args=[mine.ref])

    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == LIST
    assert client.post(reverse("notifications:read", args=[theirs.ref])).status_code == 404
    assert client.post(reverse("notifications:read", args=[uuid.uuid4()])).status_code == 404
    assert set(Notice.objects.unread()) == {other, theirs}


def test_marking_all_as_read_leaves_other_people_alone(client):
    user = make_user()
    make_notice(user)
    make_notice(user)
    theirs = make_notice()

    sign_in(client, user)

    said = [client.post(reverse("notifications:read_all"), follow=True) for _ in range(2)]

    assert list(Notice.objects.unread()) == [theirs]
    assert ["Đã đánh dấu đọc 2 thông báo." in page.content.decode() for page in said] == [
        True,
        False,
    ]


def test_opening_a_page_marks_what_was_told_of_it(client):
    """ux §14: the notices of the page are read once it was shown; its bell leaves them out."""
    user = make_user()
    here = make_notice(user, url="/huong-dan/")
    other = make_notice(user)
    theirs = make_notice(url="/huong-dan/")
    sign_in(client, user)

    first = client.get("/huong-dan/").content.decode()
    again = client.get("/huong-dan/").content.decode()

    assert "Thông báo, 1 tin chưa đọc" in first
    assert "Thông báo, 1 tin chưa đọc" in again
    here.refresh_from_db()
    assert here.read_at
    assert set(Notice.objects.unread()) == {other, theirs}


def test_opening_a_case_marks_all_that_it_told(client):
    proposal = make_proposal(stage=Stage.SUBMITTED)
    user = proposal.proposer
    about = make_notice(user, stream=proposal.stream)
    other = make_notice(user, stream=STREAM)
    stranger = make_user()
    theirs = make_notice(stranger, stream=proposal.stream)

    for person in (stranger, user):
        sign_in(client, person).get(proposal.get_absolute_url())

    about.refresh_from_db()
    assert about.read_at
    assert set(Notice.objects.unread()) == {other, theirs}  # who gets a 404 has opened nothing


def test_serious_notices_are_marked(client):
    user = make_user()
    tell(user, serious=True)

    assert "Nghiêm trọng" in sign_in(client, user).get(LIST).content.decode()


def test_the_list_needs_an_account(client):
    assert client.get(LIST).status_code == 302


def test_the_mail_page_exists_in_a_demo_only(client, settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"
    assert client.get(reverse("notifications:demo_mail")).status_code == 404

    settings.DEMO = True
    page = client.get(reverse("notifications:demo_mail"))

    assert page.status_code == 200
    assert "Chưa có thư nào." in page.content.decode()


def test_the_mail_page_shows_the_letters_of_the_folder(client, settings, tmp_path):
    settings.DEMO, settings.MAIL_DIR = True, tmp_path
    backend = EmailBackend(file_path=str(tmp_path))
    for at in (1, 2):
        letter = EmailMultiAlternatives(
            f"[DX-{at}] Có việc", f"Đường dẫn: http://x.test/{at}/ <b>", "a@b.test", ["c@d.test"]
        )
        letter.attach_alternative("<p>html</p>", "text/html")
        backend.send_messages([letter])

    text = client.get(reverse("notifications:demo_mail")).content.decode()

    assert "[DX-1] Có việc" in text
    assert "[DX-2] Có việc" in text
    assert "c@d.test" in text
    assert 'href="http://x.test/1/"' in text
    assert "&lt;b&gt;" in text

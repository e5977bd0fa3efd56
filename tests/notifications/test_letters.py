"""What a letter says, in which order, in text and in HTML (ux §14, OB-05, OB-07)."""

import re
from html import unescape

import pytest
from django.test import RequestFactory
from freezegun import freeze_time

from deadlines.parties import Holder
from notifications.mail import letter_of
from notifications.models import OutboxMessage
from notifications.tasks import send_waiting_mail
from tests.factories.deadlines import make_clock, make_subject
from tests.factories.notifications import make_letter
from tests.factories.organisation import make_user
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
SITE = "https://dexuat.vidu.test"
PAGE = "/de-xuat/mot-de-xuat/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL, settings.PROVINCE_NAME = SITE, "tỉnh Ninh Thuận"
    settings.SUPPORT_LINE = "0259 000 000"


def parts(letter: OutboxMessage) -> tuple[str, str]:
    """The text, and the words of the HTML part with the addresses that it leads to."""
    drawn = letter_of(letter)
    html = str(drawn.alternatives[0][0])
    body = html.partition("<body")[2].partition("Kính gửi")
    words = unescape(re.sub(r"<(?!a\b)[^>]*>", " ", body[1] + body[2]))
    return str(drawn.body), " ".join(words.split())


def in_order(text: str, *pieces: str) -> bool:
    places = [text.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)


@freeze_time("2021-10-25 08:00+07:00")
def test_need_and_day_come_first_then_the_button_the_facts_and_the_reason():
    user, subject = make_user(full_name="Trần Thị Ví Dụ"), make_subject()
    make_clock(subject=subject, holder=Holder.person(user), url=PAGE)
    letter = make_letter(
        user,
        key="review-1",
        stream=subject.stream,
        subject=f"[{subject.code}] Chờ đồng chí xem xét",
        text='Đồng chí Nguyễn Văn Mẫu gửi đề xuất "Trả kết quả tại nhà".',
        url=PAGE,
    )

    text, html = parts(letter)

    for part in (text, html):
        assert in_order(
            part,
            "Kính gửi đồng chí Trần Thị Ví Dụ,",
            "Chờ đồng chí xem xét",
            "29/10/2021, còn 4 ngày làm việc",
            SITE + PAGE,
            "Mã hồ sơ",
            subject.code,
            "Loại tin",
            "Việc cần làm",
            "25/10/2021, 08:00",
            "Việc này do đồng chí hoặc chức vụ của đồng chí đang giữ.",
            SITE + "/tai-khoan/thong-bao/",
            "Trân trọng.",
            "Cổng Đề xuất đổi mới, sáng tạo – UBND tỉnh Ninh Thuận",
            "Thư gửi tự động, không trả lời thư này. Hỗ trợ: 0259 000 000",
        )
        assert "Nguyễn Văn Mẫu" not in part
        assert "tại nhà" not in part
        assert subject.title not in part


@pytest.mark.parametrize("template", ["notice", "reset", "digest"])
def test_the_html_part_is_a_600_pixel_letter_that_fetches_nothing(template):
    letter = make_letter(template=template, key=f"digest-{template}")

    html = letter_of(letter).alternatives[0].content

    assert "max-width:600px" in html
    assert 'lang="vi"' in html
    assert not re.search(r"<img|<link|<script|<style|url\(|@import|class=", html)
    assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', html)) == {SITE}


def test_the_link_is_built_from_the_site_never_from_the_host(client, mailoutbox, settings):
    """Whoever asks under a wrong name gets a letter that leads home."""
    settings.ALLOWED_HOSTS = ["*"]
    make_user(username="chu", email="chu@vidu.test")

    client.post("/quen-mat-khau/", {"username": "chu"}, headers={"host": "evil.test"})
    send_waiting_mail()

    body = mailoutbox[0].body
    assert RequestFactory().get("/").get_host() not in body
    assert "evil.test" not in body
    assert f"{SITE}/quen-mat-khau/dat-lai/?ma=" in body


def test_an_address_that_looks_like_another_host_stays_on_ours():
    text, _ = parts(make_letter(url="//evil.test/"))

    assert f"{SITE}//evil.test/" in text


def test_a_letter_sent_twice_is_the_same_letter():
    letter = make_letter(template="reset")

    first, second = letter_of(letter), letter_of(letter)

    assert (first.body, first.alternatives) == (second.body, second.alternatives)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.parametrize(
    "broken",
    [{"template": "khong-co"}, {"context": {}}, {"context": {"subject": "x", "lines": [{}]}}],
)
def test_a_row_that_cannot_be_drawn_fails_alone(broken, mailoutbox, caplog):
    """OB-04: one poisoned row stops nobody, is not tried for ever, and is said."""
    poison, good = make_letter(), make_letter()
    OutboxMessage.objects.filter(pk=poison.pk).update(**broken)

    send_waiting_mail()

    poison.refresh_from_db()
    good.refresh_from_db()
    assert (poison.state, good.state) == ("failed", "sent")
    assert [record.alarm for record in caplog.records if hasattr(record, "alarm")] == ["mail"]
    assert len(mailoutbox) == 1


def test_a_row_that_kills_its_senders_is_given_up(mailoutbox):
    letter = make_letter()
    OutboxMessage.objects.update(state="leased", lease_until=letter.created_at, attempts=100)

    send_waiting_mail()

    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("failed", "senders die of it")
    assert mailoutbox == []


def test_a_letter_about_a_proposal_names_its_agency_and_nothing_more():
    proposal = make_proposal(title="Trả kết quả đất đai tại nhà")
    letter = make_letter(proposal.proposer, stream=proposal.stream, url="/x/")

    for part in parts(letter):
        assert f"Cơ quan: {proposal.agency_name}" in part
        assert "đất đai" not in part

"""The agency's signature on what is issued, and the page where anybody may check a paper."""

import hashlib
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import agency_key
from documents.actions import checking, issuing, recalling
from documents.actions.base import Refused
from documents.checking import by_code, by_file
from documents.seal_worth import state_of
from documents.sealing import seal
from documents.stages import Drawing, Sealing
from documents.tasks import draw_waiting
from journal.models import Entry
from tests.factories.authority import AGENCY, PASSWORD, make_key, make_stamper
from tests.factories.documents import make_issued, make_stored_file
from tests.factories.organisation import make_province

pytestmark = pytest.mark.django_db

MUTATIONS = 200
URL = "/kiem-tra-van-ban/"


@pytest.fixture
def house():
    return make_province()


@pytest.fixture
def key(settings, tmp_path):
    settings.SIGNING_P12 = make_key(tmp_path)
    settings.SIGNING_P12_PASSWORD = PASSWORD
    return settings


def drawn_paper(house, **over):
    paper = make_issued(house, **over)
    draw_waiting()
    paper.refresh_from_db()
    return paper


def mutants(content):
    """Two hundred files that differ from it: bytes changed, cut out, put in, appended, cut off."""
    chance = random.Random(30_2020)  # noqa: S311 (repeatable)
    for turn in range(MUTATIONS):
        at = chance.randrange(len(content))
        if turn % 5 == 0:
            yield (
                content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
            )
        elif turn % 5 == 1:
            yield content[:at] + content[at + 1 + chance.randrange(40) :]
        elif turn % 5 == 2:
            yield content[:at] + bytes(chance.randrange(256) for _ in range(9)) + content[at:]
        elif turn % 5 == 3:
            yield content + b"\n" + bytes(chance.randrange(256) for _ in range(30)) + b"\n%%EOF"
        else:
            yield content[: max(1, at)]


@pytest.mark.usefixtures("key")
def test_what_is_issued_bears_the_agencys_signature(house):
    paper = drawn_paper(house)

    content = paper.file.path.read_bytes()
    state = state_of(content)

    assert (paper.drawing, paper.sealing) == (Drawing.DRAWN, Sealing.SIGNED)
    assert (state.is_sound, state.signer, state.is_stamped) == (True, AGENCY, False)
    assert hashlib.sha256(content).hexdigest() == paper.file_sha256
    assert Entry.objects.get(action="paper.draw").data["file_sha256"] == paper.file_sha256


@pytest.mark.usefixtures("key")
def test_two_hundred_mutations_are_two_hundred_found(house):
    paper = drawn_paper(house)
    content = paper.file.path.read_bytes()
    assert by_file(paper.file_sha256).is_same

    found = []
    for place, mutant in enumerate(mutants(content)):
        digest = hashlib.sha256(mutant).hexdigest()
        said = by_code(paper.check_code, digest) if place % 20 == 0 else None
        found.append(by_file(digest) is None and (said is None or not said.is_same))

    assert found.count(True) == MUTATIONS


@pytest.mark.usefixtures("key")
def test_the_signature_itself_covers_every_byte_and_allows_nothing_after(house):
    content = drawn_paper(house).file.path.read_bytes()
    text = content.find(b"stream") + 40
    changed = content[:text] + bytes([content[text] ^ 1]) + content[text + 1 :]
    longer = content + b"\n%%EOF\n"

    assert state_of(content).is_sound
    assert [state_of(one).is_sound for one in (changed, longer, content[:-900])] == [False] * 3
    assert state_of(b"%PDF-1.7 unsigned").is_signed is False


@pytest.mark.usefixtures("key")
def test_a_stamping_authority_that_is_down_blocks_nothing(house, settings):
    settings.SIGNING_TSA_URL = "http://127.0.0.1:9/tsa"

    paper = drawn_paper(house)

    assert (paper.drawing, paper.sealing) == (Drawing.DRAWN, Sealing.SIGNED)


@pytest.mark.usefixtures("key")
def test_time_is_stamped_where_the_authority_answers(house):
    paper = drawn_paper(house)
    plain = paper.file.path.read_bytes().partition(b"%%EOF")[0] + b"%%EOF\n"

    stamped, state = seal(plain, reason="Thử", timestamper=make_stamper())

    assert state == Sealing.STAMPED
    assert len(stamped) > len(plain)


def test_a_key_that_cannot_be_used_never_makes_an_unsigned_paper(house, key):
    key.SIGNING_P12_PASSWORD = "sai"
    agency_key._key.cache_clear()

    paper = drawn_paper(house)

    assert (paper.drawing, paper.file) == (Drawing.FAILED, None)
    assert paper.draw_error == "SIGNING_P12 or SIGNING_P12_PASSWORD cannot be used."


def test_only_our_own_file_is_taken_back_signed_elsewhere(house, key, tmp_path):
    key.SIGNING_P12 = ""
    paper, another = drawn_paper(house), drawn_paper(house)
    key.SIGNING_P12 = make_key(tmp_path, name="Người ký nơi khác")
    agency_key._key.cache_clear()
    ours, other = (
        seal(one.file.path.read_bytes(), reason="Ký ngoài")[0] for one in (paper, another)
    )

    foreign = make_stored_file(content=other, by=house.clerk)
    with pytest.raises(Refused, match="không phải tệp cổng đã phát hành"):
        issuing.attach_scan(paper.pk, foreign, by=house.clerk)
    kept = issuing.attach_scan(
        paper.pk, make_stored_file(content=ours, by=house.clerk), by=house.clerk
    )

    found = by_file(hashlib.sha256(ours).hexdigest())
    assert (kept.scan.sha256, found.is_same, found.is_scan) == (
        hashlib.sha256(ours).hexdigest(),
        True,
        True,
    )


def check(client, code="", content=b""):
    said = {"ma": code}
    if content:
        said["tep"] = SimpleUploadedFile("a.pdf", content, content_type="application/pdf")
    return client.post(URL, said)


def test_anybody_may_check_a_code_or_a_file_and_learns_no_more(client, house):
    paper = drawn_paper(house, title="một việc riêng của Sở")
    content = paper.file.path.read_bytes()

    by_link = client.get(URL, {"ma": paper.check_code}).content.decode()
    same = check(client, content=content).content.decode()
    other = check(client, paper.check_code.lower(), content + b" ").content.decode()
    unknown = check(client, "KHONGCOMANAY").content.decode()

    for page in (by_link, same, other):
        assert "01/STNMT-VP" in page
        assert "Sở Tài nguyên và Môi trường" in page
        assert "một việc riêng" not in page
        assert house.head.full_name not in page
        assert house.clerk.full_name not in page
    assert "Trùng với tệp đã phát hành." in same
    assert "Không trùng với tệp đã phát hành." in other
    assert "Không có văn bản nào của cổng mang mã này." in unknown
    assert "Chưa ký số" in by_link


def test_a_recalled_paper_says_so(client, house):
    paper = make_issued(house)
    recalling.recall(paper.pk, "Sai nơi nhận của văn bản", by=house.clerk)

    page = check(client, paper.check_code).content.decode()

    assert "Đã thu hồi" in page
    assert "Sai nơi nhận" not in page


def test_an_empty_question_is_answered_with_what_to_do(client):
    page = check(client)

    assert page.status_code == 422
    assert "Nhập mã kiểm tra hoặc chọn tệp văn bản." in page.content.decode()


def test_who_asks_too_often_waits(client):
    for _ in range(checking.LIMIT):
        assert check(client, "MA").status_code == 200

    late = check(client, "MA")

    assert late.status_code == 429
    assert "Thao tác quá nhanh. Thử lại sau" in late.content.decode()


def test_the_page_is_where_the_qr_code_leads(house, settings):
    paper = make_issued(house)

    assert reverse("documents:check") == URL
    assert paper.facts["check_url"] == f"{settings.SITE_URL}{URL}?ma={paper.check_code}"
    settings.PAPER_QR = False
    assert "check_url" not in make_issued(house).facts

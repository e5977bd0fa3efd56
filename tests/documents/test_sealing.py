"""The agency's signature on what is issued, and the page where anybody may check a paper."""

import hashlib
import random
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import agency_key
from documents.actions import checking, issuing, recalling, signing
from documents.actions.base import Refused
from documents.checking import by_code, by_file
from documents.registered import row_of
from documents.seal_worth import state_of
from documents.sealing import seal
from documents.stages import Drawing, Sealing
from documents.tasks import draw_waiting
from journal.models import Entry
from journal.verify import verify
from tests.factories.authority import AGENCY, PASSWORD, make_key, make_stamper
from tests.factories.documents import PDF, make_issued, make_stored_file
from tests.factories.organisation import make_province, sign_in

pytestmark = pytest.mark.django_db

MUTATIONS = 200
URL = "/kiem-tra-van-ban/"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLACES = (("file", ()), ("page", (1,)))


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
def test_the_check_of_the_journal_looks_at_the_signature(house):
    """JR-05: also where whoever changed the file changed its digest along with it."""
    paper = drawn_paper(house)

    def complaints():
        return [
            one.what for one in verify(stream=paper.own_stream).findings if "chữ ký" in one.what
        ]

    assert complaints() == []
    content = paper.file.path.read_bytes()
    at = content.find(b"stream") + 40
    paper.file.path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    assert complaints() == ["chữ ký số trong tệp không còn nguyên vẹn"]
    paper.file.path.write_bytes(PDF)
    assert complaints() == ["chữ ký số trong tệp không còn nguyên vẹn"]


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


def follow_up(house, draft):
    signing.send(draft.pk, by=house.focal, signer=house.head)
    signing.sign(draft.pk, by=house.head)
    return issuing.issue(draft.pk, by=house.clerk)


def test_a_chain_of_papers_is_told_on_the_page_and_in_the_register(client, house):
    """The first is corrected, then replaced by the third, which is recalled."""
    first = make_issued(house)
    draft = recalling.draft_correction(first.pk, by=house.focal)
    body = [*draft.facts["body"][:1], {"type": "dash", "text": "Sửa ngày."}]
    signing.edit(draft.pk, draft.facts | {"body": body}, by=house.focal)
    letter = follow_up(house, draft)
    newer = follow_up(house, recalling.draft_replacement(first.pk, by=house.focal))
    recalling.recall(newer.pk, "Sai nơi nhận của văn bản", by=house.clerk)

    told = {}
    for paper in (first, letter, newer):
        paper.refresh_from_db()
        told[paper.number] = by_code(paper.check_code).follows, row_of(paper)[9]
    page = check(client, newer.check_code).content.decode()

    day = f"{newer.recalled_at.astimezone(ZONE):%d/%m/%Y}"
    assert told == {
        1: (
            [("Thay thế bởi", "03/STNMT (đã thu hồi)"), ("Đính chính bởi", "02/STNMT")],
            "Thay thế bởi 03/STNMT; Đính chính bởi 02/STNMT",
        ),
        2: (
            [("Đính chính cho", "01/STNMT-VP (đã được thay thế)")],
            "Đính chính 01/STNMT-VP",
        ),
        3: (
            [("Thay thế cho", "01/STNMT-VP (đã được thay thế)")],
            f"Thu hồi ngày {day}: Sai nơi nhận của văn bản; Thay thế 01/STNMT-VP",
        ),
    }
    assert "Thu hồi ngày" in page
    assert "Đã thu hồi" in page
    assert "Sai nơi nhận" not in page


@pytest.mark.usefixtures("key")
def test_a_file_that_was_put_in_place_of_the_issued_one_is_found(client, house):
    """It is a sound file of the portal itself, sealed by the same key."""
    paper, another = drawn_paper(house), drawn_paper(house)
    kept = paper.file.path.read_bytes()
    sign_in(client, house.clerk)
    file, page = (reverse(f"documents:{n}", args=(paper.ref, *a)) for n, a in PLACES)
    assert b"".join(client.get(file).streaming_content) == kept

    paper.file.path.write_bytes(another.file.path.read_bytes())
    said = check(client, paper.check_code).content.decode()

    assert "Tệp lưu tại cổng không còn là tệp đã phát hành." in said
    assert AGENCY not in said
    assert by_code(paper.check_code, paper.file_sha256).is_same  # who holds the true one is told
    assert by_file(hashlib.sha256(kept).hexdigest()).number == paper.full_number
    assert not by_code(paper.check_code, another.file_sha256).is_same
    assert (client.get(file).status_code, client.get(page).status_code) == (302, 404)
    assert "không còn là tệp đã lập" in client.get(paper.get_absolute_url()).content.decode()
    paper.file.path.unlink()
    assert "không còn là tệp đã phát hành" in check(client, paper.check_code).content.decode()


def test_a_key_that_cannot_be_read_any_more_leaves_the_page_open(client, house, key):
    paper = drawn_paper(house)
    key.SIGNING_P12_PASSWORD = "sai"

    said = check(client, paper.check_code)

    assert said.status_code == 200
    assert "cổng chưa khai báo chứng thư gốc của khóa ký" in said.content.decode()
    assert AGENCY not in said.content.decode()


def test_a_scan_that_is_not_the_paper_is_not_vouched_for(client, house):
    paper, another = drawn_paper(house), drawn_paper(house)
    scan = make_stored_file(by=house.clerk, content=another.file.path.read_bytes())
    with pytest.raises(Refused, match="đã được lưu cho văn bản khác"):
        issuing.attach_scan(paper.pk, scan, by=house.clerk)
    with pytest.raises(Refused, match="Bản quét có 0 trang"):
        issuing.attach_scan(paper.pk, make_stored_file(by=house.clerk), by=house.clerk)
    picture = make_stored_file(by=house.clerk, name="ban-ky.png")

    issuing.attach_scan(paper.pk, picture, by=house.clerk)

    said = check(client, content=picture.path.read_bytes()).content.decode()
    assert "Nội dung bản quét do văn thư đối chiếu." in said
    assert 'class="ok"' not in said


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

"""Papers: frozen facts, one drawing, limits, nothing fetched (PD-01 to PD-04)."""

import io
import json
import os
import re
import socket
import time
import unicodedata
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.request import OpenerDirector

import pytest
from django.utils import timezone
from pypdf import PdfReader

from documents import render
from documents.actions import (
    canonical_json,
    compose,
    draw_again,
    drawn,
    lease_drawing,
    not_drawn,
)
from documents.confinement import can_lock_files, readable
from documents.models import OfficialDocument
from documents.papers import name_lines
from documents.render import NotDrawn, draw_apart, render_html, render_pdf
from documents.stages import Drawing, PaperKind, PaperState
from documents.tasks import draw_waiting
from journal.models import Entry
from journal.verify import verify
from tests.factories.documents import LETTER, RECEIPT, make_paper
from tests.factories.organisation import make_unit

ALL_LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
HOSTILE = [
    '<img src="http://169.254.169.254/x">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import url(http://xau.test/a.css)</style>",
    '<object data="file:///etc/passwd"></object>',
    '"><script>alert(1)</script>',
    "{{ facts }} {% debug %} %s {0}",
]
FETCHES = [
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:9/x">',
    '<img src="ftp://127.0.0.1/x">',
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    '<img src="//127.0.0.1/x">',
    '<img src="asset:../../etc/passwd">',
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/a.ttf)}p{font-family:x}</style>",
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<p style="background: url(http://169.254.169.254/latest/)">x</p>',
]


def words(pdf: bytes) -> str:
    """The text of a PDF in NFC, each run of spaces as one."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def receipt(**over) -> bytes:
    return render_pdf("phieu_tiep_nhan", RECEIPT | over)


def test_text_comes_out_of_the_file_as_it_went_in():
    text = words(receipt(title=f"{ALL_LETTERS} {ALL_LETTERS.upper()}"))

    assert re.sub(r"\s", "", f"{ALL_LETTERS}{ALL_LETTERS.upper()}") in text.replace(" ", "")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text


def test_a_paper_drawn_apart_is_the_same_paper():
    apart = draw_apart("phieu_tiep_nhan", RECEIPT)

    assert words(apart) == words(receipt())
    assert len(apart) == pytest.approx(len(receipt()), rel=0.01)


@pytest.mark.parametrize("draw", [render_pdf, draw_apart])
def test_fonts_are_our_own_and_inside_the_file(draw):
    page = PdfReader(io.BytesIO(draw("phieu_tiep_nhan", RECEIPT))).pages[0]

    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object() for font in fonts]
    assert {re.sub(r"^/[A-Z]{6}\+", "", font["/BaseFont"]) for font in inner} <= {
        "Van-ban",
        "Van-ban-Bold",
        "Van-ban-Italic",
        "Van-ban-Bold-Italic",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in inner)


def test_the_paper_is_a4_tagged_and_vietnamese():
    reader = PdfReader(io.BytesIO(receipt()))

    box = reader.pages[0].mediabox
    assert (round(float(box.width), 1), round(float(box.height), 1)) == (595.3, 841.9)
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Phiếu tiếp nhận DX-2022-0147"
    assert len(reader.pages) == 1


def test_pages_are_numbered_from_the_second_on():
    body = [{"type": "paragraph", "text": "Nội dung dài của văn bản hành chính. " * 12}] * 12

    pages = PdfReader(io.BytesIO(render_pdf("cong_van", LETTER | {"body": body}))).pages

    first, second = pages[0].extract_text(), pages[1].extract_text()
    assert not re.search(r"^\s*1\s*$", first, re.MULTILINE)
    assert re.search(r"^\s*2\s*$", second, re.MULTILINE)


def test_a_letter_has_its_fields_in_the_decrees_words():
    text = words(render_pdf("cong_van", LETTER))

    for told in (
        "ỦY BAN NHÂN DÂN TỈNH NINH THUẬN",
        "Số: 12/UBND-VXNV",
        "V/v triển khai thực hiện Kết luận số 14-KL/TW",
        "Kính gửi:",
        "- Các Sở, ban, ngành;",
        "- Ủy ban nhân dân các huyện, thành phố.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, VXNV.",
        "CHỦ TỊCH",
    ):
        assert told in text
    assert text.count("./.") == 1
    assert "DỰ THẢO" not in text
    assert "DỰ THẢO" in words(render_pdf("cong_van", LETTER | {"is_draft": True}))


@pytest.fixture
def opened(monkeypatch):
    """Every address that urllib was asked to open."""
    asked = []

    def note(self, request, *rest, **more):
        asked.append(getattr(request, "full_url", request))
        raise OSError("not from here")

    monkeypatch.setattr(OpenerDirector, "open", note)
    return asked


@pytest.mark.parametrize("fetch", FETCHES)
def test_nothing_is_fetched(fetch, opened, settings, tmp_path):
    page = f"<!DOCTYPE html><html lang='vi'><title>x</title><body>{fetch}<p>y</p></body></html>"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "attack.html").write_text(page)
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]

    with suppress(NotDrawn):
        render_pdf("attack", {})
    assert opened == []

    from weasyprint import HTML

    HTML(string=page, base_url="http://127.0.0.1:9/").write_pdf()  # control: without our fetcher
    assert opened != []


def test_an_address_in_a_paper_ends_its_drawing(settings, tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "attack.html").write_text("<img src='file:///etc/passwd'>")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]

    with pytest.raises(NotDrawn, match="not bundled"):
        draw_apart("attack", {})


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_drawn_as_text(text):
    html = render_html("phieu_tiep_nhan", RECEIPT | {"title": text, "proposer": text})

    assert html.count("<img") == html.count("<script") == html.count("<object") == 0
    assert text.replace(" ", "") in words(receipt(title=text)).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "piece", "times"),
    [
        ("a" * 5_000, "a", 5_000),
        ("Ộ" * 2_000, "Ộ", 2_000),
        ("x\n" * 200, "x", 200),
        ("đề xuất " * 13_000, "xuất", 13_000),
        ("To\u0302\u0300 tri\u0300nh", "Tồ trình", 1),
        ("\U0001f642" * 50, "DX-2022-0147", 1),
        ("\u202eabc", "DX-2022-0147", 1),
    ],
    ids=["a long word", "capitals", "lines", "100,000 signs", "NFD", "emoji", "turned around"],
)
def test_extreme_text_is_drawn_whole(text, piece, times):
    told = words(draw_apart("phieu_tiep_nhan", RECEIPT | {"title": text}))

    assert told.count(piece) >= times
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told


def test_a_qr_code_holds_the_check_text():
    assert 'class="qr"' in render_html("phieu_tiep_nhan", RECEIPT)
    assert 'class="qr"' not in render_html("phieu_tiep_nhan", RECEIPT | {"check_text": ""})


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở Tài nguyên và Môi trường", ["Sở Tài nguyên", "và Môi trường"]),
        (
            "Sở Lao động - Thương binh và Xã hội",
            ["Sở Lao động -", "Thương binh và Xã hội"],
        ),
    ],
)
def test_names_of_agencies_fit_their_column(name, lines):
    assert name_lines(name) == lines


def forever(*handed: object) -> bytes:
    while True:
        pass


def greedy(*handed: object) -> bytes:
    return b"x" * (2 * 1024**3)


def crashing(*handed: object) -> bytes:
    os.abort()


def on_the_net(*handed: object) -> bytes:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return b"connected"


def writing(*handed: object) -> bytes:
    with open("/tmp/portal-drawing-must-not-write", "wb") as file:  # noqa: PTH123, S108
        file.write(b"x")
    return b"written"


def reading(*handed: object) -> bytes:
    with open("/etc/passwd", "rb") as file:  # noqa: PTH123
        return file.read()


@pytest.mark.skipif(not can_lock_files(), reason="this kernel has no Landlock")
def test_a_drawing_reads_code_and_fonts_only(monkeypatch):
    monkeypatch.setattr(render, "_pdf", reading)

    with pytest.raises(NotDrawn, match="PermissionError"):
        draw_apart("phieu_tiep_nhan", RECEIPT)


def test_the_folder_of_data_is_not_among_what_a_drawing_may_read(settings):
    data = Path(settings.BASE_DIR) / "var"

    assert not any(data.is_relative_to(folder) for folder in readable())


@pytest.mark.parametrize(
    ("drawing", "why"),
    [
        (forever, "SIGXCPU|SIGKILL"),
        (greedy, "memory limit"),
        (crashing, "SIGABRT"),
        (on_the_net, "OSError|ConnectionRefusedError"),
        (writing, "SIGXFSZ|OSError|PermissionError"),
    ],
)
def test_a_drawing_that_goes_wrong_ends_alone(drawing, why, monkeypatch):
    monkeypatch.setattr(render, "_pdf", drawing)
    monkeypatch.setattr(render, "CPU_SECONDS", 1)

    with pytest.raises(NotDrawn, match=why):
        draw_apart("phieu_tiep_nhan", RECEIPT)
    assert os.getpid()  # the worker lives


def test_a_drawing_that_sleeps_is_given_up(monkeypatch):
    monkeypatch.setattr(render, "_pdf", lambda *handed: time.sleep(60))
    monkeypatch.setattr(render, "PATIENCE", 0.3)

    with pytest.raises(NotDrawn, match=r"SIGKILL|time limit"):
        draw_apart("phieu_tiep_nhan", RECEIPT)


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(render, "MAX_PAGES", 0)

    with pytest.raises(NotDrawn, match="more than 0 pages"):
        draw_apart("phieu_tiep_nhan", RECEIPT)


@pytest.mark.django_db
def test_composing_freezes_the_facts_and_the_agency():
    unit = make_unit("Sở Nội vụ", abbrev="SNV")

    paper = compose(
        "receipt_slip", stream="proposal:x", facts=RECEIPT, by=None, unit=unit, title="Phiếu"
    )

    assert (paper.state, paper.drawing) == (PaperState.DRAFT, Drawing.WAITING)
    assert paper.facts == RECEIPT
    assert len(paper.facts_sha256) == 64
    assert paper.issuing_unit_snapshot["abbrev"] == "SNV"
    assert json.loads(canonical_json(RECEIPT)) == RECEIPT


@pytest.mark.django_db
def test_facts_must_be_plain():
    with pytest.raises(ValueError, match="not JSON compliant"):
        compose("receipt_slip", stream="x", facts={"share": float("nan")}, by=None)
    with pytest.raises(ValueError, match="not a valid PaperKind"):
        compose("no_such_kind", stream="x", facts={}, by=None)


@pytest.mark.django_db
def test_a_ring_after_commit_draws_the_file(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        paper = make_paper()

    paper.refresh_from_db()
    assert paper.drawing == Drawing.DRAWN
    assert paper.file.path.read_bytes().startswith(b"%PDF-1.7")
    assert paper.file_sha256 == paper.file.sha256
    assert paper.file.name == "Phiếu tiếp nhận DX-2022-0147.pdf"


@pytest.mark.django_db
def test_a_changed_file_of_a_paper_is_found_by_a_verification():
    paper = make_paper()
    draw_waiting()
    paper.refresh_from_db()
    entry = Entry.objects.get(action="paper.draw")
    assert entry.data["file_sha256"] == paper.file_sha256
    assert [f for f in verify().findings if "file" in f.where] == []

    paper.file.path.chmod(0o600)
    paper.file.path.write_bytes(b"%PDF another")

    found = [f.what for f in verify().findings if paper.file_sha256 in f.where]
    assert found == ["the bytes have been changed"]


@pytest.mark.django_db
def test_drawing_twice_draws_once():
    make_paper()

    draw_waiting()
    first = OfficialDocument.objects.get().file_sha256
    draw_waiting()
    drawn(OfficialDocument.objects.get().pk, b"%PDF something else")

    assert OfficialDocument.objects.get().file_sha256 == first


@pytest.mark.django_db
def test_a_worker_that_died_is_followed_by_another():
    paper = make_paper()

    assert lease_drawing() == paper
    assert lease_drawing() is None
    OfficialDocument.objects.update(draw_lease_until=timezone.now() - timedelta(seconds=1))
    draw_waiting()

    paper.refresh_from_db()
    assert (paper.drawing, paper.draw_attempts) == (Drawing.DRAWN, 2)


@pytest.mark.django_db
def test_what_cannot_be_drawn_says_so_after_five_tries_and_can_be_asked_again(caplog):
    paper = make_paper(template="khong_co")
    for _ in range(5):
        draw_waiting(at_most=1)

    paper.refresh_from_db()
    assert (paper.drawing, paper.draw_attempts) == (Drawing.FAILED, 5)
    assert paper.facts == RECEIPT
    assert draw_again(paper.pk).drawing == Drawing.WAITING


@pytest.mark.django_db
def test_what_took_five_workers_with_it_is_given_up():
    paper = make_paper()
    for _ in range(5):
        assert lease_drawing() == paper
        OfficialDocument.objects.update(draw_lease_until=timezone.now() - timedelta(seconds=1))

    assert lease_drawing() is None

    paper.refresh_from_db()
    assert (paper.drawing, paper.draw_error) == (Drawing.FAILED, "the worker was lost")


@pytest.mark.django_db
def test_no_paper_is_taken_when_the_time_is_over():
    paper = make_paper()

    draw_waiting(seconds=0)

    paper.refresh_from_db()
    assert paper.drawing == Drawing.WAITING


@pytest.mark.django_db
def test_one_bad_paper_does_not_stop_the_others():
    bad, good = make_paper(template="khong_co"), make_paper()

    draw_waiting()

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.drawing, bad.drawing) == (Drawing.DRAWN, Drawing.FAILED)


@pytest.mark.django_db
def test_a_late_failure_does_not_undo_a_drawn_paper():
    paper = make_paper()
    draw_waiting()

    assert not_drawn(paper.pk, "muộn").drawing == Drawing.DRAWN


@pytest.mark.parametrize("kind", list(PaperKind))
@pytest.mark.django_db
def test_every_kind_has_a_template_that_draws(kind):
    original = make_paper("official_letter") if kind == PaperKind.COPY else None
    facts = {"kind": "official_letter", "copy": {"form": "SAO Y"}} if original else {}
    paper = make_paper(kind, facts=facts, copy_of=original)

    draw_waiting()

    paper.refresh_from_db()
    assert paper.drawing == Drawing.DRAWN

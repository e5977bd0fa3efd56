"""The pages of papers: the clerk's desk, the lists, the paper itself, the register."""

import hashlib
import io
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from documents.actions import issuing, recalling, registering, signing
from documents.actions.base import Refused
from documents.models import OfficialDocument, RegisterPeriod
from documents.stages import PaperState
from documents.tasks import draw_waiting
from organisation.days import today
from tests.factories.documents import make_draft, make_issued, make_signed, make_upload
from tests.factories.journal import lifted_guards
from tests.factories.organisation import make_province, sign_in

pytestmark = pytest.mark.django_db

NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\ufeff=1", "\uff1d1", "01-02"]
COLUMNS = (  # NĐ 30/2020, Phụ lục IV, as they are printed there
    *("Số, ký hiệu", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Người ký"),
    *("Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển"),
    *("Ký nhận", "Ghi chú"),
)


ANNEX = ("annex_0_title", "annex_0_orientation", "annex_0_place", "annex_0_body_0")
LEADING = ("Soạn văn bản thay thế", "Thu hồi văn bản")  # what undoes is never the main act


@pytest.fixture
def house():
    return make_province()


def get(client, user, name, *args, **query):
    return sign_in(client, user).get(reverse(f"documents:{name}", args=args), query)


def post(client, user, name, *args, version=None, **said):
    said |= {"key": str(uuid.uuid4())} | ({"version": version} if version else {})
    return sign_in(client, user).post(reverse(f"documents:{name}", args=args), said)


def texts(response):
    return response.content.decode()


def test_the_queue_has_what_was_signed_the_oldest_first(client, house):
    older, newer = make_signed(house), make_signed(house, title="việc thứ hai")
    make_draft(house.department, house.focal, title="còn dự thảo")

    page = get(client, house.clerk, "desk")

    assert [row.pk for row in page.context["rows"]] == [older.pk, newer.pk]
    assert "còn dự thảo" not in texts(page)
    assert [row.pk for row in get(client, house.district_clerk, "desk").context["rows"]] == []
    assert get(client, house.head, "desk").status_code == 404


def test_the_clerk_sees_the_next_number_and_issues(client, house):
    make_issued(house)
    paper = make_signed(house)

    page = get(client, house.clerk, "paper", paper.ref)
    assert page.context["desk"]["number"] == "02/STNMT-VP"
    assert page.context["desk"]["to"] == ["Sở Nội vụ", "Ủy ban nhân dân huyện Ninh Sơn (b/c)"]
    answer = post(client, house.clerk, "issue", paper.ref, version=paper.version)

    assert answer.url == paper.get_absolute_url()
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (PaperState.ISSUED, 2)
    issued = client.get(answer.url)
    assert "Đã phát hành văn bản số 02/STNMT-VP." in texts(issued)
    assert issued.context["primary"].label == "Tải bản đã ký lên"
    led = get(client, house.head, "paper", paper.ref).context
    assert (led["primary"].label, led["others"][-1].label) == LEADING


def test_a_stale_form_issues_nothing(client, house):
    paper = make_signed(house)

    answer = post(client, house.clerk, "issue", paper.ref, version=paper.version - 1)

    assert answer.status_code == 409
    paper.refresh_from_db()
    assert paper.number is None


def test_a_draft_goes_its_road_on_the_pages(client, house):
    paper = make_draft(house.department, house.focal)

    page = get(client, house.focal, "send", paper.ref)
    assert "Nguyễn Giám Đốc Mẫu – GIÁM ĐỐC" in texts(page)
    sent = post(client, house.focal, "send", paper.ref, version=1, signer=str(house.head.ref))
    assert sent.status_code == 302
    paper.refresh_from_db()
    listed = get(client, house.head, "papers").context
    assert (listed["section"], [row.pk for row in listed["rows"]]) == ("cho-toi-ky", [paper.pk])
    assert "Ký văn bản này?" in texts(get(client, house.head, "sign", paper.ref))
    assert post(client, house.head, "sign", paper.ref, version=paper.version).status_code == 302
    paper.refresh_from_db()
    back = post(
        client,
        house.clerk,
        "send_back",
        paper.ref,
        version=paper.version,
        reason="Sai ký hiệu văn bản",
    )
    assert back.status_code == 302

    paper.refresh_from_db()
    assert paper.state == PaperState.DRAFT
    assert "Sai ký hiệu văn bản" in texts(get(client, house.focal, "paper", paper.ref))


def test_what_is_missing_is_listed_on_the_page(client, house):
    paper = make_draft(house.department, house.focal, addressees=[], keeping="")

    page = texts(get(client, house.focal, "paper", paper.ref))
    answer = post(client, house.focal, "send", paper.ref, version=1, signer=str(house.head.ref))

    form = get(client, house.focal, "edit", paper.ref).context["form"]
    optional = {name for name, field in form.fields.items() if not (field.required or field.needed)}
    assert optional == {"version", "urgency", "circulation", "recipients", "drafter", *ANNEX}
    assert "Nơi gửi (Kính gửi)" in page
    assert "Nơi lưu văn bản" in page
    assert answer.status_code == 422
    assert "Chưa trình ký được. Còn thiếu" in texts(answer)


def test_the_text_is_edited_and_what_is_locked_is_shown(client, house):
    paper = make_draft(house.department, house.focal)
    page = get(client, house.focal, "edit", paper.ref)
    assert "Giao Văn phòng Sở chủ trì." in texts(page)

    answer = post(
        client,
        house.focal,
        "edit",
        paper.ref,
        version=1,
        title="triển khai kế hoạch",
        addressees="Sở Nội vụ;\n- Sở Tư pháp.",
        body_0="I. Mục tiêu\n1. Việc thứ nhất\n  và tiếp theo\na) Điểm a\n- Gạch đầu dòng",
        body_1="Đoạn kết.",
        recipients="Thường trực Tỉnh ủy (b/c)\nSở Tài chính",
        keeping="VT, VP",
    )

    assert answer.status_code == 302
    paper.refresh_from_db()
    assert paper.facts["addressees"] == ["Sở Nội vụ", "Sở Tư pháp"]
    assert paper.facts["recipients"] == [
        {"text": "Thường trực Tỉnh ủy", "note": "b/c"},
        {"text": "Sở Tài chính"},
    ]
    assert [(b["type"], b.get("title") or b["text"]) for b in paper.facts["body"]] == [
        ("heading", "Mục tiêu"),
        ("clause", "Việc thứ nhất\nvà tiếp theo"),
        ("point", "Điểm a"),
        ("dash", "Gạch đầu dòng"),
        ("paragraph", "Giao Văn phòng Sở chủ trì."),
        ("paragraph", "Đoạn kết."),
    ]


def test_a_stale_edit_shows_what_was_typed(client, house):
    paper = make_draft(house.department, house.focal)
    signing.edit(paper.pk, paper.facts | {"title": "đã sửa"}, by=house.head)

    answer = post(client, house.focal, "edit", paper.ref, version=1, title="gõ rất lâu", body_0="x")

    assert answer.status_code == 409
    assert "gõ rất lâu" in texts(answer)


def test_pages_are_pictures_with_their_words(client, house):
    paper = make_issued(house)
    assert "Đang chuẩn bị…" in texts(get(client, house.clerk, "preview", paper.ref))
    draw_waiting()

    page = texts(get(client, house.clerk, "preview", paper.ref))
    picture = get(client, house.clerk, "page", paper.ref, 1)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert picture.content.startswith(b"\x89PNG")
    assert get(client, house.clerk, "page", paper.ref, 99).status_code == 404
    pdf = b"".join(get(client, house.clerk, "file", paper.ref).streaming_content)
    assert "01/STNMT-VP" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert get(client, house.clerk, "word", paper.ref).content.startswith(b"PK")


def test_a_file_that_cannot_be_read_leaves_the_page_open(client, house):
    paper = make_issued(house)
    draw_waiting()
    paper.refresh_from_db()
    junk = b"%PDF-1.7 not one"
    paper.file.path.write_bytes(junk)
    papers = OfficialDocument.objects.filter(pk=paper.pk)
    with lifted_guards():
        papers.update(file_sha256=hashlib.sha256(junk).hexdigest())

    for name in ("paper", "preview"):
        assert "không còn là tệp đã lập" in texts(get(client, house.clerk, name, paper.ref))
    assert get(client, house.clerk, "page", paper.ref, 1).status_code == 404


def test_strangers_find_no_paper(client, house):
    paper = make_issued(house)

    for name, args in (("paper", ()), ("preview", ()), ("page", (1,)), ("file", ()), ("word", ())):
        assert get(client, house.official, name, paper.ref, *args).status_code == 404


def test_the_signed_copy_is_kept_once(client, house):
    paper = make_issued(house)

    answer = post(
        client,
        house.clerk,
        "scan",
        paper.ref,
        version=paper.version,
        scan=make_upload("Bản ký.pdf"),
    )

    assert answer.status_code == 302
    paper.refresh_from_db()
    kept = b"".join(get(client, house.head, "scan_file", paper.ref).streaming_content)
    assert (paper.scan.name, kept[:4]) == ("Bản ký.pdf", b"%PDF")
    assert get(client, house.clerk, "scan", paper.ref).status_code == 403


def test_a_receiver_acknowledges(client, house):
    paper = make_issued(house)
    copy = paper.sent_copies.get(unit=house.district)

    assert "Xác nhận đã nhận" in texts(get(client, house.district_clerk, "paper", paper.ref))
    post(client, house.district_clerk, "receive", paper.ref, copy.ref)

    copy.refresh_from_db()
    assert copy.received_by == house.district_clerk


def test_the_register_has_ten_columns_on_the_page_and_in_excel(client, house):
    make_issued(house, title=NASTY[0])
    for text in NASTY[1:]:
        make_issued(house, title=text)

    page = get(client, house.clerk, "register")
    sheet = post(client, house.head, "register_sheet")

    assert [paper.number for paper, _ in page.context["rows"]] == [7, 6, 5, 4, 3, 2, 1]
    book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
    rows = list(book.active.iter_rows())
    assert [cell.value for cell in rows[0]] == list(COLUMNS)
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert {cell.alignment.wrap_text for row in rows for cell in row} == {True}
    assert {cell.number_format for row in rows for cell in row} == {"@"}
    assert (book.active.page_setup.orientation, book.active.print_title_rows) == (
        "landscape",
        "$1:$1",
    )
    assert [row[2].value for row in rows[1:3]] == ["Công văn =1+1", f"Công văn {NASTY[1]}"]


def test_a_register_is_closed_printed_and_written_no_more(client, house, monkeypatch):
    paper = make_issued(house)
    with pytest.raises(Refused, match="trước hôm nay"):
        registering.close_period(house.department, today(), by=house.clerk)
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(registering, "today", lambda: tomorrow)

    answer = post(client, house.clerk, "close_register", last_day=f"{today():%d/%m/%Y}")

    period = RegisterPeriod.objects.get()
    assert (answer.url, period.count) == (period.paper.get_absolute_url(), 1)
    with pytest.raises(Refused, match="Sổ văn bản đi đã khóa"):
        issuing.issue(make_signed(house).pk, by=house.clerk)
    recalling.recall(paper.pk, "Sai nơi nhận", by=house.clerk)
    kept = RegisterPeriod.objects.get()
    assert (kept.count, kept.rows_sha256) == (1, period.rows_sha256)
    row = get(client, house.clerk, "register").context["rows"][0][1]
    assert "Sai nơi nhận" in dict(row)["Ghi chú"]
    draw_waiting()
    period.paper.refresh_from_db()
    assert "Sai nơi nhận" not in str(period.paper.facts)
    page = texts(get(client, house.clerk, "paper", period.paper.ref))
    assert "Người lập" in page
    assert "Người soạn thảo" not in page
    assert "Dự thảo" not in page
    assert "Số, ký hiệu</dt>" not in page
    pdf = PdfReader(period.paper.file.path)
    words = " ".join(pdf.pages[0].extract_text().split())
    assert pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height
    assert paper.full_number in words.replace(" ", "")
    assert words.count(f"{paper.issued_on:%d/%m/%Y}") >= 2  # neither of its days is broken
    assert [word for word in ("lượng", "(1)", "(10)") if word in words.split()] == [
        *("lượng", "(1)", "(10)")
    ]
    assert all(title.replace(" ", "") in words.replace(" ", "") for title in COLUMNS)


def test_a_foreign_agency_keeps_its_register_to_itself(client, house):
    make_issued(house)

    assert get(client, house.district_clerk, "register").context["rows"] == []
    assert get(client, house.official, "register").status_code == 404


def asked(client, name):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(f"documents:{name}")).status_code == 200
    return len(queries)


def test_lists_ask_as_often_for_one_paper_as_for_three(client, house):
    expected = {"desk": 6, "papers": 5, "register": 10}
    sign_in(client, house.clerk)

    for turn in range(3):
        make_signed(house)
        make_issued(house)
        if turn == 0:  # what is asked for once a process
            {name: asked(client, name) for name in expected}
        assert {name: asked(client, name) for name in expected} == expected
    assert OfficialDocument.objects.count() == 6

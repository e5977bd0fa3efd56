"""Free papers, councils, fields of deputies, copies, numbers used outside, late stamps."""

import hashlib
import uuid
from pathlib import Path

import pytest
from asn1crypto import cms
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.actions import issuing, settling, signing, stamping, writing
from documents.actions.base import Lacking, Refused
from documents.afterwards import draw_annexes
from documents.checking import by_code, by_file
from documents.models import Abbreviation, OfficialDocument, PaperStamp
from documents.papers.blocks import paragraph
from documents.signatory import NotLawful
from documents.stages import PaperKind, PaperState, Trust
from documents.stamp_trust import judged
from documents.tasks import draw_waiting
from journal.models import Entry
from organisation.days import today
from tests.factories.authority import PASSWORD, make_key, make_stamper
from tests.factories.documents import (
    make_council,
    make_draft,
    make_issued,
    make_series,
    make_signed,
)
from tests.factories.organisation import make_province, sign_in
from tests.proposals.flows import delegate

pytestmark = pytest.mark.django_db
K = PaperKind


@pytest.fixture
def house():
    province = make_province()
    make_series(province.department)
    return province


def get(client, user, name, *args):
    return sign_in(client, user).get(reverse(f"documents:{name}", args=args))


def post(client, user, route, *args, **said):
    said |= {"key": str(uuid.uuid4())}
    return sign_in(client, user).post(reverse(f"documents:{route}", args=args), said)


def signed_by(paper, drafter, signer, **how):
    signing.send(paper.pk, by=drafter, signer=signer, **how)
    return signing.sign(paper.pk, by=signer)


def text_of(stored):
    return "\n".join(page.extract_text() for page in PdfReader(stored.path).pages)


def test_an_officer_writes_a_letter_that_belongs_to_no_case(client, house):
    """From the first page to the issued files, with a table, and an annex in its own file."""
    Abbreviation.objects.create(
        agency=house.department,
        name="Môi trường",
        abbrev="CCMT",
        valid_from=today(),
        basis_document="Quy chế",
    )
    issuer = f"{house.department.ref}:0"
    begun = post(
        client, house.focal, "write", kind=K.OFFICIAL_LETTER, issuer=issuer, title="chấn chỉnh"
    )
    paper = OfficialDocument.objects.get(created_by=house.focal)
    assert begun.url == reverse("documents:edit", args=[paper.ref])

    answer = post(
        client,
        house.focal,
        "edit",
        paper.ref,
        version=1,
        notation="STNMT-CCMT",
        title="chấn chỉnh",
        addressees="Ủy ban nhân dân huyện Ninh Sơn",
        body_0="1. Rà soát\nTT\tXã\n1\tLâm Sơn\n\n2. Báo cáo.",
        recipients="Sở Nội vụ (để biết)",
        keeping="VT, CCMT",
        annex_0_title="Danh sách",
        annex_0_orientation="landscape",
        annex_0_place="apart",
        annex_0_body_0="TT\tTên\n1\tA",
    )
    assert answer.status_code == 302
    signed_by(paper, house.focal, house.head)
    issued = issuing.issue(paper.pk, by=house.clerk)
    draw_waiting()
    draw_annexes()
    draw_annexes()

    issued.refresh_from_db()
    annex = issued.annex_files.get()
    words = text_of(annex.file)
    at = timezone.localtime(issued.issued_at)
    assert issued.full_number == "01/STNMT-CCMT"
    assert "Lâm Sơn" in text_of(issued.file)
    assert "DANH SÁCH" not in text_of(issued.file)
    assert f"Số: 01/STNMT-CCMT; {at:%d/%m/%Y}; {at:%H:%M:%S} +07:00" in words
    assert "DANH SÁCH" in words
    assert by_file(annex.file.sha256).number == "01/STNMT-CCMT"
    assert b"".join(get(client, house.focal, "annex", paper.ref, 1)).startswith(b"%PDF")
    assert "Phụ lục 1" in get(client, house.focal, "paper", paper.ref).content.decode()


def test_a_writer_finds_drafts_where_nothing_waits_for_them(client, house):
    paper = make_draft(house.department, house.focal, title="Còn dự thảo")

    page = get(client, house.focal, "papers").content.decode()

    assert paper.title in page
    assert reverse("documents:write") in page


@pytest.mark.parametrize("who", ["official", "clerk", "district_head"])
def test_who_does_not_write_for_an_agency_begins_no_paper(house, who):
    person = getattr(house, who)
    with pytest.raises(PermissionDenied):
        writing.write(K.NOTICE, house.department, "việc", by=person)


def test_minutes_ask_for_their_hours_and_secretary(client, house):
    paper = writing.write(K.MINUTES, house.department, "Họp xét đề xuất", by=house.focal)
    page = get(client, house.focal, "edit", paper.ref).content.decode()
    assert all(name in page for name in ("minutes_started", "minutes_ended", "minutes_secretary"))
    with pytest.raises(Lacking, match=r"Thời gian bắt đầu.*Thư ký"):
        signing.send(paper.pk, by=house.focal, signer=house.head)

    said = {
        "started": "08 giờ 00, ngày 06 tháng 6 năm 2022",
        "ended": "11 giờ 30, ngày 06 tháng 6 năm 2022",
        "place": "Phòng họp số 1",
        "attendants": "Ban Giám đốc\nVăn phòng Sở",
        "chair": "Giám đốc Sở",
        "secretary": "Ông Đỗ Văn Mẫu",
        "signature": "Đỗ Văn Mẫu",
    }
    typed = {f"minutes_{name}": text for name, text in said.items()}
    typed |= {"title": "Họp xét đề xuất", "body_0": "1. Thống nhất.", "keeping": "VT, Hồ sơ"}
    typed |= {"annex_0_body_0": "", "annex_0_title": ""}
    answer = post(client, house.focal, "edit", paper.ref, version=1, **typed)

    assert answer.status_code == 302
    signed = signed_by(paper, house.focal, house.head)
    assert signed.facts["minutes"]["attendants"] == ["Ban Giám đốc", "Văn phòng Sở"]
    assert signed.facts["signature"]["lines"] == ["CHỦ TỌA"]
    assert signed.facts["second_signature"] == {"lines": ["THƯ KÝ"], "name": "Đỗ Văn Mẫu"}


def test_a_council_is_declared_signs_for_itself_and_has_its_own_numbers(client, house):
    name = "Hội đồng thẩm định đề xuất"
    said = settling.Council(
        name=name,
        abbrev="HĐTĐ",
        uses_seal=True,
        basis_document="Quyết định số 12/QĐ-STNMT",
        chair=house.head,
        chair_title="Chủ tịch",
        deputy=house.deputy,
    )
    settling.settle_council(house.department, said, by=house.clerk)
    paper = writing.write(K.NOTICE, house.department, "kết luận", by=house.focal, body=name)
    facts = paper.facts | {"body": [{"type": "paragraph", "text": "Thống nhất."}]}
    signing.edit(paper.pk, facts, by=house.focal)
    with pytest.raises(NotLawful, match="không giữ chức danh"):
        signing.send(paper.pk, by=house.focal, signer=house.focal)

    signed_by(paper, house.focal, house.deputy)
    issued = issuing.issue(paper.pk, by=house.clerk)

    assert issued.full_number == "01/TB-HĐTĐ"
    assert issued.facts["parent_lines"] == ["Sở Tài nguyên và Môi trường"]
    assert issued.facts["agency_lines"] == [name]
    assert issued.facts["signature"]["lines"] == ["TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert issued.facts["signature"]["other_post"].endswith("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")
    assert name in get(client, house.clerk, "councils").content.decode()


def test_without_the_agencys_seal_only_the_councils_post_is_named(house):
    make_council(house.department, house.head, "Tổ công tác", uses_seal=False)
    paper = make_draft(house.department, house.focal, council="Tổ công tác")

    signed = signed_by(paper, house.focal, house.head)

    assert signed.facts["signature"]["lines"] == ["TM. TỔ CÔNG TÁC", "CHỦ TỊCH"]
    assert "other_post" not in signed.facts["signature"]


def test_a_council_that_is_no_more_signs_nothing(client, house):
    paper = make_draft(house.department, house.focal, council="Hội đồng cũ")

    page = get(client, house.focal, "send", paper.ref)

    assert page.status_code == 200
    with pytest.raises(Refused, match="Chưa khai báo Hội đồng cũ"):
        signing.send(paper.pk, by=house.focal, signer=house.head)


def test_a_deputy_signs_only_in_the_fields_given_to_them(client, house):
    house.deputy.appointments.update(field="Đất đai; Môi trường")
    paper = make_draft(house.department, house.focal)
    page = get(client, house.focal, "send", paper.ref).content.decode()
    assert "Phụ trách: Đất đai; Môi trường" in page
    unsaid = post(client, house.focal, "send", paper.ref, version=1, signer=str(house.deputy.ref))
    assert "Chọn lĩnh vực của văn bản." in unsaid.content.decode()

    with pytest.raises(NotLawful, match="phụ trách Đất đai; Môi trường; văn bản thuộc lĩnh vực Bi"):
        signing.send(paper.pk, by=house.focal, signer=house.deputy, work_field="Biển đảo")
    signed = signed_by(paper, house.focal, house.deputy, work_field="Đất đai")

    assert (signed.work_field, signed.signing_kind) == ("Đất đai", "KT")


def test_a_copy_is_certified_with_number_signer_and_recipients_of_its_own(client, house):
    original = make_issued(house)
    before = OfficialDocument.objects.values().get(pk=original.pk)
    led = post(client, house.focal, "copy", original.ref, version=original.version)
    copy = OfficialDocument.objects.get(copy_of=original)
    assert led.url == reverse("documents:edit", args=[copy.ref])
    with pytest.raises(Lacking, match="Nơi nhận"):
        signing.send(copy.pk, by=house.focal, signer=house.head)
    said = {"recipients": "Sở Tư pháp\nUBND xã Lâm Sơn (để niêm yết)", "keeping": "VT"}
    post(client, house.focal, "edit", copy.ref, version=1, **said)
    signed_by(copy, house.focal, house.head)
    issued = issuing.issue(copy.pk, by=house.clerk)
    draw_waiting()
    issued.refresh_from_db()
    words = text_of(issued.file)

    assert issued.title.startswith(f"sao y Công văn số {original.full_number}")
    assert issued.notation == "SY-STNMT"
    assert [one.name for one in issued.sent_copies.order_by("place")] == [
        "Sở Tư pháp",
        "UBND xã Lâm Sơn",
    ]
    assert words.index(f"Số: {original.full_number}") < words.index("SAO Y")
    assert words.index("SAO Y") < words.index(f"Số: {issued.full_number}")
    after = OfficialDocument.objects.values().get(pk=original.pk)
    assert {name for name in before if before[name] != after[name]} <= {
        *("file_id", "file_sha256", "drawing", "drawn_at", "draw_attempts", "draw_lease_until"),
        "sealing",
    }
    assert by_code(issued.check_code).kind == "Bản sao"


def test_of_a_copy_a_sao_luc_is_made_with_both_blocks(client, house):
    original = make_issued(house)
    first = _copied(client, house, "copy", original, recipients="Sở Tư pháp")

    assert get(client, house.focal, "copy", first.ref).status_code == 403
    assert get(client, house.focal, "copy_again", original.ref).status_code == 403
    again = _copied(client, house, "copy_again", first, recipients="UBND xã Lâm Sơn")
    words = text_of(again.file)

    told = [original.full_number, "SAO Y", first.full_number, "SAO LỤC", again.full_number]
    assert [words.index(one) for one in told] == sorted(words.index(one) for one in told)
    assert (again.notation, again.number) == ("SL-STNMT", first.number + 1)
    assert again.title.startswith("sao lục Bản sao số")
    assert get(client, house.focal, "copy_again", again.ref).status_code == 403


def test_an_extract_gives_the_parts_that_were_chosen_with_their_numbers(client, house):
    body = [{"type": "clause", "text": f"Việc thứ {word}"} for word in ("nhất", "hai", "ba")]
    annexes = [{"title": f"bảng {at}", "body": [paragraph(f"Số liệu {at}")]} for at in (1, 2)]
    original = make_issued(house, body=body, annexes=annexes)
    post(client, house.focal, "extract", original.ref, version=original.version)
    draft = OfficialDocument.objects.get(copy_of=original)
    with pytest.raises(Lacking, match="Phần được trích"):
        signing.send(draft.pk, by=house.focal, signer=house.head)
    page = get(client, house.focal, "edit", draft.ref).content.decode()
    assert all(words in page for words in ("1. Việc thứ nhất", "Phụ lục II: bảng 2"))

    issued = _signed_copy(client, house, draft, recipients="Sở Tư pháp", parts=["1", "4"])
    words = text_of(issued.file)

    assert issued.notation == "TrS-STNMT"
    assert words.index("2. Việc thứ hai") < words.index("TRÍCH SAO") < words.index("Phụ lục II")
    assert words.count("(...)") == 2
    assert not any(left in words for left in ("nhất", "Việc thứ ba", "Số liệu 1"))


def _copied(client, house, route, original, **said):
    post(client, house.focal, route, original.ref, version=original.version)
    draft = OfficialDocument.objects.get(copy_of=original)
    return _signed_copy(client, house, draft, **said)


def _signed_copy(client, house, draft, **said):
    post(client, house.focal, "edit", draft.ref, version=1, keeping="VT", **said)
    signed_by(draft, house.focal, house.head)
    issued = issuing.issue(draft.pk, by=house.clerk)
    draw_waiting()
    issued.refresh_from_db()
    return issued


def test_numbers_used_outside_leave_no_gap(client, house):
    series = make_series(house.department)
    used = settling.Used(last=412, used_on=today(), reason="Cấp số trước khi dùng cổng")
    settling.use_outside(series, used, by=house.clerk)
    first = make_issued(house)
    said = {"series": series.pk, "last": "414", "used_on": f"{today():%d/%m/%Y}"}
    said |= {"notation": "STNMT-VP", "title": "Công văn trả lời", "reason": "Mất điện, cấp số tay"}
    post(client, house.clerk, "outside", **said)
    second = make_issued(house)

    assert [first.number, second.number] == [413, 415]
    page = get(client, house.clerk, "register").content.decode()
    assert "414/STNMT-VP" in page
    assert "Số dùng ngoài cổng: Mất điện, cấp số tay" in page
    assert "01 đến 412" in page
    for last, why in ((415, "Số tiếp theo của dãy là 416"), (500, "đã cấp số 415")):
        again = settling.Used(last=last, used_on=today(), reason="thử lại lần nữa")
        with pytest.raises(Refused, match=why):
            settling.use_outside(series, again, by=house.clerk)


def test_an_abbreviation_is_settled_from_today_on(client, house):
    said = {"name": "Phòng Quản lý đất đai", "abbrev": "QLĐĐ", "basis_document": "Quy chế văn thư"}
    assert post(client, house.clerk, "abbreviations", **said).status_code == 302
    row = Abbreviation.objects.get()

    assert (row.unit, row.valid_from) == (house.section, today())
    assert "QLĐĐ" in get(client, house.clerk, "abbreviations").content.decode()
    bad = post(client, house.clerk, "abbreviations", **said | {"abbrev": "ql dd"})
    assert "Chữ viết tắt gồm" in bad.content.decode()


def test_a_time_stamp_that_comes_late_lies_beside_the_file(client, house, settings, tmp_path):
    settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = make_key(tmp_path), PASSWORD
    paper = make_issued(house)
    draw_waiting()
    paper.refresh_from_db()
    content = paper.file.path.read_bytes()
    assert [one.pk for one in stamping.without_stamp()] == [paper.pk]

    authority, another = make_stamper(), make_stamper()
    stamp = stamping.stamp(paper, authority)

    digest = hashlib.sha256(content).digest()
    assert paper.file.path.read_bytes() == content
    assert stamp.file_sha256 == digest.hex() == paper.file_sha256
    assert stamping.without_stamp() == []
    assert stamping.stamp(paper, make_stamper()).pk == stamp.pk
    assert Entry.objects.filter(action="paper.stamp").count() == 1
    assert get(client, house.focal, "time_stamp", paper.ref).content == bytes(stamp.token)
    assert "cổng chưa khai báo" in by_code(paper.check_code).sealing
    for named, words in ((authority, "được tin cậy"), (another, "không được tin cậy")):
        settings.SIGNING_TSA_ROOTS = str(tmp_path / f"{words}.der")
        Path(settings.SIGNING_TSA_ROOTS).write_bytes(named.tsa_cert.dump())
        told = by_code(paper.check_code).sealing
        assert "dấu thời gian" in told
        assert f"tổ chức cấp dấu thời gian {words})" in told
    settings.SIGNING_TSA_ROOTS = str(tmp_path / "được tin cậy.der")
    assert judged(bytes(stamp.token), digest) == Trust.TRUSTED
    assert judged(bytes(stamp.token), b"x" * 32) == Trust.BROKEN
    other = make_issued(house)
    draw_waiting()
    other.refresh_from_db()
    with pytest.raises(stamping.Unfit, match="signature"):
        stamping.stamp(other, make_stamper(lies=True))
    with pytest.raises(stamping.Unfit):
        stamping.told_by(_token(stamp), hashlib.sha256(b"other bytes").digest())
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperStamp.objects.update(authority="Ai đó")


def _token(stamp):
    return cms.ContentInfo.load(bytes(stamp.token))


def test_an_authority_that_stays_away_leaves_the_paper_as_it_is(house, settings, tmp_path):
    settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = make_key(tmp_path), PASSWORD
    paper = make_issued(house)
    draw_waiting()
    paper.refresh_from_db()

    class Away:
        async def async_timestamp(self, digest, algorithm):
            raise OSError("no route")

    assert stamping.stamp(paper, Away()) is None
    assert not PaperStamp.objects.exists()


def test_what_is_lent_for_review_opens_no_papers(client, house):
    delegate(house, house.official)
    paper = make_signed(house)

    assert get(client, house.official, "paper", paper.ref).status_code == 404
    assert get(client, house.official, "register").status_code == 404
    assert get(client, house.official, "write").status_code == 404
    assert paper.state == PaperState.SIGNED

"""From the draft to what was issued: who may what when, and what is written down of it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from freezegun import freeze_time

from documents import rules
from documents.actions import drawn, issuing, recalling, signing
from documents.actions.base import Lacking, Locked, Refused
from documents.models import NumberSeries, OfficialDocument, SeriesYear
from documents.papers import sheet_of
from documents.registered import row_of
from documents.signatory import NotLawful
from documents.stages import Drawing, PaperKind, PaperState
from documents.tasks import draw_waiting
from journal.conflicts import Conflict
from journal.models import Entry
from journal.verify import verify
from organisation.days import today
from organisation.models import Appointment
from tests.factories.documents import (
    OFFICIAL,
    make_council,
    make_draft,
    make_issued,
    make_series,
    make_signed,
)
from tests.factories.organisation import make_province

pytestmark = pytest.mark.django_db

PEOPLE = ("focal", "official", "head", "deputy", "clerk", "district_clerk", "district_head")
# By state: who may do what. Everything not written here is forbidden.
ALLOWED = {
    "draft": {"edit": {"focal", "head", "deputy"}, "send": {"focal", "head", "deputy"}},
    "waiting_signature": {"sign": {"head"}, "send_back": {"head", "focal"}},
    "signed": {"issue": {"clerk"}, "send_back": {"clerk"}},
    "issued": {
        "recall": {"clerk", "head", "deputy"},
        "follow_up": {"focal", "head", "deputy"},
        "attach_scan": {"clerk"},
    },
    "recalled": {},
}
ACTS = ("edit", "send", "sign", "send_back", "issue", "recall", "follow_up", "attach_scan")
SEEN = {  # who finds the page of the paper by their own road, without its case
    "draft": {"focal", "head", "deputy"},
    "waiting_signature": {"focal", "head", "deputy"},
    "signed": {"focal", "head", "deputy", "clerk"},
    "issued": {"focal", "head", "deputy", "clerk", "district_clerk", "district_head"},
    "recalled": {"focal", "head", "deputy", "clerk", "district_clerk", "district_head"},
}


@pytest.fixture
def house():
    return make_province()


def at_state(house, state):
    if state in ("issued", "recalled"):
        paper = make_issued(house)
        return (
            recalling.recall(paper.pk, "Sai nơi nhận", by=house.clerk) if state[0] == "r" else paper
        )
    if state == "signed":
        return make_signed(house)
    paper = make_draft(house.department, house.focal)
    if state == "draft":
        return paper
    return signing.send(paper.pk, by=house.focal, signer=house.head)


@pytest.mark.parametrize("state", list(ALLOWED))
def test_who_may_do_and_see_what_at_each_state(house, state):
    paper = at_state(house, state)
    people = {name: getattr(house, name) for name in PEOPLE}

    may = {act: getattr(rules, f"may_{act}") for act in ACTS}
    allowed = {act: {n for n, who in people.items() if may[act](paper, who)} for act in ACTS}
    papers = OfficialDocument.objects.filter(pk=paper.pk)

    assert {act: who for act, who in allowed.items() if who} == ALLOWED[state]
    assert {n for n, who in people.items() if papers.visible_to(who)} == SEEN[state]


def test_the_road_of_a_paper(house):
    paper = make_issued(house)

    assert (paper.state, paper.full_number) == (PaperState.ISSUED, "01/STNMT-VP")
    assert (paper.signer, paper.issued_by, paper.year) == (
        house.head,
        house.clerk,
        paper.issued_on.year,
    )
    assert paper.facts["signature"] == {"lines": ["GIÁM ĐỐC"], "name": house.head.full_name}
    assert paper.facts["number"] == 1
    assert paper.facts["dated"] == paper.issued_on.isoformat()
    assert paper.facts["is_draft"] is False
    assert paper.facts["check_url"].endswith(f"/kiem-tra-van-ban/?ma={paper.check_code}")
    assert paper.signed_sha256 != paper.facts_sha256
    told = Entry.objects.of(paper.own_stream).values_list("action", "before", "after", "role")
    assert list(told.order_by("seq")) == [
        ("paper.send", "draft", "waiting_signature", ""),
        ("paper.sign", "waiting_signature", "signed", "signer"),
        ("paper.issue", "signed", "issued", "clerk"),
    ]
    assert [(c.name, c.note, c.unit) for c in paper.sent_copies.order_by("place")] == [
        ("Sở Nội vụ", "", house.home_affairs),
        ("Ủy ban nhân dân huyện Ninh Sơn", "b/c", house.district),
    ]


def test_what_was_issued_is_drawn_once_with_its_number(house):
    paper = make_issued(house)

    draw_waiting()

    paper.refresh_from_db()
    assert (paper.drawing, paper.sealing) == (Drawing.DRAWN, "unsigned")
    assert paper.file.name == "Công văn 01-STNMT-VP.pdf"
    assert sheet_of(paper.facts).head.number == "Số: 01/STNMT-VP"
    assert [finding.what for finding in verify().findings if "paper" in finding.where] == []


def test_a_drawing_of_what_it_said_before_is_thrown_away(house):
    paper = make_signed(house)
    before = paper.facts_sha256

    issuing.issue(paper.pk, by=house.clerk)
    drawn(paper.pk, b"%PDF-1.7 without a number", of=before)

    paper.refresh_from_db()
    assert (paper.drawing, paper.file) == (Drawing.WAITING, None)


def test_what_is_missing_is_named_and_stays_a_draft(house):
    paper = make_draft(house.department, house.focal, addressees=[], keeping="", title="")

    with pytest.raises(Lacking) as refused:
        signing.send(paper.pk, by=house.focal, signer=house.head)

    names = ["Trích yếu nội dung", "Nơi gửi (Kính gửi)", "Nơi lưu văn bản"]
    assert [gap.label for gap in refused.value.gaps] == names
    paper.refresh_from_db()
    assert paper.state == PaperState.DRAFT


def test_a_signer_whose_term_ended_meanwhile_does_not_sign(house):
    paper = at_state(house, "waiting_signature")
    Appointment.objects.filter(person=house.head).update(valid_to=today())

    with pytest.raises(NotLawful, match="đã hết nhiệm kỳ"):
        signing.sign(paper.pk, by=house.head)


def test_nobody_signs_what_was_laid_before_another(house):
    paper = at_state(house, "waiting_signature")

    with pytest.raises(PermissionDenied):
        signing.sign(paper.pk, by=house.deputy)


def test_a_draft_is_not_laid_before_somebody_who_may_not_sign(house):
    paper = make_draft(house.department, house.focal)

    with pytest.raises(NotLawful, match="chưa được giao ký thay"):
        signing.send(paper.pk, by=house.focal, signer=house.deputy)


def test_a_clerk_does_not_issue_what_they_drafted(house):
    make_series(house.department)
    paper = make_draft(house.department, house.clerk)
    signing.send(paper.pk, by=house.focal, signer=house.head)
    signing.sign(paper.pk, by=house.head)

    with pytest.raises(PermissionDenied):
        issuing.issue(paper.pk, by=house.clerk)


def test_sent_back_a_paper_loses_its_signature(house):
    paper = make_signed(house)

    paper = signing.send_back(paper.pk, "Thiếu nơi nhận", by=house.clerk)

    assert (paper.state, paper.signer, paper.signed_sha256) == (PaperState.DRAFT, None, "")
    assert paper.facts["signature"] == {}
    with pytest.raises(Refused, match="lý do"):
        signing.send_back(paper.pk, "  ", by=house.clerk)


def test_editing_keeps_what_the_decision_rests_on(house):
    paper = make_draft(house.department, house.focal)
    facts = paper.facts | {"title": "triển khai kế hoạch năm 2022", "number": 99, "locked": []}

    edited = signing.edit(paper.pk, facts, by=house.focal, version=1)

    assert (edited.title, edited.version) == ("triển khai kế hoạch năm 2022", 2)
    assert (edited.facts.get("number"), edited.facts["locked"]) == (None, ["#result"])
    with pytest.raises(Locked, match="Không sửa được phần lấy từ hồ sơ"):
        signing.edit(paper.pk, facts | {"body": OFFICIAL["body"][:1]}, by=house.focal)
    with pytest.raises(Conflict):
        signing.edit(paper.pk, facts, by=house.focal, version=1)


def test_what_waits_or_was_signed_is_not_edited(house):
    for state in ("waiting_signature", "signed", "issued"):
        paper = at_state(house, state)
        with pytest.raises(Conflict):
            signing.edit(paper.pk, paper.facts, by=house.focal)


def test_decomposed_letters_are_kept_composed(house):
    paper = make_draft(house.department, house.focal)

    edited = signing.edit(paper.pk, paper.facts | {"title": "Đề án e\u0301"}, by=house.focal)

    assert edited.facts["title"] == "Đề án é"


def test_numbers_go_on_within_the_year_and_begin_again_on_the_first_of_january(house):
    with freeze_time("2022-12-31 03:00"):
        found = [make_issued(house).full_number for _ in range(2)]
    with freeze_time("2022-12-31 17:30"):  # 00:30 on 1 January in Việt Nam
        found.append(make_issued(house).full_number)

    assert found == ["01/STNMT-VP", "02/STNMT-VP", "01/STNMT-VP"]
    assert list(SeriesYear.objects.order_by("year").values_list("year", "last")) == [
        (2022, 2),
        (2023, 1),
    ]


def test_kinds_and_councils_have_series_of_their_own(house):
    decisions = [PaperKind.DECISION]
    make_series(house.department, decisions, name="Quyết định")
    make_council(house.department, house.head, "Hội đồng sáng kiến")
    others = [kind for kind in PaperKind if kind not in decisions]
    make_series(house.department, others)
    article = [{"type": "article", "text": "Giao nhiệm vụ."}]
    ruling = {"kind": PaperKind.DECISION, "notation": "QĐ-STNMT", "authority": "Giám đốc Sở"}
    ruling |= {"grounds": ["Luật Tổ chức"], "body": article, "locked": []}

    papers = [{}, ruling, ruling, {"council": "Hội đồng sáng kiến", "notation": "HĐSK"}, {}]
    found = [make_issued(house, **facts).full_number for facts in papers]

    assert found == ["01/STNMT-VP", "01/QĐ-STNMT", "02/QĐ-STNMT", "01/HĐSK", "02/STNMT-VP"]


def test_without_a_series_or_with_two_nothing_is_issued(house):
    paper = make_signed(house)
    NumberSeries.objects.update(valid_from=today() + timedelta(days=1))
    with pytest.raises(Refused, match="Chưa có dãy số"):
        issuing.issue(paper.pk, by=house.clerk)

    for name in ("một", "hai"):
        make_series(house.department, name=name)
    with pytest.raises(Refused, match="Hai dãy số"):
        issuing.issue(paper.pk, by=house.clerk)


def test_an_issue_that_is_rolled_back_leaves_no_gap(house):
    paper, other = make_signed(house), make_signed(house)

    with suppress(RuntimeError), transaction.atomic():
        issuing.issue(paper.pk, by=house.clerk)
        raise RuntimeError

    assert issuing.issue(other.pk, by=house.clerk).number == 1
    assert issuing.issue(paper.pk, by=house.clerk).number == 2
    assert Entry.objects.of(paper.own_stream).filter(action="paper.issue").count() == 1


def test_issued_twice_a_paper_keeps_its_number(house):
    paper = make_issued(house)

    with pytest.raises(Conflict):
        issuing.issue(paper.pk, by=house.clerk)

    assert SeriesYear.objects.get().last == 1


def test_recalled_a_paper_stays_as_it_was_and_says_why(house):
    paper = make_issued(house)

    recalled = recalling.recall(paper.pk, "Sai nơi nhận", by=house.clerk)

    assert (recalled.state, recalled.full_number) == (PaperState.RECALLED, "01/STNMT-VP")
    assert "Sai nơi nhận" in row_of(recalled)[9]
    with pytest.raises(Conflict):
        recalling.recall(paper.pk, "Lần nữa", by=house.clerk)


def carried_through(house, draft):
    signing.send(draft.pk, by=house.focal, signer=house.head)
    signing.sign(draft.pk, by=house.head)
    return issuing.issue(draft.pk, by=house.clerk)


def test_another_of_the_same_form_replaces_it(house):
    paper = make_issued(house)

    draft = recalling.draft_replacement(paper.pk, by=house.focal)
    assert (draft.kind, draft.replaces, draft.facts["number"]) == (paper.kind, paper, None)
    with pytest.raises(Refused, match="Đã có dự thảo"):
        recalling.draft_replacement(paper.pk, by=house.focal)
    newer = carried_through(house, draft)

    paper.refresh_from_db()
    assert (newer.full_number, paper.state) == ("02/STNMT", PaperState.REPLACED)
    assert row_of(paper)[9] == "Thay thế bởi 02/STNMT"
    assert list(paper.replacements.all()) == [newer]


def test_a_letter_corrects_it(house):
    paper = make_issued(house)

    draft = recalling.draft_correction(paper.pk, by=house.focal)
    signing.edit(
        draft.pk,
        draft.facts | {"body": [*draft.facts["body"][:1], {"type": "dash", "text": "Sửa ngày."}]},
        by=house.focal,
    )
    letter = carried_through(house, draft)

    paper.refresh_from_db()
    assert (letter.kind, paper.state) == (PaperKind.OFFICIAL_LETTER, PaperState.CORRECTED)
    assert letter.title == "đính chính Công văn số 01/STNMT-VP"
    assert paper.is_in_force
    assert row_of(paper)[9] == "Đính chính bởi 02/STNMT"


def test_a_copy_is_acknowledged_by_the_clerk_of_its_agency(house):
    paper = make_issued(house)
    copy = paper.sent_copies.get(unit=house.district)

    with pytest.raises(PermissionDenied):
        issuing.receive(copy.pk, by=house.clerk)
    issuing.receive(copy.pk, by=house.district_clerk)
    issuing.receive(copy.pk, by=house.district_clerk)

    assert row_of(paper)[8].startswith("Trịnh Văn Thư Huyện Mẫu, ")
    assert Entry.objects.of(paper.own_stream).filter(action="paper.receive").count() == 1

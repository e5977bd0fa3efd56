"""The papers of a liability case and of a commendation, by what they say."""

import pytest

from accountability.actions import deciding, hearing
from accountability.stages import CommendationState, Outcome
from documents.models import OfficialDocument
from documents.papers import missing
from documents.stages import PaperKind
from organisation.days import today
from tests.factories.accountability import (
    CHARGES,
    REASON,
    S,
    make_case,
    make_cast,
    make_commendation,
)
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def lacks(words, *wanted):
    return [one for one in wanted if one not in words]


def test_a_case_is_opened_heard_and_concluded_on_paper():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome=Outcome.MITIGATED, reason=REASON, by=cast.head)
    deciding.confirm(case.pk, by=cast.deputy)

    notice, minutes, decision = OfficialDocument.objects.of_stream(case.stream).order_by("pk")
    assert not lacks(
        words_of(notice),
        "THÔNG BÁO Về việc mở hồ sơ xem xét trách nhiệm",
        f"I. NỘI DUNG XEM XÉT {CHARGES}",
        "được nêu ý kiến, gửi tài liệu trước khi có kết luận",
        cast.leader.full_name,
    )
    assert not lacks(words_of(minutes), "BIÊN BẢN Ghi nhận ý kiến", "Đã làm đúng.", CHARGES)
    assert not lacks(
        words_of(decision),
        "QUYẾT ĐỊNH Về việc kết luận xem xét trách nhiệm",
        "Căn cứ Kết luận số 14-KL/TW",
        "Điều 1. Giảm nhẹ trách nhiệm đối với",
        f"Điều 2. Lý do: {REASON}",
        "Điều 3. ",
        "có quyền khiếu nại một lần đến Ủy ban nhân dân tỉnh Mẫu",
        "- Như Điều 4; - Ủy ban nhân dân tỉnh Mẫu (b/c); - Lưu: VT, Hồ sơ.",
    )
    assert [missing(paper.facts) for paper in (notice, decision)] == [[], []]


def test_a_commendation_is_submitted_and_decided_on_paper():
    cast = make_cast()
    row = make_commendation(CommendationState.DECIDED, cast=cast)

    slip, decision = OfficialDocument.objects.of_stream(row.stream).order_by("pk")

    assert not lacks(
        words_of(slip),
        "PHIẾU TRÌNH Đề nghị tặng Giấy khen cho",
        f"Giám đốc {row.agency.at(today()).name}",
        "Hoàn thành đề xuất, vượt chỉ tiêu trả kết quả tại nhà.",
        "Đủ điều kiện, đúng tiêu chuẩn.",
    )
    assert slip.facts["signature"] == {"lines": ["NGƯỜI TRÌNH"], "name": cast.officer.full_name}
    assert slip.kind == PaperKind.REVIEW_SLIP  # no head submits to himself
    assert not lacks(
        words_of(decision),
        "QUYẾT ĐỊNH Về việc tặng Giấy khen cho",
        "Căn cứ Luật Thi đua, khen thưởng ngày",
        f"Theo đề nghị tại hồ sơ số {row.code}",
        "Điều 1. Tặng Giấy khen cho",
        "- Như Điều 2;",
    )
    assert [missing(paper.facts) for paper in (slip, decision)] == [[], []]


def test_an_agency_submits_to_the_one_above_that_decides():
    row = make_commendation(CommendationState.SUBMITTED, code="bang-khen")

    assert not lacks(
        words_of(row.submission),
        "TỜ TRÌNH Về việc đề nghị tặng",
        "I. THÀNH TÍCH",
        "II. Ý KIẾN THẨM ĐỊNH",
        "- Như trên;",
    )
    assert missing(row.submission.facts) == []

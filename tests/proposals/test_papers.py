"""The papers that the moves of a review make, by what they say (quy-trinh.md §3.1)."""

import copy

import pytest
from django.urls import reverse

from documents.actions import signing
from documents.actions.base import Locked
from documents.actions.issuing import next_number
from documents.actions.settling import seat_council
from documents.actions.signing import lawful_signers
from documents.letterheads import issuer_of, party_of
from documents.models import OfficialDocument
from documents.papers import missing
from documents.stages import PaperKind
from organisation.days import today
from organisation.stages import Role, UnitKind
from proposals.actions import deciding, overriding, steps, supplement, votes
from proposals.actions.supplement import Item
from proposals.paperlist import papers_shown
from proposals.stages import Ballot, DecisionKind, Part, Seat
from proposals.step_papers import council_said
from tests.documents.measuring import measured
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.proposals.flows import (
    LONG,
    decide_pilot,
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    make_voted_down,
)
from tests.reading import words_of

pytestmark = pytest.mark.django_db
K = PaperKind


@pytest.fixture
def province():
    return make_seeded_province()


def paper_of(proposal, kind, place=-1):
    return list(OfficialDocument.objects.of_stream(proposal.stream).filter(kind=kind))[place]


def told(proposal, kind):
    return words_of(OfficialDocument.objects.of_stream(proposal.stream).filter(kind=kind).last())


def lacks(words, *wanted):
    return [one for one in wanted if one not in words]


def decide(proposal, province, kind, **facts):
    return deciding.decide(proposal.pk, kind, by=province.head, **facts)


def test_a_pilot_is_approved_with_its_plan(province):
    proposal = make_checked(province)

    words = words_of(decide_pilot(proposal, province).document)

    assert not lacks(
        words,
        "UBND TỈNH NINH THUẬN SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG Số: /QĐ-STNMT QUYẾT ĐỊNH",
        f"Về việc phê duyệt Kế hoạch thí điểm đề xuất “{proposal.title}”",
        "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG Căn cứ Luật Tổ chức chính quyền địa phương",
        "Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị về chủ trương",
        f"{province.official.full_name}, ",
        "Theo đề nghị của ",
        f"tại đề xuất số {proposal.code}",
        "QUYẾT ĐỊNH: Điều 1. Phê duyệt kèm theo Quyết định này Kế hoạch thực hiện thí điểm",
        "Phạm vi: Hai xã.",
        "Điều 2. Tổ chức thực hiện: 1. ",
        "định kỳ 01 tháng một lần báo cáo tiến độ",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
        "- Như Điều 3; - Ủy ban nhân dân tỉnh Ninh Thuận (b/c); - Lưu: VT. GIÁM ĐỐC",
        "KẾ HOẠCH Thực hiện thí điểm đề xuất",
        "(Kèm theo Quyết định số /QĐ-STNMT",
        "của Giám đốc Sở Tài nguyên và Môi trường)",
        "I. SỰ CẦN THIẾT, MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG, NHIỆM VỤ, GIẢI PHÁP",
        "III. ĐÁNH GIÁ TÁC ĐỘNG, HIỆU QUẢ DỰ KIẾN",
    )
    assert words.count("./.") == 2


def test_what_was_decided_cannot_be_edited_away(province):
    paper = decide_pilot(make_checked(province), province).document
    facts = copy.deepcopy(paper.facts)
    facts["body"][0]["text"] = "Không phê duyệt."

    with pytest.raises(Locked, match="Không sửa được phần lấy từ hồ sơ"):
        signing.edit(paper.pk, facts, by=province.focal)

    facts = copy.deepcopy(paper.facts)
    facts["body"].insert(2, {"type": "article", "text": "Giao Văn phòng theo dõi."})
    facts["grounds"].insert(0, "Căn cứ Quyết định số 12/2020/QĐ-UBND")
    signing.edit(paper.pk, facts, by=province.focal)
    paper.refresh_from_db()
    assert "- Như Điều 4;" in words_of(paper)
    assert missing(paper.facts) == []


def test_an_override_says_why_and_the_superior_is_told(province):
    proposal = make_voted_down(province)
    decision = decide_pilot(proposal, province, why_necessary=LONG, why_feasible="Đủ nguồn lực.")

    overriding.confirm(decision.pk, by=province.deputy)

    assert not lacks(
        told(proposal, K.DECISION),
        "Tập thể lãnh đạo không thông qua đề xuất; Giám đốc Sở Tài nguyên và Môi trường xét thấy",
        "khả thi và quyết định cho thực hiện thí điểm:",
        "2. Tính khả thi: Đủ nguồn lực.",
        "chịu trách nhiệm trước cấp trên và trước pháp luật",
    )
    assert not lacks(
        told(proposal, K.REPORT),
        "BÁO CÁO Việc quyết định khác kết quả biểu quyết",
        "Ủy ban nhân dân tỉnh Ninh Thuận",
        "biểu quyết không thông qua",
        "- Như trên;",
    )


@pytest.mark.parametrize(
    ("kind", "facts", "paper", "wanted"),
    [
        (
            DecisionKind.REFUSE,
            {"ground": "not_feasible", "reason": LONG, "hint": "Thử ở một xã."},
            K.NOTICE,
            [
                "/TB-STNMT THÔNG BÁO Kết quả xem xét đề xuất",
                "1. Không chấp thuận đề xuất nêu trên. 2. Lý do: chưa khả thi.",
                "3. Gợi ý để hoàn thiện: Thử ở một xã.",
                "có thể phản hồi một lần",
            ],
        ),
        (
            DecisionKind.ESCALATE,
            {"reason": "Cần ngân sách tỉnh.", "guidance": "Nhất trí."},
            K.SUBMISSION,
            [
                "/TTr-STNMT TỜ TRÌNH Về việc xem xét, quyết định đề xuất",
                "Ủy ban nhân dân tỉnh Ninh Thuận",
                "1. Lý do trình: Cần ngân sách tỉnh. 2. Ý kiến của Sở Tài nguyên và Môi trường",
                "kính trình Ủy ban nhân dân tỉnh Ninh Thuận xem xét./. - Như trên;",
            ],
        ),
        (
            DecisionKind.REDIRECT,
            {"reason": "Cần sửa quy định của tỉnh."},
            K.OFFICIAL_LETTER,
            [
                "V/v chuyển quy trình xây dựng văn bản quy phạm pháp luật",
                "2. Lý do: Cần sửa quy định của tỉnh.",
                "- Như trên;",
            ],
        ),
        (
            DecisionKind.IMPLEMENT,
            {"guidance": "Làm ngay trong quý."},
            K.DECISION,
            ["Điều 1. Cho thực hiện đề xuất", "Điều 3. Làm ngay trong quý.", "- Như Điều 4;"],
        ),
    ],
)
def test_each_decision_has_its_paper(province, kind, facts, paper, wanted):
    proposal = make_checked(province)

    decision = decide(proposal, province, kind, **facts)

    assert decision.document.kind == paper
    assert not lacks(words_of(decision.document), *wanted)
    assert missing(decision.document.facts) == []


def test_a_supplement_is_asked_for_in_a_letter(province):
    proposal = make_sent(province)

    supplement.send_back(
        proposal.pk, [Item(Part.SOLUTION, "Nêu rõ cách làm."), Item(Part.PROBLEM, "Thêm số liệu.")],
        by=province.focal,
    )  # fmt: skip

    paper = paper_of(proposal, K.OFFICIAL_LETTER)
    assert not lacks(
        words_of(paper),
        "V/v bổ sung hồ sơ đề xuất",
        "1. Giải pháp: Nêu rõ cách làm.",
        "Thêm số liệu.",
        "gửi bản bổ sung trên hệ thống trước ngày",
    )
    assert missing(paper.facts) == []


def test_the_steps_of_a_review_leave_their_papers(province):
    proposal = make_checked(province)
    steps.request_party_opinion(proposal.pk, "Xin ý kiến về chủ trương.", by=province.head)
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, Ballot.AGAINST, by=province.deputy)
    votes.cast(step.pk, Ballot.FOR, by=province.head)
    votes.close_vote(step.pk, by=province.head)

    assert not lacks(
        told(proposal, K.LEGAL_CHECK_SLIP),
        "PHIẾU KIỂM TRA PHÁP LÝ Đề xuất “",
        "Điều kiện b) Vì lợi ích chung, có giá trị thiết thực. Đạt.",
        "Kết quả kiểm tra Không trái quy định",
        "NGƯỜI KIỂM TRA",
    )
    assert not lacks(
        told(proposal, K.OFFICIAL_LETTER),
        "V/v xin ý kiến cấp ủy về đề xuất",
        "Cấp ủy Sở Tài nguyên và Môi trường",
        "Xin ý kiến về chủ trương.",
    )
    assert not lacks(
        told(proposal, K.MINUTES),
        "BIÊN BẢN Họp tập thể lãnh đạo xem xét đề xuất",
        "02 người tham gia biểu quyết; 01 phiếu tán thành, 01 phiếu không tán thành",
        "tập thể lãnh đạo thông qua đề xuất (số phiếu ngang nhau, theo phía",
        "THƯ KÝ CHỦ TỌA",
        "KẾT QUẢ PHIẾU BIỂU QUYẾT CỦA TẬP THỂ LÃNH ĐẠO",
        "1 Tán thành 01 2 Không tán thành 01 3 Không biểu quyết 00 Tổng số thành viên 02",
    )
    gaps = {gap.label for gap in missing(paper_of(proposal, K.MINUTES).facts)}
    assert gaps == {"Thời gian bắt đầu", "Thời gian kết thúc", "Thư ký", "Họ và tên thư ký"}


def test_a_council_is_formed_meets_and_reports(province):
    proposal = make_received(province)
    members = [make_user(role=Role.PROPOSER, unit=province.department) for _ in range(3)]
    seats = [(province.head, Seat.CHAIR), (province.deputy, Seat.VICE_CHAIR)]
    seats += [(members[0], Seat.SECRETARY), *((one, Seat.MEMBER) for one in members[1:])]

    step = votes.form_council(proposal.pk, seats, by=province.head)
    votes.give_appraisal(
        step.pk, by=members[1], conclusion="favourable", text="Một mình tôi nghĩ vậy."
    )
    votes.conclude_council(
        step.pk, by=province.head, conclusion="with_changes", text="Thu hẹp phạm vi."
    )

    assert not lacks(
        told(proposal, K.DECISION),
        "Về việc thành lập Hội đồng thẩm định đề xuất",
        "Nguyễn Giám Đốc Mẫu, Giám đốc Sở: Chủ tịch Hội đồng.",
        "- Như Điều 3;",
    )
    for kind in (K.MINUTES, K.REPORT):
        words = told(proposal, kind)
        assert not lacks(words, "đồng ý với đề xuất sau khi điều chỉnh", "Thu hẹp phạm vi.")
        assert "Một mình tôi nghĩ vậy." not in words
    report = OfficialDocument.objects.of_stream(proposal.stream).get(kind=K.REPORT)
    serial = proposal.code[-4:]
    assert report.facts["agency_lines"] == [f"Hội đồng thẩm định đề xuất {proposal.code}"]
    assert report.facts["notation"] == f"BC-HĐTĐ{serial}"
    assert report.facts["signature"]["lines"] == ["TM. HỘI ĐỒNG", "CHỦ TỊCH"]
    assert [one.person for one in lawful_signers(report)] == [province.head]  # the chair alone
    assert next_number(report, today()) == 1  # a row of numbers of the council
    said = council_said(proposal, province.deputy)  # heard anew under another chair
    seat_council(proposal.deciding_unit, said, by=province.head)
    assert [one.person for one in lawful_signers(report)] == [province.deputy]
    assert {paper.kind for paper in papers_shown(proposal, province.focal)} >= {K.MINUTES, K.REPORT}
    assert [paper.kind for paper in papers_shown(proposal, province.official)] == []


def test_what_was_proposed_is_a_paper_of_its_author(province, client):
    proposal = make_sent(province)

    answer = sign_in(client, province.official).get(reverse("proposals:plan", args=[proposal.ref]))

    drawn = measured(answer.content)
    assert drawn.row("KẾ HOẠCH ĐỀ XUẤT ĐỔI MỚI, SÁNG TẠO").is_bold
    assert drawn.row("Kính gửi: Giám đốc Sở Tài nguyên và Môi trường")
    assert drawn.row("I. THÔNG TIN CHUNG")
    assert drawn.row("V. CHỈ TIÊU")
    assert drawn.row("NGƯỜI ĐỀ XUẤT").page == drawn.row(proposal.proposer.full_name).page
    assert drawn.text.count("./.") == 1
    assert "DỰ THẢO" not in drawn.text


def test_the_committee_of_each_level_is_asked_by_its_name():
    names = ["tỉnh Ninh Thuận", "huyện Bác Ái", "thành phố Phan Rang - Tháp Chàm", "xã Phước Đại"]
    kinds = [UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.DISTRICT, UnitKind.COMMUNE]
    units = [
        make_unit(f"Ủy ban nhân dân {name}", kind=kind)
        for name, kind in zip(names, kinds, strict=True)
    ]

    assert [party_of(issuer_of(K.OFFICIAL_LETTER, unit)) for unit in units] == [
        "Ban Thường vụ Tỉnh ủy Ninh Thuận",
        "Ban Thường vụ Huyện ủy Bác Ái",
        "Ban Thường vụ Thành ủy Phan Rang - Tháp Chàm",
        "Ban Thường vụ Đảng ủy xã Phước Đại",
    ]

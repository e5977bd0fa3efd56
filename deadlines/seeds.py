"""The rules a portal starts with: those of quy-trinh.md §6, and the project's own ([DA])."""

from datetime import date
from typing import NamedTuple

from deadlines.models import DeadlineRule, LadderRung
from deadlines.stages import Audience, SourceStatus, Unit

START = date(2021, 1, 1)  # where the working calendar begins
DECREE_73 = date(2023, 9, 29)
OWN = "Quy định của dự án, chờ tỉnh ban hành"
ND73 = "Nghị định 73/2023/NĐ-CP"
ND30 = "Nghị định 30/2020/NĐ-CP"

VERIFIED, SET, PARTIAL, UNVERIFIED = (
    SourceStatus.VERIFIED,
    SourceStatus.OWN,
    SourceStatus.PARTIAL,
    SourceStatus.UNVERIFIED,
)


class Seed(NamedTuple):
    """One dated version of a rule."""

    code: str
    label: str
    start_event: str
    amount: int | None
    legal_ground: str
    source_status: str
    valid_from: date = START
    valid_to: date | None = None
    unit: str = Unit.WORKING_DAY


def _own(code: str, label: str, start_event: str, amount: int | None) -> Seed:
    return Seed(code, label, start_event, amount, OWN, SET)


RULES = (
    # the proposal
    _own("INTAKE", "Tiếp nhận đề xuất", "ngày cơ quan nhận đề xuất", 2),
    _own("SUPPLEMENT", "Bổ sung hồ sơ", "ngày yêu cầu bổ sung", 5),
    Seed(
        "COLLECTIVE_MEETING",
        "Xem xét, quyết định đề xuất",
        "ngày nhận kế hoạch đề xuất",
        7,
        OWN,
        SET,
        START,
        DECREE_73,
    ),
    Seed(
        "COLLECTIVE_MEETING",
        "Xem xét, quyết định đề xuất",
        "ngày nhận kế hoạch đề xuất",
        7,
        f"Khoản 1 Điều 8 {ND73}",
        VERIFIED,
        DECREE_73,
    ),
    Seed(
        "COUNCIL_REVIEW",
        "Thẩm định của Hội đồng",
        "ngày thành lập Hội đồng",
        None,
        f"Khoản 2 Điều 8 {ND73}",
        UNVERIFIED,
    ),
    Seed(
        "HIGHER_REVIEW",
        "Cấp có thẩm quyền xem xét, quyết định",
        "ngày cấp có thẩm quyền nhận hồ sơ",
        None,
        f"Điều 8 {ND73}",
        UNVERIFIED,
    ),
    _own("OPINION", "Trả lời xin ý kiến", "ngày gửi yêu cầu", 5),
    _own("CONFIRM_COAUTHOR", "Xác nhận cùng đề xuất", "ngày được mời", 5),
    _own("JOIN_ANSWER", "Trả lời xin cùng tham gia", "ngày nhận yêu cầu", 5),
    _own("SECOND_PERSON", "Xác nhận của người thứ hai", "ngày quyết định", 2),
    _own("REFUSAL_ANSWER", "Phản hồi việc không đồng ý", "ngày nhận kết quả", 5),
    _own("ANSWER_REVIEW", "Xem xét phản hồi", "ngày nhận phản hồi", 5),
    # the pilot
    _own("PILOT_START", "Bắt đầu thực hiện", "ngày quyết định", 5),
    _own("PROGRESS_REPORT", "Báo cáo tiến độ", "ngày mở kỳ báo cáo", None),
    _own("REPORT_ACCEPTANCE", "Xem xét báo cáo tiến độ", "ngày nhận báo cáo", 5),
    _own("MILESTONE", "Mốc công việc", "ngày bắt đầu thí điểm", None),
    _own("INCIDENT_CONFIRM", "Xác nhận sự cố", "ngày báo sự cố", 1),
    _own("INCIDENT_FIX", "Khắc phục sự cố", "ngày xác nhận sự cố", 5),
    _own("HELP_ANSWER", "Trả lời yêu cầu hỗ trợ", "ngày gửi yêu cầu", 5),
    _own("FINDING_FIX", "Khắc phục nội dung được phát hiện", "ngày có kết luận", None),
    _own("FINDING_CONFIRM", "Xác nhận đã khắc phục", "ngày báo đã khắc phục", 5),
    _own("ADJUSTMENT_DECISION", "Duyệt điều chỉnh thí điểm", "ngày nhận đề nghị", 7),
    _own("SUSPENSION_REVIEW", "Xem xét việc tạm dừng", "ngày tạm dừng", 10),
    # the evaluation
    Seed(
        "RESULT_REPORT",
        "Báo cáo kết quả",
        "ngày hoàn thành",
        5,
        OWN,
        SET,
        START,
        DECREE_73,
    ),
    Seed(
        "RESULT_REPORT",
        "Báo cáo kết quả",
        "ngày hoàn thành",
        5,
        f"Điều 18 {ND73}",
        VERIFIED,
        DECREE_73,
    ),
    Seed(
        "EVALUATION_MEETING",
        "Họp đánh giá kết quả",
        "ngày nhận báo cáo kết quả",
        7,
        OWN,
        SET,
        START,
        DECREE_73,
    ),
    Seed(
        "EVALUATION_MEETING",
        "Họp đánh giá kết quả",
        "ngày nhận báo cáo kết quả",
        7,
        f"Điều 18 {ND73}",
        VERIFIED,
        DECREE_73,
    ),
    Seed(
        "EVALUATION_NOTICE",
        "Thông báo kết quả đánh giá",
        "ngày họp đánh giá",
        3,
        f"Điều 18 {ND73}",
        PARTIAL,
    ),
    # what follows
    _own("CONCLUSION", "Ghi nhận kết quả", "ngày các hồ sơ sau đánh giá đã xong", 10),
    _own("LIABILITY_OPEN", "Lập hồ sơ xem xét trách nhiệm", "ngày có kết quả đánh giá", 5),
    _own("LIABILITY_FACTS", "Xác định nguyên nhân", "ngày lập hồ sơ", 7),
    _own("LIABILITY_STATEMENT", "Ý kiến của người liên quan", "ngày được thông báo", 5),
    _own("LIABILITY_VOTE", "Biểu quyết của Hội đồng", "ngày trình Hội đồng", None),
    _own("LIABILITY_DECISION", "Kết luận xem xét trách nhiệm", "ngày đủ hồ sơ", 7),
    _own("LIABILITY_APPEAL", "Khiếu nại kết luận", "ngày nhận kết luận", 5),
    _own("LIABILITY_APPEAL_DECISION", "Giải quyết khiếu nại", "ngày nhận khiếu nại", 7),
    _own("COMMENDATION_REVIEW", "Thẩm định đề nghị khen thưởng", "ngày nhận đề nghị", 7),
    _own("COMMENDATION_DECISION", "Quyết định khen thưởng", "ngày trình", 7),
    _own("ABUSE_VERIFY", "Xác minh phản ánh", "ngày nhận phản ánh", 10),
    _own("REPLICATION_ANSWER", "Trả lời đề nghị áp dụng mô hình", "ngày nhận đề nghị", 7),
    # papers and reports
    _own("DOC_SIGNING", "Ký văn bản", "ngày trình ký", 2),
    Seed(
        "DOC_NUMBERING",
        "Cấp số văn bản",
        "ngày ký",
        1,
        f"Điều 15 {ND30}",
        VERIFIED,
    ),
    Seed(
        "DOC_RELEASE",
        "Phát hành văn bản",
        "ngày ký",
        1,
        f"Điều 18 {ND30}",
        VERIFIED,
    ),
    Seed(
        "REPORT_PERIOD",
        "Gửi báo cáo định kỳ",
        "ngày chốt số liệu",
        None,
        "Nghị định 09/2019/NĐ-CP",
        VERIFIED,
    ),
    _own("URGING_ANSWER", "Trả lời công văn đôn đốc", "ngày nhận công văn", 5),
)

# The default ladder: quy-trinh.md §11 and pages.md §14.
RUNGS = (
    (-3, Audience.HOLDER),
    (-1, Audience.HOLDER),
    (0, Audience.HOLDER),
    (1, Audience.HOLDER),
    (1, Audience.HEAD),
    (1, Audience.HOME_AFFAIRS),
    (5, Audience.HOLDER),
    (5, Audience.SUPERIOR),
    (5, Audience.HOME_AFFAIRS),
)


def seed_ladder() -> int:
    """The default ladder, where no rung was ever set. Answers how many rungs came."""
    if LadderRung.objects.filter(rule_code="").exists():
        return 0
    LadderRung.objects.bulk_create(
        LadderRung(offset=offset, audience=audience, valid_from=START) for offset, audience in RUNGS
    )
    return len(RUNGS)


def seed_rules() -> int:
    """Bring in each rule that is missing; what was changed by hand stays. Answers how many came."""
    held = set(DeadlineRule.objects.values_list("code", "valid_from"))
    missing = [seed for seed in RULES if (seed.code, seed.valid_from) not in held]
    DeadlineRule.objects.bulk_create(DeadlineRule(**seed._asdict()) for seed in missing)
    return len(missing)

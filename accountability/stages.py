"""The words of liability cases and commendations, their labels and colours, written once."""

from django.db import models

from proposals.stages import OutcomeKind


class CaseState(models.TextChoices):
    """Where a liability case stands (quy-trinh.md §3.4)."""

    OPENED = "opened", "Đang lập hồ sơ"
    FACT_FINDING = "fact_finding", "Đang xác định nguyên nhân"
    HEARING = "hearing", "Chờ kết luận"
    DECIDED = "decided", "Đã kết luận"
    APPEALED = "appealed", "Đang khiếu nại"
    CLOSED = "closed", "Đã kết thúc"


AWAITING_STATEMENT = "Chờ ý kiến người liên quan"  # of a hearing in which nobody was heard yet
BEFORE_COUNCIL = "Chờ Hội đồng"  # while a council sits
CONCLUDED = frozenset({CaseState.DECIDED, CaseState.APPEALED, CaseState.CLOSED})


class Outcome(models.TextChoices):
    """What a liability case may end in: values that never stand for one another (glossary §7)."""

    NOT_HELD_LIABLE = "not_held_liable", "Không bị xử lý trách nhiệm"
    EXCLUDED = "excluded", "Loại trừ trách nhiệm"
    EXEMPTED = "exempted", "Miễn trách nhiệm"
    MITIGATED = "mitigated", "Giảm nhẹ trách nhiệm"
    NOT_APPLICABLE = "not_applicable", "Không thuộc diện miễn, giảm"
    REFERRED = "referred", "Chuyển xử lý theo quy định"


# What the proposal bears once it is concluded.
ON_PROPOSAL: dict[str, str] = {
    Outcome.NOT_HELD_LIABLE: OutcomeKind.NOT_HELD_LIABLE,
    Outcome.EXCLUDED: OutcomeKind.EXCLUDED,
    Outcome.EXEMPTED: OutcomeKind.EXEMPTED,
    Outcome.MITIGATED: OutcomeKind.MITIGATED,
    Outcome.NOT_APPLICABLE: OutcomeKind.HELD_LIABLE,
    Outcome.REFERRED: OutcomeKind.HELD_LIABLE,
}
OUTCOME_HINTS: dict[str, str] = {
    Outcome.NOT_HELD_LIABLE: "Đề xuất được đánh giá hoàn thành.",
    Outcome.EXCLUDED: "Không có trách nhiệm phải xem xét, vì đủ ba tiêu chí.",
    Outcome.EXEMPTED: "Có trách nhiệm nhưng được miễn, vì đủ ba tiêu chí.",
    Outcome.MITIGATED: "Có trách nhiệm, được giảm mức xử lý, vì đủ ba tiêu chí.",
    Outcome.NOT_APPLICABLE: "Xem xét theo quy định chung.",
    Outcome.REFERRED: "Có dấu hiệu vụ lợi, tham nhũng, tiêu cực hoặc vi phạm khác.",
}

# (colour of the badge, icon): language.md §3.3, style.md §5.1
TONES: dict[str, tuple[str, str]] = {
    CaseState.OPENED: ("", "circle"),
    CaseState.FACT_FINDING: ("blue", "hourglass-split"),
    CaseState.HEARING: ("blue", "hourglass-split"),
    CaseState.DECIDED: ("blue", "clipboard2-check"),
    CaseState.APPEALED: ("blue", "hourglass-split"),
    CaseState.CLOSED: ("", "circle"),
    Outcome.NOT_HELD_LIABLE: ("green", "check-lg"),
    Outcome.EXCLUDED: ("green", "check-lg"),
    Outcome.EXEMPTED: ("green", "check-lg"),
    Outcome.MITIGATED: ("gold", "circle-half"),
    Outcome.NOT_APPLICABLE: ("", "dash-circle"),
    Outcome.REFERRED: ("red", "exclamation-circle"),
}


class Origin(models.TextChoices):
    """Who opened a liability case, and on what."""

    EVALUATION = "evaluation", "Kết quả đánh giá"
    HOME_AFFAIRS = "home_affairs", "Sở Nội vụ"
    INSPECTION = "inspection", "Thanh tra, kiểm tra"


class Condition(models.TextChoices):
    """The checklist of the order, point 4; the criteria of the decision table are three of it."""

    RIGHT_POLICY = "right_policy", "Đúng chủ trương"
    AUTHORISED = "authorised", "Được cấp có thẩm quyền cho phép"
    PURE_MOTIVE = "pure_motive", "Động cơ trong sáng"
    COMMON_GOOD = "common_good", "Vì lợi ích chung"
    REPORTED = "reported", "Đã báo cáo, khắc phục kịp thời"
    NO_ABUSE = "no_abuse", "Không vụ lợi, tham nhũng, tiêu cực"


CRITERIA = (Condition.RIGHT_POLICY, Condition.PURE_MOTIVE, Condition.COMMON_GOOD)


class Finding(models.TextChoices):
    MET = "met", "Đủ"
    NOT_MET = "not_met", "Chưa đủ"
    UNCLEAR = "unclear", "Cần làm rõ"


FINDING_TONES: dict[str, tuple[str, str]] = {
    Finding.MET: ("green", "check-lg"),
    Finding.NOT_MET: ("amber", "x-circle"),
    Finding.UNCLEAR: ("blue", "question-circle"),
}


class StatementKind(models.TextChoices):
    """How the person concerned was heard before the decision."""

    GIVEN = "given", "Đã có ý kiến"
    DECLINED = "declined", "Không nêu ý kiến"
    LAPSED = "lapsed", "Hết thời hạn, chưa có ý kiến"


class Instance(models.TextChoices):
    FIRST = "first", "Kết luận"
    APPEAL = "appeal", "Kết luận giải quyết khiếu nại"


class DecisionState(models.TextChoices):
    AWAITING_SECOND = "awaiting_second", "Chờ người thứ hai xác nhận"
    IN_FORCE = "in_force", "Có hiệu lực"
    DECLINED = "declined", "Người thứ hai không xác nhận"


class CommendationState(models.TextChoices):
    """Where a commendation stands (quy-trinh.md §3.6)."""

    NOMINATED = "nominated", "Đề nghị"
    REVIEWED = "reviewed", "Chờ trình"
    SUBMITTED = "submitted", "Chờ xét"
    DECIDED = "decided", "Đã quyết định"
    AWARDED = "awarded", "Đã khen thưởng"
    DECLINED = "declined", "Chưa xét"


COMMENDATION_TONES: dict[str, tuple[str, str]] = {
    CommendationState.NOMINATED: ("", "circle"),
    CommendationState.REVIEWED: ("blue", "hourglass-split"),
    CommendationState.SUBMITTED: ("blue", "hourglass-split"),
    CommendationState.DECIDED: ("gold", "award"),
    CommendationState.AWARDED: ("gold", "award"),
    CommendationState.DECLINED: ("", "dash-circle"),
}


class IncentiveNature(models.TextChoices):
    """Biểu dương is not khen thưởng (glossary §7)."""

    PRAISE = "praise", "Biểu dương"
    REWARD = "reward", "Khen thưởng"
    SALARY = "salary", "Nâng bậc lương"
    PLACEMENT = "placement", "Ưu tiên bố trí, sử dụng"


class Authority(models.TextChoices):
    """Who decides on a form of commendation."""

    HEAD = "head", "Người đứng đầu cơ quan"
    PROVINCE = "province", "Chủ tịch Ủy ban nhân dân tỉnh"


class Nominee(models.TextChoices):
    PERSON = "person", "Cá nhân"
    TEAM = "team", "Tập thể"

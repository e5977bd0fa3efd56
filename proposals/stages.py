"""The words of the one lifecycle (design §4), their labels and colours, written once."""

from django.db import models


class Stage(models.TextChoices):
    """Where a proposal stands. Labels as in the interface language, §3.1."""

    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    UNDER_REVIEW = "under_review", "Chờ xem xét"
    RETURNED = "returned", "Cần bổ sung"
    ESCALATED = "escalated", "Đã chuyển cấp trên"
    APPROVED_IMPLEMENT = "approved_implement", "Cho thực hiện"
    APPROVED_PILOT = "approved_pilot", "Cho thí điểm"
    MONITORED = "monitored", "Đang thí điểm"
    EVALUATED = "evaluated", "Đã đánh giá"
    CONCLUDED = "concluded", "Đã kết thúc"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đã rút"
    REDIRECTED = "redirected", "Chuyển quy trình xây dựng văn bản"


REVIEWED = frozenset({Stage.UNDER_REVIEW, Stage.ESCALATED})
APPROVED = frozenset({Stage.APPROVED_IMPLEMENT, Stage.APPROVED_PILOT})
CARRIED_OUT = frozenset({*APPROVED, Stage.MONITORED, Stage.EVALUATED, Stage.CONCLUDED})
CLOSED = frozenset({Stage.CONCLUDED, Stage.REFUSED, Stage.WITHDRAWN, Stage.REDIRECTED})
DRAFT_OR_WITHDRAWN = frozenset({Stage.DRAFT, Stage.WITHDRAWN})
OPEN = frozenset(Stage) - CLOSED - {Stage.DRAFT}

# (colour of the badge, icon): style.md §5.1. A refused proposal is grey, never red.
TONES: dict[str, tuple[str, str]] = {
    Stage.DRAFT: ("", "file-earmark"),
    Stage.SUBMITTED: ("blue", "hourglass-split"),
    Stage.UNDER_REVIEW: ("blue", "hourglass-split"),
    Stage.RETURNED: ("amber", "exclamation-triangle"),
    Stage.ESCALATED: ("violet", "box-arrow-up-right"),
    Stage.APPROVED_IMPLEMENT: ("green", "check-lg"),
    Stage.APPROVED_PILOT: ("teal", "activity"),
    Stage.MONITORED: ("teal", "activity"),
    Stage.EVALUATED: ("amber", "clipboard-check"),
    Stage.CONCLUDED: ("", "circle"),
    Stage.REFUSED: ("", "dash-circle"),
    Stage.WITHDRAWN: ("", "dash-circle"),
    Stage.REDIRECTED: ("", "box-arrow-up-right"),
}


class Track(models.TextChoices):
    """Which rules a proposal follows (quy-trinh.md §1): fixed on the day it is sent."""

    ND73 = "nd73", "Theo Nghị định 73/2023/NĐ-CP"
    POLICY = "policy", "Theo Kết luận 14-KL/TW"


class RequestedForm(models.TextChoices):
    PILOT = "pilot", "Thí điểm"
    IMPLEMENT = "implement", "Thực hiện ngay"


class BottleneckKind(models.TextChoices):
    UNREGULATED = "unregulated", "Chưa được quy định"
    REGULATED_UNSUITABLE = "regulated_unsuitable", "Đã quy định nhưng không phù hợp"
    UNKNOWN = "unknown", "Cần pháp chế giúp xác định"


class StepKind(models.TextChoices):
    """Steps inside a review: rows, not stages."""

    LEGAL_CHECK = "legal_check", "Kiểm tra pháp lý"
    PARTY_OPINION = "party_opinion", "Xin ý kiến cấp ủy"
    COLLECTIVE_VOTE = "collective_vote", "Biểu quyết của tập thể lãnh đạo"
    APPRAISAL_COUNCIL = "appraisal_council", "Hội đồng thẩm định"


class StepConclusion(models.TextChoices):
    FAVOURABLE = "favourable", "Đồng ý"
    WITH_CHANGES = "with_changes", "Đồng ý, có điều chỉnh"
    UNFAVOURABLE = "unfavourable", "Không đồng ý"


class Seat(models.TextChoices):
    """In what capacity somebody sits at a vote or in a council."""

    HEAD = "head", "Người đứng đầu"
    DEPUTY = "deputy", "Cấp phó"
    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch Hội đồng"
    MEMBER = "member", "Ủy viên"
    SECRETARY = "secretary", "Ủy viên kiêm thư ký"


class Ballot(models.TextChoices):
    FOR = "for_", "Tán thành"
    AGAINST = "against", "Không tán thành"


class DecisionKind(models.TextChoices):
    IMPLEMENT = "implement", "Đồng ý cho thực hiện"
    PILOT = "pilot", "Đồng ý cho thí điểm"
    ESCALATE = "escalate", "Chuyển cấp có thẩm quyền"
    RETURN = "return", "Trả lại để bổ sung"
    REFUSE = "refuse", "Không đồng ý"
    REDIRECT = "redirect", "Chuyển quy trình xây dựng văn bản quy phạm pháp luật"


class DecisionState(models.TextChoices):
    AWAITING_SECOND = "awaiting_second", "Chờ người thứ hai xác nhận"
    IN_FORCE = "in_force", "Có hiệu lực"
    REVOKED = "revoked", "Đã thu hồi"
    DECLINED = "declined", "Người thứ hai không xác nhận"


class RefusalGround(models.TextChoices):
    """Grounds of a refusal: the conditions of Nghị định 73/2023/NĐ-CP, Điều 5, and the rest."""

    UNLAWFUL = "unlawful", "Trái quy định của Đảng, pháp luật"
    NOT_COMMON_GOOD = "not_common_good", "Chưa rõ lợi ích chung"
    NOT_URGENT = "not_urgent", "Chưa xuất phát từ yêu cầu cấp thiết"
    NOT_FEASIBLE = "not_feasible", "Chưa khả thi"
    ALREADY_DONE = "already_done", "Đã có quy định hoặc đã thực hiện"
    OTHER = "other", "Lý do khác"


class OutcomeKind(models.TextChoices):
    """What a proposal ended in: each stands on its own record, several can hold."""

    NOT_HELD_LIABLE = "not_held_liable", "Không bị xử lý trách nhiệm"
    EXCLUDED = "excluded", "Loại trừ trách nhiệm"
    EXEMPTED = "exempted", "Miễn trách nhiệm"
    MITIGATED = "mitigated", "Giảm nhẹ trách nhiệm"
    HELD_LIABLE = "held_liable", "Xử lý theo quy định chung"
    COMMENDED = "commended", "Biểu dương, khen thưởng"
    REPLICATED = "replicated", "Nhân rộng"


class Part(models.TextChoices):
    """The six parts of the form; values are the last words of their addresses."""

    BASICS = "thong-tin", "Thông tin chung"
    PROBLEM = "van-de", "Vấn đề"
    SOLUTION = "giai-phap", "Giải pháp"
    BENEFIT = "loi-ich", "Lợi ích và chỉ tiêu"
    RESOURCES = "nguon-luc-rui-ro", "Nguồn lực, rủi ro"
    COMMITMENT = "cam-ket", "Cam kết, tệp kèm theo"

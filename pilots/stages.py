"""The words of pilots and evaluations, their labels and colours, written once."""

from django.db import models


class PilotKind(models.TextChoices):
    PILOT = "pilot", "Thí điểm"
    IMPLEMENT = "implement", "Thực hiện"


def worded(kind: str, text: str) -> str:
    """The words for a pilot, or for plain implementation (cho thực hiện ≠ cho thí điểm)."""
    if kind == PilotKind.PILOT:
        return text
    return text.replace("thí điểm", "thực hiện").replace("Thí điểm", "Việc thực hiện")


class PilotState(models.TextChoices):
    """Where a pilot stands (quy-trinh.md §3.2). Labels as in the interface language, §3.2."""

    PLANNED = "planned", "Chuẩn bị thí điểm"
    RUNNING = "running", "Đang thí điểm"
    ADJUSTING = "adjusting", "Chờ duyệt điều chỉnh"
    SUSPENDED = "suspended", "Tạm dừng"
    COMPLETED = "completed", "Chờ đánh giá"
    TERMINATED = "terminated", "Dừng trước hạn"
    EVALUATED = "evaluated", "Đã đánh giá"
    CLOSED = "closed", "Đã kết thúc"


UNDER_WAY = frozenset({PilotState.RUNNING, PilotState.ADJUSTING, PilotState.SUSPENDED})
ENDED = frozenset({PilotState.COMPLETED, PilotState.TERMINATED})
OVER = frozenset({PilotState.EVALUATED, PilotState.CLOSED})

# (colour of the badge, icon): language.md §3.2
TONES: dict[str, tuple[str, str]] = {
    PilotState.PLANNED: ("teal", "activity"),
    PilotState.RUNNING: ("teal", "activity"),
    PilotState.ADJUSTING: ("blue", "hourglass-split"),
    PilotState.SUSPENDED: ("amber", "pause"),
    PilotState.COMPLETED: ("amber", "clipboard-check"),
    PilotState.TERMINATED: ("", "dash-circle"),
    PilotState.EVALUATED: ("", "circle"),
    PilotState.CLOSED: ("", "circle"),
}
BEHIND = ("Chậm tiến độ", "amber", "exclamation-triangle")


class Direction(models.TextChoices):
    UP = "up", "tăng là tốt"
    DOWN = "down", "giảm là tốt"


class Frequency(models.TextChoices):
    WEEKLY = "weekly", "Hằng tuần"
    MONTHLY = "monthly", "Hằng tháng"
    QUARTERLY = "quarterly", "Hằng quý"
    AT_END = "at_end", "Khi kết thúc"


class Standing(models.TextChoices):
    """How an indicator stands against the time that has passed (language.md §3.4)."""

    ON_TRACK = "on_track", "Đúng kế hoạch"
    AHEAD = "ahead", "Vượt kế hoạch"
    BEHIND = "behind", "Chậm"
    NO_FIGURES = "no_figures", "Chưa có số liệu"


STANDING_TONES: dict[str, tuple[str, str]] = {
    Standing.ON_TRACK: ("green", "check-lg"),
    Standing.AHEAD: ("green", "check-lg"),
    Standing.BEHIND: ("amber", "exclamation-triangle"),
    Standing.NO_FIGURES: ("", "circle"),
}


class ReportState(models.TextChoices):
    NOT_STARTED = "not_started", "Chưa lập"
    WRITING = "writing", "Đang soạn"
    SENT = "sent", "Đã gửi"
    NEEDS_CHANGES = "needs_changes", "Cần sửa"
    ACCEPTED = "accepted", "Đã chấp nhận"


REPORT_TONES: dict[str, tuple[str, str]] = {
    ReportState.NOT_STARTED: ("", "circle"),
    ReportState.WRITING: ("", "pencil-square"),
    ReportState.SENT: ("blue", "hourglass-split"),
    ReportState.NEEDS_CHANGES: ("amber", "exclamation-triangle"),
    ReportState.ACCEPTED: ("green", "check-lg"),
}
REPORT_LATE = ("Quá hạn", "red", "alarm")


class ProofHeading(models.IntegerChoices):
    """The ten headings of the evidence dossier, in their order (pages.md §11)."""

    SAID = 1, "Đề xuất và cam kết"
    HEARD = 2, "Ý kiến, thẩm quyền"
    ALLOWED = 3, "Quyết định cho phép"
    PLANNED = 4, "Kế hoạch, điều kiện dừng"
    REPORTED = 5, "Báo cáo đúng hạn"
    MEASURED = 6, "Số liệu và nguồn"
    INCIDENTS = 7, "Sự cố, biện pháp khắc phục"
    HELPED = 8, "Xin hỗ trợ và trả lời"
    ASKED = 9, "Ý kiến người dân, cơ quan"
    EVALUATED = 10, "Đánh giá"


class IncidentLevel(models.TextChoices):
    MINOR = "minor", "Nhẹ"
    MODERATE = "moderate", "Vừa"
    SERIOUS = "serious", "Nghiêm trọng"


class IncidentState(models.TextChoices):
    NEW = "new", "Mới báo"
    FIXING = "fixing", "Đang khắc phục"
    AWAITING = "awaiting", "Chờ xác nhận"
    FIXED = "fixed", "Đã khắc phục"


INCIDENT_TONES: dict[str, tuple[str, str]] = {
    IncidentState.NEW: ("amber", "exclamation-triangle"),
    IncidentState.FIXING: ("amber", "exclamation-triangle"),
    IncidentState.AWAITING: ("blue", "hourglass-split"),
    IncidentState.FIXED: ("green", "check-lg"),
}


class CauseKind(models.TextChoices):
    """Objective is asked before subjective, always (language.md §1.6)."""

    OBJECTIVE = "objective", "Nguyên nhân khách quan"
    SUBJECTIVE = "subjective", "Nguyên nhân chủ quan"


class CauseWeight(models.TextChoices):
    """How much a cause weighed, in words (quy-trinh.md §3.3: tỷ trọng mô tả)."""

    MAIN = "main", "Chủ yếu"
    CONSIDERABLE = "considerable", "Đáng kể"
    SLIGHT = "slight", "Thứ yếu"


class HelpKind(models.TextChoices):
    MONEY = "money", "Kinh phí"
    STAFF = "staff", "Nhân lực"
    EQUIPMENT = "equipment", "Thiết bị"
    LEGAL = "legal", "Pháp lý"
    COORDINATION = "coordination", "Phối hợp"


class HelpState(models.TextChoices):
    SENT = "sent", "Mới gửi"
    RECEIVED = "received", "Đã nhận"
    WORKING = "working", "Đang giải quyết"
    SOLVED = "solved", "Đã giải quyết"
    DECLINED = "declined", "Không giải quyết được, có lý do"


HELP_OPEN = frozenset({HelpState.SENT, HelpState.RECEIVED, HelpState.WORKING})
HELP_TONES: dict[str, tuple[str, str]] = {
    HelpState.SENT: ("blue", "hourglass-split"),
    HelpState.RECEIVED: ("blue", "hourglass-split"),
    HelpState.WORKING: ("teal", "activity"),
    HelpState.SOLVED: ("green", "check-lg"),
    HelpState.DECLINED: ("", "dash-circle"),
}


class FindingState(models.TextChoices):
    OPEN = "open", "Chờ khắc phục"
    REMEDIED = "remedied", "Chờ xác nhận"
    ACCEPTED = "accepted", "Đã khắc phục"


FINDING_TONES: dict[str, tuple[str, str]] = {
    FindingState.OPEN: ("amber", "exclamation-triangle"),
    FindingState.REMEDIED: ("blue", "hourglass-split"),
    FindingState.ACCEPTED: ("green", "check-lg"),
}


class AdjustmentState(models.TextChoices):
    WAITING = "waiting", "Chờ duyệt điều chỉnh"
    APPROVED = "approved", "Đồng ý điều chỉnh"
    REFUSED = "refused", "Giữ kế hoạch cũ"


ADJUSTMENT_TONES: dict[str, tuple[str, str]] = {
    AdjustmentState.WAITING: ("blue", "hourglass-split"),
    AdjustmentState.APPROVED: ("green", "check-lg"),
    AdjustmentState.REFUSED: ("", "dash-circle"),
}


class HaltKind(models.TextChoices):
    SUSPENSION = "suspension", "Tạm dừng thí điểm"
    TERMINATION = "termination", "Dừng thí điểm"


class EvaluationKind(models.TextChoices):
    INTERIM = "interim", "Sơ kết"
    FINAL = "final", "Đánh giá kết quả"


class EvaluationState(models.TextChoices):
    """Who is asked next (quy-trinh.md §3.3)."""

    REPORTING = "reporting", "Chờ báo cáo kết quả"
    PARTY_OPINION = "party_opinion", "Chờ ý kiến cấp ủy"
    MEETING = "meeting", "Chờ họp đánh giá"
    CONCLUDED = "concluded", "Đã kết luận"


class Result(models.TextChoices):
    """Labels of language.md §3.2; what is not met is grey, never red."""

    COMPLETED = "completed", "Đạt mục tiêu"
    PARTIALLY_COMPLETED = "partially_completed", "Đạt một phần"
    NOT_COMPLETED = "not_completed", "Chưa đạt mục tiêu"


RESULT_TONES: dict[str, tuple[str, str]] = {
    Result.COMPLETED: ("green", "check-lg"),
    Result.PARTIALLY_COMPLETED: ("gold", "award"),
    Result.NOT_COMPLETED: ("", "circle"),
}


class Recommendation(models.TextChoices):
    REPLICATE = "replicate", "Nhân rộng"
    CONTINUE = "continue", "Tiếp tục"
    STOP = "stop", "Dừng"


class Opinion(models.TextChoices):
    """What a member of the evaluation, or the party committee, thinks of the result."""

    COMPLETED = "completed", "Đạt mục tiêu"
    PARTIALLY_COMPLETED = "partially_completed", "Đạt một phần"
    NOT_COMPLETED = "not_completed", "Chưa đạt mục tiêu"


class EvaluatorSeat(models.TextChoices):
    CHAIR = "chair", "Chủ trì"
    MEMBER = "member", "Thành viên"


class DamageKind(models.TextChoices):
    BUDGET = "budget", "Ngân sách nhà nước"
    PROPERTY = "property", "Tài sản"
    PEOPLE = "people", "Người dân, doanh nghiệp"
    OTHER = "other", "Thiệt hại khác"

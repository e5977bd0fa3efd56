"""The deeds that ask for little: a question, a consequence, a small form, one action.

One view asks and does them all; the table in rights.py says who may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deadlines.lengths import within
from journal.once import OnceForm
from pilots.actions import (
    adjusting,
    evaluating,
    findings,
    halting,
    helping,
    incidents,
    reports,
    starting,
)
from pilots.forms import deeds as forms


@dataclass(frozen=True)
class Deed:
    """`do` takes the id of its subject, `by`, `version` and what the form says."""

    subject: str
    right: str
    question: str
    consequence: str
    verb: str
    form: type[OnceForm]
    do: Callable[..., Any]
    said: str
    danger: bool = False
    page_of: Callable[[Any], str] | None = None  # where it leads, where not back
    rule: str = ""  # the deadline that `{within}` in the consequence tells

    @property
    def follows(self) -> str:
        """The consequence, with the time that the rule of today gives."""
        if not self.rule:
            return self.consequence
        return self.consequence.format(within=within(self.rule) or "đúng thời hạn")


DEEDS: dict[str, Deed] = {
    "start": Deed(
        "pilot",
        "start",
        "Bắt đầu thí điểm?",
        "Kế hoạch được giữ nguyên từ hôm nay; thay đổi sau đó phải được duyệt điều chỉnh.",
        "Bắt đầu thí điểm",
        forms.EmptyForm,
        starting.start,
        "Đã bắt đầu thí điểm.",
    ),
    "suspend": Deed(
        "pilot",
        "suspend",
        "Tạm dừng thí điểm?",
        "Thời hạn báo cáo ngừng tính từ hôm nay. Sở Nội vụ được thông báo.",
        "Tạm dừng thí điểm",
        forms.ReasonForm,
        halting.suspend,
        "Đã tạm dừng thí điểm.",
        danger=True,
    ),
    "resume": Deed(
        "pilot",
        "resume",
        "Tiếp tục thí điểm?",
        "Thời hạn báo cáo tính tiếp từ hôm nay. Sở Nội vụ được thông báo.",
        "Tiếp tục thí điểm",
        forms.ReasonForm,
        halting.resume,
        "Thí điểm được tiếp tục.",
    ),
    "terminate": Deed(
        "pilot",
        "terminate",
        "Dừng thí điểm trước hạn?",
        "Thí điểm không tiếp tục được nữa. Người thực hiện lập báo cáo kết quả trong 5 ngày "
        "làm việc để đánh giá.",
        "Dừng thí điểm",
        forms.HandBackForm,
        halting.terminate,
        "Đã dừng thí điểm. Chờ báo cáo kết quả.",
        danger=True,
    ),
    "complete": Deed(
        "pilot",
        "complete",
        "Kết thúc thí điểm?",
        "Báo cáo kết quả phải gửi {within} từ hôm nay.",
        "Kết thúc thí điểm",
        forms.SummaryForm,
        halting.complete,
        "Thí điểm đã kết thúc. Chờ báo cáo kết quả.",
        rule="RESULT_REPORT",
    ),
    "open_interim": Deed(
        "pilot",
        "open_interim",
        "Lập sơ kết thí điểm?",
        "Tập thể lãnh đạo cho ý kiến rồi người đứng đầu kết luận. Thí điểm vẫn tiếp tục.",
        "Lập sơ kết",
        forms.EmptyForm,
        evaluating.open_interim,
        "Đã mở sơ kết.",
        page_of=evaluating.url_of,
    ),
    "accept_report": Deed(
        "report",
        "accept_report",
        "Chấp nhận báo cáo tiến độ?",
        "Kinh phí đã dùng trong báo cáo được ghi vào tiến độ chung.",
        "Chấp nhận báo cáo",
        forms.NoteForm,
        reports.accept_report,
        "Đã chấp nhận báo cáo.",
    ),
    "return_report": Deed(
        "report",
        "accept_report",
        "Trả lại báo cáo tiến độ để sửa?",
        "Nội dung cần sửa được gửi cho nhóm thực hiện.",
        "Trả lại báo cáo",
        forms.ChangesForm,
        reports.return_report,
        "Đã trả lại báo cáo để sửa.",
    ),
    "take_up": Deed(
        "incident",
        "confirm_incident",
        "Xác nhận đã biết sự cố?",
        "Nhóm thực hiện khắc phục {within}.",
        "Xác nhận sự cố",
        forms.EmptyForm,
        incidents.take_up,
        "Đã xác nhận sự cố.",
        rule="INCIDENT_FIX",
    ),
    "confirm_incident": Deed(
        "incident",
        "confirm_incident",
        "Xác nhận sự cố đã khắc phục?",
        "Xác nhận được lưu trong hồ sơ minh chứng.",
        "Xác nhận đã khắc phục",
        forms.NoteForm,
        incidents.confirm_incident,
        "Đã xác nhận khắc phục sự cố.",
    ),
    "reopen_incident": Deed(
        "incident",
        "confirm_incident",
        "Chưa xác nhận khắc phục sự cố?",
        "Lý do được gửi cho nhóm thực hiện để khắc phục tiếp.",
        "Yêu cầu khắc phục tiếp",
        forms.RefusalForm,
        incidents.reopen_incident,
        "Đã yêu cầu khắc phục tiếp.",
    ),
    "accept_remedy": Deed(
        "finding",
        "accept_remedy",
        "Xác nhận đã khắc phục?",
        "Xác nhận được lưu trong hồ sơ minh chứng.",
        "Xác nhận đã khắc phục",
        forms.NoteForm,
        findings.accept_remedy,
        "Đã xác nhận khắc phục.",
    ),
    "refuse_remedy": Deed(
        "finding",
        "accept_remedy",
        "Chưa xác nhận khắc phục?",
        "Lý do được gửi cho nhóm thực hiện để khắc phục tiếp.",
        "Yêu cầu khắc phục tiếp",
        forms.RefusalForm,
        lambda pk, **said: findings.accept_remedy(pk, is_accepted=False, **said),
        "Đã yêu cầu khắc phục tiếp.",
    ),
    "approve_adjustment": Deed(
        "adjustment",
        "decide_adjustment",
        "Đồng ý điều chỉnh thí điểm?",
        "Kế hoạch mới có hiệu lực từ hôm nay và được giữ thành một bản. Dự thảo văn bản được "
        "chuyển văn thư.",
        "Đồng ý điều chỉnh",
        forms.NoteForm,
        lambda pk, **said: adjusting.decide_adjustment(pk, is_approved=True, **said),
        "Đã đồng ý điều chỉnh.",
    ),
    "refuse_adjustment": Deed(
        "adjustment",
        "decide_adjustment",
        "Giữ kế hoạch cũ?",
        "Lý do được gửi cho nhóm thực hiện. Thí điểm tiếp tục theo kế hoạch cũ.",
        "Giữ kế hoạch cũ",
        forms.RefusalForm,
        lambda pk, **said: adjusting.decide_adjustment(pk, is_approved=False, **said),
        "Đã giữ kế hoạch cũ.",
    ),
    "issue_notice": Deed(
        "evaluation",
        "issue_notice",
        "Đã thông báo kết quả đánh giá?",
        "Ghi nhận văn bản thông báo đã gửi cho những người liên quan.",
        "Ghi nhận đã thông báo",
        forms.EmptyForm,
        evaluating.issue_notice,
        "Đã ghi nhận thông báo kết quả đánh giá.",
    ),
    "receive_help": Deed(
        "help",
        "",
        "Nhận yêu cầu hỗ trợ?",
        "Nhóm thực hiện được thông báo cơ quan đã nhận.",
        "Nhận yêu cầu",
        forms.PromiseForm,
        helping.receive_help,
        "Đã nhận yêu cầu hỗ trợ.",
    ),
    "work_on_help": Deed(
        "help",
        "",
        "Bắt đầu giải quyết yêu cầu hỗ trợ?",
        "Nhóm thực hiện được thông báo cơ quan đang giải quyết.",
        "Bắt đầu giải quyết",
        forms.EmptyForm,
        helping.work_on_help,
        "Đã ghi nhận đang giải quyết.",
    ),
    "solve_help": Deed(
        "help",
        "",
        "Trả lời yêu cầu hỗ trợ?",
        "Nội dung trả lời được gửi cho nhóm thực hiện và lưu trong hồ sơ.",
        "Gửi trả lời",
        forms.ReplyForm,
        helping.answer_help,
        "Đã trả lời yêu cầu hỗ trợ.",
    ),
    "decline_help": Deed(
        "help",
        "",
        "Không giải quyết được yêu cầu hỗ trợ?",
        "Lý do được gửi cho nhóm thực hiện và lưu trong hồ sơ.",
        "Gửi lý do",
        forms.RefusalForm,
        lambda pk, **said: helping.answer_help(pk, is_solved=False, **said),
        "Đã trả lời yêu cầu hỗ trợ.",
    ),
}

"""The words of this app's entries in the journal, for the timeline of a case."""

from collections.abc import Callable

from journal.timeline import Data, Label
from proposals.stages import StepKind

DECISION, OPINION, PAPER, SYSTEM = "decision", "opinion", "paper", "system"


def _version(text: str) -> Callable[[Data], str]:
    """ "gửi bản bổ sung, bản 2"."""
    return lambda data: f"{text}, bản {data['number']}" if "number" in data else text


def _seats(text: str) -> Callable[[Data], str]:
    """ "mở biểu quyết, 5 thành viên"."""
    return lambda data: f"{text}, {data['members']} thành viên" if "members" in data else text


def _step(data: Data) -> str:
    told = "mở bước xem xét"
    return f"{told}: {StepKind(data['kind']).label.lower()}" if "kind" in data else told


LABELS = {
    "proposal.create": Label("bắt đầu viết đề xuất", "pencil-square", "", SYSTEM),
    "proposal.discard": Label("xóa bản nháp", "trash", "", SYSTEM),
    "proposal.invite_coauthor": Label("mời người cùng đề xuất", "person-plus", "", SYSTEM),
    "proposal.remove_coauthor": Label("bỏ người cùng đề xuất", "person", "", SYSTEM),
    "proposal.confirm_share": Label("xác nhận tỷ lệ đóng góp", "check-lg", "", SYSTEM),
    "proposal.decline_share": Label("từ chối cùng đề xuất", "x-circle", "", SYSTEM),
    "proposal.ask_legal": Label("hỏi pháp chế", "life-preserver", "blue", OPINION),
    "proposal.answer_legal": Label("trả lời câu hỏi pháp chế", "life-preserver", "blue", OPINION),
    "user.ask_to_join": Label("xin cùng tham gia một đề xuất", "people", "", SYSTEM),
    "user.accept_join": Label("nhận lời cùng tham gia đề xuất", "check-lg", "", SYSTEM),
    "user.decline_join": Label("không nhận lời cùng tham gia đề xuất", "x-circle", "", SYSTEM),
    "proposal.submit": Label("gửi đề xuất", "send", "blue", PAPER),
    "proposal.receive": Label("tiếp nhận đề xuất", "check-lg", "blue", DECISION),
    "proposal.send_back": Label("trả lại để bổ sung", "reply", "amber", DECISION),
    "proposal.resubmit": Label(_version("gửi bản bổ sung"), "send", "blue", PAPER),
    "proposal.resubmit_to_review": Label(_version("gửi bản bổ sung"), "send", "blue", PAPER),
    "proposal.resubmit_to_superior": Label(_version("gửi bản bổ sung"), "send", "blue", PAPER),
    "proposal.escalate": Label(
        "chuyển cấp có thẩm quyền", "box-arrow-up-right", "violet", DECISION
    ),
    "proposal.redirect": Label(
        "chuyển quy trình xây dựng văn bản", "box-arrow-up-right", "violet", DECISION
    ),
    "proposal.withdraw": Label("rút đề xuất", "dash-circle", "", DECISION),
    "proposal.approve_implement": Label("đồng ý cho thực hiện", "check-lg", "green", DECISION),
    "proposal.approve_pilot": Label("đồng ý cho thí điểm", "check-lg", "teal", DECISION),
    "proposal.override_implement": Label(
        "xác nhận quyết định của người đứng đầu cho thực hiện", "check-lg", "green", DECISION
    ),
    "proposal.override_pilot": Label(
        "xác nhận quyết định của người đứng đầu cho thí điểm", "check-lg", "teal", DECISION
    ),
    "proposal.refuse": Label("không đồng ý", "dash-circle", "", DECISION),
    "proposal.reopen": Label("xem xét lại", "arrow-repeat", "blue", DECISION),
    "proposal.forward_answer": Label(
        "giữ ý kiến, chuyển cấp có thẩm quyền", "box-arrow-up-right", "violet", DECISION
    ),
    "proposal.keep_refusal": Label("giữ ý kiến không đồng ý", "dash-circle", "", DECISION),
    "proposal.revoke_decision": Label(
        "thu hồi quyết định để xem xét lại", "reply", "amber", DECISION
    ),
    "proposal.begin": Label("bắt đầu thực hiện", "play-fill", "teal", DECISION, is_echo=True),
    "proposal.evaluate": Label(
        "kết luận đánh giá", "clipboard-check", "amber", DECISION, is_echo=True
    ),
    "proposal.conclude": Label("ghi nhận kết quả", "award", "green", DECISION),
    "proposal.open_step": Label(_step, "list-check", "", SYSTEM),
    "proposal.ask_party_committee": Label("xin ý kiến cấp ủy", "chat-left-text", "blue", OPINION),
    "proposal.conclude_legal_check": Label("kiểm tra pháp lý", "shield-check", "blue", OPINION),
    "proposal.conclude_party_opinion": Label(
        "ghi ý kiến cấp ủy", "chat-left-text", "blue", OPINION
    ),
    "proposal.conclude_collective_vote": Label("kết thúc biểu quyết", "people", "blue", OPINION),
    "proposal.conclude_appraisal_council": Label("kết luận thẩm định", "people", "blue", OPINION),
    "proposal.open_vote": Label(_seats("mở biểu quyết"), "people", "blue", OPINION),
    "proposal.vote": Label("biểu quyết", "people", "", OPINION),
    "proposal.form_council": Label(
        _seats("thành lập Hội đồng thẩm định"), "people", "blue", OPINION
    ),
    "proposal.appraise": Label("cho ý kiến thẩm định", "chat-left-text", "", OPINION),
    "proposal.ask_opinion": Label("xin ý kiến cơ quan khác", "chat-left-text", "blue", OPINION),
    "proposal.give_opinion": Label("cho ý kiến", "chat-left-text", "blue", OPINION),
    "proposal.ask_second_person": Label(
        "quyết định khác kết quả biểu quyết, chờ xác nhận", "hourglass-split", "amber", DECISION
    ),
    "proposal.decline_decision": Label("không xác nhận quyết định", "x-circle", "amber", DECISION),
    "proposal.answer_refusal": Label("phản hồi việc không đồng ý", "reply", "blue", OPINION),
}

# What authors do not learn of before the decision, and single votes that they never learn of.
INNER = (
    "proposal.open_step",
    "proposal.ask_party_committee",
    "proposal.conclude_legal_check",
    "proposal.conclude_party_opinion",
    "proposal.conclude_collective_vote",
    "proposal.conclude_appraisal_council",
    "proposal.open_vote",
    "proposal.vote",
    "proposal.form_council",
    "proposal.appraise",
    "proposal.ask_opinion",
    "proposal.give_opinion",
    "proposal.ask_second_person",
    "proposal.decline_decision",
    "evaluation.opinion",  # of the room above: a pilot lives in the same stream
    "evaluation.party_opinion",
)
SINGLE_VOTES = ("proposal.vote", "proposal.appraise")
KINDS = (
    (DECISION, "Quyết định"),
    (PAPER, "Văn bản"),
    (OPINION, "Ý kiến"),
    ("figure", "Số liệu"),
    ("incident", "Sự cố"),
    ("reminder", "Nhắc hạn"),
    (SYSTEM, "Hệ thống"),
)

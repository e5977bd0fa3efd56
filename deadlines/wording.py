"""The words of tasks: the button of each kind is named after its act."""

SHORT = 20  # letters that fit on a button
TO_CASE = "Mở hồ sơ"
BUTTONS = {
    "INTAKE": "Tiếp nhận",
    "COLLECTIVE_MEETING": "Ra quyết định",
    "COUNCIL_REVIEW": "Ghi kết luận",
    "HIGHER_REVIEW": "Ra quyết định",
    "ANSWER_REVIEW": "Xem phản hồi",
    "SUPPLEMENT": "Bổ sung hồ sơ",
    "REFUSAL_ANSWER": "Phản hồi",
    "CONFIRM_COAUTHOR": "Xác nhận",
    "JOIN_ANSWER": "Trả lời",
    "SECOND_PERSON": "Xác nhận",
    "PILOT_START": "Lập kế hoạch",
    "PROGRESS_REPORT": "Lập báo cáo",
    "REPORT_ACCEPTANCE": "Xem báo cáo",
    "MILESTONE": "Cập nhật",
    "INCIDENT_CONFIRM": "Xác nhận",
    "INCIDENT_FIX": "Khắc phục",
    "HELP_ANSWER": "Trả lời",
    "FINDING_FIX": "Khắc phục",
    "FINDING_CONFIRM": "Xác nhận",
    "ADJUSTMENT_DECISION": "Ra quyết định",
    "RESULT_REPORT": "Lập báo cáo",
    "EVALUATION_MEETING": "Đánh giá",
    "EVALUATION_NOTICE": "Ra thông báo",
    "CONCLUSION": "Ghi nhận",
    "LIABILITY_OPEN": "Lập hồ sơ",
    "LIABILITY_FACTS": "Xem hồ sơ",
    "LIABILITY_STATEMENT": "Nêu ý kiến",
    "LIABILITY_VOTE": "Biểu quyết",
    "LIABILITY_DECISION": "Ghi kết luận",
    "COMMENDATION_REVIEW": "Thẩm định",
    "COMMENDATION_DECISION": "Ra quyết định",
    "URGING_ANSWER": "Trả lời",
    "REPORT_PERIOD": "Lập báo cáo",
    "DOC_SIGNING": "Ký văn bản",
    "DOC_NUMBERING": "Cấp số",
    "DOC_RELEASE": "Phát hành",
}


def button_of(rule: str, verb: str) -> str:
    """The button is named after the act: by its kind, or by the task itself where that is short."""
    if rule in BUTTONS:
        return BUTTONS[rule]
    return verb if len(verb) <= SHORT else "Cho ý kiến" if rule == "OPINION" else TO_CASE

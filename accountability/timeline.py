"""The words of this app's entries in the journal, for the timeline of a case."""

from journal.timeline import Label

DECISION, OPINION, PAPER, SYSTEM = "decision", "opinion", "paper", "system"
LABELS = {
    "liability.open": Label("lập hồ sơ xem xét trách nhiệm", "shield-check", "blue", DECISION),
    "liability.start_facts": Label("bắt đầu xác định nguyên nhân", "search", "blue", DECISION),
    "liability.find_cause": Label("ghi nguyên nhân", "pencil", "", OPINION),
    "liability.drop_cause": Label("bỏ nguyên nhân", "x-circle", "", OPINION),
    "liability.assess": Label("đánh giá điều kiện", "clipboard-check", "", OPINION),
    "liability.open_hearing": Label("xin ý kiến người liên quan", "send", "blue", PAPER),
    "liability.state": Label("nêu ý kiến", "chat-left-text", "blue", OPINION),
    "liability.decline_statement": Label("không nêu ý kiến", "chat-left-text", "", OPINION),
    "liability.record_lapse": Label("ghi hết thời hạn nêu ý kiến", "clock", "", OPINION),
    "liability.call_council": Label("trình Hội đồng", "people", "blue", DECISION),
    "liability.vote": Label("biểu quyết tại Hội đồng", "check-lg", "", OPINION),
    "liability.close_council": Label(
        "kết thúc biểu quyết của Hội đồng", "clipboard2-check", "blue", DECISION
    ),
    "liability.decide": Label("kết luận, chờ xác nhận", "hourglass-split", "amber", DECISION),
    "liability.decline_decision": Label("không xác nhận kết luận", "x-circle", "amber", DECISION),
    "liability.confirm": Label("xác nhận kết luận", "check-lg", "green", DECISION),
    "liability.appeal_decision": Label("khiếu nại kết luận", "reply", "blue", OPINION),
    "liability.decide_appeal": Label(
        "kết luận khiếu nại, chờ xác nhận", "hourglass-split", "amber", DECISION
    ),
    "liability.confirm_appeal": Label(
        "xác nhận kết luận giải quyết khiếu nại", "check-lg", "green", DECISION
    ),
    "liability.accept": Label("đồng ý với kết luận", "check-lg", "green", DECISION),
    "liability.close": Label("kết thúc hồ sơ", "check-lg", "", DECISION),
    "commendation.nominate": Label("đề nghị khen thưởng", "award", "blue", PAPER),
    "commendation.accept_review": Label(
        "thẩm định, đủ điều kiện", "clipboard-check", "blue", OPINION
    ),
    "commendation.decline_review": Label("thẩm định, chưa xét", "dash-circle", "", OPINION),
    "commendation.submit": Label("trình quyết định", "send", "blue", PAPER),
    "commendation.decide": Label("quyết định, chờ xác nhận", "hourglass-split", "amber", DECISION),
    "commendation.decline_decision": Label(
        "không xác nhận quyết định", "x-circle", "amber", DECISION
    ),
    "commendation.confirm": Label("xác nhận quyết định", "check-lg", "gold", DECISION),
    "commendation.decline": Label("chưa xét", "dash-circle", "", DECISION),
    "commendation.award": Label("ghi nhận đã trao", "award", "gold", DECISION),
    "access.view": Label("xem hồ sơ", "eye", "", SYSTEM),
}

# Drafts of decisions and what a council advised: for those who see the inner notes only.
INNER = (
    "liability.call_council",
    "liability.vote",
    "liability.close_council",
    "liability.decide",
    "liability.decline_decision",
    "liability.decide_appeal",
    "commendation.decide",
    "commendation.decline_decision",
)
# What the person concerned is not shown before the conclusion.
NOT_SERVED = (*INNER, "liability.find_cause", "liability.drop_cause", "liability.assess")

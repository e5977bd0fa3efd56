"""The words of this app's entries in the journal."""

LABELS = {  # verb, icon, colour, kind
    "verification.run": ("kiểm tra nhật ký", "shield-check"),
    "urging.draft": ("soạn công văn đôn đốc", "pencil-square", "", "paper"),
    "urging.change": ("sửa nội dung đôn đốc", "pencil", "", "paper"),
    "urging.cancel": ("hủy dự thảo đôn đốc", "dash-circle", "", "paper"),
    "urging.lay": ("trình ký công văn đôn đốc", "send", "blue", "paper"),
    "urging.take_back": ("trả lại công văn đôn đốc để sửa", "reply", "amber", "paper"),
    "urging.sign": ("ký, chốt phụ lục việc quá hạn", "pencil-square", "green", "paper"),
    "urging.send": ("gửi công văn đôn đốc", "send", "green", "paper"),
    "urging.replace": ("thay thế công văn đôn đốc", "file-earmark-plus", "", "paper"),
    "urging.recall": ("thu hồi công văn đôn đốc", "dash-circle", "amber", "paper"),
    "urging.answer": ("trả lời công văn đôn đốc", "chat-left-text", "green", "opinion"),
    "urging.remind": ("nhắc lại công văn đôn đốc", "bell", "amber", "reminder"),
    "urging.close": ("kết thúc đôn đốc", "check-lg", "", "paper"),
}

"""The words of this app's entries in the journal."""

LABELS = {  # verb, icon
    "user.choose_mail": ("đổi cách nhận thư", "envelope"),
    "user.make_calendar": ("tạo đường dẫn lịch thời hạn", "calendar3"),
    "user.drop_calendar": ("thu hồi đường dẫn lịch thời hạn", "calendar3"),
}

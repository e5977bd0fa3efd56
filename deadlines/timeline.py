"""The words of this app's entries in the journal, for the timeline of a case."""

from journal.timeline import Label

LABELS = {
    "deadline.recount": Label("tính lại thời hạn theo lịch làm việc", "calendar3"),
    "deadline.pass_on": Label("chuyển việc đang chờ cho cơ quan kế thừa", "diagram-3"),
    "deadline.add_rung": Label("thêm bậc nhắc việc", "bell"),
    "deadline.end_rung": Label("dừng một bậc nhắc việc", "bell"),
    "deadline.change_rule": Label("sửa quy định thời hạn", "clock-history"),
}

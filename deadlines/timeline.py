"""The words of this app's entries in the journal, for the timeline of a case."""

from journal.timeline import Label

LABELS = {
    "deadline.recount": Label("tính lại thời hạn theo lịch làm việc", "calendar3"),
    "deadline.pass_on": Label("chuyển việc đang chờ cho cơ quan kế thừa", "diagram-3"),
}

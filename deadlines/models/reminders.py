"""How far up the ladder people were told of a clock."""

from django.db import models

from deadlines.models.clocks import Clock


class Reminder(models.Model):
    """That people were told of a clock, for one due date, up to one rung of the ladder.

    Where the date moves, the ladder is climbed anew.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="reminders")
    due_on = models.DateField("hạn lúc nhắc")
    offset = models.SmallIntegerField("bậc")
    told_on = models.DateField("nhắc ngày")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "due_on", "offset"], name="reminder_once_a_rung"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.offset:+d}"

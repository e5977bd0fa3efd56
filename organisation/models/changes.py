"""Rows that people change by forms, and whose last change it was."""

from django.conf import settings
from django.db import models
from django.utils import timezone

CHANGE = ("version", "changed_at", "changed_by")


class Changing(models.Model):
    """A row that counts its changes, so that a form older than it is found out (TX-04)."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,  # it would lock the author's row, and two who change each other
    )

    class Meta:
        abstract = True

    def count_change(self, by: models.Model | None) -> None:
        """Note a change that is about to be saved, and its author (None is the system)."""
        self.version += 1
        self.changed_at = timezone.now()
        self.changed_by_id = by.pk if by else None

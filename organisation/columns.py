"""Columns that hold by themselves what forms promise."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class LongText(models.TextField):
    """A text of at most `max_length` characters, checked by the database too (TP-01)."""

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """The check in the column's definition; `length` counts characters in both databases."""
        column = connection.ops.quote_name(str(self.column))
        return f"length({column}) <= {self.max_length}"

from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = "Nhật ký"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        standing, records = import_module("journal.standing"), import_module("journal.records")
        for prefix, rows in standing.ROWS.items():
            records.register_rows(prefix, *rows)
        import_module("journal.subjects").register_subject("user", standing.Accounts())
        below = import_module("organisation.timeline").LABELS
        import_module("journal.timeline").register_labels(below)

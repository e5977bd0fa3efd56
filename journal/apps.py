from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = "Nhật ký"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        below = import_module("organisation.timeline").LABELS
        import_module("journal.timeline").register_labels(below)

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("documents.tasks")  # so that a ring finds it in a web process too
        import_module("documents.afterwards")
        check_files = import_module("documents.integrity").check_files
        import_module("journal.subjects").register_files(check_files)
        checker = import_module("documents.verification").Checker
        import_module("journal.subjects").register_subject("paper", checker())
        rows = import_module("documents.record_rows").ROWS
        import_module("journal.records").register_rows("paper", *rows)
        labels = import_module("documents.timeline").LABELS
        import_module("journal.timeline").register_labels(labels)

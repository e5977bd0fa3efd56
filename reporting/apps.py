from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Điều hành, báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        words = import_module("reporting.timeline").LABELS
        import_module("journal.timeline").register_labels(words)
        import_module("reporting.urging.registrations").register()
        import_module("reporting.periods.registrations").register()
        import_module("reporting.periods.actions.collecting")  # so that a worker can plan it
        for work in ("drafting_many", "laying"):  # so that a worker can plan it
            import_module(f"reporting.urging.actions.{work}")

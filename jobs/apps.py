from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Việc nền"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("jobs.tasks")  # so that a ring finds it in a web process too
        import_module("jobs.imports").register()

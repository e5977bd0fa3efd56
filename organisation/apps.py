from importlib import import_module

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Tổ chức"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever rings must know the task, also where no worker runs."""
        import_module("organisation.tasks")

from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = "Đề xuất"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("proposals.registrations").register()

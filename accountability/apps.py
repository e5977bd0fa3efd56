from importlib import import_module

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "accountability"
    verbose_name = "Trách nhiệm và khen thưởng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("accountability.registrations").register()

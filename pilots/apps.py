from importlib import import_module

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "pilots"
    verbose_name = "Thí điểm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("pilots.registrations").register()

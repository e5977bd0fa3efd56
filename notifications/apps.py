from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Thông báo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("notifications.tasks")  # so that a ring finds it in a web process too
        import_module("notifications.people").register()
        words = import_module("notifications.timeline").LABELS
        import_module("journal.timeline").register_labels(words)
        import_module("notifications.long_work").register()

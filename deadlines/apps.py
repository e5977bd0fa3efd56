from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Thời hạn"
    default_auto_field = "django.db.models.BigAutoField"

from importlib import import_module

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Thời hạn"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        hooks = import_module("organisation.hooks")
        changes = import_module("deadlines.calendar_changes")
        hooks.calendar_change_effects.append(changes.effects)
        hooks.calendar_changed.append(changes.move_due_dates)
        succession = import_module("deadlines.succession")
        hooks.succession_followed.append(succession.pass_on)
        rows = import_module("deadlines.record_rows").ROWS
        import_module("journal.records").register_rows("settings", *rows)
        labels = import_module("deadlines.timeline").LABELS
        import_module("journal.timeline").register_labels(labels)
        letters = import_module("deadlines.letters")
        import_module("notifications.facts").register_facts(letters.facts_of)

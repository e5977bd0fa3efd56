from typing import Any

from django.core.management.base import BaseCommand

from reporting.seeds import seed_tables


class Command(BaseCommand):
    help = (
        "Adds the rules of deadlines and reviews, the fields of work and the table of outcomes "
        "that are missing. Run after the first migration, and again after an upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seed_tables()
        self.stdout.write("Đã có đủ quy tắc và danh mục.")

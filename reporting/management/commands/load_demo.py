from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.demo import load_stories, load_tables


class Command(BaseCommand):
    help = "Loads the demo province: Ninh Thuận of 2021 with invented people. Only in demo mode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-stories", action="store_true", help="people and tables only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ nạp dữ liệu mẫu khi DEMO=true.")
        people = load_tables()
        stories = 0 if options["no_stories"] else load_stories()
        self.stdout.write(f"Đã nạp {people} người, {stories} đề xuất.")

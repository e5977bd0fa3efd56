"""Fill what a new portal starts with: the list of posts and the working calendar."""

from typing import Any

from django.core.management.base import BaseCommand

from organisation.seeds.calendar import load_calendar
from organisation.seeds.positions import load_positions


class Command(BaseCommand):
    help = "Add missing posts and calendar days; what people changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        posts, days = load_positions(), load_calendar()
        self.stdout.write(f"{len(posts)} posts, {days} days added.")

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from proposals.drawing import document


class Command(BaseCommand):
    help = "Draw the lifecycle of a proposal into docs/lifecycle.md."

    def handle(self, *args: Any, **options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
        page.write_text(document(), encoding="utf-8")
        self.stdout.write(f"Drawn: {page}")

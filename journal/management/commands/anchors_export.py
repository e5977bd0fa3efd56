from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from journal.anchors import exported
from journal.models import Anchor


class Command(BaseCommand):
    help = "Write all anchors to a file, to be kept where nobody at the portal can change it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        anchors = Anchor.objects.order_by("date").iterator(500)
        with options["file"].open("w") as file:
            file.writelines(f"{line}\n" for line in exported(anchors))

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.routes import routes


class Command(BaseCommand):
    help = "Lists every address of the portal with its methods and who gets what there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["json"]:
            listed = [route.as_json() for route in found]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
            return
        for route in found:
            methods = ",".join(route.methods)
            self.stdout.write(f"{methods:<16} {route.path:<60} {route.name:<36} {route.answer}")

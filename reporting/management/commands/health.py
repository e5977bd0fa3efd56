"""Say whether the portal is well; ends with 1 when something is wrong or late (SJ-07)."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from reporting.health import health
from reporting.watching import WORDS


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="all figures, for a program")

    def handle(self, **options: Any) -> None:
        found = health()
        if options["json"]:
            self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, indent=1))
        else:
            words = [WORDS[problem] for problem in found["problems"]]
            self.stdout.write("\n".join(words) or "Các phần đang hoạt động.")
        if not found["ok"]:
            sys.exit(1)

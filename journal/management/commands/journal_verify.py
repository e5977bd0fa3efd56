import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.findings import Report
from journal.verify import verify

WORDS = ("sound", "broken", "incomplete")


class Command(BaseCommand):
    help = "Verify the journal. Exit status: 0 sound, 1 broken (says where), 2 incomplete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stream", default="", help="only this one, such as proposal:<uuid>")
        parser.add_argument(
            "--anchors", type=Path, metavar="FILE", help="anchors kept elsewhere (anchors_export)"
        )
        parser.add_argument(
            "--receipt", action="append", default=[], metavar="HASH", help="hash on a receipt"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = _read(options["anchors"]) if options["anchors"] else ()
        report = verify(stream=options["stream"], anchors=lines, receipts=options["receipt"])
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        if report.exit_code:
            sys.exit(report.exit_code)


def _read(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError as error:
        raise CommandError(str(error), returncode=2) from error


def _as_json(report: Report) -> str:
    findings = [
        {"weight": str(one.weight), "where": one.where, "what": one.what} for one in report.findings
    ]
    answer = {"result": WORDS[report.exit_code], "looked_at": report.looked_at}
    return json.dumps(answer | {"found": report.found, "findings": findings}, indent=1)


def _as_text(report: Report) -> str:
    looked_at = ", ".join(f"{number} {kind}" for kind, number in report.looked_at.items())
    return "\n".join([*map(str, report.findings), f"{WORDS[report.exit_code]}: {looked_at}"])

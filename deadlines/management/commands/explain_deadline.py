"""Print a due date and each day that was counted or skipped, with its reason."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from deadlines.counting import Period, count
from deadlines.explaining import ExplainedDay, numbered
from organisation.templatetags.portal import vn_weekday_date


class Command(BaseCommand):
    help = "Count working days from a date (the day itself does not count) and say why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--working-days", type=int, required=True, metavar="N")
        parser.add_argument("--json", action="store_true", help="for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        start, amount = _date(options["start"]), options["working_days"]
        if not 0 < amount <= 1000:
            raise CommandError("--working-days takes a number from 1 to 1000.")
        days = numbered(count(Period(start, amount)))
        write = self._as_json if options["json"] else self._as_text
        write(start, amount, days)

    def _as_json(self, start: date, amount: int, days: list[ExplainedDay]) -> None:
        told = {
            "from": start.isoformat(),
            "working_days": amount,
            "due": days[-1].day.isoformat(),
            "days": [
                {
                    "date": day.day.isoformat(),
                    "counted": day.number is not None,
                    "number": day.number,
                    "reason": day.reason,
                }
                for day in days
            ],
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _as_text(self, start: date, amount: int, days: list[ExplainedDay]) -> None:
        self.stdout.write(f"{vn_weekday_date(start)}: mốc bắt đầu, không tính")
        for day in days:
            number = f"{day.number:>3}" if day.number else "  –"
            self.stdout.write(f"{number}  {vn_weekday_date(day.day)}: {day.reason}")
        self.stdout.write(f"Hạn: {vn_weekday_date(days[-1].day)} ({amount} ngày làm việc)")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as failure:
        raise CommandError("--from takes a date such as 2025-12-30.") from failure

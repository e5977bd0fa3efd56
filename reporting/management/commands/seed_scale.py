from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.models import Field
from reporting.demo import load_tables, seal
from reporting.scale.people import authors_of, make_people
from reporting.scale.rows import BATCH, count_codes, write
from reporting.scale.tales import tale


class Command(BaseCommand):
    help = (
        "Fills the demo province with many people and proposals at every stage, the same ones each "
        "time, with a sound journal. Run again with a larger number, it adds what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--proposals", type=int, required=True, help="how many proposals")
        parser.add_argument("--users", type=int, required=True, help="how many officials")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Chỉ tạo dữ liệu lớn khi DEMO=true.")
        begun, amount = perf_counter(), options["proposals"]
        load_tables()
        authors = authors_of(make_people(options["users"]))
        fields = list(Field.objects.filter(is_open=True).order_by("order_number", "pk"))
        for first in range(0, amount, BATCH):
            tales = [
                tale(number, amount) for number in range(first + 1, min(first + BATCH, amount) + 1)
            ]
            write(tales, authors, fields)
            count_codes(tales)
        seal()
        seconds = perf_counter() - begun
        self.stdout.write(f"{amount} đề xuất, {options['users']} người, {seconds:.0f} giây.")

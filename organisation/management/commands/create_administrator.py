"""Open the first account of a new portal. There are no default accounts (AU-12)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisation.actions import appoint, create_unit, create_user
from organisation.days import today
from organisation.models import OrgUnit, OrgUnitVersion, User
from organisation.seeds.positions import load_positions
from organisation.stages import UnitKind
from organisation.text import fold

POST = "quan-tri-he-thong"


class Command(BaseCommand):
    help = "Create an administrator and print the first password, which works once within 72 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument(
            "--agency", required=True, help="name of the agency; added when there is none at all"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"].casefold()
        if User.objects.filter(username=username).exists():
            raise CommandError(f"{username} exists already.")
        unit = _agency(options["agency"])
        opened = create_user(by=None, username=username, full_name=options["full_name"])
        position = load_positions()[POST]
        appoint(opened.user, position, unit, by=None, valid_from=today())
        self.stdout.write(f"{opened.user.username} {opened.first_password}")


def _agency(name: str) -> OrgUnit:
    now = OrgUnitVersion.objects.valid_on(today())
    found = next((row for row in now if fold(row.name) == fold(name)), None)
    if found:
        return found.unit
    if OrgUnit.objects.exists():
        raise CommandError(f"There is no agency called {name}.")
    return create_unit(
        by=None,
        order_number=1,
        name=name,
        short_name=name[:80],
        abbrev="UBND",
        kind=UnitKind.PROVINCE,
        valid_from=today(),
    )

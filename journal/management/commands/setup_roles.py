from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from journal.sql import grant_roles


class Command(BaseCommand):
    help = (
        "PostgreSQL, run as the owner of the tables after each migrate: create the roles of the "
        "portal and of the verifier where they are missing, and give each exactly its rights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--app", default="portal_app", help="role of web and workers")
        parser.add_argument("--verifier", default="portal_verifier", help="role that only reads")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":  # pragma: no cover (coverage is taken on PostgreSQL)
            raise CommandError("Roles exist on PostgreSQL only.")
        grant_roles(app=options["app"], verifier=options["verifier"])
        self.stdout.write(
            f"{options['app']} appends to the journal, {options['verifier']} reads it. "
            "New roles have no password yet: ALTER ROLE … PASSWORD …"
        )

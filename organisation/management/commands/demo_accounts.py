"""Print the accounts of the demo province: who to sign in as, and what one then sees first."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisation.demo.load import PASSWORD, NotADemo, refuse_outside_demo
from organisation.models import User
from organisation.stages import Role

# Where "/" leads a person of each role: everybody lands at their work, administrators govern.
FIRST_PAGES = dict.fromkeys(Role, "/viec-cua-toi/") | {Role.ADMIN: "/quan-tri/co-quan/"}


class Command(BaseCommand):
    help = "List the demo accounts with their password (only where DEMO is set)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_outside_demo()
        except NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        accounts = [_account(user) for user in _people()]
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
            return
        for account in accounts:
            self.stdout.write(
                f"{account['username']:24} {account['role_label']:48} {account['agency']}"
            )
        self.stdout.write(f"Mật khẩu chung: {PASSWORD}")


def _people() -> list[User]:
    found = User.objects.active().filter(email__endswith="@vidu.test")
    return list(found.order_by("username", "pk"))


def _account(user: User) -> dict[str, str]:
    post = user.powers.main
    role = Role(post.role) if post else Role.PROPOSER
    return {
        "username": user.username,
        "password": PASSWORD,
        "full_name": user.full_name,
        "role": role.value,
        "role_label": post.position if post else role.label,
        "agency": post.unit_name if post else "",
        "first_page": FIRST_PAGES[role],
    }

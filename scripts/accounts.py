"""Whom to sign in as for a first look: one account for each role, from few agencies."""

from collections import defaultdict
from pathlib import Path
from typing import TypedDict


class Account(TypedDict):
    """One row of `manage.py demo_accounts --json`."""

    username: str
    password: str
    full_name: str
    role: str
    role_label: str
    agency: str
    first_page: str


# The people of the demo's cases, in the order in which the README goes through them.
ON_THE_ROAD = ("mau.nguyen", "daumoi.stnmt", "giamdoc.stnmt", "pho.stnmt", "capuy.stnmt", "chutich")


def first_look(accounts: list[Account]) -> list[Account]:
    """Those on the road of the README, then one for each other role, from few agencies."""
    by_name = {account["username"]: account for account in accounts}
    chosen = [by_name[name] for name in ON_THE_ROAD if name in by_name]
    shown = {account["role"] for account in chosen}
    return [*chosen, *(one for one in _one_a_role(accounts) if one["role"] not in shown)]


def _one_a_role(accounts: list[Account]) -> list[Account]:
    """The agency with the most roles, then what other agencies alone have."""
    by_agency: dict[str, dict[str, Account]] = defaultdict(dict)
    for account in accounts:
        by_agency[account["agency"]].setdefault(account["role"], account)
    chosen: dict[str, Account] = {}
    for roles in sorted(by_agency.values(), key=len, reverse=True):
        for role, account in roles.items():
            chosen.setdefault(role, account)
    return list(chosen.values())


def table(accounts: list[Account]) -> str:
    rows = [("Tài khoản", "Mật khẩu", "Chức vụ", "Cơ quan")]
    for one in accounts:
        rows.append((one["username"], one["password"], one["role_label"], one["agency"]))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def write_all(accounts: list[Account], file: Path) -> None:
    file.write_text(f"{table(accounts)}\n", encoding="utf-8")

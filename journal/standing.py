"""Holds accounts, posts, delegations, agencies and the calendar against what was written of them.

What an installation or a list of the province brought in has no entry of its own: such a row is
held from the first entry on that tells of it (`untold`).
"""

from collections.abc import Iterable, Sequence

from journal.findings import Finding, broken
from journal.records import AT, Rows, told
from journal.subjects import Replay, without_stream
from organisation.models import (
    AgencyCode,
    Appointment,
    CalendarDay,
    Delegation,
    OrgSuccession,
    OrgUnit,
    OrgUnitVersion,
    User,
)

AT_A_TIME = 2000
ACCOUNT = ("username", "full_name", "gender", "official_kind", "email", "phone")
AGENCY = ("name", "short_name", "abbrev", "kind", "locality", "place_name", "basis_document")


class Accounts:
    """Of streams `user:<uuid>`: nothing moves by itself, but no account is closed unwritten."""

    machines: tuple[str, ...] = ()

    def check(self, replays: Sequence[Replay]) -> Iterable[Finding]:
        return ()

    def strays(self) -> Iterable[Finding]:
        """Accounts that are closed, and delegations, of people who have no entries."""
        closed = without_stream(User.objects.filter(is_active=False), "user")
        for ref in closed.values_list("ref", flat=True).iterator(AT_A_TIME):
            yield broken(f"user:{ref}", "tài khoản bị khóa mà nhật ký không ghi")
        lent = without_stream(Delegation.objects.all(), "user", "from_appointment__person__ref")
        for ref in lent.values_list("ref", flat=True).iterator(AT_A_TIME):
            yield broken(f"delegation {ref}", "ủy quyền mà nhật ký không ghi")


ROWS: dict[str, tuple[Rows, ...]] = {
    "user": (
        Rows(
            User,
            "ref",
            pair={},
            columns={"is_active": "is_active"},
            actions=told("user.create", "user.activate", is_active=True)
            | told("user.deactivate", is_active=False),
            blank={"is_active": "True"},
        ),
        Rows(
            User,
            "ref",
            pair={},
            columns={name: name for name in ACCOUNT},
            kinds=frozenset({"account", "contact"}),
            untold=True,
        ),
        Rows(
            Appointment,
            "person__ref",
            pair={"ref": "appointment"},
            columns={
                "unit__ref": "unit",
                "position__code": "position",
                "acting": "acting",
                "field": "field",
                "valid_from": "valid_from",
                "valid_to": "valid_to",
                "basis_document": "basis_document",
            },
            kinds=frozenset({"appointment"}),
            untold=True,
        ),
        Rows(
            Delegation,
            "from_appointment__person__ref",
            pair={"ref": "delegation"},
            columns={
                "to_person__ref": "to",
                "kind": "kind",
                "subject": "subject",
                "valid_from": "valid_from",
                "valid_to": "valid_to",
                "basis_document": "basis_document",
            },
            kinds=frozenset({"delegation"}),
        ),
        Rows(
            Delegation,
            "from_appointment__person__ref",
            pair={"ref": "delegation"},
            columns={"revoked_at": AT},
            actions=told("delegation.revoke"),
        ),
    ),
    "unit": (
        Rows(
            OrgUnitVersion,
            "unit__ref",
            pair={"valid_from": "valid_from"},
            columns={name: name for name in AGENCY} | {"parent__ref": "parent"},
            kinds=frozenset({"agency"}),
            untold=True,
        ),
        Rows(
            OrgUnit,
            "ref",
            pair={},
            columns={"order_number": "order_number"},
            actions=told("unit.order"),
            untold=True,
        ),
        Rows(
            OrgSuccession,
            "from_unit__ref",
            pair={"to_unit__ref": "to_unit", "kind": "kind", "effective_on": "effective_on"},
            columns={"function": "function", "basis_document": "basis_document"},
            kinds=frozenset({"succession"}),
            untold=True,
        ),
        Rows(
            AgencyCode,
            "unit__ref",
            pair={"scheme": "scheme", "valid_from": "valid_from"},
            columns={"code": "code"},
            actions=told("unit.give_code"),
            untold=True,
        ),
    ),
    "settings": (
        Rows(
            CalendarDay,
            "",
            pair={"day": "day"},
            columns={"kind": "kind", "is_confirmed": "is_confirmed"},
            actions=told("calendar.set"),
            ends=frozenset({"calendar.remove"}),
            untold=True,
        ),
    ),
}

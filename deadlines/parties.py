"""What a clock is about and who holds it, as plain values that callers hand in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from organisation.models import OrgUnit, User

if TYPE_CHECKING:
    from deadlines.models import Clock


@dataclass(frozen=True)
class Subject:
    """The case a clock belongs to. `kind` and `ref` name it for the registry of visibility."""

    kind: str
    ref: uuid.UUID
    code: str
    title: str
    stream: str


@dataclass(frozen=True)
class Holder:
    """A person by name, or whoever holds a role exactly at a unit.

    `barred` are people whose own case it is: it is never their task, whatever post they hold.
    """

    user: User | None = None
    unit_id: int | None = None
    role: str = ""
    barred: tuple[User, ...] = ()

    @classmethod
    def person(cls, user: User) -> "Holder":
        return cls(user=user)

    @classmethod
    def post(cls, role: str, unit: OrgUnit | int, *, barred: Iterable[User] = ()) -> "Holder":
        unit_id = unit.pk if isinstance(unit, OrgUnit) else unit
        return cls(unit_id=unit_id, role=role, barred=tuple(barred))

    @classmethod
    def of(cls, clock: "Clock") -> "Holder":
        """Who holds the clock now, without the list of those barred."""
        return cls(user=clock.holder_user, unit_id=clock.holder_unit_id, role=clock.holder_role)

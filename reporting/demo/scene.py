"""The stage on which the stories of the demo play: people by sign-in name, agencies, the past."""

from dataclasses import dataclass, field

from organisation.demo.load import Loaded
from organisation.models import OrgUnit, User
from organisation.stages import UnitKind
from reporting.demo.past import Past

HEADS = {UnitKind.DEPARTMENT: "giamdoc", UnitKind.DISTRICT: "chutich"}


@dataclass
class Office:
    """The people of one agency by the parts that they play."""

    unit: OrgUnit
    head: User
    deputy: User
    focal: User
    liaison: User
    first: User  # an official
    second: User  # another


@dataclass
class Scene:
    province: Loaded
    past: Past = field(default_factory=Past)

    def who(self, username: str) -> User:
        return self.province.people[username]

    def unit(self, code: str) -> OrgUnit:
        return self.province.units[code]

    def office(self, code: str) -> Office:
        """Who works at an agency that has a head, a deputy, a desk and a party cell."""
        unit = self.unit(code)
        prefix = HEADS[UnitKind(unit.at(self.past.day(0)).kind)]
        names = (prefix, "pho", "daumoi", "capuy", "canbo1", "canbo2")
        return Office(unit, *(self.who(f"{name}.{code}") for name in names))

from organisation.models.calendar import CalendarDay
from organisation.models.people import User
from organisation.models.posts import Appointment, Delegation, Position
from organisation.models.units import AgencyCode, OrgSuccession, OrgUnit, OrgUnitVersion, UnitScope

__all__ = [
    "AgencyCode",
    "Appointment",
    "CalendarDay",
    "Delegation",
    "OrgSuccession",
    "OrgUnit",
    "OrgUnitVersion",
    "Position",
    "UnitScope",
    "User",
]

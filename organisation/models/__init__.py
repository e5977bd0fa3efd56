from organisation.models.access import Session, SignInDelay
from organisation.models.calendar import CalendarDay
from organisation.models.imports import ImportDraft
from organisation.models.people import User
from organisation.models.posts import Appointment, Delegation, Position
from organisation.models.units import (
    AgencyCode,
    OrgSuccession,
    OrgUnit,
    OrgUnitVersion,
    UnitScope,
    version_on,
)

__all__ = [
    "AgencyCode",
    "Appointment",
    "CalendarDay",
    "Delegation",
    "ImportDraft",
    "OrgSuccession",
    "OrgUnit",
    "OrgUnitVersion",
    "Position",
    "Session",
    "SignInDelay",
    "UnitScope",
    "User",
    "version_on",
]

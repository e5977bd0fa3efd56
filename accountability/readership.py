"""Who may open the page of a liability case, by name, and who takes no part in it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accountability.models import LiabilityCase
from accountability.people import LEADERS, anywhere, at_unit, heads, province_above
from accountability.rules import AGENCY_ROLES, DESK_ROLES
from accountability.stages import CONCLUDED
from organisation.models import User
from organisation.stages import Role


@dataclass(frozen=True)
class Reader:
    """Somebody who may read the case, and why."""

    user: User
    why: str


@dataclass(frozen=True)
class Recusal:
    """Somebody who would act by post, does not, and who does it instead."""

    user: User
    instead: str


def readers(case: LiabilityCase) -> list[Reader]:
    """Everybody who may open the page of the case, by name, with the reason."""
    found: dict[int, Reader] = {case.person_id: Reader(case.person, "người liên quan")}
    groups: list[tuple[QuerySet[User], str]] = [
        (at_unit(case.competent_unit_id, *AGENCY_ROLES, *DESK_ROLES), "cơ quan xem xét"),
        (anywhere(Role.HOME_AFFAIRS_LEAD), "lãnh đạo Sở Nội vụ"),
        (anywhere(Role.INSPECTOR), "thanh tra, kiểm tra"),
    ]
    if case.state in CONCLUDED:
        groups += [
            (at_unit(case.appeal_unit_id, *AGENCY_ROLES, *DESK_ROLES), "cơ quan cấp trên"),
            (at_unit(province_above(case.agency).pk, *LEADERS), "lãnh đạo tỉnh"),
            (anywhere(Role.PROVINCIAL_OFFICE), "Văn phòng UBND tỉnh"),
            (anywhere(Role.HOME_AFFAIRS_OFFICER), "Sở Nội vụ theo dõi"),
        ]
    for people, why in groups:
        for user in people.exclude(pk__in=case.barred_ids):
            found.setdefault(user.pk, Reader(user, why))
    if case.state in CONCLUDED:
        for user in at_unit(case.agency_id, *AGENCY_ROLES):
            found.setdefault(user.pk, Reader(user, "chỉ xem kết luận"))
    return list(found.values())


def recusals(case: LiabilityCase) -> list[Recusal]:
    """Who would act at the body that allowed it, had no part been theirs (AZ-07)."""
    unit = case.pilot.deciding_unit_id
    own = at_unit(unit, *AGENCY_ROLES).filter(pk__in=case.barred_ids)
    found = heads(case.competent_unit, case.barred_ids)
    instead = found[0].display if found else case.competent_unit_name
    return [Recusal(user, instead) for user in own]

"""Who may do what to a periodic report, in one table: a line for each capacity and deed."""

from django.db import models

from organisation.stages import Role
from reporting.periods.stages import RECEIVED, WRITTEN, Level, ReportState

S = ReportState
LEADING = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
FOLLOWING = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
AGENCY = (*LEADING, Role.AGENCY_FOCAL, Role.CLERK)  # who sees the reports of the own agency
INFORMED = (*LEADING, Role.PROVINCIAL_OFFICE)  # of what Sở Nội vụ reports to the province
READERS = (*AGENCY, *FOLLOWING, Role.PROVINCIAL_OFFICE)


class Capacity(models.TextChoices):
    PREPARER = "preparer", "Người lập báo cáo"
    SENDER = "sender", "Người gửi báo cáo"
    RECEIVER = "receiver", "Người nhận báo cáo"


P, H, R = Capacity.PREPARER, Capacity.SENDER, Capacity.RECEIVER
RIGHTS: tuple[tuple[Capacity, str, tuple[ReportState, ...]], ...] = (
    (P, "write", WRITTEN),
    (H, "write", (*WRITTEN, S.LAID)),
    (P, "lay", WRITTEN),
    (H, "hand_back", (S.LAID,)),
    (H, "send", (*WRITTEN, S.LAID)),
    (R, "give_back", RECEIVED),
)
# Who holds a capacity: at the agency that owes, and at Sở Nội vụ for the summary.
ROLES: dict[tuple[str, Capacity], tuple[Role, ...]] = {
    (Level.AGENCY, P): (Role.AGENCY_FOCAL,),
    (Level.AGENCY, H): LEADING,
    (Level.PROVINCE, H): LEADING,
}

"""Who carries a running pilot out: people join, leave, and hand over the lead."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from pilots import people, rules
from pilots.actions import holding
from pilots.actions.base import Incomplete, keep_text, locked, note, permit, tell
from pilots.actions.planning import LEADER_JUDGES, MemberLine
from pilots.models import Pilot, PilotMember
from pilots.rights import Capacity


@deed()
def change_team(
    pilot_id: int,
    leader: User,
    members: Sequence[MemberLine],
    *,
    by: User,
    version: int | None = None,
) -> Pilot:
    """Name the team anew; what the old leader had to do passes to the new one.

    Only the head names another leader. Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id, version=version)
    permit(pilot, "edit_team", by)
    old = pilot.leader
    if leader != old and Capacity.HEAD not in rules.capacities(pilot, by):
        raise PermissionDenied
    if leader.pk == pilot.monitor_id:
        raise Incomplete([LEADER_JUDGES])
    _write_members(pilot, leader, members)
    pilot.leader = leader
    pilot.__dict__.pop("member_ids", None)
    if leader != old:
        holding.hand_over(pilot, old)
    holding.admit(pilot)
    content = keep_text(
        pilot,
        "pilot_team",
        leader=leader.full_name,
        members=[{"name": line.person.full_name, "duty": line.duty} for line in members],
    )
    entry = note(pilot, "team.change", by=by, content=content)
    holding.show(pilot)
    tell(
        pilot,
        entry,
        {*people.team(pilot), old},
        event="team-changed",
        subject="Nhóm thực hiện có thay đổi",
        text=f"Trưởng nhóm: {leader.full_name}.",
        url=pilot.get_absolute_url(),
    )
    return pilot


def _write_members(pilot: Pilot, leader: User, members: Sequence[MemberLine]) -> None:
    """Who is no longer named left today; who is new joins today."""
    wanted = {line.person.pk: line.duty for line in members if line.person != leader}
    held = {row.person_id: row for row in pilot.members.filter(left_on=None)}
    for person, row in held.items():
        if person not in wanted:
            row.left_on = today()
            row.save(update_fields=["left_on"])
    for person, duty in wanted.items():
        PilotMember.objects.update_or_create(
            pilot=pilot, person_id=person, left_on=None, defaults={"duty": duty}
        )

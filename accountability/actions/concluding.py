"""The end of the road: a proposal is concluded with its outcomes, once nothing is weighed any more.

That something still is must not be told by a date (ADR 0013): the task is its holder's alone.
"""

from django.core.exceptions import PermissionDenied

from accountability import people, rules
from accountability.actions.base import Cause, Incomplete
from accountability.actions.recording import write_outcomes
from accountability.models import LiabilityCase
from accountability.people import Setting
from deadlines import actions as clocks
from deadlines.parties import Holder
from journal.deeds import deed
from notifications.actions import notify
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from pilots.actions import holding
from pilots.actions.base import move as move_pilot
from pilots.models import Pilot
from proposals import people as around
from proposals.actions import lifecycle
from proposals.models import Proposal
from proposals.stages import Stage

CASES_OPEN = "Còn {n} hồ sơ xem xét trách nhiệm chưa kết thúc."
NO_CASE = (
    "Kết quả chưa đạt mục tiêu hoặc có thiệt hại: lập hồ sơ xem xét trách nhiệm trước khi "
    "ghi nhận kết quả."
)
NOT_EVALUATED = "Chưa có kết luận đánh giá kết quả."
NOBODY = "–"


def obstacles(setting: Setting) -> list[str]:
    """What has to be settled before the proposal can be concluded, in words."""
    if setting.evaluation is None:
        return [NOT_EVALUATED]
    cases = LiabilityCase.objects.filter(proposal=setting.pilot.proposal_id)
    if waiting := cases.open().count():
        return [CASES_OPEN.format(n=waiting)]
    if setting.needs_case and not cases.exists():
        return [NO_CASE]
    return []


def ask_to_record(pilot: Pilot) -> None:
    """Ask whoever ends the road to record the result, where nothing has to be settled before it.

    Called when the parties were told the result, and again when a case of the proposal ends.
    """
    setting = people.setting_of(pilot)
    evaluation = setting.evaluation
    if evaluation is None or not evaluation.notified_on or setting.stage != Stage.EVALUATED:
        return
    if not obstacles(setting):
        barred = people.users(setting.barred_ids)
        post = Holder.post(Role.AGENCY_HEAD, setting.competent_unit_id, barred=barred)
        holding.ask_for_record(evaluation, post)


@deed()
def conclude(proposal_id: int, *, by: User, version: int | None = None) -> Proposal:
    """Write down the outcomes, close the pilot, and end the road of the proposal.

    Its stream tells the kinds of the outcomes and nothing of any case.
    Raises Conflict, PermissionDenied, Incomplete.
    """
    proposal = lifecycle.locked(proposal_id, version=version)
    lifecycle.check(proposal, "conclude", by)
    pilot = Pilot.objects.get(proposal=proposal)
    pilot.proposal = proposal
    setting = people.setting_of(pilot)
    if not rules.may_conclude(setting, by):
        raise PermissionDenied
    found = obstacles(setting)
    if found or setting.evaluation is None:
        raise Incomplete(found)
    kinds = write_outcomes(proposal, setting.evaluation)
    move_pilot(pilot, "close", by=by)
    moved = lifecycle.move(proposal_id, "conclude", by=by, outcomes=kinds)
    clocks.stop_all(lifecycle.subject_of(moved.proposal), today(), "concluded")
    holding.put_off_record(setting.evaluation, "recorded")
    lifecycle.hold(moved.proposal, None, holder=NOBODY)
    notify(
        around.authors(moved.proposal),
        key=f"proposal-concluded-{moved.entry.entry_hash[:32]}",
        subject=f"[{moved.proposal.code}] Đã ghi nhận kết quả",
        text=f"Kết quả được ghi nhận ngày {vn_date(today())}. Hồ sơ đã kết thúc và lưu.",
        url=moved.proposal.get_absolute_url(),
        by_entry=Cause(moved.proposal.stream),
    )
    return moved.proposal

"""What the frame of a case shows on each of its tabs, in a constant number of queries.

Rooms above extend `proposals/case/_frame.html` and hand `case_context(proposal, user, tab)` to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, When
from django.urls import NoReverseMatch, reverse

from deadlines.models import Clock
from organisation.days import WorkingDays, today
from organisation.models import User
from organisation.stages import Role
from proposals import rules
from proposals.acts import Acts
from proposals.lines import line_of
from proposals.models import Decision, Proposal, ReviewStep
from proposals.stages import CARRIED_OUT, DRAFT_OR_WITHDRAWN, Stage
from proposals.tracker import is_plain, track

# key, words, route, when: on which condition the tab is there
TABS = (
    ("pilot", "Theo dõi thí điểm", "pilots:detail", "carried_out"),
    ("content", "Nội dung đề xuất", "proposals:content", ""),
    ("opinions", "Ý kiến", "proposals:opinions", "inner"),
    ("reports", "Báo cáo", "pilots:reports", "carried_out"),
    ("help", "Hỗ trợ", "pilots:help", "carried_out"),
    ("incidents", "Sự cố", "pilots:incidents", "carried_out"),
    ("results", "Kết quả", "accountability:conclude", "evaluated"),
    ("papers", "Văn bản", "proposals:papers", "sent"),
    ("evidence", "Hồ sơ minh chứng", "accountability:evidence", "carried_out"),
    ("timeline", "Dòng thời gian", "proposals:timeline", ""),
)
REVIEW_RULES = (
    "INTAKE",
    "SUPPLEMENT",
    "COLLECTIVE_MEETING",
    "HIGHER_REVIEW",
    "REFUSAL_ANSWER",
    "ANSWER_REVIEW",
    "PILOT_START",
)
# What those who carry it out and those who evaluate it are asked for; never what another agency
# was asked, nor a detail of the work such as an incident.
FOLLOW_UP_RULES = (
    "PILOT_START",
    "PROGRESS_REPORT",
    "ADJUSTMENT_DECISION",
    "SUSPENSION_REVIEW",
    "RESULT_REPORT",
    "OPINION",
    "EVALUATION_MEETING",
    "EVALUATION_NOTICE",
)

WATCHERS = (*rules.HOME_AFFAIRS_ROLES, Role.INSPECTOR)
STEP_DEEDS = {"vote", "give_appraisal", "give_party_opinion", "check_legal"}


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | str | None = None  # how much waits behind it, or how far it is


Frame = Callable[[Proposal, User, dict[str, Any]], dict[str, Any]]
frames: list[Frame] = []


def extend_frame(frame: Frame) -> None:
    """Let a room above show on every tab how far its part of the case is, from `ready`."""
    frames.append(frame)


def case_context(proposal: Proposal, user: User, tab: str) -> dict[str, Any]:
    """All that `proposals/case/_frame.html` needs; a view adds what its own tab shows.

    Expects a proposal of `visible_to(user).for_detail()`.
    """
    return extended(own_context(proposal, user, tab), proposal, user)


def extended(
    context: dict[str, Any], proposal: Proposal, user: User, *, told: Frame | None = None
) -> dict[str, Any]:
    """The frame with what the rooms above say, without a room whose part is `told` already."""
    for frame in frames:
        if frame is not told:
            context |= frame(proposal, user, context)
    return context


def own_context(proposal: Proposal, user: User, tab: str) -> dict[str, Any]:
    """The same without what the rooms above say."""
    now = today()
    clock = shown_clock(proposal)
    decisions = _decisions(proposal)
    working = _working_days(proposal, decisions, clock, now)
    if clock and clock.due_on:
        clock.days_left = working.between(now, clock.due_on)
    acts = Acts(proposal, user, _steps(proposal, user), decisions)
    colour, icon = proposal.tone
    return {
        "proposal": proposal,
        "colour": colour,
        "icon": icon,
        "tab": tab,
        "tabs": tabs_of(proposal, user, tab, decisions),
        "primary": acts.primary,
        "others": acts.others,
        "why_not": acts.why_not,
        "tracker": track(proposal, decisions, working),
        "line": line_of(proposal, decisions, clock) if rules.is_author(proposal, user) else "",
        "clock": clock,
        "held_days": working.between(proposal.holder_since, now),
        "decisions": decisions,
        "sees_inner": rules.sees_inner(proposal, user),
        "crumb": crumb_of(proposal, user),
    }


def shown_clock(proposal: Proposal) -> Clock | None:
    """The clock of whoever holds the case: what must happen next, and by when.

    Of several it is the one whose date the row of the proposal shows in lists.
    """
    rules_asked = FOLLOW_UP_RULES if proposal.stage in CARRIED_OUT else REVIEW_RULES
    clocks = Clock.objects.of_subject("proposal", proposal.ref).open().select_related("rule")
    running_first = F("paused_on").asc(nulls_first=True)
    same_first = Case(When(due_on=proposal.due_on, then=0), default=1)
    found = clocks.filter(rule__code__in=rules_asked)
    return found.order_by(running_first, same_first, "due_on", "pk").first()


def tabs_of(
    proposal: Proposal, user: User, current: str, decisions: Sequence[Decision] = ()
) -> list[Tab]:
    """The tabs that are there for this viewer at this stage, in the words of what was allowed."""
    plain = {"pilot": "Theo dõi thực hiện"} if is_plain(proposal, decisions) else {}
    holds = {
        "": True,
        "sent": proposal.stage not in DRAFT_OR_WITHDRAWN,
        "inner": rules.sees_inner(proposal, user),
        "carried_out": proposal.stage in CARRIED_OUT,
        "evaluated": proposal.stage in {Stage.EVALUATED, Stage.CONCLUDED},
    }
    found = [
        (key, plain.get(key, label), url_or_none(route, proposal.ref))
        for key, label, route, when in TABS
        if holds[when]
    ]
    return [Tab(label, url, key == current) for key, label, url in found if url]


def crumb_of(proposal: Proposal, user: User) -> dict[str, str]:
    """One level up from the case, for this viewer."""
    if rules.is_author(proposal, user):
        return {"label": "Đề xuất của tôi", "url": url_or_none("proposals:list") or "/"}
    if rules.sees_inner(proposal, user) and user.powers.has(*rules.AGENCY_ROLES):
        return {"label": "Hồ sơ của cơ quan", "url": reverse("proposals:agency")}
    if user.powers.has(*WATCHERS):
        return {"label": "Tất cả hồ sơ", "url": url_or_none("reporting:cases") or "/"}
    return {"label": "Việc của tôi", "url": url_or_none("reporting:home") or "/"}


def url_or_none(route: str, *args: object) -> str | None:
    """The address of a page by name; None where the room that has it is not there."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return None


def _decisions(proposal: Proposal) -> list[Decision]:
    """The decisions so far; a row that was never decided on has none to ask for."""
    may_have = (
        proposal.decided_at
        or proposal.times_returned
        or proposal.vote_passed is False
        or proposal.deciding_unit_id != proposal.agency_id
        or proposal.stage == Stage.REDIRECTED
    )
    if not may_have:
        return []
    rows = proposal.decisions.select_related("document", "content", "decided_by")
    return list(rows.order_by("pk"))


def _steps(proposal: Proposal, user: User) -> list[ReviewStep]:
    """The steps of this round, for those who have something to do in one."""
    if not STEP_DEEDS & rules.actions_of(proposal, user):
        return []
    return list(proposal.steps.filter(cancelled_at=None).order_by("pk"))


def _working_days(
    proposal: Proposal, decisions: Sequence[Decision], clock: Clock | None, now: date
) -> WorkingDays:
    """The working days over every date that the frame counts with, in one query."""
    dates = [now, proposal.holder_since, proposal.created_at.date()]
    dates += [day for day in (proposal.received_on, clock and clock.due_on) if day]
    dates += [decision.decided_at.date() for decision in decisions]
    return WorkingDays(min(dates), max(dates))

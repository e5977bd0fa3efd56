"""Nominating for a commendation, and the review of the nomination."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accountability import papers, people, rules
from accountability.actions.base import (
    Incomplete,
    keep_text,
    locked,
    move,
    new_code,
    note,
    position_of,
    tell,
)
from accountability.actions.holding import (
    give_to_post,
    stop,
)
from accountability.models import Commendation, CommendationMember, IncentiveType
from accountability.people import Setting
from accountability.stages import CommendationState, Nominee
from documents.actions import compose
from journal.actions import keep
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from pilots.models import Pilot
from proposals.actions import lifecycle

NO_MERIT = "Nhập thành tích."
NO_PERSON = "Chọn cá nhân được đề nghị."
NO_TEAM = "Nhập tên tập thể và chọn thành viên."
NOT_INVOLVED = "Chọn người đã đề xuất hoặc thực hiện."
NOT_FOR_TEAMS = "Hình thức này chỉ áp dụng cho cá nhân."
NOT_IN_FORCE = "Chọn hình thức đang có hiệu lực."
SAME_FORM = "Đã có đề nghị cùng hình thức cho người này."
NO_REVIEW = "Nhập ý kiến thẩm định."
NO_REASON = "Nêu lý do chưa xét. Lý do được gửi cho người đề nghị."


@dataclass(frozen=True)
class Nomination:
    """Who is nominated for what, and why."""

    incentive: IncentiveType
    nominee: str
    merit: str
    person: User | None = None
    team_name: str = ""
    members: tuple[User, ...] = ()


@deed()
def nominate(pilot_id: int, said: Nomination, *, by: User) -> Commendation:
    """Nominate a person or a team of a pilot that was completed.

    Raises PermissionDenied, Incomplete.
    """
    pilot = Pilot.objects.select_related("decision").get(pk=pilot_id)
    pilot.proposal = lifecycle.locked(pilot.proposal_id)
    setting = people.setting_of(pilot)
    if not rules.may_nominate(setting, by):
        raise PermissionDenied
    lacking = list(_missing(said, setting))
    if lacking:
        raise Incomplete(lacking)
    row = _new(setting, said, by)
    row.save()
    CommendationMember.objects.bulk_create(
        CommendationMember(commendation=row, person=person) for person in _team(said)
    )
    entry = note(
        row,
        "nominate",
        by=by,
        content=row.merit_content,
        after=row.state,
        incentive=said.incentive.code,
    )
    post = people.officers(row)
    url = url_of(row, "commendation_review")
    barred = row.barred_ids | {by.pk}
    give_to_post(
        row, "COMMENDATION_REVIEW", post, verb="Thẩm định đề nghị khen thưởng", url=url,
        barred=barred,
    )  # fmt: skip
    text = f"{by.display} đề nghị {row.incentive.label.lower()}."
    tell(
        row, entry, people.holders(*post, barred), event="commendation-nominated", text=text,
        url=url,
    )  # fmt: skip
    return row


@deed()
def review(
    commendation_id: int, opinion: str, *, by: User, version: int | None = None
) -> Commendation:
    """The officer finds that the conditions are met.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    if not opinion.strip():
        raise Incomplete([NO_REVIEW])
    row.review = opinion
    content = keep_text(row, "commendation_review", text=opinion, quote=opinion)
    move(row, "accept_review", by=by, content=content)
    row.reviewed_by = by
    row.save(update_fields=["reviewed_by"])
    return row


@deed()
def decline_review(
    commendation_id: int, reason: str, *, by: User, version: int | None = None
) -> Commendation:
    """The officer sends it no further, and says why.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    row = locked(Commendation, commendation_id, version=version)
    row.reviewed_by = by
    return end_declined(row, "decline_review", reason, by)


@deed()
def submit(commendation_id: int, *, by: User, version: int | None = None) -> Commendation:
    """Lay the nomination before whoever decides on this form; the paper is drawn.

    Raises Conflict, PermissionDenied.
    """
    row = locked(Commendation, commendation_id, version=version)
    unit = people.deciding_unit(row)
    row.deciding_unit, row.deciding_unit_name = unit, str(unit)
    entry = move(row, "submit", by=by)
    facts = papers.submission(row, by)
    row.submission = compose(
        facts["kind"],
        stream=row.stream,
        facts=facts,
        by=by,
        unit=row.agency,
    )
    row.save(update_fields=["submission"])
    stop(row, "COMMENDATION_REVIEW", outcome="submitted")
    post = (Role.AGENCY_HEAD, unit.pk)
    barred = row.barred_ids | {row.nominated_by_id, by.pk}
    url = url_of(row, "commendation_decide")
    give_to_post(
        row, "COMMENDATION_DECISION", post, verb="Quyết định khen thưởng", url=url, barred=barred
    )
    text = f"Đề nghị {row.incentive.label.lower()} được trình, chờ quyết định."
    tell(
        row, entry, people.holders(*post, barred), event="commendation-submitted", text=text,
        url=url,
    )  # fmt: skip
    return row


def end_declined(row: Commendation, name: str, reason: str, by: User) -> Commendation:
    """End a nomination without award; whoever nominated learns the reason."""
    if not reason.strip():
        raise Incomplete([NO_REASON])
    row.declined_reason = reason
    content = keep_text(row, "commendation_decline", reason=reason, quote=reason)
    entry = move(row, name, by=by, content=content)
    stop(row, outcome="declined")
    text = "Đề nghị chưa được xét. Lý do có trong hồ sơ."
    tell(row, entry, [row.nominated_by], event="commendation-declined", text=text)
    return row


def url_of(row: Commendation, name: str) -> str:
    return reverse(f"accountability:{name}", args=[row.ref])


def _missing(said: Nomination, setting: Setting) -> Iterable[str]:
    if not said.merit.strip():
        yield NO_MERIT
    now = today()
    if not IncentiveType.objects.valid_on(now).filter(pk=said.incentive.pk).exists():
        yield NOT_IN_FORCE
    is_team = said.nominee == Nominee.TEAM
    if is_team and not said.incentive.for_teams:
        yield NOT_FOR_TEAMS
    if is_team and not (said.team_name.strip() and said.members):
        yield NO_TEAM
    if not is_team and said.person is None:
        yield NO_PERSON
    named = {person.pk for person in (*_team(said), *([said.person] if said.person else []))}
    if not named <= people.involved_ids(setting.pilot):
        yield NOT_INVOLVED
    if not is_team and _is_known(said, setting):
        yield SAME_FORM


def _is_known(said: Nomination, setting: Setting) -> bool:
    rows = Commendation.objects.filter(
        proposal=setting.pilot.proposal_id, person=said.person, incentive=said.incentive
    )
    return rows.exclude(state=CommendationState.DECLINED).exists()


def _team(said: Nomination) -> tuple[User, ...]:
    return said.members if said.nominee == Nominee.TEAM else ()


def _new(setting: Setting, said: Nomination, by: User) -> Commendation:
    pilot = setting.pilot
    is_team = said.nominee == Nominee.TEAM
    row = Commendation(
        code=new_code("KT", Commendation),
        proposal=pilot.proposal,
        pilot=pilot,
        evaluation=setting.evaluation,
        agency=pilot.agency,
        incentive=said.incentive,
        nominee=said.nominee,
        person=None if is_team else said.person,
        team_name=said.team_name if is_team else "",
        merit=said.merit,
        nominated_by=by,
        nominated_by_position=position_of(by),
    )
    row.merit_content = keep(
        "commendation_merit",
        row.stream,
        {
            "text": said.merit,
            "who": row.who,
            "incentive": said.incentive.code,
            "nominee": row.nominee,
            "team_name": row.team_name,
            "person": row.person.ref if row.person else "",
            "quote": said.merit,
        },
    )
    return row

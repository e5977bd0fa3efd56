"""Opening a liability case for one person, and beginning to find out what happened."""

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
)
from accountability.models import LiabilityCase, LiabilityCause
from accountability.people import Setting
from accountability.stages import Origin
from documents.actions import compose
from documents.stages import PaperKind
from journal.actions import keep
from journal.deeds import deed
from organisation.models import User
from organisation.stages import Role
from pilots.actions import holding
from pilots.models import Pilot
from proposals.actions import lifecycle

NO_CHARGES = "Nhập nội dung xem xét."
NOT_INVOLVED = "Chọn người liên quan trong danh sách."
ALREADY_OPEN = "Đã có hồ sơ của người này. Mỗi người có một hồ sơ."
HEARD_FIRST = "Người liên quan được nêu ý kiến trước khi có kết luận."
NOT_EVALUATED = "Chưa có kết luận đánh giá kết quả."


@deed()
def open_case(pilot_id: int, *, person: User, charges: str, by: User) -> LiabilityCase:
    """Open a case for one person: causes come from the evaluation, the person is told at once.

    Raises PermissionDenied, Incomplete.
    """
    pilot = Pilot.objects.select_related("decision").get(pk=pilot_id)
    pilot.proposal = lifecycle.locked(pilot.proposal_id)
    setting = people.setting_of(pilot)
    if not rules.may_open(setting, by) or person == by:
        raise PermissionDenied
    _check(setting, person, charges)
    case = _new(setting, person, charges, by)
    case.notice = compose(
        PaperKind.NOTICE,
        stream=case.stream,
        facts=papers.opening_notice(case),
        by=by,
        unit=case.competent_unit,
    )
    case.save()
    entry = note(
        case, "open", by=by, content=case.charges_content, after=case.state, origin=case.origin
    )
    _copy_causes(case, by)
    holding.case_opened(case.evaluation)
    holding.put_off_record(case.evaluation, "case_opened")
    give_to_post(
        case,
        "LIABILITY_FACTS",
        people.fact_finders(case),
        verb="Xác định nguyên nhân, đánh giá điều kiện",
        url=case.get_absolute_url(),
        barred=case.barred_ids,
    )
    text = f"{case.competent_unit_name} lập hồ sơ xem xét. {HEARD_FIRST}"
    tell(case, entry, [person], event="liability-opened", text=text)
    return case


@deed()
def start_facts(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """The file is together: find the causes; the time for it runs since the case was opened.

    Raises Conflict, PermissionDenied.
    """
    case = locked(LiabilityCase, case_id, version=version)
    move(case, "start_facts", by=by)
    return case


def _check(setting: Setting, person: User, charges: str) -> None:
    if setting.evaluation is None:
        raise Incomplete([NOT_EVALUATED])
    if LiabilityCase.objects.filter(proposal=setting.pilot.proposal_id, person=person).exists():
        raise Incomplete([ALREADY_OPEN])
    lacking = [NO_CHARGES] * (not charges.strip())
    if not people.candidates(setting).filter(pk=person.pk).exists():
        lacking.append(NOT_INVOLVED)
    if lacking:
        raise Incomplete(lacking)


def _new(setting: Setting, person: User, charges: str, by: User) -> LiabilityCase:
    pilot = setting.pilot
    unit = people.competent_unit(pilot.deciding_unit, setting.barred_ids | {person.pk})
    above = people.appeal_unit(unit)
    case = LiabilityCase(
        code=new_code("TN", LiabilityCase),
        proposal=pilot.proposal,
        pilot=pilot,
        evaluation=setting.evaluation,
        agency=pilot.agency,
        origin=_origin(setting, by),
        person=person,
        person_position=position_of(person),
        competent_unit=unit,
        competent_unit_name=str(unit),
        appeal_unit=above,
        appeal_unit_name=str(above),
        opened_by=by,
        opened_by_position=position_of(by),
        charges=charges,
    )
    facts = {
        "text": charges,
        "person": person.ref,
        "competent_unit": unit.ref,
        "appeal_unit": above.ref,
    }
    case.charges_content = keep("liability_charges", case.stream, facts)
    return case


def _origin(setting: Setting, by: User) -> Origin:
    roles = (Role.AGENCY_HEAD, *rules.DESK_ROLES)
    if setting.competent_unit_id in by.powers.own_units(*roles) and setting.needs_case:
        return Origin.EVALUATION
    is_inspector = by.powers.has(Role.INSPECTOR) and not by.powers.has(Role.HOME_AFFAIRS_LEAD)
    return Origin.INSPECTION if is_inspector else Origin.HOME_AFFAIRS


def _copy_causes(case: LiabilityCase, by: User) -> None:
    """The causes that the evaluation found, each with where it stands."""
    source = f"Kết luận đánh giá kết quả đề xuất {case.proposal.code}"
    for cause in case.evaluation.causes.select_related("evidence").order_by("kind", "pk"):
        content = keep_text(
            case,
            "liability_cause",
            kind=cause.kind,
            text=cause.text,
            weight=cause.weight,
            evidence=source,
            quote=cause.text,
        )
        LiabilityCause.objects.create(
            case=case,
            kind=cause.kind,
            text=cause.text,
            weight=cause.weight,
            evidence=source,
            stored=cause.evidence,
            content=content,
        )
        digest = {"file_sha256": cause.evidence.sha256} if cause.evidence else {}
        note(case, "find_cause", by=by, content=content, kind=cause.kind, **digest)


def url_of(case: LiabilityCase, name: str) -> str:
    return reverse(f"accountability:{name}", args=[case.ref])

"""Incidents: told within a minute, mended by the team, confirmed by the head."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from deadlines.models import Clock
from documents.models import StoredFile
from journal.deeds import deed
from journal.models import Entry
from organisation.models import User
from pilots import people
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked,
    locked_row,
    next_code,
    note,
    permit,
    raise_conflict,
    step,
    tell,
)
from pilots.models import Incident
from pilots.stages import IncidentLevel, IncidentState

IN_FUTURE = "Thời điểm xảy ra không sau lúc này."
NO_MEASURES = "Nhập biện pháp khắc phục."
NO_REASON = "Nêu lý do chưa xác nhận."
TEXTS = ("description", "measures", "objective_cause", "subjective_cause")


@dataclass(frozen=True)
class Told:
    """The four fields that come first."""

    what: str
    happened_at: datetime
    level: str
    has_harm: bool


@dataclass(frozen=True)
class Measures:
    """What comes later."""

    description: str = ""
    measures: str = ""
    objective_cause: str = ""
    subjective_cause: str = ""
    evidence: StoredFile | None = None


@deed()
def report_incident(pilot_id: int, told: Told, *, by: User) -> Incident:
    """Write an incident down and tell the head; a serious one also Sở Nội vụ, at once.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id)
    permit(pilot, "report_incident", by)
    if told.happened_at > timezone.now():
        raise Incomplete([IN_FUTURE])
    serious = told.level == IncidentLevel.SERIOUS
    incident = Incident(
        pilot=pilot,
        code=next_code("SC"),
        what=told.what,
        happened_at=told.happened_at,
        level=told.level,
        has_harm=told.has_harm,
        reported_by=by,
    )
    incident.content = keep_text(
        pilot,
        "incident",
        code=incident.code,
        happened_at=told.happened_at,
        level=told.level,
        has_harm=told.has_harm,
        quote=told.what,
    )
    incident.clock = holding.give_to_head(
        pilot,
        "INCIDENT_CONFIRM",
        verb=f"Xác nhận sự cố {incident.code}",
        url=_url(incident),
        detail=told.what,
        serious=serious,
    )
    incident.save()
    entry = note(
        pilot, "incident.report", by=by, content=incident.content, level=told.level,
        after=incident.state, **_named(incident),
    )  # fmt: skip
    _tell_reported(incident, entry, by)
    return incident


@deed()
def take_up(incident_id: int, *, by: User, version: int | None = None) -> Incident:
    """The head has read of the incident: the team mends it within its clock."""
    incident = locked_row(Incident, incident_id, version=version)
    permit(incident.pilot, "confirm_incident", by)
    if incident.state != IncidentState.NEW:
        raise_conflict(incident.pilot)
    _to_team(incident, by)
    note(
        incident.pilot, "incident.take_up", by=by,
        before=IncidentState.NEW, after=incident.state, **_named(incident),
    )  # fmt: skip
    return incident


@deed()
def write_measures(
    incident_id: int,
    said: Measures,
    *,
    by: User,
    is_fixed: bool = False,
    version: int | None = None,
) -> Incident:
    """Write down what happened, why, and what was done; `is_fixed` asks the head to confirm.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    incident = locked_row(Incident, incident_id, version=version)
    pilot = incident.pilot
    permit(pilot, "measure_incident", by)
    if is_fixed and not said.measures.strip():
        raise Incomplete([NO_MEASURES])
    before = incident.state
    for name in TEXTS:
        setattr(incident, name, getattr(said, name))
    incident.evidence = said.evidence or incident.evidence
    if is_fixed:
        _to_head(incident, by)
    else:
        _to_team(incident, by)
    incident.content = keep_text(
        pilot,
        "incident_measures",
        code=incident.code,
        quote=said.measures,
        **{name: getattr(said, name) for name in TEXTS},
    )
    incident.save()
    digest = {"file_sha256": said.evidence.sha256} if said.evidence else {}
    entry = note(
        pilot,
        "incident.fix" if is_fixed else "incident.measure",
        by=by,
        content=incident.content,
        before=before,
        after=incident.state,
        **_named(incident),
        **digest,
    )
    if is_fixed:
        tell(
            pilot,
            entry,
            people.heads(pilot),
            event="incident-fixed",
            subject=f"Chờ xác nhận khắc phục sự cố {incident.code}",
            text=said.measures,
            url=_url(incident),
        )
    return incident


@deed()
def confirm_incident(
    incident_id: int, *, by: User, answer: str = "", version: int | None = None
) -> Incident:
    """The head confirms that the incident is mended."""
    incident = _judge(incident_id, "confirm", by, answer, version)
    holding.stop(incident.clock, "fixed")
    return incident


@deed()
def reopen_incident(
    incident_id: int, *, by: User, answer: str, version: int | None = None
) -> Incident:
    """The head does not confirm yet, and says why. Raises Incomplete."""
    if not answer.strip():
        raise Incomplete([NO_REASON])
    incident = _judge(incident_id, "reopen", by, answer, version)
    holding.stop(incident.clock, "reopened")
    incident.clock = _team_clock(incident)
    incident.save(update_fields=["clock"])
    return incident


def _tell_reported(incident: Incident, entry: Entry, by: User) -> None:
    """Tell the head, the team and the monitor; of a serious one also Sở Nội vụ, at once."""
    pilot, serious = incident.pilot, incident.level == IncidentLevel.SERIOUS
    recipients = {*people.heads(pilot), *people.team(pilot)} - {by}
    if pilot.monitor:
        recipients.add(pilot.monitor)
    if serious:
        recipients |= set(people.home_affairs())
    level = incident.get_level_display().lower()
    tell(
        pilot,
        entry,
        recipients,
        event="incident-reported",
        subject=f"Có sự cố mức độ {level}, cần ý kiến trong hôm nay",
        text=incident.what,
        url=_url(incident),
        serious=serious,
    )


def _judge(incident_id: int, name: str, by: User, answer: str, version: int | None) -> Incident:
    incident = locked_row(Incident, incident_id, version=version)
    pilot = incident.pilot
    permit(pilot, "confirm_incident", by)
    if incident.fixed_by_id == by.pk:
        raise_conflict(pilot)
    step(incident, name, pilot)
    incident.answer, incident.version = answer, incident.version + 1
    incident.confirmed_by = by if name == "confirm" else None
    incident.save()
    content = keep_text(pilot, "incident_answer", code=incident.code, quote=answer)
    entry = note(
        pilot, f"incident.{name}", by=by, content=content,
        before=IncidentState.AWAITING, after=incident.state, **_named(incident),
    )  # fmt: skip
    tell(
        pilot,
        entry,
        people.team(pilot),
        event=f"incident-{name}",
        subject=f"Sự cố {incident.code}: {incident.get_state_display().lower()}",
        text=answer or f"{by.display} xác nhận đã khắc phục sự cố {incident.code}.",
        url=_url(incident),
    )
    return incident


def _to_team(incident: Incident, by: User) -> None:
    was_new = incident.state == IncidentState.NEW
    step(incident, "take_up", incident.pilot)
    if was_new:
        holding.stop(incident.clock, "taken_up")
        incident.clock = _team_clock(incident)
    incident.save()


def _to_head(incident: Incident, by: User) -> None:
    step(incident, "report_fixed", incident.pilot)
    incident.fixed_by, incident.version = by, incident.version + 1
    holding.stop(incident.clock, "fixed")
    incident.clock = holding.give_to_head(
        incident.pilot,
        "INCIDENT_CONFIRM",
        verb=f"Xác nhận khắc phục sự cố {incident.code}",
        url=_url(incident),
        detail=incident.what,
    )


def _team_clock(incident: Incident) -> Clock:
    return holding.give_to_person(
        incident.pilot,
        "INCIDENT_FIX",
        incident.pilot.leader,
        verb=f"Khắc phục sự cố {incident.code}",
        url=_url(incident),
        detail=incident.what,
        serious=incident.level == IncidentLevel.SERIOUS,
    )


def _url(incident: Incident) -> str:
    return reverse("pilots:incident", args=[incident.pilot.proposal.ref, incident.ref])


def _named(incident: Incident) -> dict[str, Any]:
    """What the journal calls it: its code, and the ref that leads to its page."""
    return {"code": incident.code, "incident": str(incident.ref)}

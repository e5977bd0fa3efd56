"""Appointments: who is given a post, and when it ends. Powers change at the next request."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from organisation.actions.people import end_sessions, locked, require_another_administrator
from organisation.actions.refusals import AlreadyAppointed, EndBeforeStart, OwnRole
from organisation.days import today
from organisation.models import Appointment, OrgUnit, Position, User
from organisation.models.changes import CHANGE
from organisation.stages import Acting, Role
from organisation.trail import keep, record, stream_of


@transaction.atomic
def appoint(
    person: User,
    position: Position,
    unit: OrgUnit,
    *,
    by: User | None,
    valid_from: date,
    valid_to: date | None = None,
    acting: str = Acting.OFFICIAL,
    field: str = "",
    is_main: bool = True,
    basis_document: str = "",
    seen: int | None = None,
) -> Appointment:
    """Give a person a post at an agency; their sessions end, so that new powers are signed in to.

    Raises OwnRole (nobody appoints themselves), AlreadyAppointed for an overlapping time, Conflict
    when the account is no longer of the version `seen`.
    """
    if by is not None and by.pk == person.pk:
        raise OwnRole
    person = locked(person, seen)
    same = Appointment.objects.filter(person=person, position=position, unit=unit)
    if same.filter(_overlaps(valid_from, valid_to)).exists():
        raise AlreadyAppointed
    appointment = Appointment.objects.create(
        person=person,
        position=position,
        unit=unit,
        acting=acting,
        field=field,
        is_main=is_main,
        valid_from=valid_from,
        valid_to=valid_to,
        basis_document=basis_document,
    )
    _count_change(person, by)
    end_sessions(person)
    _record("user.appoint", appointment, by=by)
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, by: User | None, valid_to: date, seen: int | None = None
) -> None:
    """Let a post end: `valid_to` is the first day on which it is no longer held.

    Raises EndBeforeStart, LastAdministrator, Conflict for a form older than the account.
    """
    person = locked(appointment.person, seen)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if valid_to <= appointment.valid_from:
        raise EndBeforeStart(appointment.valid_from)
    if appointment.position.role == Role.ADMIN:
        require_another_administrator(appointment.person)
    appointment.valid_to = valid_to
    appointment.save(update_fields=["valid_to"])
    _count_change(person, by)
    if valid_to <= today():
        end_sessions(person)
    _record("user.end_appointment", appointment, by=by)


def _count_change(person: User, by: User | None) -> None:
    person.count_change(by)
    person.save(update_fields=CHANGE)


def _overlaps(valid_from: date, valid_to: date | None) -> Q:
    later = Q(valid_to=None) | Q(valid_to__gt=valid_from)
    return later & Q(valid_from__lt=valid_to) if valid_to else later


def _record(action: str, appointment: Appointment, *, by: User | None) -> None:
    stream = stream_of(appointment.person)
    basis = keep(
        "appointment",
        stream,
        {"basis_document": appointment.basis_document, "field": appointment.field},
    )
    record(
        action,
        stream=stream,
        by=by,
        content=basis,
        appointment=str(appointment.ref),
        unit=str(appointment.unit.ref),
        position=appointment.position.code,
        acting=appointment.acting,
        valid_from=appointment.valid_from.isoformat(),
        valid_to=appointment.valid_to.isoformat() if appointment.valid_to else None,
    )

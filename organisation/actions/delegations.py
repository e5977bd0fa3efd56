"""Acting for a head: KT., TL. and TUQ., in writing, for a subject and a time (AZ-12)."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from organisation.actions.refusals import AlreadyDelegated, NotForLending, NotTheirDeputy
from organisation.days import today
from organisation.hooks import delegation_given, delegation_revoked
from organisation.models import Appointment, Delegation, OrgUnitVersion, User
from organisation.models.people import UserQuerySet
from organisation.stages import DelegationKind, DelegationSubject, Role
from organisation.trail import keep, record, stream_of


@transaction.atomic
def delegate(
    post: Appointment,
    *,
    by: User,
    to: User,
    kind: str,
    subject: str,
    valid_from: date,
    valid_to: date,
    basis_document: str,
) -> Delegation:
    """Lend the powers of a head's post from one day to the end of another.

    Raises NotForLending when the post is not one's own headship, NotTheirDeputy when the receiver
    may not hold this kind, AlreadyDelegated when the time overlaps with an earlier one.
    """
    post = Appointment.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.person_id != by.pk or not _is_head_today(post):
        raise NotForLending
    if not _may_receive(to, post, kind, subject):
        raise NotTheirDeputy
    _refuse_overlap(post, subject, valid_from, valid_to)
    given = Delegation.objects.create(
        from_appointment=post,
        to_person=to,
        kind=kind,
        subject=subject,
        valid_from=valid_from,
        valid_to=valid_to,
        basis_document=basis_document,
    )
    _record("delegation.give", given, by=by)
    _tell(delegation_given, given)
    return given


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, by: User) -> None:
    """Take powers back at once; done twice, the first time stands.

    Raises NotForLending for somebody who is not the giver.
    """
    given = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if given.from_appointment.person_id != by.pk:
        raise NotForLending
    if given.revoked_at is None:
        given.revoked_at = timezone.now()
        given.save(update_fields=["revoked_at"])
        _record("delegation.revoke", given, by=by)
        _tell(delegation_revoked, given)


def headships(person: User) -> list[Appointment]:
    """The posts of a head that a person holds today by appointment, not by delegation."""
    held = Appointment.objects.valid_on(today()).filter(
        person=person, position__role=Role.AGENCY_HEAD
    )
    return list(held.select_related("position", "unit").order_by("position__rank", "pk"))


def receivers(posts: list[Appointment]) -> UserQuerySet:
    """Who may act for these heads: leading people of their agencies and of the units below."""
    units = {post.unit_id for post in posts}
    below = OrgUnitVersion.objects.valid_on(today()).filter(parent__in=units).values("unit")
    leading = Appointment.objects.valid_on(today()).filter(position__is_managerial=True)
    people = leading.filter(unit__in=units) | leading.filter(unit__in=below)
    own = {post.person_id for post in posts}
    found = User.objects.active().filter(pk__in=people.values("person")).exclude(pk__in=own)
    return found.order_by("sort_key", "pk")


def _is_head_today(post: Appointment) -> bool:
    is_valid = Appointment.objects.valid_on(today()).filter(pk=post.pk).exists()
    return is_valid and post.position.role == Role.AGENCY_HEAD


def _may_receive(to: User, post: Appointment, kind: str, subject: str) -> bool:
    """A deputy signs KT.; by order (TL.) one signs papers, but decides nothing."""
    if kind == DelegationKind.KT:
        deputies = User.objects.holding(Role.DEPUTY_HEAD, unit=post.unit_id)
        return deputies.filter(pk=to.pk).exists()
    if kind == DelegationKind.TL and subject != DelegationSubject.SIGN:
        return False
    return receivers([post]).filter(pk=to.pk).exists()


def _refuse_overlap(post: Appointment, subject: str, valid_from: date, valid_to: date) -> None:
    other = (
        Delegation.objects.filter(
            from_appointment=post,
            subject=subject,
            revoked_at=None,
            valid_from__lte=valid_to,
            valid_to__gte=valid_from,
        )
        .select_related("to_person")
        .order_by("valid_from", "pk")
        .first()
    )
    if other:
        raise AlreadyDelegated(other.to_person.full_name, other.valid_from, other.valid_to)


def _tell(hooks: list[Callable[[Delegation], None]], given: Delegation) -> None:
    for tell in hooks:
        tell(given)


def _record(action: str, given: Delegation, *, by: User) -> None:
    stream = stream_of(by)
    basis = keep("delegation", stream, {"basis_document": given.basis_document})
    record(
        action,
        stream=stream,
        by=by,
        content=basis,
        delegation=str(given.ref),
        to=str(given.to_person.ref),
        kind=given.kind,
        subject=given.subject,
        valid_from=given.valid_from.isoformat(),
        valid_to=given.valid_to.isoformat(),
    )

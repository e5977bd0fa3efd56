"""Agencies: made, renamed, moved, succeeded, given codes. The past keeps what it was called."""

from datetime import date

from django.db import transaction

from organisation.actions.refusals import OverlappingVersion, RoundTree
from organisation.actions.scopes import rebuild_scopes
from organisation.days import today
from organisation.hooks import succession_followed
from organisation.models import AgencyCode, OrgSuccession, OrgUnit, OrgUnitVersion, User
from organisation.models.changes import CHANGE
from organisation.trail import expect_unchanged, keep, record, stream_of

Facts = str | date | OrgUnit | None


@transaction.atomic
def create_unit(*, by: User | None, order_number: int = 0, **facts: Facts) -> OrgUnit:
    """A new agency with its first version (name, kind, parent, valid_from, …)."""
    unit = OrgUnit.objects.create(order_number=order_number)
    version = OrgUnitVersion.objects.create(unit=unit, **facts)
    rebuild_scopes()
    _record("unit.create", version, by=by)
    return unit


@transaction.atomic
def change_unit(
    unit: OrgUnit, *, by: User | None, valid_from: date, seen: int | None = None, **facts: Facts
) -> None:
    """What the agency is called, and where it stands, from a day on; the version before ends.

    Raises OverlappingVersion when the day is not after the start of the latest version, RoundTree
    when the agency would come to stand below itself, Conflict (as all below that take the version
    `seen`) for a form older than the agency.
    """
    unit = _locked(unit, seen)
    latest = _latest(unit)
    if valid_from <= latest.valid_from:
        raise OverlappingVersion(latest.valid_from)
    parent = facts.get("parent")
    if isinstance(parent, OrgUnit):
        _refuse_circle(unit, parent)
    if latest.valid_to is None or latest.valid_to > valid_from:
        latest.valid_to = valid_from
        latest.save(update_fields=["valid_to"])
    version = OrgUnitVersion.objects.create(unit=unit, valid_from=valid_from, **facts)
    _count_change(unit, by)
    rebuild_scopes()
    _record("unit.change", version, by=by)


@transaction.atomic
def correct_unit(
    unit: OrgUnit, *, by: User | None, seen: int | None = None, **facts: Facts
) -> None:
    """Mend a slip in the latest version, without a new one. Raises RoundTree, Conflict."""
    unit = _locked(unit, seen)
    latest = _latest(unit)
    parent = facts.get("parent")
    if isinstance(parent, OrgUnit):
        _refuse_circle(unit, parent)
    for name, value in facts.items():
        setattr(latest, name, value)
    latest.save()
    _count_change(unit, by)
    rebuild_scopes()
    _record("unit.correct", latest, by=by)


@transaction.atomic
def close_unit(unit: OrgUnit, *, by: User | None, valid_to: date, seen: int | None = None) -> None:
    """The agency exists no longer from that day on. Raises OverlappingVersion, Conflict."""
    unit = _locked(unit, seen)
    latest = _latest(unit)
    if valid_to <= latest.valid_from:
        raise OverlappingVersion(latest.valid_from)
    latest.valid_to = valid_to
    latest.save(update_fields=["valid_to"])
    _count_change(unit, by)
    rebuild_scopes()
    _record("unit.close", latest, by=by)


@transaction.atomic
def set_order(
    unit: OrgUnit, order_number: int, *, by: User | None, seen: int | None = None
) -> None:
    """The agency's official place in lists. Raises Conflict."""
    unit = _locked(unit, seen)
    unit.order_number = order_number
    unit.save(update_fields=["order_number"])
    _count_change(unit, by)
    record("unit.order", stream=stream_of(unit), by=by, order_number=order_number)


@transaction.atomic
def succeed(
    before: OrgUnit,
    after: OrgUnit,
    *,
    by: User | None,
    kind: str,
    effective_on: date,
    basis_document: str,
    function: str = "",
    seen: int | None = None,
) -> OrgSuccession:
    """One agency takes over from another; from that day the successor sees its cases.

    Raises Conflict for a form older than the agency that ends.
    """
    before = _locked(before, seen)
    row = OrgSuccession.objects.create(
        from_unit=before,
        to_unit=after,
        kind=kind,
        function=function,
        effective_on=effective_on,
        basis_document=basis_document,
    )
    _count_change(before, by)
    rebuild_scopes()
    for follow in succession_followed:
        follow(today())
    content = keep(
        "succession",
        stream_of(before),
        {"function": function, "basis_document": basis_document},
    )
    record(
        "unit.succeed",
        stream=stream_of(before),
        by=by,
        content=content,
        to_unit=str(after.ref),
        kind=kind,
        effective_on=effective_on.isoformat(),
    )
    return row


@transaction.atomic
def give_code(
    unit: OrgUnit,
    *,
    by: User | None,
    scheme: str,
    code: str,
    valid_from: date,
    seen: int | None = None,
) -> AgencyCode:
    """An identifier of the agency; the earlier one of the same scheme ends that day."""
    unit = _locked(unit, seen)
    open_codes = AgencyCode.objects.filter(
        unit=unit, scheme=scheme, valid_to=None, valid_from__lt=valid_from
    )
    open_codes.update(valid_to=valid_from)
    row = AgencyCode.objects.create(unit=unit, scheme=scheme, code=code, valid_from=valid_from)
    _count_change(unit, by)
    record(
        "unit.give_code",
        stream=stream_of(unit),
        by=by,
        scheme=scheme,
        code=code,
        valid_from=valid_from.isoformat(),
    )
    return row


def _locked(unit: OrgUnit, seen: int | None) -> OrgUnit:
    """The agency, locked until the transaction ends. Raises Conflict for a stale form."""
    found = OrgUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    expect_unchanged(found, seen)
    return found


def _count_change(unit: OrgUnit, by: User | None) -> None:
    unit.count_change(by)
    unit.save(update_fields=CHANGE)


def _latest(unit: OrgUnit) -> OrgUnitVersion:
    return OrgUnitVersion.objects.filter(unit=unit).order_by("-valid_from", "-pk")[0]


def _refuse_circle(unit: OrgUnit, parent: OrgUnit) -> None:
    parents = dict(OrgUnitVersion.objects.valid_on(today()).values_list("unit_id", "parent_id"))
    above: int | None = parent.pk
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == unit.pk:
            raise RoundTree
        seen.add(above)
        above = parents.get(above)


def _record(action: str, version: OrgUnitVersion, *, by: User | None) -> None:
    unit = version.unit
    content = keep("agency", stream_of(unit), _facts(version))
    record(
        action,
        stream=stream_of(unit),
        by=by,
        content=content,
        valid_from=version.valid_from.isoformat(),
        valid_to=version.valid_to.isoformat() if version.valid_to else None,
    )


def _facts(version: OrgUnitVersion) -> dict[str, str]:
    return {
        "name": version.name,
        "short_name": version.short_name,
        "abbrev": version.abbrev,
        "kind": version.kind,
        "parent": str(version.parent.ref) if version.parent else "",
        "locality": version.locality,
        "place_name": version.place_name,
        "basis_document": version.basis_document,
    }

"""Agencies over time: the agency never changes, its dated versions do."""

import uuid
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import F, FilteredRelation, Q

from organisation.models.changes import Changing
from organisation.prepared import prepared
from organisation.stages import SuccessionKind, UnitKind
from organisation.text import fold


def dated(path: str, day: date) -> FilteredRelation:
    """Those rows of a relation that hold on a day, to be joined."""
    is_open = Q(**{f"{path}__valid_to": None}) | Q(**{f"{path}__valid_to__gt": day})
    return FilteredRelation(path, condition=Q(**{f"{path}__valid_from__lte": day}) & is_open)


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day on, and until before another."""

    def valid_on(self, day: date) -> "DatedQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class OrgUnit(Changing):
    """An agency or a unit of one, whatever it is called at the time."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order_number = models.PositiveIntegerField("số thứ tự", default=0)

    def __str__(self) -> str:
        version = self.versions.order_by("valid_from", "pk").last()
        return version.name if version else str(self.ref)

    def at(self, day: date) -> "OrgUnitVersion":
        """The version valid on a day, read once for an object in hand.

        Raises OrgUnitVersion.DoesNotExist outside its life.
        """
        if day not in self.read:
            self.read[day] = version_on(self.pk, day)
        return self.read[day]

    @cached_property
    def read(self) -> dict[date, "OrgUnitVersion"]:
        """The versions that are in hand, by the day that was asked for."""
        return {}


class OrgUnitVersion(models.Model):
    """What an agency was called, and where it stood, from one day until before another."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="versions")
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80)
    abbrev = models.CharField("chữ viết tắt", max_length=20)
    kind = models.CharField("nhóm cơ quan", max_length=24, choices=UnitKind.choices)
    parent = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    locality = models.CharField("đơn vị hành chính", max_length=80, blank=True)
    place_name = models.CharField("địa danh trên văn bản", max_length=80, blank=True)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    basis_document = models.CharField("văn bản căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    above: "OrgUnitVersion | None" = None  # joined by `version_on`

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_version_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_to=None),
                name="unit_has_one_open_version",
            ),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the column that follows from others; rows created in bulk call it themselves."""
        self.search_key = fold(f"{self.name} {self.short_name} {self.abbrev}")[:300]


def version_on(unit_id: int, day: date) -> OrgUnitVersion:
    """The version of a unit on a day, in hand with the unit and the agency above as of that day.

    Raises OrgUnitVersion.DoesNotExist.
    """
    found = _versions(unit_id, day)
    if not found:
        raise OrgUnitVersion.DoesNotExist(f"{unit_id} on {day}")
    version = found[0]
    version.unit.read[day] = version
    if version.above:
        version.parent.read[day] = version.above
    return version


@prepared
def _versions(unit_id: int, day: date) -> models.QuerySet:
    found = OrgUnitVersion.objects.valid_on(day).filter(unit=unit_id)
    found = found.annotate(above=dated("parent__versions", day))
    return found.select_related("unit", "parent", "above")


class UnitScope(models.Model):
    """Which units a unit answers for today: itself, its sub-units, those it succeeded.

    Derived from versions and successions by `organisation.actions.rebuild_scopes`.
    """

    unit = models.ForeignKey(OrgUnit, models.CASCADE, related_name="covers")
    covered = models.ForeignKey(OrgUnit, models.CASCADE, related_name="covered_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "covered"], name="unit_scope_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.covered_id}"


class OrgSuccession(models.Model):
    """One agency takes over from another, wholly or for one function."""

    from_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="successors")
    to_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="predecessors")
    kind = models.CharField("hình thức", max_length=20, choices=SuccessionKind.choices)
    function = models.CharField("chức năng chuyển giao", max_length=200, blank=True)
    effective_on = models.DateField("có hiệu lực từ")
    basis_document = models.CharField("văn bản căn cứ", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")), name="succession_between_two_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id} ({self.effective_on})"


class AgencyCode(models.Model):
    """An identifier of an agency under one scheme (QCVN 102:2016, QĐ 20/2020/QĐ-TTg, …)."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="codes")
    scheme = models.CharField("hệ mã", max_length=40)
    code = models.CharField("mã định danh", max_length=40)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "valid_from"], name="agency_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

"""How papers are numbered: dated rows that an agency's head settles, never law in code."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.stages import PaperKind
from organisation.models import OrgUnit
from organisation.models.units import DatedQuerySet


class PaperType(models.Model):
    """What a kind of paper is called and shortened to (NĐ 30/2020, Phụ lục III)."""

    kind = models.CharField("loại văn bản", max_length=20, choices=PaperKind.choices)
    name = models.CharField("tên loại", max_length=60)
    abbrev = models.CharField("chữ viết tắt tên loại", max_length=8, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    basis_document = models.CharField("văn bản căn cứ", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="paper_type_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="paper_type_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Abbreviation(models.Model):
    """How an agency, a unit that drafts for it, or a field is written in its notations.

    Without `unit` it is a field ("Văn xã - Nội vụ", VXNV); `unit` equal to `agency` is the agency.
    """

    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="notation_parts")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("đơn vị soạn thảo hoặc lĩnh vực", max_length=120)
    abbrev = models.CharField("chữ viết tắt", max_length=20)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    basis_document = models.CharField("văn bản căn cứ", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "valid_from"], name="abbreviation_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="abbreviation_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.abbrev


class NumberSeriesQuerySet(DatedQuerySet):
    def of(self, agency: OrgUnit | int, kind: str, day: date, body: str = "") -> "NumberSeries":
        """The one series that numbers this kind of paper on that day.

        Raises DoesNotExist or MultipleObjectsReturned.
        """
        found = self.valid_on(day).filter(agency=agency, body=body).order_by("pk")
        fitting = [series for series in found if kind in series.kinds]
        if not fitting:
            raise NumberSeries.DoesNotExist(kind)
        if len(fitting) > 1:
            raise NumberSeries.MultipleObjectsReturned(kind)
        return fitting[0]


class NumberSeries(models.Model):
    """One row of numbers of an agency, shared by a set of kinds (NĐ 30/2020, Điều 15).

    A council that uses the agency's seal (`body`) has a series of its own.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="number_series")
    body = models.CharField("hội đồng, ban, tổ", max_length=200, blank=True)
    name = models.CharField("tên dãy số", max_length=120)
    kinds = models.JSONField("các loại văn bản")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    basis_document = models.CharField("văn bản căn cứ", max_length=200)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "body", "name", "valid_from"], name="number_series_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="number_series_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeriesYear(models.Model):
    """The last number given in one year. The database lets it grow by one, and never back."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="series_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class OutsideNumber(models.Model):
    """Numbers of a series that were used outside of the portal, and why: so no row has a gap.

    A span of several stands for what an office had numbered before it began to use the portal.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="outside")
    year = models.PositiveSmallIntegerField("năm")
    first = models.PositiveIntegerField("từ số")
    last = models.PositiveIntegerField("đến số")
    notation = models.CharField("ký hiệu", max_length=40, blank=True)
    title = models.CharField("tên loại, trích yếu", max_length=300, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    used_on = models.DateField("ngày văn bản")
    reason = models.CharField("lý do", max_length=300)
    entered_at = models.DateTimeField("ghi sổ lúc")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "first"], name="outside_number_once"),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first")) & ~Q(reason=""),
                name="outside_number_is_told",
            ),
        ]

    def __str__(self) -> str:
        return self.full_number

    @property
    def full_number(self) -> str:
        """ "05/QĐ-STNMT", "01 đến 412"."""
        numbers = f"{self.first:02d}"
        if self.last > self.first:
            numbers += f" đến {self.last:02d}"
        return f"{numbers}/{self.notation}" if self.notation else numbers


class RegisterPeriod(models.Model):
    """A span of the outgoing register, closed and printed: nothing more is written in it."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="register_periods")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến hết ngày")
    count = models.PositiveIntegerField("số văn bản")
    rows_sha256 = models.CharField(max_length=64)
    closed_at = models.DateTimeField("khóa sổ lúc")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    paper = models.OneToOneField("documents.OfficialDocument", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "first_day"], name="register_period_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="register_period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class CheckCount(models.Model):
    """How often one address asked about papers lately; the address only as a digest."""

    address = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.address

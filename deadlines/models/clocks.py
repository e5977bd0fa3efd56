"""Clocks in working days: the running clock, its pauses, and who holds it."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from deadlines.agencies import agency_of, unit_held
from deadlines.models.rules import DeadlineRule
from deadlines.stages import HELD_BACK, REVIEW_RULES, REVIEWED
from organisation.models import User
from organisation.models.units import OrgUnit
from organisation.stages import Role

OPEN = Q(stopped_on=None)
UNVERIFIED = Q(rule__source_status__in=HELD_BACK)
OF_REVIEW = Q(subject_kind__in=REVIEWED, rule__code__in=REVIEW_RULES)
HELD_BY_A_PERSON = Q(holder_user__isnull=False, holder_unit=None, holder_role="")
HELD_BY_A_ROLE = Q(holder_user=None, holder_unit__isnull=False) & ~Q(holder_role="")


class ClockQuerySet(models.QuerySet):
    def open(self) -> "ClockQuerySet":
        return self.filter(OPEN)

    def running(self) -> "ClockQuerySet":
        return self.filter(OPEN, paused_on=None)

    def of_subject(self, kind: str, ref: uuid.UUID | str) -> "ClockQuerySet":
        return self.filter(subject_kind=kind, subject_ref=ref)

    def held_by(self, user: User) -> "ClockQuerySet":
        """What waits for this person: by name, by a post of today, or by a mandate."""
        own = {(post.role, post.unit_id) for post in user.powers.posts}
        lent = {(post.role, post.unit_id) for post in user.powers.mandates}
        return self.held(user.pk, own, lent - own)

    def held(
        self, person: int, own: Iterable[tuple[str, int]], lent: Iterable[tuple[str, int]] = ()
    ) -> "ClockQuerySet":
        """The same for a person with these posts, each a role at a unit; of what was lent, only
        the review of proposals (AZ-12).
        """
        found = Q(holder_user=person)
        for role, unit in own:
            found |= Q(holder_role=role, holder_unit=unit)
        for role, unit in lent:
            found |= Q(OF_REVIEW, holder_role=role, holder_unit=unit)
        barred = ClockBar.objects.filter(clock=models.OuterRef("pk"), person=person)
        return self.filter(found).exclude(models.Exists(barred))

    def awake(self, today: date) -> "ClockQuerySet":
        """Without what its holder asked to be reminded of later, unless it is overdue by now."""
        return self.filter(
            Q(snoozed_until=None) | Q(snoozed_until__lte=today) | Q(due_on__lt=today)
        )

    def overdue(self, today: date) -> "ClockQuerySet":
        return self.running().filter(due_on__lt=today)

    def late(self, on: date) -> "ClockQuerySet":
        """What is overdue on a day, with the agency that has to answer for it.

        Each row carries `unit_held_id`, `agency_id` (both None where nobody holds a post any more)
        and `urges`: whether the source of its rule was verified, so that a letter may cite it.
        """
        urges = Case(
            When(~UNVERIFIED, then=True), default=False, output_field=models.BooleanField()
        )
        rows = self.overdue(on).select_related("rule", "holder_user", "holder_unit")
        return rows.annotate(unit_held_id=unit_held(on), urges=urges).annotate(
            agency_id=agency_of("unit_held_id", on)
        )

    def due_by(self, day: date) -> "ClockQuerySet":
        return self.running().filter(due_on__lte=day)

    def by_urgency(self) -> "ClockQuerySet":
        """By deadline, then severity, then age; clocks without a date come last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-is_serious", "started_on", "pk")

    def for_list(self) -> "ClockQuerySet":
        return self.select_related("rule", "holder_user", "holder_unit").by_urgency()


class Clock(models.Model):
    """One thing that somebody has to do by a day. An open clock is a task of its holder."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="clocks")

    subject_kind = models.CharField("loại đối tượng", max_length=24)
    subject_ref = models.UUIDField("đối tượng")
    code = models.CharField("mã hồ sơ", max_length=24, blank=True)
    title = models.CharField("tên hồ sơ", max_length=300)
    stream = models.CharField("chuỗi nhật ký", max_length=80)

    verb = models.CharField("việc phải làm", max_length=160)
    detail = models.CharField("yêu cầu", max_length=400, blank=True)
    url = models.CharField("trang", max_length=300)
    is_serious = models.BooleanField("nghiêm trọng", default=False)

    started_on = models.DateField("bắt đầu tính")
    given_due_on = models.DateField("hạn được ấn định", null=True, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    paused_on = models.DateField("tạm ngừng từ", null=True, blank=True)
    stopped_on = models.DateField("dừng ngày", null=True, blank=True)
    stopped_at = models.DateTimeField("dừng lúc", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=40, blank=True)
    snoozed_until = models.DateField("nhắc lại từ", null=True, blank=True)

    holder_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="clocks"
    )
    holder_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="clocks"
    )
    holder_role = models.CharField("vai trò", max_length=24, choices=Role.choices, blank=True)
    held_since = models.DateField("giữ từ ngày")

    objects = ClockQuerySet.as_manager()

    # Set for a list by `deadlines.showing`.
    days_left: int | None = None
    keeper: Any = None
    # Read along by `late` and `deadlines.reminding`.
    unit_held_id: int | None
    agency_id: int | None
    reached: int
    told: int | None
    of_review: bool

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=HELD_BY_A_PERSON | HELD_BY_A_ROLE, name="clock_has_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(stopped_on=None, stopped_at=None)
                | Q(stopped_on__isnull=False, stopped_at__isnull=False),
                name="clock_stop_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(paused_on=None) | Q(stopped_on=None), name="clock_paused_is_open"
            ),
        ]
        indexes = [
            models.Index(fields=["holder_user", "due_on"], condition=OPEN, name="clock_of_person"),
            models.Index(
                fields=["holder_unit", "holder_role", "due_on"],
                condition=OPEN,
                name="clock_of_role",
            ),
            models.Index(
                fields=["subject_kind", "subject_ref"], condition=OPEN, name="clock_of_subject"
            ),
            models.Index(fields=["due_on"], condition=OPEN, name="clock_due"),
            models.Index(fields=["stream", "id"], name="clock_of_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.verb}"

    @property
    def is_open(self) -> bool:
        return self.stopped_on is None

    @property
    def state(self) -> str:
        """In the words of `components/_due.html`: stopped, paused, none or running."""
        if not self.is_open:
            return "stopped"
        if self.paused_on:
            return "paused"
        return "running" if self.due_on else "none"


class ClockBar(models.Model):
    """A person who may not act on this clock though their post holds it: it is their own case."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="bars")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "person"], name="clock_bar_once")]

    def __str__(self) -> str:
        return f"{self.clock_id} ≠ {self.person_id}"


class ClockPause(models.Model):
    """A time that does not count: the days after `from_on` up to and with `to_on`."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    from_on = models.DateField("từ ngày")
    to_on = models.DateField("đến ngày", null=True, blank=True)
    reason = models.CharField("lý do", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(to_on=None), name="clock_pause_open_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="clock_pause_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.to_on or ''}"


class HolderChange(models.Model):
    """Who held a clock from when on; the first row is written with the clock."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="holder_changes")
    holder_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder_unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder_role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    since = models.DateField("từ ngày")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=HELD_BY_A_PERSON | HELD_BY_A_ROLE, name="holder_change_has_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.since}"

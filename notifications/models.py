"""What a person was told: the notice in the portal, and the letter that goes out after it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notifications.stages import NEVER_OFF, PENDING, Channel, Kind, MessageState, Way
from organisation.models import User


def told_of(stream: str, path: str) -> Q:
    """Notices of one case, and those that lead to one page."""
    return Q(stream=stream) | Q(url=path)


class NoticeQuerySet(models.QuerySet):
    def of(self, user: User) -> "NoticeQuerySet":
        """Every view starts from here: one's own notices."""
        return self.filter(recipient=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-pk")


class Notice(models.Model):
    """One event told to one person once."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120)
    subject = models.CharField("tiêu đề", max_length=150)
    text = models.CharField("nội dung", max_length=600)
    url = models.CharField("trang", max_length=300)
    stream = models.CharField("chuỗi nhật ký", max_length=80, blank=True)
    is_serious = models.BooleanField("nghiêm trọng", default=False)
    created_at = models.DateTimeField("lúc", default=timezone.now)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_list"),
            models.Index(fields=["recipient", "-id"], condition=Q(read_at=None), name="notice_new"),
        ]

    def __str__(self) -> str:
        return self.subject


class OutboxQuerySet(models.QuerySet):
    def pending(self) -> "OutboxQuerySet":
        return self.filter(state__in=PENDING)

    def failed(self) -> "OutboxQuerySet":
        return self.filter(state=MessageState.FAILED)


class OutboxMessage(models.Model):
    """One letter to one person: written with its cause, sent after it, kept as a record.

    `stream` is the case as its reader knows it: letters of one case keep their order, and one goes
    out a day.
    """

    dedupe_key = models.CharField(max_length=64, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DUTY)
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    stream = models.CharField(max_length=80, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    is_serious = models.BooleanField(default=False)

    state = models.CharField(
        max_length=8, choices=MessageState.choices, default=MessageState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MessageState.LEASED) | Q(lease_until__isnull=False),
                name="outbox_lease_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="outbox_sent_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=PENDING),
                name="outbox_due",
            ),
            models.Index(
                fields=["recipient", "stream", "id"],
                condition=Q(state__in=PENDING),
                name="outbox_order",
            ),
            models.Index(
                fields=["recipient", "stream", "sent_at"],
                condition=Q(state=MessageState.SENT),
                name="outbox_of_day",
            ),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state=MessageState.FAILED),
                name="outbox_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.message_id}"

    @property
    def about(self) -> str:
        """The stream of what it tells of: a paper of the case, or the case itself."""
        return self.context.get("about") or self.stream


class MailChoice(models.Model):
    """How one person wants the letters of one kind; without a row it is the usual way."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=NEVER_OFF) | ~Q(way=Way.OFF), name="mail_choice_of_duties"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.ALWAYS), name="mail_choice_not_of_the_serious"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"


class CalendarKey(models.Model):
    """The private address of a person's calendar: its digest only, so nobody reads it here."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("tạo lúc", default=timezone.now)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.digest[:8]}"

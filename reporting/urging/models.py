"""A letter that urges, the agencies it urges, and what was late at each when it was signed."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField, transition

from deadlines.models import Clock
from documents.models import OfficialDocument, StoredFile
from organisation.columns import LongText
from organisation.models import OrgUnit, User
from organisation.stages import Role
from reporting.urging.rules import ANSWERING, INFORMED, LEADING, follows
from reporting.urging.stages import FIRST, LAST, OUT, REMIND_AFTER, RUNGS, TONES, UrgingState

S = UrgingState
STREAM = "urging"


class UrgingDispatchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "UrgingDispatchQuerySet":
        """Sở Nội vụ sees all; an agency the letters that were sent to it; the leaders of the
        province what was reported to them.
        """
        if follows(user):
            return self
        own = user.powers.own_units
        led, desk = own(*LEADING), own(*ANSWERING)
        urged = UrgedAgency.objects.live().filter(agency__in=desk).values("dispatch")
        sent = Q(pk__in=urged) | Q(unit__in=own(Role.CLERK)) | Q(reported_to__in=own(*INFORMED))
        return self.filter(Q(unit__in=led) | Q(state__in=OUT) & sent)

    def for_list(self) -> "UrgingDispatchQuerySet":
        """The newest first, with how many agencies there are and how many answered."""
        live = Q(urged__is_dropped=False)
        rows = self.select_related("paper", "created_by").annotate(
            total=Count("urged", filter=live),
            answered=Count("urged", filter=live & Q(urged__answered_at__isnull=False)),
        )
        urged = UrgedAgency.objects.live().select_related("clock").order_by("pk")
        named = Prefetch("urged", urged, to_attr="named")
        return rows.prefetch_related(named).order_by("-pk")


class UrgingDispatch(models.Model):
    """One công văn đôn đốc, or the report to the Chairman that is the last rung.

    Its words are those of its paper; its answers are those of the agencies it urges.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.UUIDField("đợt soạn", default=uuid.uuid4, editable=False, db_index=True)
    state = FSMField("trạng thái", choices=S.choices, default=S.DRAFT, protected=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    rung = models.PositiveSmallIntegerField("lần", choices=RUNGS)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="urging_sent", verbose_name="cơ quan đôn đốc"
    )
    reported_to = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, related_name="+", verbose_name="báo cáo"
    )
    with_unverified = models.BooleanField("cả việc có thời hạn chưa xác minh", default=False)
    answer_by = models.DateField("hạn trả lời", null=True)
    note = LongText("nội dung thêm", max_length=2000, blank=True)
    paper = models.OneToOneField(
        OfficialDocument, models.PROTECT, null=True, related_name="urging_dispatch"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn"
    )
    created_at = models.DateTimeField("soạn lúc", default=timezone.now)
    sent_on = models.DateField("ngày gửi", null=True)
    reminded_on = models.DateField("nhắc lại ngày", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    objects = UrgingDispatchQuerySet.as_manager()

    # Set by `for_list`.
    total: int
    answered: int
    named: "list[UrgedAgency]"
    clock: Clock | None = None  # of the answer, set for a list

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rung__gte=FIRST, rung__lte=LAST), name="urging_rung_of_the_ladder"
            ),
            models.CheckConstraint(
                condition=Q(rung=LAST, answer_by=None, reported_to__isnull=False)
                | Q(rung__lt=LAST, answer_by__isnull=False, reported_to=None),
                name="urging_asks_or_reports",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OUT)) | Q(sent_on__isnull=False, paper__isnull=False),
                name="urging_sent_has_day",
            ),
            models.CheckConstraint(
                condition=Q(answer_by=None) | Q(sent_on=None) | Q(answer_by__gt=F("sent_on")),
                name="urging_answer_after_sending",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED) | Q(closed_at__isnull=False),
                name="urging_closed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="urging_of_state")]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} {self.ref}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:urging_dispatch", args=[self.ref])

    def refresh_from_db(
        self, using: str | None = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """The state is guarded against being set; what the database says is let in."""
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def stream(self) -> str:
        return f"{STREAM}:{self.ref}"

    @property
    def is_report(self) -> bool:
        return self.rung == LAST

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def badge(self) -> dict[str, str]:
        colour, icon = TONES[self.state]
        return {"label": self.get_state_display(), "colour": colour, "icon": icon}

    @property
    def number(self) -> str:
        return self.paper.full_number if self.paper else ""

    @property
    def remind_from(self) -> date | None:
        """The first day on which it may be reminded of again."""
        return self.reminded_on and self.reminded_on + timedelta(days=REMIND_AFTER)

    @transition(state, source=S.DRAFT, target=S.WAITING, custom={"label": "Trình ký"})
    def lay(self) -> None:
        """It lies before who signs it."""

    @transition(state, source=S.WAITING, target=S.DRAFT, custom={"label": "Trả lại để sửa"})
    def take_back(self) -> None:
        """It was given back to be changed."""

    @transition(state, source=S.WAITING, target=S.SENT, custom={"label": "Gửi"})
    def send(self, *, on: date) -> None:
        self.sent_on = on

    @transition(state, source=S.SENT, target=S.ANSWERED, custom={"label": "Đủ trả lời"})
    def finish(self) -> None:
        """Every agency has answered."""

    @transition(
        state, source=[S.ANSWERED, S.SENT], target=S.CLOSED, custom={"label": "Kết thúc đôn đốc"}
    )
    def close(self) -> None:
        self.closed_at = timezone.now()

    @transition(state, source=S.DRAFT, target=S.CANCELLED, custom={"label": "Hủy dự thảo"})
    def cancel(self) -> None:
        """The draft is given up."""

    @transition(
        state,
        source=[S.ANSWERED, S.CLOSED, S.SENT],
        target=S.CANCELLED,
        custom={"label": "Thu hồi văn bản"},
    )
    def recall(self) -> None:
        """Its paper was taken back."""


class UrgedAgencyQuerySet(models.QuerySet):
    def live(self) -> "UrgedAgencyQuerySet":
        """Without those whose letter was given up, or who had nothing late when it was signed."""
        return self.filter(is_dropped=False)


class UrgedAgency(models.Model):
    """An agency on one rung of its ladder. A series of rungs begins anew when what was urged is
    settled; the database gives nobody a rung twice.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dispatch = models.ForeignKey(UrgingDispatch, models.PROTECT, related_name="urged")
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="urged")
    agency_name = models.CharField("cơ quan", max_length=200)
    series = models.PositiveIntegerField("đợt")
    rung = models.PositiveSmallIntegerField("lần", choices=RUNGS)
    is_dropped = models.BooleanField("đã bỏ ra", default=False)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    answer = LongText("nội dung trả lời", max_length=4000, blank=True)
    answer_number = models.CharField("số, ký hiệu văn bản trả lời", max_length=60, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    files = models.ManyToManyField(StoredFile, related_name="urging_answers")

    objects = UrgedAgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "rung"],
                condition=Q(is_dropped=False),
                name="urging_rung_once",
            ),
            models.UniqueConstraint(fields=["dispatch", "agency"], name="urging_agency_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="urging_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name} {self.series}.{self.rung}"


class UrgedItem(models.Model):
    """A task that was late at the minute of the signature: a line of the annex."""

    urged = models.ForeignKey(UrgedAgency, models.PROTECT, related_name="items")
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("thứ tự")
    days_late = models.PositiveIntegerField("số ngày quá hạn")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["urged", "clock"], name="urged_item_once"),
            models.UniqueConstraint(fields=["urged", "place"], name="urged_item_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.clock_id}"

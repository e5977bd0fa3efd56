"""Commendations (biểu dương, khen thưởng): the forms that the law knows, and each nomination."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from accountability import rules
from accountability.models.dossier import Dossier, SecondedDecision
from accountability.queries import CommendationQuerySet
from accountability.stages import (
    COMMENDATION_TONES,
    Authority,
    CommendationState,
    IncentiveNature,
    Nominee,
)
from organisation.columns import LongText
from organisation.models import OrgUnit
from organisation.models.units import DatedQuerySet

C = CommendationState


class IncentiveType(models.Model):
    """A form of encouragement (quy-trinh.md §7): dated data with its legal ground."""

    code = models.CharField("mã", max_length=40)
    label = models.CharField("hình thức", max_length=160)
    nature = models.CharField("loại", max_length=10, choices=IncentiveNature.choices)
    authority = models.CharField("người quyết định", max_length=10, choices=Authority.choices)
    for_teams = models.BooleanField("áp dụng cho tập thể", default=True)
    legal_ground = models.CharField("căn cứ", max_length=240)
    order_number = models.PositiveSmallIntegerField("số thứ tự", default=0)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="incentive_type_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Commendation(ConcurrentTransitionMixin, Dossier):
    """A nomination of a person or a team, from the proposal to the award.

    Only `accountability.actions` writes it.
    """

    state = FSMField("trạng thái", choices=C.choices, default=C.NOMINATED, protected=True)
    incentive = models.ForeignKey(
        IncentiveType, models.PROTECT, related_name="commendations", verbose_name="hình thức"
    )
    nominee = models.CharField("đối tượng", max_length=6, choices=Nominee.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commendations",
        verbose_name="cá nhân",
    )
    team_name = models.CharField("tập thể", max_length=200, blank=True)
    merit = LongText("thành tích", max_length=4000)
    merit_content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nominated_by_position = models.CharField("chức vụ", max_length=160)

    review = LongText("ý kiến thẩm định", max_length=4000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    deciding_unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, related_name="+")
    deciding_unit_name = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    submission = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    declined_reason = LongText("lý do chưa xét", max_length=2000, blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    awarded_on = models.DateField("ngày trao", null=True, blank=True)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-touched_at", "-id"], name="commendation_recent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(nominee=Nominee.PERSON, person__isnull=False)
                | Q(nominee=Nominee.TEAM, person=None) & ~Q(team_name=""),
                name="commendation_names_its_nominee",
            ),
            models.UniqueConstraint(
                fields=["proposal", "person", "incentive"],
                condition=~Q(state=C.DECLINED) & Q(person__isnull=False),
                name="one_commendation_of_a_form",
            ),
            models.CheckConstraint(
                condition=~Q(state=C.AWARDED)
                | Q(awarded_on__isnull=False, decision_on__isnull=False) & ~Q(decision_number=""),
                name="awarded_commendation_has_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=C.DECLINED) | ~Q(declined_reason=""),
                name="declined_commendation_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=F("nominated_by")),
                name="nobody_nominates_themselves",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("accountability:commendation", args=[self.ref])

    @property
    def who(self) -> str:
        return self.person.full_name if self.person else self.team_name

    @property
    def badge(self) -> tuple[str, str, str]:
        """Label, colour and icon: praise and reward are told apart (glossary §7)."""
        label = self.get_state_display()
        if self.state == C.AWARDED and self.incentive.nature == IncentiveNature.PRAISE:
            label = "Đã biểu dương"
        return (label, *COMMENDATION_TONES[self.state])

    @cached_property
    def nominee_ids(self) -> frozenset[int]:
        members = frozenset(self.members.values_list("person_id", flat=True))
        return members | {self.person_id} if self.person_id else members

    @cached_property
    def barred_ids(self) -> frozenset[int]:
        """Who may neither review nor decide."""
        return self.nominee_ids | self.author_ids | self.doer_ids

    @property
    def in_force(self) -> "CommendationDecision | None":
        return next((row for row in self._decisions if row.is_in_force), None)

    # The moves, in the order of quy-trinh.md §3.6.

    @transition(
        state,
        source=C.NOMINATED,
        target=C.REVIEWED,
        permission=rules.may_commend("review"),
        custom={"label": "Đủ điều kiện"},
    )
    def accept_review(self) -> None:
        self.reviewed_at = timezone.now()

    @transition(
        state,
        source=C.NOMINATED,
        target=C.DECLINED,
        permission=rules.may_commend("decline_review"),
        custom={"label": "Chưa xét"},
    )
    def decline_review(self) -> None:
        self.reviewed_at = timezone.now()

    @transition(
        state,
        source=C.REVIEWED,
        target=C.SUBMITTED,
        permission=rules.may_commend("submit"),
        custom={"label": "Trình quyết định"},
    )
    def submit(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=C.SUBMITTED,
        target=C.DECIDED,
        permission=rules.may_commend("confirm"),
        custom={"label": "Xác nhận quyết định"},
    )
    def confirm(self) -> None:
        self.decided_at = timezone.now()

    @transition(
        state,
        source=C.SUBMITTED,
        target=C.DECLINED,
        permission=rules.may_commend("decline"),
        custom={"label": "Chưa xét"},
    )
    def decline(self) -> None:
        self.decided_at = timezone.now()

    @transition(
        state,
        source=C.DECIDED,
        target=C.AWARDED,
        permission=rules.may_commend("award"),
        custom={"label": "Ghi nhận đã trao"},
    )
    def award(self) -> None:
        self.touched_at = timezone.now()


class CommendationMember(models.Model):
    """Somebody of a team that is nominated."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commendation", "person"], name="commendation_member_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class CommendationDecision(SecondedDecision):
    """What the competent head decided, until and after a second person confirmed it."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="decisions")

    class Meta(SecondedDecision.Meta):
        constraints = [
            *SecondedDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["commendation"],
                condition=~Q(state="declined"),
                name="one_decision_of_a_commendation",
            ),
        ]

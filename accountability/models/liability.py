"""The liability case (hồ sơ xem xét trách nhiệm) of one person, and its one machine."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from accountability import rules
from accountability.models.dossier import Dossier, SecondedDecision
from accountability.queries import LiabilityQuerySet
from accountability.stages import (
    AWAITING_STATEMENT,
    BEFORE_COUNCIL,
    CONCLUDED,
    TONES,
    CaseState,
    Instance,
    Origin,
    Outcome,
    StatementKind,
)
from organisation.columns import LongText
from organisation.models import OrgUnit

S = CaseState


class LiabilityCase(ConcurrentTransitionMixin, Dossier):
    """Whether somebody answers for a result that was not reached, or for damage.

    Only `accountability.actions` writes it. Each person has a case of their own.
    """

    state = FSMField("trạng thái", choices=S.choices, default=S.OPENED, protected=True)
    origin = models.CharField("căn cứ lập", max_length=12, choices=Origin.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="liability_cases",
        verbose_name="người liên quan",
    )
    person_position = models.CharField("chức vụ", max_length=160, blank=True)
    competent_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    competent_unit_name = models.CharField("cơ quan xem xét", max_length=200)
    appeal_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    appeal_unit_name = models.CharField("cơ quan giải quyết khiếu nại", max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_by_position = models.CharField("chức vụ", max_length=160)
    charges = LongText("nội dung xem xét", max_length=4000)
    charges_content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    notice = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    hearing_at = models.DateTimeField("xin ý kiến lúc", null=True, blank=True)

    statement_kind = models.CharField(
        "ý kiến của người liên quan", max_length=8, choices=StatementKind.choices, blank=True
    )
    statement = LongText("ý kiến", max_length=8000, blank=True)
    statement_content = models.ForeignKey(
        "journal.Content", models.PROTECT, null=True, related_name="+"
    )
    stated_at = models.DateTimeField("ý kiến lúc", null=True, blank=True)

    sitting = models.ForeignKey(
        "accountability.Council", models.PROTECT, null=True, related_name="+"
    )  # the council before which the case lies now
    outcome = models.CharField("kết luận", max_length=16, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField("kết luận lúc", null=True, blank=True)
    appeal = LongText("khiếu nại", max_length=8000, blank=True)
    appeal_content = models.ForeignKey(
        "journal.Content", models.PROTECT, null=True, related_name="+"
    )
    appealed_at = models.DateTimeField("khiếu nại lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = LiabilityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-touched_at", "-id"], name="liability_recent"),
            models.Index(fields=["competent_unit", "-touched_at"], name="liability_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_case_of_a_person"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="liability_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(CONCLUDED))
                | ~Q(outcome="") & ~Q(statement_kind="") & Q(decided_at__isnull=False),
                name="decided_case_heard_the_person",
            ),
            models.CheckConstraint(
                condition=Q(statement_kind="")
                | Q(stated_at__isnull=False, hearing_at__isnull=False),
                name="liability_statement_has_time",
            ),
            models.CheckConstraint(
                condition=Q(sitting=None) | Q(state=S.HEARING) & ~Q(statement_kind=""),
                name="council_sits_after_the_person_was_heard",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.APPEALED)
                | Q(appealed_at__isnull=False, appeal_content__isnull=False),
                name="appealed_case_has_appeal",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("accountability:liability", args=[self.ref])

    @property
    def badge(self) -> tuple[str, str, str]:
        """Label, colour and icon: the outcome once it is decided, else what is waited for."""
        if self.state in (S.DECIDED, S.CLOSED):
            return (Outcome(self.outcome).label, *TONES[self.outcome])
        return (self._stands, *TONES[self.state])

    @property
    def _stands(self) -> str:
        if self.sitting_id:
            return BEFORE_COUNCIL
        is_unheard = self.state == S.HEARING and not self.statement_kind
        return AWAITING_STATEMENT if is_unheard else self.get_state_display()

    @cached_property
    def barred_ids(self) -> frozenset[int]:
        """Who may neither open, weigh nor decide: authors, doers, whoever is concerned."""
        concerned = LiabilityCase.objects.filter(proposal=self.proposal_id)
        found = concerned.values_list("person_id", flat=True)
        return self.author_ids | self.doer_ids | frozenset({self.person_id, *found})

    @cached_property
    def assessor_ids(self) -> frozenset[int]:
        """Who weighed causes and conditions."""
        causes = self.causes.order_by().values_list("written_by_id")
        rows = causes.union(self.assessments.order_by().values_list("written_by_id"))
        return frozenset({number for (number,) in rows} - {None})

    @property
    def first_instance_ids(self) -> frozenset[int]:
        """Who decided or was asked to confirm before the appeal."""
        first = [row for row in self._decisions if row.instance == Instance.FIRST]
        seconds = {row.second_person_id for row in first if row.second_person_id}
        return frozenset({row.decided_by_id for row in first} | seconds)

    @property
    def conclusions(self) -> list["LiabilityDecision"]:
        """What holds: the first conclusion, and the one on the appeal after it."""
        return [row for row in self._decisions if row.is_in_force]

    # The moves, in the order of quy-trinh.md §3.4.

    @transition(
        state,
        source=S.OPENED,
        target=S.FACT_FINDING,
        permission=rules.may("start_facts"),
        custom={"label": "Bắt đầu xác định nguyên nhân"},
    )
    def start_facts(self) -> None:
        self.touched_at = timezone.now()

    @transition(
        state,
        source=S.FACT_FINDING,
        target=S.HEARING,
        permission=rules.may("open_hearing"),
        custom={"label": "Gửi người liên quan cho ý kiến"},
    )
    def open_hearing(self) -> None:
        self.hearing_at = timezone.now()

    @transition(
        state,
        source=S.HEARING,
        target=S.DECIDED,
        permission=rules.may("confirm"),
        conditions=[rules.has_statement],
        custom={"label": "Xác nhận kết luận", "needs": "Chưa có ý kiến của người liên quan."},
    )
    def confirm(self) -> None:
        self.decided_at = timezone.now()

    @transition(
        state,
        source=S.DECIDED,
        target=S.APPEALED,
        permission=rules.may("appeal"),
        custom={"label": "Gửi khiếu nại"},
    )
    def appeal_decision(self) -> None:
        self.appealed_at = timezone.now()

    @transition(
        state,
        source=S.APPEALED,
        target=S.CLOSED,
        permission=rules.may("confirm_appeal"),
        custom={"label": "Xác nhận kết luận giải quyết khiếu nại"},
    )
    def confirm_appeal(self) -> None:
        self.closed_at = timezone.now()

    @transition(
        state,
        source=S.DECIDED,
        target=S.CLOSED,
        permission=rules.may("accept"),
        custom={"label": "Đồng ý với kết luận"},
    )
    def accept(self) -> None:
        self.closed_at = timezone.now()

    @transition(
        state,
        source=S.DECIDED,
        target=S.CLOSED,
        permission=rules.may("close"),
        custom={"label": "Kết thúc hồ sơ"},
    )
    def close(self) -> None:
        self.closed_at = timezone.now()


class LiabilityDecision(SecondedDecision):
    """One conclusion: the first, one that was not confirmed, or the one on the appeal."""

    case = models.ForeignKey(LiabilityCase, models.PROTECT, related_name="decisions")
    instance = models.CharField("cấp", max_length=6, choices=Instance.choices)
    outcome = models.CharField("kết luận", max_length=16, choices=Outcome.choices)
    legal_ground = models.CharField("căn cứ", max_length=240)

    class Meta(SecondedDecision.Meta):
        constraints = [
            *SecondedDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="awaiting_second"),
                name="one_waiting_liability_decision",
            ),
            models.UniqueConstraint(
                fields=["case", "instance"],
                condition=Q(state="in_force"),
                name="one_liability_decision_in_force",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="decided_outcome_is_known"
            ),
        ]

"""The proposal and its one lifecycle."""

import uuid
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from organisation.addresses import address_of
from organisation.models import OrgUnit
from organisation.prepared import prepared
from organisation.text import fold
from proposals import rules
from proposals.queries import ProposalQuerySet
from proposals.stages import (
    APPROVED,
    CARRIED_OUT,
    REVIEWED,
    TONES,
    DecisionState,
    RequestedForm,
    Stage,
    Track,
)


class Field(models.Model):
    """A field of work (lĩnh vực), a row of the province's list."""

    name = models.CharField("lĩnh vực", max_length=120, unique=True)
    order_number = models.PositiveSmallIntegerField("số thứ tự", default=0)
    is_open = models.BooleanField("đang dùng", default=True)

    def __str__(self) -> str:
        return self.name


class CodeCounter(models.Model):
    """The last running number given out in a year, for codes such as DX-2022-0147."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Proposal(ConcurrentTransitionMixin, models.Model):
    """An innovation proposal (đề xuất đổi mới, sáng tạo) from its draft to its outcome.

    Only `proposals.actions` writes it. `holder`, `holder_since` and `due_on` repeat the running
    clock so that a list says who holds the case without another query; `runs_from` and `runs_to`
    repeat the time of the work that was allowed, as it was adjusted and ended; `shown_state` and
    `shown_tone` its badge, so that a list says the same word as the case.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã hồ sơ", max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001
    stage = FSMField("trạng thái", choices=Stage.choices, default=Stage.DRAFT, protected=True)
    title = models.CharField("tên đề xuất", max_length=250, blank=True)
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True, verbose_name="lĩnh vực")
    requested_form = models.CharField(
        "hình thức đề nghị", max_length=10, choices=RequestedForm.choices, blank=True
    )

    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="proposals",
        verbose_name="người đề xuất",
    )
    proposer_position = models.CharField("chức vụ", max_length=160, blank=True)
    proposer_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    agency = models.ForeignKey(OrgUnit, models.PROTECT, related_name="proposals")
    agency_name = models.CharField("cơ quan", max_length=200)
    deciding_unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    deciding_unit_name = models.CharField("cơ quan xem xét", max_length=200)
    track = models.CharField("luồng", max_length=8, choices=Track.choices, blank=True)
    track_reason = models.CharField("lý do xác định luồng", max_length=400, blank=True)

    holder = models.CharField("đang giữ hồ sơ", max_length=200)
    holder_since = models.DateField("từ ngày", default=timezone.localdate)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    is_clock_paused = models.BooleanField("tạm ngừng tính hạn", default=False)
    shown_state = models.CharField("trạng thái thực hiện", max_length=40, blank=True)
    shown_tone = models.CharField(max_length=40, blank=True)

    required_steps_left = models.PositiveSmallIntegerField(default=0)
    vote_passed = models.BooleanField("tập thể thông qua", null=True, blank=True)
    returned_from = models.CharField(max_length=20, blank=True)
    times_returned = models.PositiveSmallIntegerField("số lần trả lại", default=0)
    is_complete = models.BooleanField("đủ nội dung", default=False)
    is_override = models.BooleanField("người đứng đầu tự quyết định", default=False)

    created_at = models.DateTimeField("tạo lúc", default=timezone.now)
    touched_at = models.DateTimeField("cập nhật", default=timezone.now)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    intake_done_on = models.DateField("tiếp nhận ngày", null=True, blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    answered_at = models.DateTimeField("phản hồi lúc", null=True, blank=True)
    runs_from = models.DateField("thực hiện từ ngày", null=True, blank=True)
    runs_to = models.DateField("thực hiện đến ngày", null=True, blank=True)
    evaluated_on = models.DateField("đánh giá ngày", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    journal_length = models.PositiveIntegerField(default=0, editable=False)
    journal_head = models.CharField(max_length=64, blank=True, editable=False)
    search_key = models.CharField(max_length=500, editable=False, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-touched_at", "-id"], name="proposal_recent"),
            models.Index(fields=["proposer", "-touched_at", "-id"], name="proposal_of_proposer"),
            models.Index(fields=["agency", "-touched_at", "-id"], name="proposal_of_agency"),
            models.Index(fields=["deciding_unit", "stage", "due_on"], name="proposal_to_decide"),
            models.Index(fields=["stage", "-touched_at", "-id"], name="proposal_by_stage"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="proposal_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN]) | Q(code__isnull=False),
                name="sent_proposal_has_code",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN])
                | Q(submitted_at__isnull=False, received_on__isnull=False, track__gt=""),
                name="sent_proposal_has_date_and_track",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted([*CARRIED_OUT, Stage.REFUSED]))
                | Q(decided_at__isnull=False),
                name="decided_proposal_has_date",
            ),
            models.CheckConstraint(
                condition=Q(is_override=False) | Q(vote_passed=False),
                name="override_follows_a_lost_vote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or 'Bản nháp'} {self.title}"

    def save(self, *args, **kwargs) -> None:
        self.search_key = fold(f"{self.code or ''} {self.title}")[:500]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("proposals:detail", self.ref)

    @property
    def stream(self) -> str:
        """The stream of the journal that holds everything done with this proposal."""
        return f"proposal:{self.ref}"

    @property
    def state_label(self) -> str:
        """Where the case stands, in the one word that every page says."""
        return self.shown_state or self.get_stage_display()

    @property
    def tone(self) -> tuple[str, str]:
        colour, icon = self.shown_tone.split(" ") if self.shown_tone else TONES[self.stage]
        return colour, icon

    @cached_property
    def known(self) -> dict[tuple[str, int], Any]:
        """Whom `proposals.people` has looked up for this object."""
        return {}

    @cached_property
    def _circle(self) -> dict[str, frozenset[int]]:
        """Who stands around the case, by kind of bond, in one query."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, bond in _bonds(self.pk):
            found[bond].add(number)
        return {bond: frozenset(found[bond]) for bond in BONDS}

    @property
    def coauthor_ids(self) -> frozenset[int]:
        return self._circle["author"]

    @property
    def assigned_ids(self) -> frozenset[int]:
        """Who sits at one of its review steps, or watches the work by the decision in force."""
        return self._circle["seat"] | self._circle["watch"]

    @property
    def team_ids(self) -> frozenset[int]:
        """Who carries out today what was allowed, or will by the decision in force."""
        return self._circle["team"] | self._circle["do"]

    @property
    def admitted_ids(self) -> frozenset[int]:
        """Who carries out today what was allowed: leader and members."""
        return self._circle["team"]

    @property
    def consulted_unit_ids(self) -> frozenset[int]:
        return self._circle["asked"]

    # The moves, in the order of the official procedure (design §4, quy-trinh.md §3.1).

    @transition(
        stage,
        source=Stage.DRAFT,
        target=Stage.SUBMITTED,
        permission=rules.may("submit"),
        conditions=[rules.is_complete],
        custom={"label": "Gửi đề xuất", "needs": "Hoàn thành sáu phần trước khi gửi."},
    )
    def submit(self) -> None:
        self.submitted_at = timezone.now()
        self.received_on = timezone.localdate()

    @transition(
        stage,
        source=Stage.SUBMITTED,
        target=Stage.UNDER_REVIEW,
        permission=rules.may("receive"),
        custom={"label": "Tiếp nhận"},
    )
    def receive(self) -> None:
        self.intake_done_on = timezone.localdate()

    @transition(
        stage,
        source=sorted([Stage.SUBMITTED, *REVIEWED]),
        target=Stage.RETURNED,
        permission=rules.may("send_back"),
        custom={"label": "Trả lại để bổ sung"},
    )
    def send_back(self) -> None:
        self.times_returned += 1

    @transition(
        stage,
        source=Stage.RETURNED,
        target=Stage.SUBMITTED,
        permission=rules.may("resubmit"),
        conditions=[rules.was_returned_from(Stage.SUBMITTED), rules.is_complete],
        custom={"label": "Gửi bản bổ sung"},
    )
    def resubmit(self) -> None:
        self.returned_from = ""

    @transition(
        stage,
        source=Stage.RETURNED,
        target=Stage.UNDER_REVIEW,
        permission=rules.may("resubmit"),
        conditions=[rules.was_returned_from(Stage.UNDER_REVIEW), rules.is_complete],
        custom={"label": "Gửi bản bổ sung"},
    )
    def resubmit_to_review(self) -> None:
        self.returned_from = ""

    @transition(
        stage,
        source=Stage.RETURNED,
        target=Stage.ESCALATED,
        permission=rules.may("resubmit"),
        conditions=[rules.was_returned_from(Stage.ESCALATED), rules.is_complete],
        custom={"label": "Gửi bản bổ sung"},
    )
    def resubmit_to_superior(self) -> None:
        self.returned_from = ""

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.ESCALATED,
        permission=rules.may("escalate"),
        custom={"label": "Chuyển cấp có thẩm quyền"},
    )
    def escalate(self) -> None:
        self.vote_passed = None

    @transition(
        stage,
        source=sorted([Stage.SUBMITTED, *REVIEWED]),
        target=Stage.REDIRECTED,
        permission=rules.may("redirect"),
        custom={"label": "Chuyển quy trình xây dựng văn bản"},
    )
    def redirect(self) -> None:
        self.closed_at = timezone.now()

    @transition(
        stage,
        source=sorted([Stage.SUBMITTED, Stage.RETURNED, *REVIEWED]),
        target=Stage.WITHDRAWN,
        permission=rules.may("withdraw"),
        custom={"label": "Rút đề xuất"},
    )
    def withdraw(self) -> None:
        self.closed_at = timezone.now()

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.APPROVED_IMPLEMENT,
        permission=rules.may("approve_implement"),
        conditions=[rules.has_steps_done, rules.has_vote_in_favour],
        custom={"label": "Đồng ý cho thực hiện"},
    )
    def approve_implement(self) -> None:
        self.decided_at = timezone.now()

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.APPROVED_PILOT,
        permission=rules.may("approve_pilot"),
        conditions=[rules.has_steps_done, rules.has_vote_in_favour],
        custom={"label": "Đồng ý cho thí điểm"},
    )
    def approve_pilot(self) -> None:
        self.decided_at = timezone.now()

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.APPROVED_IMPLEMENT,
        permission=rules.may("confirm_decision"),
        conditions=[rules.has_steps_done, rules.has_vote_against],
        custom={"label": "Người đứng đầu quyết định cho thực hiện"},
    )
    def override_implement(self) -> None:
        self.decided_at = timezone.now()
        self.is_override = True

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.APPROVED_PILOT,
        permission=rules.may("confirm_decision"),
        conditions=[rules.has_steps_done, rules.has_vote_against],
        custom={"label": "Người đứng đầu quyết định cho thí điểm"},
    )
    def override_pilot(self) -> None:
        self.decided_at = timezone.now()
        self.is_override = True

    @transition(
        stage,
        source=sorted(REVIEWED),
        target=Stage.REFUSED,
        permission=rules.may("refuse"),
        conditions=[rules.has_steps_done, rules.has_no_vote_in_favour],
        custom={"label": "Không đồng ý"},
    )
    def refuse(self) -> None:
        self.decided_at = timezone.now()
        self.closed_at = timezone.now()

    @transition(
        stage,
        source=Stage.REFUSED,
        target=Stage.UNDER_REVIEW,
        permission=rules.may("reopen"),
        conditions=[rules.has_answer],
        custom={"label": "Xem xét lại"},
    )
    def reopen(self) -> None:
        self.decided_at = None
        self.closed_at = None

    @transition(
        stage,
        source=Stage.REFUSED,
        target=Stage.ESCALATED,
        permission=rules.may("forward_answer"),
        conditions=[rules.has_answer],
        custom={"label": "Giữ ý kiến, chuyển cấp có thẩm quyền"},
    )
    def forward_answer(self) -> None:
        self.decided_at = None
        self.closed_at = None

    @transition(
        stage,
        source=sorted([*APPROVED, Stage.REFUSED]),
        target=Stage.UNDER_REVIEW,
        permission=rules.may("revoke_decision"),
        conditions=[rules.has_no_answer],
        custom={"label": "Thu hồi quyết định"},
    )
    def revoke_decision(self) -> None:
        self.decided_at = None
        self.closed_at = None
        self.is_override = False

    # Moves that rooms above make, on evidence of their own.

    @transition(
        stage,
        source=sorted(APPROVED),
        target=Stage.MONITORED,
        custom={"label": "Bắt đầu theo dõi", "url": "pilots:start"},
    )
    def begin(self) -> None:
        self.is_clock_paused = False

    @transition(
        stage,
        source=Stage.MONITORED,
        target=Stage.EVALUATED,
        custom={"label": "Kết luận đánh giá", "url": "pilots:evaluation"},
    )
    def evaluate(self) -> None:
        self.evaluated_on = timezone.localdate()
        self.is_clock_paused = False

    @transition(
        stage,
        source=Stage.EVALUATED,
        target=Stage.CONCLUDED,
        custom={"label": "Ghi nhận kết quả", "url": "accountability:conclude"},
    )
    def conclude(self) -> None:
        self.closed_at = timezone.now()


BONDS = ("author", "seat", "watch", "do", "team", "asked")


@prepared
def _bonds(pk: int) -> models.QuerySet:
    """The person or unit behind each bond of a case, and which of BONDS it is."""
    case = Proposal(pk=pk)
    named = case.decisions.filter(state=DecisionState.IN_FORCE)
    parts = (
        case.coauthors.filter(declined_at=None).values_list("person_id"),
        case.steps.filter(members__isnull=False).values_list("members__person_id"),
        named.exclude(monitor=None).values_list("monitor_id"),
        named.exclude(implementer=None).values_list("implementer_id"),
        case.participants.filter(until=None).values_list("person_id"),
        case.opinion_requests.values_list("unit_id"),
    )
    rows = [
        part.annotate(bond=Value(bond, output_field=models.CharField())).order_by()
        for bond, part in zip(BONDS, parts, strict=True)
    ]
    return rows[0].union(*rows[1:])


class CoAuthor(models.Model):
    """A co-proposer (người cùng đề xuất) and the share that they confirm themselves."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="coauthors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    share_percent = models.PositiveSmallIntegerField("tỷ lệ đóng góp (%)")
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    declined_at = models.DateTimeField("từ chối lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="coauthor_once"),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=99),
                name="coauthor_share_between_1_and_99",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.share_percent}%"


class Participant(models.Model):
    """Somebody who carries out what was allowed, and sees the case for as long as they do."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateField("từ ngày", default=timezone.localdate)
    until = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(until=None),
                name="participant_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.proposal_id}"

"""What a liability case and a commendation have in common: a stream of their own, and a version."""

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accountability.stages import DecisionState
from organisation.columns import LongText
from pilots.models import Evaluation, Pilot, PilotMember
from proposals.models import CoAuthor, Proposal


class Dossier(models.Model):
    """A record about one evaluated proposal. Never written down in the proposal's stream: that a
    case exists is itself confidential."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã hồ sơ", max_length=20, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")
    agency = models.ForeignKey("organisation.OrgUnit", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("lập lúc", default=timezone.now)
    touched_at = models.DateTimeField("cập nhật", default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    journal_length = models.PositiveIntegerField(default=0, editable=False)
    journal_head = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"case:{self.ref}"

    @cached_property
    def author_ids(self) -> frozenset[int]:
        shared = CoAuthor.objects.filter(proposal=self.proposal_id, declined_at=None)
        return frozenset({self.proposal.proposer_id, *shared.values_list("person_id", flat=True)})

    @cached_property
    def doer_ids(self) -> frozenset[int]:
        """Who carries it out, or did for a time."""
        members = PilotMember.objects.filter(pilot=self.pilot_id)
        return frozenset({self.pilot.leader_id, *members.values_list("person_id", flat=True)})

    @cached_property
    def _decisions(self) -> list[Any]:
        found: Any = self
        rows = found.decisions.select_related("decided_by", "second_person", "document__file")
        return list(rows.order_by("pk"))

    @property
    def decider_ids(self) -> frozenset[int]:
        return frozenset(row.decided_by_id for row in self._decisions)

    @property
    def waiting(self) -> Any:
        """What somebody decided and nobody has confirmed yet; None where nothing waits."""
        return next((row for row in self._decisions if row.is_waiting), None)

    @property
    def not_confirmed(self) -> Any:
        """What a second person did not confirm and nobody has decided anew; else None."""
        last = self._decisions[-1] if self._decisions else None
        return last if last and last.state == DecisionState.DECLINED else None


class SecondedDecision(models.Model):
    """What one person decided and another confirms before it takes effect (AZ-08)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        "tình trạng",
        max_length=16,
        choices=DecisionState.choices,
        default=DecisionState.AWAITING_SECOND,
    )
    reason = LongText("lý do", max_length=4000)
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by_position = models.CharField("chức vụ", max_length=160)
    decided_at = models.DateTimeField("lúc", default=timezone.now)
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seconded_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    decline_reason = LongText("lý do không xác nhận", max_length=2000, blank=True)
    document = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(second_person=None) | ~Q(second_person=F("decided_by")),
                name="%(class)s_second_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.IN_FORCE)
                | Q(second_person__isnull=False, seconded_at__isnull=False),
                name="%(class)s_in_force_was_seconded",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ref)

    @property
    def is_waiting(self) -> bool:
        return self.state == DecisionState.AWAITING_SECOND

    @property
    def is_in_force(self) -> bool:
        return self.state == DecisionState.IN_FORCE

"""What people ask one another about a proposal, outside its review: help with the law, joining."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisation.models import OrgUnit
from proposals.models.proposal import Proposal


class LegalQuestion(models.Model):
    """An author asks the agency which regulation is in the way; the draft itself stays unseen."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="legal_questions")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="+")
    unit_name = models.CharField("cơ quan được hỏi", max_length=200)
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("lúc", default=timezone.now)
    due_on = models.DateField("thời hạn")
    answer = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(answered_at=None),
                name="one_open_legal_question",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answer__isnull=False, answered_by__isnull=False),
                name="legal_answer_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name}: {self.proposal_id}"


class JoinRequest(models.Model):
    """Somebody asks the proposer of a sent proposal to work on it together."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("lúc", default=timezone.now)
    is_accepted = models.BooleanField("nhận lời", null=True)
    answer = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(answered_at=None),
                name="one_open_join_request",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_accepted=None)
                | Q(answered_at__isnull=False, is_accepted__isnull=False, answer__isnull=False),
                name="join_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.proposal_id}"

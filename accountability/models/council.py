"""The council that a case is laid before: who sits in it, what it is asked, how it voted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accountability.models.liability import LiabilityCase
from accountability.stages import Outcome
from proposals.stages import Ballot, Seat


class Council(models.Model):
    """One sitting: it votes on one conclusion out of those that the law leaves open.

    It advises; the head decides and answers for it. Single ballots are shown to nobody.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(LiabilityCase, models.PROTECT, related_name="councils")
    outcome = models.CharField("kết luận đề nghị", max_length=16, choices=Outcome.choices)
    meeting_on = models.DateField("ngày họp")
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_at = models.DateTimeField("trình lúc", default=timezone.now)
    content = models.ForeignKey("journal.Content", models.PROTECT, related_name="+")
    paper = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )
    in_favour = models.PositiveSmallIntegerField("tán thành", default=0)
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    absent = models.PositiveSmallIntegerField("không biểu quyết", default=0)
    passed = models.BooleanField("thông qua", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    minutes = models.ForeignKey(
        "documents.OfficialDocument", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_sitting_council_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, passed=None)
                | Q(closed_at__isnull=False, passed__isnull=False),
                name="closed_council_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="council_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.case_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def paper_ids(self) -> set[int]:
        """What forms the council, and its minutes."""
        found = (self.paper, self.minutes)
        return {document.pk for document in found if document}

    @property
    def result_label(self) -> str:
        return "Thông qua" if self.passed else "Không thông qua"


class CouncilMember(models.Model):
    """Somebody who sits in a council, with their ballot."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seat = models.CharField("tư cách", max_length=12, choices=Seat.choices)
    ballot = models.CharField("biểu quyết", max_length=8, choices=Ballot.choices, blank=True)
    content = models.ForeignKey("journal.Content", models.PROTECT, null=True, related_name="+")
    cast_at = models.DateTimeField("lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "person"], name="council_member_once"),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(seat=Seat.CHAIR),
                name="council_has_one_chair",
            ),
            models.CheckConstraint(
                condition=Q(ballot="") | Q(cast_at__isnull=False, content__isnull=False),
                name="council_ballot_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.seat})"

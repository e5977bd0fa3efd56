"""The stories of the demo province: cases at every stage, made by the actions that people use."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from notifications.actions import mark_read
from notifications.models import Notice, OutboxMessage
from organisation.demo.load import load_province
from organisation.models import User
from proposals.models import Proposal
from reporting.demo import ended, paperwork, reports, running, urging, voting, waiting
from reporting.demo.directive import issue_directive
from reporting.demo.past import Story
from reporting.demo.scene import Scene
from reporting.demo.sealing import seal
from reporting.demo.writing import texts

STORIES: tuple[Callable[[Scene], Story[None]], ...] = (
    ended.exempted,
    ended.commended,
    ended.being_weighed,
    ended.to_be_weighed,
    ended.awaiting_evaluation,
    running.under_way,
    running.in_preparation,
    voting.against_the_vote,
    voting.of_a_manager,
    waiting.overdue,
    waiting.with_a_conflict,
    waiting.being_asked,
    waiting.refused_and_answered,
    waiting.returned,
    waiting.escalated,
    waiting.at_the_desk,
    waiting.at_the_provincial_desk,
    waiting.drafts,
    paperwork.papers,
    reports.asked,
    urging.answered,
    urging.waiting,
)
READ_UNTIL = 3  # working days ago


@transaction.atomic
def load_stories() -> int:
    """Tell the stories once; answers how many proposals they made, 0 where they are there."""
    if Proposal.objects.filter(title=texts()["tra-ket-qua"]["title"]).exists():
        return 0
    before = Proposal.objects.count()
    scene = Scene(load_province())
    issue_directive(scene)
    scene.past.play(story(scene) for story in STORIES)
    _read_old_notices(scene)
    _send_letters_from_now_on()
    seal()
    return Proposal.objects.count() - before


def _read_old_notices(scene: Scene) -> None:
    """Everybody has read what came longer than some days ago."""
    old = Notice.objects.unread().filter(created_at__lt=scene.past.at(READ_UNTIL, 8))
    for user in User.objects.filter(notices__in=old).distinct():
        mark_read(user, old.of(user).values_list("ref", flat=True))


def _send_letters_from_now_on() -> None:
    """Letters of the past wait since now: nobody failed to send them (see reporting.health)."""
    now = timezone.now()
    OutboxMessage.objects.pending().update(created_at=now, next_attempt_at=now)

"""The letter of the morning: what waits for a person by deadline, and what is late around them.

One person gets one a day at most, however often and by however many it is asked for: its key names
the day. A head gets it whenever something waits; others on days on which they are reminded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from deadlines.models import Reminder
from deadlines.reminding import STAND_IN, Reached, by_person, note, reached
from deadlines.stages import Audience
from deadlines.waiting import Line, Waiting
from jobs import periods
from jobs.models import JobRun
from notifications.actions import Message, notify_each
from notifications.choices import IN_DIGEST, ONE_A_DAY
from notifications.models import OutboxMessage
from notifications.stages import MessageState
from organisation.models import User

JOB = "deadlines.digest"
AHEAD = "giờ chạy trước"
CHUNK = 500
MOST_LINES = 10  # language.md §10


@dataclass
class Digest:
    """What one person is told in the morning."""

    person: int
    tasks: int = 0
    late: int = 0
    lines: list[Line] = field(default_factory=list)
    copied: int = 0  # late with others, told to their head or the head above
    listed: int = 0  # new on the list of Sở Nội vụ
    vacant: int = 0  # due with nobody who holds it
    letters: int = 0  # notices for which no letter of their own went out

    @property
    def subject(self) -> str:
        if self.tasks:
            return f"Việc hôm nay: {self.tasks} việc, {self.late} quá hạn"
        if self.copied or self.listed:
            return f"Việc hôm nay: {self.copied + self.listed} việc quá hạn cần theo dõi"
        if self.vacant:
            return f"Việc hôm nay: {self.vacant} việc chưa có người giữ"
        return f"Việc hôm nay: {self.letters} thông báo"

    @property
    def text(self) -> str:
        """The same in sentences, without those that count nothing."""
        told = (
            (self.tasks, f"{self.tasks} việc đang chờ đồng chí, {self.late} việc quá hạn."),
            (self.copied, f"{self.copied} việc quá hạn ở cơ quan, cấp dưới."),
            (self.listed, f"{self.listed} việc quá hạn mới vào danh sách theo dõi."),
            (self.vacant, f"{self.vacant} việc đến hạn chưa có người giữ."),
            (self.letters, f"{self.letters} thông báo không gửi thư riêng."),
        )
        return " ".join(sentence for number, sentence in told if number)


def send_digests(run: JobRun, day: date) -> int:
    """Tell everybody who is to be told on that day; answers how many. Raises jobs.periods.Lost.

    Killed in the middle and done again it tells nobody twice: who was told is known by the key.
    """
    found = list(reached(day, serious=False))
    digests = list(_digests(found, day))
    people = User.objects.in_bulk([digest.person for digest in digests])
    key = _key(day)
    messages = [_message(digest, people[digest.person], key) for digest in digests]
    for first in range(0, len(messages), CHUNK):
        notify_each(messages[first : first + CHUNK], by_entry=None)
        periods.beat(run)
    with transaction.atomic():
        note(found, day)
        periods.finish(run, f"{len(digests)} người")
    return len(digests)


@transaction.atomic
def undo_what_was_ahead(day: date) -> None:
    """Where the digest of this day went out while the clock had run ahead to it, let it go out
    again, and let what was told then count no more (SJ-04).

    That the clock came back is proven by a digest of an earlier day that was begun after it; a
    clock that was set back by mistake leaves no such trace, and nobody hears twice.
    """
    runs = JobRun.objects.filter(job=JOB, finished__isnull=False)
    ahead = runs.filter(period=str(day)).first()
    if ahead and runs.filter(pk__gt=ahead.pk, period__lt=str(day)).exists():
        said = f"{day} {AHEAD}"
        if runs.filter(pk=ahead.pk, period=str(day)).update(period=f"{said} {ahead.pk}"):
            Reminder.objects.filter(told_on__gte=day, clock__is_serious=False).delete()


def _key(day: date) -> str:
    """The name by which a person is told once; another one where it was used ahead of its day."""
    before = JobRun.objects.filter(job=JOB, period__startswith=f"{day} {AHEAD}").count()
    return f"digest-{day}" + (f"-{before + 1}" if before else "")


def _digests(found: Iterable[Reached], day: date) -> Iterator[Digest]:
    told, letters, waiting = by_person(found), _letters(day), Waiting(day)
    for person in sorted({*told, *letters, *waiting.heads}):
        tasks = waiting.of(person, most=MOST_LINES)
        digest = Digest(
            person, tasks.number, tasks.late, tasks.lines, letters=letters.get(person, 0)
        )
        for one, audience in told.get(person, ()):
            digest.copied += one.days_left < 0 and audience in (Audience.HEAD, Audience.SUPERIOR)
            digest.listed += audience == Audience.HOME_AFFAIRS
            digest.vacant += audience == STAND_IN
        if digest.text:
            yield digest


def _letters(day: date) -> dict[int, int]:
    """For how many notices since the last digest no letter of their own went out, by person."""
    done = JobRun.objects.filter(job=JOB, finished__isnull=False, period__lt=str(day))
    done = done.exclude(period__contains=AHEAD)
    last = done.order_by("-period").values_list("finished", flat=True).first()
    since = last or timezone.now() - timedelta(days=7)
    rows = OutboxMessage.objects.filter(state=MessageState.SKIPPED, created_at__gte=since)
    left = rows.filter(error__in=[IN_DIGEST, ONE_A_DAY])
    return dict(left.order_by().values_list("recipient").annotate(Count("pk")))


def _message(digest: Digest, person: User, key: str) -> Message:
    lines: list[dict[str, Any]] = [line.said for line in digest.lines]
    return Message(
        [person],
        key=key,
        subject=digest.subject,
        text=digest.text,
        url=reverse("deadlines:digest"),
        template="digest",
        context={"lines": lines, "more": max(digest.tasks - len(lines), 0)},
    )

"""One's own deadlines as a calendar (RFC 5545), for a calendar program that asks now and then.

It carries what a letter may: the code, what is to be done, the day and the page (OB-05).
"""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from deadlines.models import Clock
from organisation.models import User

MOST = 500
PRODUCT = "-//Cong De xuat doi moi, sang tao//Thoi han//VI"
CONFIDENTIAL = "case:"  # streams of cases on responsibility and commendation
UNSAID = "Hồ sơ có việc đến hạn"


def calendar_of(user: User) -> bytes:
    """What waits for the person and has a date, a whole day each; the same until it changes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Thời hạn của tôi")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", "PT1H")
    held = Clock.objects.held_by(user).running().exclude(due_on=None)
    for clock in held.by_urgency()[:MOST]:
        calendar.add_component(_event(clock))
    return calendar.to_ical()


def _event(clock: Clock) -> Event:
    verb = UNSAID if clock.stream.startswith(CONFIDENTIAL) else clock.verb
    page, why = _address(clock.url), _address(reverse("deadlines:explain", args=[clock.ref]))
    due = clock.due_on or clock.started_on
    event = Event()
    event.add("uid", f"{clock.ref}@{settings.SITE_URL.partition('//')[2].partition('/')[0]}")
    event.add("dtstamp", datetime.combine(clock.started_on, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"[{clock.code}] {verb}" if clock.code else verb)
    event.add("description", f"{page}\nVì sao là ngày này: {why}")
    event.add("url", page)
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    return event


def _address(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path

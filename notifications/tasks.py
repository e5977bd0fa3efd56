"""Work after commit: send what waits in the outbox."""

import logging
import time

from celery import shared_task

from notifications import mail, outbox
from notifications.choices import why_not_now
from notifications.models import OutboxMessage
from notifications.rights import why_not

logger = logging.getLogger(__name__)


@shared_task(soft_time_limit=120)
def send_waiting_mail(*, at_most: int = 1000, seconds: int = 60) -> None:
    """Send what waits in the outbox, however often it is called and whoever else is sending.

    It takes no new letter after a minute, well before the task's own limit would cut one off.
    """
    if dying := outbox.give_up():
        logger.error("letters given up", extra={"alarm": "mail", "count": dying})
    ends = time.monotonic() + seconds
    for _ in range(at_most):
        message = outbox.lease_next() if time.monotonic() < ends else None
        if message is None:
            return
        send(message)  # no transaction is open here


def send(message: OutboxMessage) -> None:
    """Send one leased letter and mark what became of it."""
    if reason := why_not(message) or why_not_now(message):
        outbox.mark_skipped(message, reason)
        return
    try:
        mail.deliver(message)
    except mail.FAILURES as failure:
        permanent = mail.is_permanent(failure)
        outbox.mark_failed(message, type(failure).__name__, permanent=permanent)
        if permanent:
            said = "letter %s cannot be sent: %s"
            logger.error(said, message.pk, type(failure).__name__, extra={"alarm": "mail"})
    else:
        outbox.mark_sent(message)

"""Draws and sends a letter: text and HTML, one link, fixed sender, stable id (OB-05, OB-07)."""

import smtplib
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from notifications.models import OutboxMessage
from organisation.text import one_line

SUBJECT_LENGTH = 150
SUPPORT = "Sở Nội vụ"
# A refused sign-in is the server's trouble, not the letter's: it is tried again.
TEMPORARY = (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected)
FAILURES = (OSError, ValueError)  # smtplib's exceptions are OSErrors; a bad address is a ValueError


def deliver(message: OutboxMessage) -> None:
    """Hand a letter to the mail server. Raises one of FAILURES."""
    person = message.recipient
    subject = one_line(message.context["subject"])[:SUBJECT_LENGTH]
    facts = {
        "person": person,
        "subject": subject,
        "link": urljoin(settings.SITE_URL, message.url),
        "support": settings.SUPPORT_LINE or SUPPORT,
        "province": settings.PROVINCE_NAME,
    }
    letter = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{message.template}.txt", facts),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[one_line(person.email)],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"mail/{message.template}.html", facts), "text/html")
    letter.send()


def is_permanent(failure: OSError | ValueError) -> bool:
    """Whether sending the same letter again cannot help."""
    if isinstance(failure, TEMPORARY):
        return False
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPResponseException):
        return failure.smtp_code >= 500
    return isinstance(failure, ValueError)

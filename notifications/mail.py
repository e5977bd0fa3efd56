"""Draws and sends a letter: text and HTML, one link, fixed sender, stable id (OB-05, OB-07)."""

import re
import smtplib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from notifications.facts import facts_of
from notifications.models import OutboxMessage
from notifications.stages import Kind
from organisation import resets
from organisation.text import one_line

SUBJECT_LENGTH = 150
SUPPORT = "Sở Nội vụ"
CODE = re.compile(r"^\[([A-ZĐ]+-\d{4}-\d+)\]\s*")
# A refused sign-in is the server's trouble, not the letter's: it is tried again.
TEMPORARY = (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected)
# smtplib's exceptions are OSErrors; a bad address is a ValueError, a letter that cannot be drawn
# one of the others.
FAILURES = (OSError, ValueError, LookupError, TemplateDoesNotExist)
REASONS = {
    Kind.DUTY: "Việc này do đồng chí hoặc chức vụ của đồng chí đang giữ.",
    Kind.REMINDER: "Việc này do đồng chí hoặc chức vụ của đồng chí đang giữ.",
    Kind.RESULT: "Đồng chí đề xuất, tham gia hoặc theo dõi hồ sơ này.",
    Kind.NEWS: "Đồng chí đề xuất, tham gia hoặc theo dõi hồ sơ này.",
    Kind.ALWAYS: "Việc này liên quan đến tài khoản hoặc nhiệm vụ của đồng chí.",
}


def deliver(message: OutboxMessage) -> None:
    """Hand a letter to the mail server. Raises one of FAILURES."""
    letter_of(message).send()


def letter_of(message: OutboxMessage) -> EmailMultiAlternatives:
    """The letter as it goes out; asked again, it is the same."""
    facts = contents_of(message)
    letter = EmailMultiAlternatives(
        subject=facts["subject"],
        body=render_to_string(f"mail/{message.template}.txt", facts),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_recipient(message.recipient.email)],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"mail/{message.template}.html", facts), "text/html")
    return letter


def contents_of(message: OutboxMessage) -> dict[str, Any]:
    """What is needed, by when, who asks, where to do it, three facts, and why it was written."""
    subject = one_line(message.context["subject"])[:SUBJECT_LENGTH]
    code = CODE.match(subject)
    known = facts_of(message.recipient, message.about, message.url)
    told_at = timezone.localtime(message.created_at)
    facts = {
        "Mã hồ sơ": code[1] if code else "",
        "Loại tin": "" if message.kind == Kind.ALWAYS else Kind(message.kind).label,
        "Thông báo lúc": f"{told_at:%d/%m/%Y, %H:%M}",
    }
    return message.context | {
        "person": message.recipient,
        "subject": subject,
        "ask": CODE.sub("", subject),
        "due": known.due,
        "agency": known.agency,
        "facts": [fact for fact in facts.items() if fact[1]],
        "lines": [one | {"link": _address(one["url"])} for one in message.context.get("lines", ())],
        "why": REASONS[Kind(message.kind)],
        "link": _address(link_of(message)),
        "choices_link": _address(reverse("notifications:choices")),
        "support": settings.SUPPORT_LINE or SUPPORT,
        "province": settings.PROVINCE_NAME,
    }


def link_of(message: OutboxMessage) -> str:
    """The page that the letter leads to; the key to a new password is nowhere but in the letter."""
    if message.template == "reset":
        return resets.path_for(message.recipient, message.created_at)
    return message.url


def _recipient(typed: str) -> str:
    """One address and nothing else. Raises ValueError."""
    address = one_line(typed)
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise ValueError("not an address") from wrong
    return address


def _address(path: str) -> str:
    """A page by the configured name of the portal, whatever name a request came by (OB-07)."""
    return settings.SITE_URL.rstrip("/") + path


def is_permanent(failure: Exception) -> bool:
    """Whether sending the same letter again cannot help."""
    if isinstance(failure, TEMPORARY):
        return False
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in failure.recipients.values())
    if isinstance(failure, smtplib.SMTPResponseException):
        return failure.smtp_code >= 500
    return not isinstance(failure, OSError)

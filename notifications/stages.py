"""The words of the outbox."""

from django.db import models


class Channel(models.TextChoices):
    MAIL = "mail", "Thư điện tử"


class MessageState(models.TextChoices):
    WAITING = "waiting", "Chờ gửi"
    LEASED = "leased", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    SKIPPED = "skipped", "Không gửi"


PENDING = (MessageState.WAITING, MessageState.LEASED)

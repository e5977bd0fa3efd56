"""The words of the outbox, and what people may choose of it."""

from django.db import models


class Channel(models.TextChoices):
    MAIL = "mail", "Thư điện tử"


class MessageState(models.TextChoices):
    WAITING = "waiting", "Chờ gửi"
    LEASED = "leased", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    SKIPPED = "skipped", "Không gửi"


SEND = "notifications.tasks.send_waiting_mail"
PENDING = (MessageState.WAITING, MessageState.LEASED)


class Kind(models.TextChoices):
    """What an event is to the person who is told."""

    DUTY = "duty", "Việc cần làm"
    REMINDER = "reminder", "Nhắc thời hạn, quá hạn"
    RESULT = "result", "Kết quả và tiến triển hồ sơ"
    NEWS = "news", "Thông tin để biết"
    ALWAYS = "always", "Sự cố nghiêm trọng, tài khoản"


class Way(models.TextChoices):
    """How a letter of some kind reaches a person; the notice in the portal is always there."""

    NOW = "now", "Gửi ngay"
    DIGEST = "digest", "Chỉ trong thư 07:30"
    OFF = "off", "Không gửi thư"


USUAL = {
    Kind.DUTY: Way.NOW,
    Kind.REMINDER: Way.DIGEST,
    Kind.RESULT: Way.NOW,
    Kind.NEWS: Way.DIGEST,
}
NEVER_OFF = (Kind.DUTY, Kind.REMINDER)

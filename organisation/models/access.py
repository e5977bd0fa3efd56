"""Signing in: the sessions people see and end themselves, and how long a guesser must wait."""

import uuid

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

# In this order: later signs also stand in the names that earlier browsers give themselves.
BROWSERS = (
    ("Edg", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


class SessionManager(BaseSessionManager.from_queryset(models.QuerySet)):  # type: ignore[misc]
    """Django's own calls, and query sets besides."""


class Session(AbstractBaseSession):
    """A session of the portal, with its owner, so that all of one person's can be ended at once."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )
    agent = models.CharField("thiết bị", max_length=200, blank=True)
    address = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    started_at = models.DateTimeField("đăng nhập lúc", null=True)
    seen_at = models.DateTimeField("hoạt động gần nhất", auto_now=True)

    objects = SessionManager()  # type: ignore[misc]

    @property
    def device(self) -> str:
        """The browser and the system in two words: "Firefox, Windows"."""
        browser = next((name for sign, name in BROWSERS if sign in self.agent), "")
        system = next((name for sign, name in SYSTEMS if sign in self.agent), "")
        return ", ".join(filter(None, [browser, system]))

    @classmethod
    def get_session_store_class(cls):
        raise NotImplementedError("The store knows its model, not the other way round.")


class SignInDelay(models.Model):
    """Failed sign-ins under one key (an account, a known device, an address), kept as digests.

    A row never locks anybody out: it makes the next try wait, a minute at most for an account.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    counted_from = models.DateTimeField()
    waits_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"

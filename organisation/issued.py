"""The key of a form tells for whom the page was made: what was typed in good faith is kept (TX-04).

Whoever was shown a form and lost the right to it meanwhile gets the page of a conflict, with the
text. A made-up key earns the plain refusal.
"""

import secrets
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from organisation.models import User

HALF = 8  # bytes of chance, and bytes that show where they come from
asking: ContextVar[HttpRequest | None] = ContextVar("asking", default=None)


def new_key() -> UUID:
    """A key for a form of the page that is being made, for the person who asks for it."""
    request = asking.get()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return uuid4()
    chance = secrets.token_bytes(HALF)
    return UUID(bytes=chance + _seal(chance, user))


def is_issued(key: str, user: User) -> bool:
    """Whether a page of ours carried this key to this person."""
    try:
        said = UUID(key).bytes
    except ValueError:
        return False
    return constant_time_compare(said[HALF:], _seal(said[:HALF], user))


def _seal(chance: bytes, user: User) -> bytes:
    return salted_hmac("organisation.issued", chance + user.ref.bytes).digest()[:HALF]

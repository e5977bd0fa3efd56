"""Forms that only confirm: they carry their key and the version they were made from (TX-03)."""

from journal.once import OnceForm


class ConfirmForm(OnceForm):
    """Send, withdraw, discard, copy, begin: a button and nothing to type."""

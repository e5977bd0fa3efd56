"""Every event that the code tells people of stands in the table of kinds."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from notifications.kinds import KINDS, kind_of, name_of

ROOT = Path(settings.BASE_DIR)
APPS = ("notifications", "deadlines", "proposals", "pilots", "accountability", "reporting")
SAID = (
    r'\bevent=f?"([a-z][a-z_-]*)',
    r'_tell(?:_team|_authors)?\([^"]*"([a-z][a-z-]*)", ',
    r'\bkey=f?"([a-z][a-z_-]*)[-.:"]',
)


def events() -> set[str]:
    """The names in the calls that tell people something, as they stand in the code."""
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    texts = [file.read_text() for file in files if "migrations" not in file.parts]
    texts = [text for text in texts if "notify" in text or "tell" in text]
    return {name for text in texts for say in SAID for name in re.findall(say, text)}


def is_listed(name: str) -> bool:
    """Whole, or by its beginning where the code computes the rest."""
    begins = name.endswith("-") and any(one.startswith(name) for one in KINDS)
    return begins or bool(name_of(name))


def test_every_event_is_listed():
    found = events()

    assert {"sent", "review", "coauthor", "incident-reported", "sign-in-failures"} <= found
    assert sorted(name for name in found if not is_listed(name)) == []


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("returned-again-ab12", "duty"),
        ("help-asked-ab12", "duty"),
        ("help-solve-ab12", "result"),
        ("liability-hearing-ab12", "duty"),
        ("liability-first-ab12", "result"),
        ("journal.broken:2022-06-14", "duty"),  # told as serious, which counts before this
        ("something-new-ab12", "duty"),
    ],
)
def test_the_longest_name_counts(key, kind):
    assert kind_of(key) == kind


def test_no_name_is_listed_twice():
    assert len(KINDS) > 50

"""How tests of pages ask and send."""

import uuid

from django.urls import reverse


def url(name, pilot, *args):
    return reverse(f"pilots:{name}", args=[pilot.proposal.ref, *args])


def posted(client, address, data=None, **files):
    """Send a form with a fresh key; answers the page after the redirect."""
    facts = {"key": str(uuid.uuid4())} | (data or {}) | files
    return client.post(address, facts, follow=True)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


INCIDENT = {
    "what": "Thất lạc 02 bì hồ sơ tại huyện Ninh Phước.",
    "happened_on": "01/01/2022",
    "happened_time": "14:10",
    "level": "minor",
    "has_harm": "no",
}

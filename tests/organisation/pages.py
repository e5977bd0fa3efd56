"""Filling in the forms of a page, as a browser does."""

from django.test import Client


def carried(client: Client, url: str) -> dict[str, str]:
    """What a form that was just asked for carries: its key, and the version of its row."""
    form = client.get(url).context["form"]
    names = {"key", "version"} & form.fields.keys()
    return {name: str(form[name].value()) for name in names if form[name].value()}

"""Filling in the forms of a page, as a browser does."""

from typing import Any

from django.test import Client

UNITS, PEOPLE = "/quan-tri/co-quan/", "/quan-tri/tai-khoan/"
NEW_UNIT = {
    "name": "Sở Minh họa",
    "short_name": "Sở MH",
    "abbrev": "SMH",
    "kind": "department",
    "parent": "",
    "place_name": "Ninh Thuận",
    "locality": "",
    "basis_document": "1/QĐ-UBND",
    "order_number": "7",
    "valid_from": "01/01/2022",
}


def carried(client: Client, url: str) -> dict[str, str]:
    """What a form that was just asked for carries: its key, and the version of its row."""
    form = client.get(url).context["form"]
    names = {"key", "version"} & form.fields.keys()
    return {name: str(form[name].value()) for name in names if form[name].value()}


def post(client: Client, url: str, **said: Any) -> Any:
    """Ask for the form, then send it with what was filled in."""
    return client.post(url, said | carried(client, url))

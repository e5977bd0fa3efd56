"""What was typed into a form that came too late, in the words that stood on the screen."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from journal.once import is_said

BUTTONS = {"save", "sua", "tiep", "giu", "khong", "tra-loi", "confirmed"}  # pressed, not typed
CARRIED = {"version", "held", "drop"}  # by the page
YES = "Có"


def typed(posted: QueryDict, form: forms.Form | None) -> list[tuple[str, str]]:
    """The label and the words of each answer that was not left empty."""
    fields = {form.add_prefix(n): field for n, field in form.fields.items()} if form else {}
    found: list[tuple[str, str]] = []
    for name, values in posted.lists():
        field = fields.get(name)
        if _is_typed(name, field):
            label = str(field.label or name) if field else name
            said = (_words(field, value) for value in values if not _is_empty(field, value))
            found += [(label, words) for words in said]
    return found


def _is_typed(name: str, field: forms.Field | None) -> bool:
    last = name.rpartition("-")[2]
    if last in CARRIED or name in BUTTONS or not is_said(name):
        return False
    return field is None or not field.widget.is_hidden


def _is_empty(field: forms.Field | None, value: str) -> bool:
    """Nothing was said: a blank, or a tick that was not set and that a page carried on."""
    is_unset = isinstance(field, forms.BooleanField) and not field.to_python(value)
    return is_unset or not value.strip()


def _words(field: forms.Field | None, value: str) -> str:
    """A choice as it is named in the list, a tick as a word; anything else as it was typed."""
    if isinstance(field, forms.BooleanField):
        return YES
    if isinstance(field, forms.ModelChoiceField):
        return _named(field, value)
    if isinstance(field, forms.ChoiceField):
        return next((words for key, words in _choices(field) if key == value), value)
    return value


def _named(field: forms.ModelChoiceField, value: str) -> str:
    """The row by its name, out of those that could be chosen; what nobody offered as it came."""
    try:
        offered: Any = field.queryset
        row = offered.filter(**{field.to_field_name or "pk": value}).first()
    except (ValueError, TypeError, forms.ValidationError):
        return value
    return str(field.label_from_instance(row)) if row else value


def _choices(field: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    offered: Any = field.choices
    for key, words in offered:
        inner = words if isinstance(words, list | tuple) else [(key, words)]
        yield from ((str(one), str(text)) for one, text in inner)

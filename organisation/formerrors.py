"""What must be mended on a page, message by message, for the summary on top of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.utils import ErrorList


def _errors_of(form: BaseForm) -> Iterator[dict[str, str]]:
    yield from _unplaced(form.non_field_errors())
    for field in form:
        yield from _beside(field)


def _beside(field: BoundField) -> Iterator[dict[str, str]]:
    for message in field.errors:
        yield {"id": "" if field.is_hidden else field.auto_id, "message": str(message)}


def _unplaced(messages: Iterable[Any], anchor: str = "") -> Iterator[dict[str, str]]:
    for message in messages:
        yield {"id": anchor, "message": str(message)}


def all_errors(shown: Any) -> list[dict[str, str]]:
    """Each message of a form, a field, a formset, or a list of them, in their order.

    What a formset lacks as a whole leads to its first field.
    """
    if isinstance(shown, BaseForm):
        return list(_errors_of(shown))
    if isinstance(shown, BoundField):
        return list(_beside(shown))
    if isinstance(shown, ErrorList):
        return list(_unplaced(shown))
    many: list[Any] = list(shown or ())
    whole: Iterable[Any] = getattr(shown, "non_form_errors", list)()
    found = list(_unplaced(whole, _first_field(many)))
    return found + [error for one in many for error in all_errors(one)]


def _first_field(forms: list[Any]) -> str:
    """Where the first form of a formset begins; nowhere in a list of other things."""
    first = forms[0] if forms and isinstance(forms[0], BaseForm) else None
    return next((field.auto_id for field in first.visible_fields()), "") if first else ""

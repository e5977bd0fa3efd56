"""Lines of a table in a form: taken out by a tick, added by a button, all without script."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from organisation.fields import WordedForm, WordedRows

MORE = "them"  # the button that asks for one more line names its table


class Unasked:
    """A form that can be shown again as it was typed, without saying what is still wrong."""

    def leave_unasked(self) -> None:
        self._errors = ErrorDict()


class Line(Unasked, WordedForm):
    """A line of a table: it may stay empty, or be taken out by its tick."""

    use_required_attribute = False
    names: tuple[str, ...] = ()  # what a line must say
    more: tuple[str, ...] = ()  # what it may say beside that: it begins the line too

    @property
    def is_empty(self) -> bool:
        said = getattr(self, "cleaned_data", {})
        return all(said.get(name) in (None, "") for name in (*self.names, *self.more))

    def clean(self) -> dict[str, Any]:
        """A line that was begun needs all that it asks for."""
        said = super().clean() or self.cleaned_data
        if self.is_empty or said.get("DELETE"):
            return said
        for name in self.names:
            if said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said


class Rows(WordedRows):
    """A formset that can be shown again without saying what is still wrong."""

    def leave_unasked(self) -> None:
        self._errors: list[Any] = []
        self._non_form_errors = ErrorList()
        for form in self:
            form.leave_unasked()


class Table(Rows):
    """Lines with a tick to take one out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Bỏ dòng này"

    def lines(self) -> list[Any]:
        """What the lines say that are neither empty nor ticked away."""
        kept = (form for form in self if not form.is_empty and not form.cleaned_data.get("DELETE"))
        return [form.line() for form in kept]


FACTS: dict[str, Any] = {"formset": Table, "extra": 0, "can_delete": True}


def with_more(data: QueryDict) -> QueryDict:
    """The same form with one line more in the table whose button was pressed."""
    found = data.copy()
    count = f"{data.get(MORE, '')}-TOTAL_FORMS"
    if str(found.get(count, "")).isdecimal():
        found[count] = str(int(str(found[count])) + 1)
    return found

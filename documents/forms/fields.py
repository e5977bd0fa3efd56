"""The field of a file that is attached: what may be chosen is said before the file travels."""

from typing import Any

from django import forms

from documents.uploads import ALIASES, FILE_LIMIT, TYPES
from organisation.formfields import FileField

ACCEPTED = ",".join(f".{ending}" for ending in (*TYPES, *ALIASES))


class AttachedFileField(FileField):
    """A file of a kind and size that the portal keeps; the browser is told both."""

    widget = forms.FileInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ACCEPTED, "data-max-size": str(FILE_LIMIT)}

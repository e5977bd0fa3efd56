"""The input of one file: what was chosen stays chosen when the form comes back.

It works without script: the page carries a seal (see `organisation.held`), and a tick drops the
file.
"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from organisation import held
from organisation.issued import asking
from organisation.models import User

SEAL, DROP = "-held", "-drop"  # behind the name of the input


class HeldFileInput(forms.FileInput):
    """A file input, with the file that is held for it beside it."""

    shown: held.Held | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        seal = "" if name + DROP in data else data.get(name + SEAL)
        if chosen is not None or not seal:
            return chosen
        user = _asker()
        return held.find(str(seal), user) if user else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name + SEAL not in data and super().value_omitted_from_data(data, files, name)

    def use_required_attribute(self, initial: Any) -> bool:
        return self.shown is None and super().use_required_attribute(initial)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        if self.shown is None:
            return control
        facts = {"held": self.shown, "seal": name + SEAL, "drop": name + DROP, "control": control}
        return render_to_string("components/_held_file.html", facts)


class HoldingField(BoundField):
    """Holds what was chosen, and found good, while its form is drawn again."""

    def as_widget(
        self, widget: Any = None, attrs: Any = None, only_initial: bool = False
    ) -> SafeString:
        control = widget or self.field.widget
        if isinstance(control, HeldFileInput):
            control.shown = self._held()
        return super().as_widget(widget, attrs, only_initial)

    def _held(self) -> held.Held | None:
        user = _asker()
        if not self.form.is_bound or self.errors or user is None:
            return None
        chosen = self.data
        return held.hold(chosen, user) if isinstance(chosen, UploadedFile) else None


def _asker() -> User | None:
    user = getattr(asking.get(), "user", None)
    return user if isinstance(user, User) else None

"""Forms whose messages name the field (ux/language.md §6.2), and that take effect once."""

from typing import Any

from django import forms

from organisation.issued import new_key
from organisation.wording import ROWS, word

CARRIED = {"key", "version"}


class WordedForm(forms.Form):
    """A form whose messages name the field: "Nhập họ và tên.", "Chọn cơ quan."."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word()

    def full_clean(self) -> None:
        self._word()  # also what a form added to its fields after it was begun
        super().full_clean()

    def _word(self) -> None:
        for field in self.fields.values():
            word(field)


class WordedRows(forms.BaseFormSet):
    """A formset that says in our words what is wrong with it as a whole."""

    default_error_messages = ROWS


class OnceForm(WordedForm):
    """Carries the key of this rendering, so that sending it twice has one effect (TX-03)."""

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}), initial=new_key)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = self.fields.pop("key")  # last: nothing hidden before the first field

    def said(self) -> dict[str, Any]:
        """What was filled in, without what the form carries for itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}


class VersionedForm(OnceForm):
    """Carries the version of the row it was made from, so that a stale form is found (TX-04)."""

    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"id": False}), required=False, min_value=0
    )

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version

    @property
    def seen(self) -> int:
        """The version that its author saw; 0, which no row has, when the form does not say."""
        return self.cleaned_data.get("version") or 0

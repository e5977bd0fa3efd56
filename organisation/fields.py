"""Forms whose messages name the field (ux/language.md §6.2), and that take effect once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisation.formfields import CleanTextField, inside
from organisation.issued import new_key

DJANGOS_EMPTY_LABEL = "---------"
CARRIED = {"key", "version"}


class WordedForm(forms.Form):
    """A form whose messages name the field: "Nhập họ và tên.", "Chọn cơ quan."."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            word(field)


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


def word(field: forms.Field) -> None:
    """Give a field of Django's its messages in Vietnamese, built from its label."""
    name = inside(str(field.label or ""))
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    verb = "Chọn" if is_choice else "Nhập"
    if isinstance(field, forms.FileField):
        verb = "Tải lên"
    field.error_messages["required"] = f"{verb} {name}."
    if is_choice:
        field.error_messages["invalid_choice"] = f"Chọn {name} trong danh sách."
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Nhập địa chỉ như ten@coquan.gov.vn."
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_EMPTY_LABEL:
        field.empty_label = f"Chọn {name}"
    if isinstance(field, forms.CharField) and not isinstance(field, CleanTextField):
        _limit(field)


def _limit(field: forms.CharField) -> None:
    longest = field.max_length

    def not_too_long(value: str) -> None:
        if longest and len(value) > longest:
            over = len(value) - longest
            raise ValidationError(f"{field.label} dài quá {longest} ký tự. Bớt {over} ký tự.")

    field.validators = [
        check for check in field.validators if getattr(check, "code", "") != "max_length"
    ]
    field.validators.append(not_too_long)

"""Form fields that read Vietnamese input and answer in the words of ux/language.md §6.2."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from organisation.text import UncleanText, many_lines, one_line

DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
DJANGOS_EMPTY_LABEL = "---------"
NOT_A_DAY = "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022."
UNCLEAN = "Văn bản có ký tự điều khiển. Xóa rồi nhập lại bằng bàn phím."


class LineField(forms.CharField):
    """One line of text, cleaned as TP-01 asks."""

    def to_python(self, value: Any) -> str:
        return _cleaned(super().to_python(value) or "", one_line)


class TextField(forms.CharField):
    """Running text, cleaned as TP-01 asks."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return _cleaned(super().to_python(value) or "", many_lines)


class DayField(forms.DateField):
    """A day as people here write it: 5/7/2022, 05-07-2022, 05.07.2022 or 5/7/22."""

    widget = forms.DateInput(format="%d/%m/%Y")
    default_error_messages = {"invalid": NOT_A_DAY}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        parts = DAY.fullmatch(str(value).strip())
        if not parts:
            raise ValidationError(NOT_A_DAY, code="invalid")
        day, month, year = (int(part) for part in parts.groups())
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise ValidationError(
                f"Không có ngày {value}. Kiểm tra lại ngày, tháng.", code="invalid"
            ) from None


class WordedForm(forms.Form):
    """A form whose messages name the field: "Nhập họ và tên.", "Chọn cơ quan."."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            word(field)


class OnceForm(WordedForm):
    """Carries the key of this rendering, so that sending it twice has one effect (TX-03)."""

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}), initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = self.fields.pop("key")  # last: nothing hidden before the first field


def word(field: forms.Field) -> None:
    """Give a field its messages in Vietnamese, built from its label."""
    label = str(field.label or "")
    name = label[:1].lower() + label[1:]
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    is_file = isinstance(field, forms.FileField)
    verb = "Chọn" if is_choice else "Tải lên" if is_file else "Nhập"
    field.error_messages["required"] = f"{verb} {name}."
    if is_choice:
        field.error_messages["invalid_choice"] = f"Chọn {name} trong danh sách."
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Nhập địa chỉ như ten@coquan.gov.vn."
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_EMPTY_LABEL:
        field.empty_label = f"Chọn {name}"
    longest = getattr(field, "max_length", None)
    if longest:
        _limit(field, label, longest)


def _limit(field: forms.Field, label: str, longest: int) -> None:
    def not_too_long(value: str) -> None:
        if len(value) > longest:
            raise ValidationError(
                f"{label} dài quá {longest} ký tự. Bớt {len(value) - longest} ký tự."
            )

    field.validators = [
        check for check in field.validators if getattr(check, "code", "") != "max_length"
    ]
    field.validators.append(not_too_long)


def _cleaned(value: str, clean: Callable[[str], str]) -> str:
    try:
        return clean(value)
    except UncleanText:
        raise ValidationError(UNCLEAN, code="unclean") from None

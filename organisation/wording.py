"""The province's words where Django has its own: the one place for what a form says by default.

What a form or a field says of itself (`missing=`, `error_messages=`) stays.
"""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisation.formfields import DATE_UNCLEAR, NUMBER_UNCLEAR, CleanTextField, Named, inside

DJANGOS_EMPTY_LABEL = "---------"
NOT_OFFERED = "Chọn {name} trong danh sách."
UNREADABLE = "Chưa nhận được tệp. Chọn lại {name}."
CONTROL_SIGNS = "{label} có ký tự điều khiển. Xóa ký tự đó và gõ lại."

# For each kind of field, by the code of the error; {name} is its label inside a sentence.
WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "{verb} {name}."},
    forms.CharField: {
        "min_length": "{label} cần ít nhất %(limit_value)d ký tự.",
        "null_characters_not_allowed": CONTROL_SIGNS,
    },
    forms.EmailField: {"invalid": "Nhập địa chỉ như ten@coquan.gov.vn."},
    forms.UUIDField: {"invalid": NOT_OFFERED},
    forms.DateField: {"invalid": DATE_UNCLEAR},
    forms.IntegerField: {
        "invalid": NUMBER_UNCLEAR,
        "min_value": "Nhập số từ %(limit_value)s trở lên.",
        "max_value": "Nhập số không quá %(limit_value)s.",
    },
    forms.FileField: {
        "invalid": UNREADABLE,
        "missing": UNREADABLE,
        "contradiction": UNREADABLE,
        "empty": "Tệp này không có nội dung. Chọn tệp khác.",
        "max_length": "Tên tệp dài quá %(max)d ký tự. Đổi tên tệp rồi chọn lại.",
    },
    forms.ChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    forms.ModelChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
        "invalid_pk_value": NOT_OFFERED,
    },
}
INCOMPLETE = "Trang gửi lên thiếu một phần. Tải lại trang rồi điền lại."  # nobody typed it
ROWS: dict[str, Any] = {  # of a formset as a whole
    "missing_management_form": INCOMPLETE,
    "too_many_forms": "Bảng có nhiều nhất %(num)d dòng.",
    "too_few_forms": "Bảng có ít nhất %(num)d dòng.",
}


def word(field: forms.Field) -> None:
    """Give a field the province's messages, built from its label, in the place of Django's.

    Once for each field of a form, however often it is asked.
    """
    if getattr(field, "is_worded", False):
        return
    field.is_worded = True  # type: ignore[attr-defined]
    label = str(field.label or "")
    said = {"label": label, "name": inside(label), "verb": _verb(field)}
    kind: Any = type(field)
    for code, (djangos, ours) in _defaults(kind).items():
        if field.error_messages.get(code) is djangos:
            field.error_messages[code] = ours.format(**said) if label else INCOMPLETE
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_EMPTY_LABEL:
        field.empty_label = f"Chọn {inside(label)}"
    if isinstance(field, forms.CharField) and not isinstance(field, CleanTextField):
        _limit(field)


@cache
def _defaults(kind: Any) -> dict[str, tuple[object, str]]:
    """What Django says of this kind of field by default, and what is said instead."""
    lineage = [one for one in reversed(kind.__mro__) if issubclass(one, forms.Field)]
    djangos = {
        code: text
        for one in lineage
        for code, text in one.__dict__.get("default_error_messages", {}).items()
    }
    ours = {code: text for one in lineage for code, text in WORDS.get(one, {}).items()}
    return {code: (djangos.get(code), text) for code, text in ours.items()}


def _verb(field: forms.Field) -> str:
    if isinstance(field, Named):
        return field.ask
    if isinstance(field, forms.FileField):
        return "Tải lên"
    return "Chọn" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else "Nhập"


def _limit(field: forms.CharField) -> None:
    """Say by how much a text is too long, as the fields of ours do."""
    longest = field.max_length

    def not_too_long(value: str) -> None:
        if longest and len(value) > longest:
            over = len(value) - longest
            raise ValidationError(f"{field.label} dài quá {longest} ký tự. Bớt {over} ký tự.")

    field.validators = [
        check for check in field.validators if getattr(check, "code", "") != "max_length"
    ]
    field.validators.append(not_too_long)

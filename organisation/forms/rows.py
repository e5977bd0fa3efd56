"""One row of an imported list, each column a field: its label is the column's heading."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from organisation.fields import WordedForm
from organisation.formfields import CleanTextField, VietnameseDateField, VietnameseIntegerField
from organisation.forms.account import ContactForm
from organisation.forms.people import UsernameField
from organisation.stages import Acting, Gender, OfficialKind, SheetKind, UnitKind
from organisation.text import fold


class LabelField(CleanTextField):
    """A choice written in words: "Sở, ban, ngành" stands for its value."""

    def __init__(self, *, choices: list[tuple[str, str]], default: str = "", **over: Any) -> None:
        super().__init__(required=not default, **over)
        self.values = {fold(label): value for value, label in choices}
        self.labels = dict(choices)
        self.words, self.default = [label for _, label in choices], default

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        if not words:
            return self.default
        try:
            return self.values[fold(words)]
        except KeyError:
            raise ValidationError(f"Ghi một trong: {'; '.join(self.words)}.") from None


class RowForm(WordedForm):
    """A cell that begins like a formula is refused before its field looks at it."""

    def columns(self) -> dict[str, str]:
        return {name: str(field.label) for name, field in self.fields.items()}

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.fields:
            if str(self.data.get(name, "")).startswith("="):
                self.add_error(name, "Ô này có công thức. Dán giá trị thay cho công thức.")


class UnitRowForm(RowForm):
    name = CleanTextField(label="Tên cơ quan", max_length=200)
    short_name = CleanTextField(label="Tên gọi tắt", max_length=80)
    abbrev = CleanTextField(label="Chữ viết tắt", max_length=20)
    kind = LabelField(label="Nhóm cơ quan", choices=UnitKind.choices)
    parent = CleanTextField(label="Cơ quan cấp trên", max_length=200, required=False)
    place_name = CleanTextField(label="Địa danh trên văn bản", max_length=80)
    order_number = VietnameseIntegerField(label="Số thứ tự", min_value=0, max_value=9999)
    valid_from = VietnameseDateField(label="Có hiệu lực từ", missing="Nhập ngày có hiệu lực.")
    basis_document = CleanTextField(label="Văn bản căn cứ", max_length=200)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") == UnitKind.SUB_UNIT and not facts.get("parent"):
            self.add_error("parent", "Nhập cơ quan cấp trên.")
        return facts


class PersonRowForm(RowForm):
    username = UsernameField(label="Tên đăng nhập", max_length=60)
    full_name = CleanTextField(label="Họ và tên", max_length=100)
    gender = LabelField(label="Cách xưng hô", choices=Gender.choices, default=Gender.UNKNOWN.value)
    official_kind = LabelField(label="Đối tượng", choices=OfficialKind.choices)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    phone = CleanTextField(label="Điện thoại", required=False, max_length=20)

    clean_phone = ContactForm.clean_phone


class PostRowForm(RowForm):
    username = CleanTextField(label="Tên đăng nhập", max_length=60)
    position = CleanTextField(label="Chức vụ", max_length=120)
    unit = CleanTextField(label="Cơ quan", max_length=200)
    parent = CleanTextField(label="Cơ quan cấp trên", max_length=200, required=False)
    acting = LabelField(label="Hình thức", choices=Acting.choices, default=Acting.OFFICIAL.value)
    valid_from = VietnameseDateField(label="Từ ngày", missing="Nhập ngày bắt đầu.")
    valid_to = VietnameseDateField(label="Đến trước ngày", required=False)
    basis_document = CleanTextField(label="Quyết định", max_length=200)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        start: date | None = facts.get("valid_from")
        end: date | None = facts.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", f"Ngày kết thúc phải sau ngày bắt đầu ({start:%d/%m/%Y}).")
        return facts


ROW_FORMS: dict[str, type[RowForm]] = {
    SheetKind.UNITS: UnitRowForm,
    SheetKind.PEOPLE: PersonRowForm,
    SheetKind.POSTS: PostRowForm,
}
EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    SheetKind.UNITS: (
        (
            *("Sở Mẫu", "Sở Mẫu", "SM", "Sở, ban, ngành", "", "Ninh Thuận", "99"),
            *("01/01/2022", "01/QĐ-UBND ngày 01/01/2022"),
        ),
    ),
    SheetKind.PEOPLE: (
        (
            *("mau.nguyen", "Nguyễn Văn Mẫu", "Ông", "Công chức"),
            *("mau.nguyen@vidu.test", "0912 345 678"),
        ),
    ),
    SheetKind.POSTS: (
        (
            *("mau.nguyen", "Chuyên viên", "Sở Mẫu", "", "Chính thức"),
            *("01/01/2022", "", "02/QĐ-SM ngày 01/01/2022"),
        ),
    ),
}

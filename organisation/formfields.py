"""Fields for Vietnamese forms: clean text, dates, numbers and money, in the province's words.

A field names itself in its messages ("Nhập tên đề xuất."), so give each a label. `needed=True`
marks what must be there in the end though a draft may be saved without it.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from organisation.days import is_working_day, today
from organisation.heldfields import HeldFileInput, HoldingField
from organisation.templatetags.portal import vn_date, vn_number
from organisation.text import UncleanText, many_lines, one_line, words

DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
NUMBER = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
UNCLEAR = re.compile(r"-?\d+\.\d+|-?\d{1,3}(,\d{3})+(\.\d+)?")
GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
LEADING_ZERO = re.compile(r"-?0,\d+")
MONEY = re.compile(
    r"(?P<number>.*?)\s*(?P<unit>nghìn|ngàn|triệu|tỷ|tỉ)?\s*(đồng|đ)?", re.IGNORECASE
)
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
FOREIGN_D = re.compile("[\u00d0\u00f0\u0189]")  # Ð ð Ɖ look like Đ (U+0110) and are not
UNIT = re.compile(r"\s*\([^()]*\)$")
CENTURY = 2000

DATE_UNCLEAR = "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022."
NUMBER_UNCLEAR = "Nhập số, dùng dấu phẩy cho phần thập phân, ví dụ 1.234,5."


class Named(forms.Field):
    """A field that says what is missing by its own label. `missing` replaces the sentence."""

    ask: ClassVar[str] = "Nhập"

    def __init__(self, *args: Any, needed: bool = False, missing: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        self.error_messages["required"] = missing or f"{self.ask} {inside(str(self.label or ''))}."


class CleanTextField(Named, forms.CharField):
    """Text in composed letters, without signs that hide or reverse other signs (TP-01).

    `lines=True` keeps line breaks. Words (chữ) are runs between spaces.
    """

    def __init__(
        self,
        *args: Any,
        lines: bool = False,
        min_words: int = 0,
        max_words: int = 0,
        **kwargs: Any,
    ) -> None:
        self.lines, self.min_words, self.max_words = lines, min_words, max_words
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(*args, **kwargs)
        self.validators = []  # their messages are not ours; see validate

    def to_python(self, value: Any) -> str:
        clean = many_lines if self.lines else one_line
        try:
            return clean(str(value or ""))
        except UncleanText:
            message = f"{self.label} có ký tự điều khiển. Xóa ký tự đó và gõ lại."
            raise ValidationError(message, code="unclean") from None

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if FOREIGN_D.search(value):
            message = f"{self.label} có chữ Ð của tiếng nước ngoài. Gõ lại bằng chữ Đ tiếng Việt."
            raise ValidationError(message, code="foreign_d")
        self._validate_length(len(value), words(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The counter reads these. A one-line field is never cut by the browser unseen."""
        attrs: dict[str, Any] = {}
        if self.max_words:
            attrs["data-words"] = self.max_words
        elif self.max_length and isinstance(widget, forms.Textarea):
            attrs["maxlength"] = self.max_length
        return attrs

    def _validate_length(self, length: int, count: int) -> None:
        if self.max_length and length > self.max_length:
            over = length - self.max_length
            message = f"{self.label} dài quá {self.max_length} ký tự. Bớt {over} ký tự."
            raise ValidationError(message, code="max_length")
        if self.max_words and count > self.max_words:
            over = count - self.max_words
            message = f"{self.label} dài quá {self.max_words} chữ. Bớt {over} chữ."
            raise ValidationError(message, code="max_words")
        if count < self.min_words:
            message = f"{self.label} cần ít nhất {self.min_words} chữ. Hiện có {count} chữ."
            raise ValidationError(message, code="min_words")


class VietnameseDateField(Named, forms.Field):
    """A day typed as 5/7/2022, 05-07-2022, 05.07.2022 or 5/7/22; shown as 05/07/2022."""

    widget = forms.DateInput

    def __init__(
        self, *args: Any, from_today: bool = False, working_day: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.from_today, self.working_day = from_today, working_day

    def to_python(self, value: Any) -> date | None:
        if not value or isinstance(value, date):
            return value or None
        found = DATE.fullmatch(str(value).strip())
        if not found:
            raise ValidationError(DATE_UNCLEAR, code="unclear")
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year if year > 99 else CENTURY + year, month, day)
        except ValueError:
            message = f"Không có ngày {value}. Kiểm tra lại ngày, tháng."
            raise ValidationError(message, code="no_such_day") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.from_today and value < today():
            message = f"Chọn ngày từ hôm nay ({vn_date(today())}) trở đi."
            raise ValidationError(message, code="past")
        if self.working_day and not is_working_day(value):
            message = f"{vn_date(value)} là ngày nghỉ. Chọn ngày làm việc khác."
            raise ValidationError(message, code="day_off")

    def prepare_value(self, value: Any) -> Any:
        return vn_date(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self.to_python, initial, data)


class VietnameseDecimalField(Named, forms.Field):
    """A number typed as 1234,5 or 1.234,5. What could be read in two ways is asked for again."""

    def __init__(
        self,
        *args: Any,
        decimal_places: int = 3,
        min_value: int | None = None,
        max_value: int | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short num"})
        )
        super().__init__(*args, **kwargs)
        self.decimal_places, self.min_value, self.max_value = decimal_places, min_value, max_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The script that says the number again below its field looks for this."""
        return {"data-number": ""}

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Decimal | int):
            return None if value is None else Decimal(value)
        text = "".join(str(value).split())
        return parse_number(text, self.decimal_places) if text else None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        low, high = self.min_value, self.max_value
        if (low is None or value >= low) and (high is None or value <= high):
            return
        message = f"Nhập số từ {vn_number(low or 0)} trở lên."
        if high is not None:
            message = f"Nhập số từ {vn_number(low or 0)} đến {vn_number(high)}."
        raise ValidationError(message, code="range")

    def prepare_value(self, value: Any) -> Any:
        return vn_number(value) if isinstance(value, Decimal | int | float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self.to_python, initial, data)


class VietnameseIntegerField(VietnameseDecimalField):
    """A whole number, with or without dots between thousands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "short num"})
        )
        super().__init__(*args, decimal_places=0, **kwargs)

    def to_python(self, value: Any) -> int | None:
        number = super().to_python(value)
        return None if number is None else int(number)


class MoneyField(VietnameseIntegerField):
    """An amount in đồng: 42000000, 42.000.000, "42 triệu" or "1,25 tỷ đồng"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 10**14)
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"data-money": ""}

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str):
            return super().to_python(value)
        found = MONEY.fullmatch(one_line_or_raw(value))
        unit = (found["unit"] or "").lower() if found else ""
        if not (found and unit):
            return super().to_python(found["number"] if found else value)
        number = parse_number("".join(found["number"].split()), 9)
        return int(number * SCALES[unit])


class Select(forms.Select):
    """Draws its options at once: Django takes a template for each, and agencies are many."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        choices = [choice for choice in self.choices]  # noqa: C416 - list() would count rows first
        if any(isinstance(label, list | tuple) for _, label in choices):
            return super().render(name, value, attrs, renderer)
        chosen = frozenset(self.format_value(value))
        options = _options(tuple((str(one), str(label)) for one, label in choices), chosen)
        looks = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, looks, options)


@lru_cache(maxsize=200)
def _options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    """The same for all who are offered the same; words are never markup, not even safe ones."""
    shown = (
        (escape(one), " selected" if one in chosen else "", escape(label)) for one, label in choices
    )
    return format_html_join("", '<option value="{}"{}>{}</option>', shown)


class ChoiceField(Named, forms.ChoiceField):
    ask = "Chọn"
    widget = Select


class TypedChoiceField(Named, forms.TypedChoiceField):
    ask = "Chọn"
    widget = Select


class ModelChoiceField(Named, forms.ModelChoiceField):
    ask = "Chọn"
    widget = Select


class ModelMultipleChoiceField(Named, forms.ModelMultipleChoiceField):
    ask = "Chọn"


class TickField(Named, forms.BooleanField):
    ask = "Đánh dấu"


class FileField(Named, forms.FileField):
    """One file; it stays chosen when its form comes back with something to mend."""

    ask = "Tải lên"
    widget: type[forms.Widget] = HeldFileInput
    bound_field_class = HoldingField


def parse_number(text: str, decimal_places: int) -> Decimal:
    """The number meant by a Vietnamese text without spaces. Raises ValidationError."""
    if UNCLEAR.fullmatch(text) and not (GROUPED.fullmatch(text) or LEADING_ZERO.fullmatch(text)):
        message = f"Chưa rõ số {text}. Viết 1234,5 hoặc 1.234,5."
        raise ValidationError(message, code="ambiguous")
    if not NUMBER.fullmatch(text):
        raise ValidationError(NUMBER_UNCLEAR, code="unclear")
    number = Decimal(text.replace(".", "").replace(",", "."))
    if number != round(number, decimal_places):
        message = "Nhập số nguyên."
        if decimal_places:
            message = f"Nhập số có không quá {decimal_places} chữ số sau dấu phẩy."
        raise ValidationError(message, code="decimal_places")
    return number


def ends_before_start(start: date | None, end: date | None) -> str:
    """The message for a period that ends before it starts; empty when it is sound."""
    if start and end and end <= start:
        return f"Ngày kết thúc phải sau ngày bắt đầu ({vn_date(start)})."
    return ""


def inside(label: str) -> str:
    """A label as it stands inside a sentence: small, without the unit in brackets behind it."""
    name = UNIT.sub("", label)
    return name[:1].lower() + name[1:]


def one_line_or_raw(text: str) -> str:
    try:
        return one_line(text)
    except UncleanText:
        return text


def _has_changed(read: Callable[[Any], Any], initial: Any, data: Any) -> bool:
    try:
        return read(initial) != read(data)
    except ValidationError:
        return True

"""A day that differs from its weekday, with its legal basis."""

from typing import Any

from django import forms

from organisation.days import SATURDAY
from organisation.fields import VersionedForm
from organisation.formfields import CleanTextField, VietnameseDateField
from organisation.models import CalendarDay
from organisation.stages import DayKind


class CalendarDayForm(VersionedForm):
    day = VietnameseDateField(label="Ngày", help_text="Ngày/tháng/năm, ví dụ 05/07/2022.")
    kind = forms.ChoiceField(
        label="Loại",
        choices=DayKind.choices,
        help_text="Nghỉ hoán đổi đi cùng một ngày làm bù.",
    )
    name = CleanTextField(label="Tên", max_length=120)
    basis_document = CleanTextField(
        label="Văn bản căn cứ", max_length=200, help_text="Số, ký hiệu và ngày của văn bản."
    )
    is_confirmed = forms.BooleanField(
        label="Đã có quyết định của cơ quan có thẩm quyền", required=False
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        day, kind = facts.get("day"), facts.get("kind")
        if day and kind == DayKind.SWAP_WORK and day.weekday() < SATURDAY:
            self.add_error("kind", f"Ngày {day:%d/%m/%Y} vốn là ngày làm việc.")
        if day and kind == DayKind.SWAP_OFF and day.weekday() >= SATURDAY:
            self.add_error("kind", f"Ngày {day:%d/%m/%Y} vốn là ngày nghỉ.")
        return facts

    def row(self) -> CalendarDay:
        """The day as it would be, unsaved."""
        return CalendarDay(**self.said())


class RemoveDayForm(VersionedForm):
    """Nothing to fill in: the page asks, the button answers."""

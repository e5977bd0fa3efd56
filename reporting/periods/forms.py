"""What may be chosen and typed for periodic reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from documents.forms.deeds import plain_helper
from journal.once import OnceForm
from organisation.days import add_working_days, today
from organisation.fields import WordedForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    Named,
    VietnameseDateField,
    VietnameseIntegerField,
)
from organisation.stages import UnitKind
from organisation.templatetags.portal import vn_date
from reporting.periods.models import LONG, PeriodicReport, ReportingRegime
from reporting.periods.stages import (
    ASKED,
    DAYS_AGAIN,
    LONGEST_OUTLINE,
    OUTLINE,
    PeriodKind,
    ReportState,
)

KINDS = [
    (kind.value, kind.label)
    for kind in UnitKind
    if kind not in (UnitKind.PROVINCE, UnitKind.PARTY, UnitKind.COUNCIL, UnitKind.SUB_UNIT)
]
MONTHS = [(str(month), f"Tháng {month}") for month in range(1, 13)]
MOST_PEOPLE = 1_000_000
LONGEST_TITLE = 160


class ManyField(Named, forms.MultipleChoiceField):
    """Some of a few, each with a tick of its own."""

    ask = "Chọn"
    widget = forms.CheckboxSelectMultiple


class OutlineField(CleanTextField):
    """The headings of an outline, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Đề cương báo cáo",
            lines=True,
            max_length=LONGEST_OUTLINE * LONGEST_TITLE,
            help_text="Mỗi dòng một mục lớn.",
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found = [line.strip() for line in text.splitlines() if line.strip()]
        if len(found) > LONGEST_OUTLINE:
            raise forms.ValidationError(f"Ghi không quá {LONGEST_OUTLINE} mục.", code="many")
        if any(len(line) > LONGEST_TITLE for line in found):
            message = f"Mỗi mục không quá {LONGEST_TITLE} ký tự."
            raise forms.ValidationError(message, code="long")
        return found


class ReportFilter(WordedForm):
    """The filter of /bao-cao/; everything in it may stand in the address."""

    trang_thai = ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *ReportState.choices]
    )


class PlainForm(OnceForm):
    """A deed that asks nothing."""

    helper = plain_helper()


class WordsForm(OnceForm):
    """The headings of the outline, and the two figures that the portal does not know."""

    helper = plain_helper()
    meetings = VietnameseIntegerField(
        label="Số hội nghị quán triệt", required=False, min_value=0, max_value=10_000
    )
    attendees = VietnameseIntegerField(
        label="Lượt người dự", required=False, min_value=0, max_value=MOST_PEOPLE
    )

    def __init__(self, *args: Any, report: PeriodicReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(report.parts.all())
        for part in self.parts:
            self.fields[f"part_{part.place}"] = CleanTextField(
                label=part.title,
                lines=True,
                required=False,
                needed=True,  # to be sent, not to be saved
                max_length=LONG,
                initial=part.text,
                widget=forms.Textarea(attrs={"rows": 7}),
            )
        if report.is_summary:
            del self.fields["meetings"], self.fields["attendees"]
        else:
            self.fields["meetings"].initial = report.meetings
            self.fields["attendees"].initial = report.attendees

    @property
    def texts(self) -> dict[int, str]:
        """What was written, by the place of its heading."""
        return {part.place: self.cleaned_data[f"part_{part.place}"] for part in self.parts}


class GiveBackForm(OnceForm):
    helper = plain_helper()
    reason = CleanTextField(label="Nội dung cần sửa", lines=True, max_length=2000, min_words=3)
    due_on = VietnameseDateField(label="Hạn gửi lại", from_today=True, working_day=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = vn_date(add_working_days(today(), DAYS_AGAIN))

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= today():
            raise forms.ValidationError("Chọn hạn gửi lại sau hôm nay.", code="past")
        return day


class AskForm(OnceForm):
    """A report that is asked for once."""

    helper = plain_helper()
    kind = ChoiceField(
        label="Loại báo cáo",
        choices=[(one.value, one.label) for one in ASKED],
        initial=PeriodKind.THEMATIC.value,
        widget=forms.RadioSelect,
    )
    label = CleanTextField(label="Tên báo cáo", max_length=LONGEST_TITLE, min_words=3)
    from_on = VietnameseDateField(label="Số liệu từ ngày")
    cutoff_on = VietnameseDateField(label="Chốt số liệu hết ngày")
    due_on = VietnameseDateField(label="Hạn gửi Sở Nội vụ", working_day=True)
    summary_due_on = VietnameseDateField(label="Hạn báo cáo UBND tỉnh", working_day=True)
    owed_by = ManyField(label="Nhóm cơ quan phải báo cáo", choices=KINDS)
    legal_ground = CleanTextField(
        label="Căn cứ", max_length=240, help_text="Văn bản yêu cầu báo cáo: số, ngày, cơ quan."
    )
    outline = OutlineField(initial="\n".join(OUTLINE))
    note = CleanTextField(label="Yêu cầu thêm", lines=True, required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        after("cutoff_on", "from_on", self, "Ngày chốt số liệu phải sau ngày bắt đầu ({day}).")
        after("due_on", "cutoff_on", self, "Hạn gửi phải sau ngày chốt số liệu ({day}).")
        text = "Hạn báo cáo UBND tỉnh không được trước hạn gửi của cơ quan ({day})."
        after("summary_due_on", "due_on", self, text, may_be_same=True)
        due = said.get("due_on")
        if due and due < today():
            text = f"Chọn ngày từ hôm nay ({vn_date(today())}) trở đi."
            self.add_error("due_on", forms.ValidationError(text, code="past"))
        return said


class RegimeForm(OnceForm):
    """A regime as it is from a day on."""

    helper = plain_helper()
    months = ManyField(label="Chốt số liệu vào tháng", choices=MONTHS)
    cutoff_day = VietnameseIntegerField(label="Ngày chốt số liệu", min_value=1, max_value=26)
    due_day = VietnameseIntegerField(
        label="Hạn gửi của cơ quan (ngày trong tháng)", min_value=2, max_value=27
    )
    summary_due_day = VietnameseIntegerField(
        label="Hạn báo cáo UBND tỉnh (ngày trong tháng)",
        min_value=2,
        max_value=28,
        help_text="Hạn rơi vào ngày nghỉ thì lùi đến ngày làm việc tiếp theo.",
    )
    owed_by = ManyField(label="Nhóm cơ quan phải báo cáo", choices=KINDS)
    legal_ground = CleanTextField(label="Căn cứ", max_length=240)
    outline = OutlineField()
    valid_from = VietnameseDateField(label="Có hiệu lực từ ngày", from_today=True)

    def __init__(self, *args: Any, regime: ReportingRegime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("cutoff_day", "due_day", "summary_due_day", "owed_by", "legal_ground")
        for name in names:
            self.fields[name].initial = getattr(regime, name)
        self.fields["months"].initial = [str(month) for month in regime.months]
        self.fields["outline"].initial = "\n".join(regime.outline)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        cutoff, due, last = (
            said.get(name) for name in ("cutoff_day", "due_day", "summary_due_day")
        )
        if cutoff and due and due <= cutoff:
            self.add_error("due_day", "Hạn gửi phải sau ngày chốt số liệu.")
        if due and last and last < due:
            text = "Hạn báo cáo UBND tỉnh không được trước hạn gửi của cơ quan."
            self.add_error("summary_due_day", text)
        return said

    @property
    def months_chosen(self) -> Sequence[int]:
        return [int(month) for month in self.cleaned_data["months"]]


def after(
    name: str, earlier: str, form: forms.Form, text: str, *, may_be_same: bool = False
) -> None:
    """Say beside a date that it lies too early."""
    day, before = form.cleaned_data.get(name), form.cleaned_data.get(earlier)
    if day and before and (day < before or (day == before and not may_be_same)):
        form.add_error(name, forms.ValidationError(text.format(day=vn_date(before)), code="order"))

"""What may be typed while a pilot runs."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from documents.forms.fields import AttachedFileField
from journal.once import OnceForm
from organisation.days import today
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    ModelChoiceField,
    MoneyField,
    Named,
    TypedChoiceField,
    VietnameseDateField,
    VietnameseDecimalField,
)
from organisation.models import OrgUnit, OrgUnitVersion
from organisation.stages import UnitKind
from pilots.actions.incidents import Measures, Told
from pilots.actions.reports import ReportText
from pilots.models import Incident, ProgressReport
from pilots.stages import HelpKind, IncidentLevel

LONG = 4000
CLOCK = re.compile(r"(\d{1,2})[:.hg](\d{2})?")
EVIDENCE_HELP = "PDF, Word, Excel, ảnh; mỗi tệp dưới 25 MB. Che thông tin cá nhân của người dân."
YES_NO = [("yes", "Có"), ("no", "Không")]


def evidence_field(label: str = "Tệp minh chứng") -> AttachedFileField:
    return AttachedFileField(label=label, required=False, help_text=EVIDENCE_HELP)


class UnitField(ModelChoiceField):
    """An agency of today by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_today)


class TimeField(Named, forms.Field):
    """A time of day typed as 14:05, 14.05 or 14h05."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "short num"}))
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if not value or isinstance(value, time):
            return value or None
        found = CLOCK.fullmatch(str(value).strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
        if hour > 23 or minute > 59:
            raise ValidationError("Nhập giờ theo dạng giờ:phút, ví dụ 14:05.")
        return time(hour, minute)


class YesNoField(TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
            empty_value=None,
            **kwargs,
        )


class ValueForm(OnceForm):
    """A value of an indicator."""

    use_required_attribute = False

    value = VietnameseDecimalField(label="Giá trị")
    as_of = VietnameseDateField(label="Số liệu đến ngày", missing="Nhập ngày của số liệu.")
    note = CleanTextField(label="Ghi chú", max_length=400, required=False)
    evidence = evidence_field()


class MilestoneDoneForm(OnceForm):
    use_required_attribute = False

    done_on = VietnameseDateField(label="Xong ngày", initial=today, missing="Nhập ngày hoàn thành.")
    note = CleanTextField(label="Ghi chú", max_length=400, required=False)
    evidence = evidence_field()


class ReportForm(OnceForm):
    """A progress report. Nothing is required while it is being written, some is when it is sent."""

    use_required_attribute = False

    done = CleanTextField(
        label="Việc đã làm", lines=True, max_length=LONG, required=False, needed=True
    )
    not_done = CleanTextField(
        label="Việc chưa làm được", lines=True, max_length=LONG, required=False
    )
    difficulties = CleanTextField(
        label="Khó khăn, vướng mắc", lines=True, max_length=LONG, required=False
    )
    requests = CleanTextField(label="Kiến nghị", lines=True, max_length=LONG, required=False)
    next_steps = CleanTextField(
        label="Việc tiếp theo", lines=True, max_length=LONG, required=False, needed=True
    )
    spent = MoneyField(
        label="Kinh phí đã dùng từ đầu (đồng)",
        required=False,
        needed=True,
        help_text="Ghi 0 nếu chưa dùng.",
    )

    def __init__(
        self, *args: Any, report: ProgressReport, is_sent: bool = False, **kwargs: Any
    ) -> None:
        self.is_sent = is_sent
        names = ("done", "not_done", "difficulties", "requests", "next_steps", "spent")
        initial = {name: getattr(report, name) for name in names}
        if initial["spent"] is None:
            initial["spent"] = report.pilot.spent
        super().__init__(*args, initial=initial, version=report.version, **kwargs)

    def clean(self) -> None:
        super().clean()
        for name, field in self.fields.items() if self.is_sent else ():
            is_empty = self.cleaned_data.get(name) in ("", None)
            if getattr(field, "needed", False) and is_empty and name not in self.errors:
                self.add_error(name, field.error_messages["required"])

    def text(self) -> ReportText:
        said = self.cleaned_data
        return ReportText(**{name: said[name] for name in said if name not in ("key", "version")})


class IncidentForm(OnceForm):
    """The four fields that come first: under a minute."""

    use_required_attribute = False

    what = CleanTextField(
        label="Sự việc", lines=True, max_length=400, help_text="Một, hai câu. Diễn biến viết sau."
    )
    happened_on = VietnameseDateField(label="Ngày xảy ra", initial=today)
    happened_time = TimeField(label="Giờ xảy ra")
    level = ChoiceField(label="Mức độ", choices=IncidentLevel.choices, widget=forms.RadioSelect)
    has_harm = YesNoField(label="Có thiệt hại không", missing="Chọn có hay không có thiệt hại.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].widget.attrs["rows"] = 3
        self.fields["happened_time"].initial = timezone.localtime().strftime("%H:%M")

    def told(self) -> Told:
        said = self.cleaned_data
        at = datetime.combine(said["happened_on"], said["happened_time"])
        return Told(
            what=said["what"],
            happened_at=timezone.make_aware(at),
            level=said["level"],
            has_harm=said["has_harm"],
        )


class MeasuresForm(OnceForm):
    use_required_attribute = False

    description = CleanTextField(label="Diễn biến", lines=True, max_length=LONG, required=False)
    measures = CleanTextField(
        label="Biện pháp khắc phục", lines=True, max_length=LONG, required=False
    )
    objective_cause = CleanTextField(
        label="Nguyên nhân khách quan", lines=True, max_length=LONG, required=False
    )
    subjective_cause = CleanTextField(
        label="Nguyên nhân chủ quan", lines=True, max_length=LONG, required=False
    )
    evidence = evidence_field()

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        names = ("description", "measures", "objective_cause", "subjective_cause")
        initial = {name: getattr(incident, name) for name in names}
        super().__init__(*args, initial=initial, version=incident.version, **kwargs)
        for name in names:
            self.fields[name].widget.attrs["rows"] = 3

    def said(self, evidence: Any) -> Measures:
        names = ("description", "measures", "objective_cause", "subjective_cause")
        return Measures(**{name: self.cleaned_data[name] for name in names}, evidence=evidence)


class HelpForm(OnceForm):
    use_required_attribute = False

    kind = ChoiceField(label="Loại hỗ trợ", choices=HelpKind.choices, widget=forms.RadioSelect)
    what = CleanTextField(label="Nội dung cần hỗ trợ", max_length=400)
    details = CleanTextField(label="Giải thích thêm", lines=True, max_length=LONG, required=False)
    unit = UnitField(
        label="Cơ quan được đề nghị", queryset=OrgUnit.objects.none(), empty_label="Chọn"
    )
    needed_by = VietnameseDateField(
        label="Cần trước ngày", from_today=True, missing="Nhập ngày cần hỗ trợ."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = agencies_today()
        self.fields["details"].widget.attrs["rows"] = 3


class FindingForm(OnceForm):
    use_required_attribute = False

    what = CleanTextField(label="Nội dung phát hiện", max_length=400)
    details = CleanTextField(label="Yêu cầu khắc phục", lines=True, max_length=LONG)
    due_on = VietnameseDateField(label="Hạn khắc phục", from_today=True)


class RemedyForm(OnceForm):
    use_required_attribute = False

    remedy = CleanTextField(label="Kết quả khắc phục", lines=True, max_length=LONG)
    evidence = evidence_field()


def agencies_today() -> QuerySet[OrgUnit]:
    """The agencies of the province as they are today, in their official order."""
    versions = OrgUnitVersion.objects.valid_on(today()).exclude(kind=UnitKind.SUB_UNIT)
    name = versions.filter(unit=OuterRef("pk")).values("name")[:1]
    return (
        OrgUnit.objects.filter(pk__in=versions.values("unit"))
        .annotate(name_today=Subquery(name))
        .order_by("order_number", "pk")
    )

"""The six parts of the proposal form. A draft is saved without what is missing; *Tiếp tục* asks.

Field names are those of proposals/parts.py, hints those of the interface language (§7).
"""

from typing import Any, ClassVar
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string

from organisation.days import today
from organisation.fields import WordedForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    ModelChoiceField,
    MoneyField,
    Named,
    TickField,
    TypedChoiceField,
    VietnameseDateField,
    VietnameseIntegerField,
)
from organisation.models import OrgUnit, OrgUnitVersion
from organisation.stages import UnitKind
from proposals import parts
from proposals.models import Field, Proposal
from proposals.models.plans import BRIEF, LONG
from proposals.stages import BottleneckKind, Part, RequestedForm

BRIEF_HINT = "Tối đa 60 chữ. Người đứng đầu đọc dòng này trước tiên."
YES, NO = "co", "khong"


def text(label: str, hint: str = "", **limits: Any) -> CleanTextField:
    """A long answer."""
    limits = {"max_length": LONG, "lines": True} | limits
    return CleanTextField(label=label, help_text=hint, required=False, **limits)


def line(label: str, hint: str = "", **limits: Any) -> CleanTextField:
    return CleanTextField(label=label, help_text=hint, required=False, **limits)


def brief() -> CleanTextField:
    """The first line of a part, which the head reads before anything else."""
    return CleanTextField(
        label=parts.BRIEF,
        help_text=BRIEF_HINT,
        required=False,
        max_words=parts.BRIEF_WORDS,
        max_length=BRIEF,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def example(of: str) -> LayoutObject:
    """A good answer to look at, folded away."""
    return HTML('{% include "proposals/writing/_example.html" with of="' + of + '" only %}')


def current_agencies() -> list[tuple[str, str]]:
    """Agencies of today that are no part of another, in their official order."""
    rows = OrgUnitVersion.objects.valid_on(today()).exclude(kind=UnitKind.SUB_UNIT)
    rows = rows.select_related("unit").order_by("unit__order_number", "unit_id")
    return [(str(row.unit.ref), row.name) for row in rows]


class Folded(Div):
    """A long list of choices that opens when it is wanted."""

    def __init__(self, name: str, summary: str) -> None:
        super().__init__(name)
        self.name, self.summary = name, summary

    def render(self, form: forms.Form, context: Any, **kwargs: Any) -> str:
        field = form[self.name]
        facts = {
            "summary": self.summary,
            "chosen": len(field.value() or []),
            "is_open": bool(field.errors),
            "fields": self.get_rendered_fields(form, context, **kwargs),
        }
        return render_to_string("proposals/writing/_folded.html", facts)


class UnitsField(Named, forms.MultipleChoiceField):
    """Agencies of today, by name; answers OrgUnit rows in their official order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=current_agencies, **kwargs)

    def clean(self, value: Any) -> list[OrgUnit]:
        refs = super().clean(value)
        return list(OrgUnit.objects.filter(ref__in=refs).order_by("order_number", "pk"))


class PartForm(WordedForm):
    """One part. `complete=True` asks for what must be there before the next part.

    `answers` holds whatever could be read, so that no text is lost for the sake of another.
    """

    part: ClassVar[Part]
    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        for name, field in self.fields.items():
            field.needed = parts.is_needed(name)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.layout())

    def layout(self) -> list[Any]:
        return parts.names(self.part)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked = set(parts.names(self.part))
        self.answers = {name: cleaned[name] for name in cleaned if name in asked}
        if self.complete:
            self._ask(self.answers)
        return cleaned

    def _ask(self, answers: dict[str, Any]) -> None:
        for gap in parts.missing(self.part, answers):
            if gap.name in self.fields and gap.name not in self.errors:
                self.add_error(gap.name, gap.message)


class BasicsForm(PartForm):
    part = Part.BASICS

    title = line(
        "Tên đề xuất",
        "Viết việc sẽ làm và cho ai, 10–25 chữ. "
        'Ví dụ: "Trả kết quả đất đai tại nhà cho người cao tuổi".',
        max_length=250,
    )
    field = ModelChoiceField(
        label="Lĩnh vực",
        help_text="Chọn lĩnh vực gần nhất. Có thể đổi sau.",
        queryset=Field.objects.filter(is_open=True).order_by("order_number", "name"),
        empty_label="Chọn lĩnh vực",
        required=False,
    )
    requested_form = ChoiceField(
        label="Hình thức đề nghị",
        choices=RequestedForm.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    starts_on = VietnameseDateField(
        label="Dự kiến bắt đầu", help_text="Ngày/tháng/năm, ví dụ 05/07/2022.", required=False
    )

    def layout(self) -> list[Any]:
        similar = HTML('{% include "proposals/writing/_similar.html" %}')
        coauthors = HTML('{% include "proposals/writing/_coauthors.html" %}')
        return ["title", similar, "field", "requested_form", "starts_on", coauthors]


class ProblemForm(PartForm):
    part = Part.PROBLEM

    problem_brief = brief()
    problem = text(
        "Vấn đề cần giải quyết",
        "Hiện nay vướng ở đâu, ai chịu ảnh hưởng, mất bao nhiêu thời gian hoặc chi phí. "
        "Nêu số liệu nếu có.",
    )
    figures = text("Số liệu", widget=forms.Textarea(attrs={"rows": 3}))
    bottleneck_kind = ChoiceField(
        label="Loại điểm nghẽn",
        choices=BottleneckKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    bottleneck_brief = brief()
    bottleneck = text(
        "Vướng ở quy định nào",
        "Ghi tên, số, điều của văn bản chưa có hoặc không còn phù hợp. "
        'Nếu không rõ, chọn "Cần pháp chế giúp xác định".',
    )

    def layout(self) -> list[Any]:
        return [
            Fieldset("Vấn đề", "problem_brief", "problem", example("problem"), "figures"),
            Fieldset(
                "Điểm nghẽn",
                "bottleneck_kind",
                "bottleneck_brief",
                "bottleneck",
                example("bottleneck"),
                HTML('{% include "proposals/writing/_legal_help.html" %}'),
            ),
        ]


class SolutionForm(PartForm):
    part = Part.SOLUTION

    solution_brief = brief()
    solution = text(
        "Giải pháp",
        "Làm gì, ai làm, các bước. Viết như đang giải thích cho người ở cơ quan khác.",
    )
    difference = text("Khác gì cách làm hiện nay", "Một đến ba điểm khác chính.")
    scope = line(
        "Phạm vi",
        "Nên bắt đầu ở phạm vi nhỏ. Thí điểm thường từ 3 đến 12 tháng.",
        max_length=400,
    )
    duration_months = VietnameseIntegerField(
        label="Thời gian thực hiện (tháng)", min_value=1, max_value=120, required=False
    )

    def layout(self) -> list[Any]:
        return [
            "solution_brief",
            "solution",
            example("solution"),
            "difference",
            Fieldset("Phạm vi, thời gian", "scope", "duration_months"),
        ]


class BenefitForm(PartForm):
    part = Part.BENEFIT

    benefit_brief = brief()
    common_good = text("Lợi ích chung", "Ai được lợi, lợi gì, đo bằng gì.")
    beneficiaries = text("Ai được lợi", widget=forms.Textarea(attrs={"rows": 3}))

    def layout(self) -> list[Any]:
        return ["benefit_brief", "common_good", example("common_good"), "beneficiaries"]


class ResourcesForm(PartForm):
    part = Part.RESOURCES

    budget = MoneyField(
        label="Kinh phí (đồng)",
        help_text="Người, kinh phí, thiết bị. Ghi 0 nếu không cần thêm.",
        required=False,
    )
    staffing = text("Nhân lực, thiết bị", widget=forms.Textarea(attrs={"rows": 3}))
    partner_units = UnitsField(label="Cơ quan phối hợp", required=False)
    risk_brief = brief()
    risks = text(
        "Rủi ro",
        "Điều gì có thể xảy ra, phát hiện bằng cách nào, khi nào thì dừng, trả lại như cũ thế nào.",
    )
    stop_plan = text("Phương án dừng")

    def layout(self) -> list[Any]:
        partners = Folded("partner_units", "Chọn cơ quan phối hợp")
        return [
            Fieldset("Nguồn lực", "budget", "staffing", partners),
            Fieldset(
                "Rủi ro và phương án dừng",
                "risk_brief",
                "risks",
                "stop_plan",
                example("stop_plan"),
            ),
        ]


class CommitmentForm(PartForm):
    part = Part.COMMITMENT

    has_conflict = TypedChoiceField(
        label="Xung đột lợi ích",
        help_text="Đề xuất có đem lại lợi ích riêng cho đồng chí, người thân hoặc doanh nghiệp "
        "có quan hệ không.",
        choices=[(NO, "Không có"), (YES, "Có")],
        coerce=lambda value: value == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    conflict_statement = text(
        "Quan hệ lợi ích",
        "Khi chọn Có: ai, quan hệ thế nào, lợi ích gì.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_committed = TickField(label=parts.COMMITMENT, required=False)


FORMS: dict[Part, type[PartForm]] = {
    form.part: form
    for form in (
        BasicsForm,
        ProblemForm,
        SolutionForm,
        BenefitForm,
        ResourcesForm,
        CommitmentForm,
    )
}


def initial_of(proposal: Proposal, part: Part, *, seen: int) -> dict[str, Any]:
    """What the form shows of a saved part."""
    plan = proposal.plan
    found: dict[str, Any] = {"seen": seen}
    for name in FORMS[part].base_fields:
        home = proposal if name in parts.ON_PROPOSAL else plan
        if name not in ("seen", "page", "partner_units"):
            found[name] = getattr(home, name)
    if part == Part.RESOURCES:
        found["partner_units"] = [str(unit.ref) for unit in plan.partner_units.all()]
    if part == Part.COMMITMENT:
        found["has_conflict"] = {True: YES, False: NO, None: ""}[plan.has_conflict]
    return found

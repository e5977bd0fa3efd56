"""The forms of an evaluation."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from journal.once import OnceForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    MoneyField,
    VietnameseDecimalField,
)
from pilots.actions.concluding import CauseLine, Conclusion, DamageLine
from pilots.forms.following import LONG, YesNoField, evidence_field
from pilots.forms.plan import Line
from pilots.models import Evaluation
from pilots.stages import CauseKind, CauseWeight, DamageKind, Opinion, Recommendation, Result

CAUSES = 2  # empty lines for each kind of cause
DAMAGES = 2


class ResultReportForm(OnceForm):
    use_required_attribute = False

    report = CleanTextField(
        label="Báo cáo kết quả",
        lines=True,
        max_length=2 * LONG,
        help_text="Đã làm gì, đạt gì, chưa đạt gì và vì sao. Số liệu chỉ tiêu được tự đưa vào.",
    )


class PartyOpinionForm(OnceForm):
    use_required_attribute = False

    opinion = CleanTextField(label="Ý kiến của cấp ủy", lines=True, max_length=LONG)
    document = CleanTextField(label="Số, ngày văn bản của cấp ủy", max_length=120, required=False)


class OpinionForm(OnceForm):
    use_required_attribute = False

    opinion = ChoiceField(
        label="Ý kiến về kết quả", choices=Opinion.choices, widget=forms.RadioSelect
    )
    text = CleanTextField(label="Lý do của ý kiến", lines=True, max_length=LONG)


class ConclusionForm(OnceForm):
    """What the chair concludes; what is missing is said by the action, all at once."""

    use_required_attribute = False

    result = ChoiceField(
        label="Kết quả",
        choices=Result.choices,
        widget=forms.RadioSelect,
        required=False,
        needed=True,
    )
    assessment = CleanTextField(label="Nhận định", lines=True, max_length=LONG, required=False)
    has_damage = YesNoField(label="Có thiệt hại không", required=False, needed=True)
    lessons = CleanTextField(
        label="Bài học", lines=True, max_length=LONG, required=False, needed=True
    )
    recommendation = ChoiceField(
        label="Kiến nghị",
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
        needed=True,
    )

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, version=evaluation.version, **kwargs)
        self.indicators = list(evaluation.pilot.indicators.in_plan().order_by("place", "pk"))
        for row in self.indicators:
            self.fields[_value(row.pk)] = VietnameseDecimalField(
                label=f"Số cuối cùng: {row.name} ({row.unit})",
                initial=row.current,
                required=False,
                needed=True,
            )

    @property
    def value_rows(self) -> list[dict[str, Any]]:
        """Each indicator beside the field of its last value."""
        return [{"indicator": row, "field": self[_value(row.pk)]} for row in self.indicators]

    def values(self) -> dict[int, Decimal]:
        said = {row.pk: self.cleaned_data.get(_value(row.pk)) for row in self.indicators}
        return {pk: value for pk, value in said.items() if value is not None}


class CauseForm(Line):
    names = ("text", "weight")

    kind = forms.ChoiceField(choices=CauseKind.choices, widget=forms.HiddenInput)
    text = CleanTextField(
        label="Nguyên nhân",
        lines=True,
        max_length=LONG,
        required=False,
        needed=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weight = ChoiceField(
        label="Tỷ trọng", choices=[("", "Chọn"), *CauseWeight.choices], required=False, needed=True
    )
    evidence = evidence_field("Bằng chứng")


class DamageForm(Line):
    names = ("kind", "amount", "bearer")

    kind = ChoiceField(
        label="Loại thiệt hại",
        choices=[("", "Chọn"), *DamageKind.choices],
        required=False,
        needed=True,
    )
    amount = MoneyField(label="Giá trị (đồng)", required=False, needed=True)
    bearer = CleanTextField(label="Bên chịu thiệt hại", max_length=200, required=False, needed=True)
    note = CleanTextField(label="Mô tả", max_length=400, required=False)

    def line(self) -> DamageLine:
        said = self.cleaned_data
        return DamageLine(said["kind"], said["amount"], said["bearer"], said["note"])


class OfOneKind(BaseFormSet):
    """Lines of causes of one kind; the kind stands in a hidden field of each."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        kind = kwargs.pop("kind")
        return kwargs | {"initial": {"kind": kind}}


CauseFormSet = formset_factory(CauseForm, formset=OfOneKind, extra=CAUSES, max_num=10)
DamageFormSet = formset_factory(DamageForm, extra=DAMAGES, max_num=10)


class ConclusionForms:
    """The conclusion with its causes, objective before subjective, and its damages."""

    def __init__(self, evaluation: Evaluation, data: Any = None, files: Any = None) -> None:
        self.main = ConclusionForm(data, evaluation=evaluation)
        self.objective = _causes(CauseKind.OBJECTIVE, data, files, "khach-quan")
        self.subjective = _causes(CauseKind.SUBJECTIVE, data, files, "chu-quan")
        self.damages = DamageFormSet(data, prefix="thiet-hai")

    @property
    def tables(self) -> tuple[Any, ...]:
        return (self.objective, self.subjective, self.damages)

    @property
    def all(self) -> list[Any]:
        return [self.main, *(form for table in self.tables for form in table)]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.main, *self.tables)]  # each tells its errors
        return all(valid)

    @property
    def cause_forms(self) -> list[CauseForm]:
        return [form for form in (*self.objective, *self.subjective) if not form.is_empty]

    def conclusion(self, files: dict[str, Any]) -> Conclusion:
        """What was said; `files` are the stored files by the prefix of their line."""
        said = self.main.cleaned_data
        names = ("result", "assessment", "has_damage", "lessons", "recommendation")
        return Conclusion(
            **{name: said[name] for name in names},
            values=self.main.values(),
            causes=[
                CauseLine(
                    kind=form.cleaned_data["kind"],
                    text=form.cleaned_data["text"],
                    weight=form.cleaned_data["weight"],
                    evidence=files.get(str(form.prefix)),
                )
                for form in self.cause_forms
            ],
            damages=[form.line() for form in self.damages if not form.is_empty],
        )


def _causes(kind: CauseKind, data: Any, files: Any, prefix: str) -> Any:
    return CauseFormSet(data, files, prefix=prefix, form_kwargs={"kind": kind})


def _value(pk: int) -> str:
    return f"value_{pk}"

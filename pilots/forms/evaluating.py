"""The forms of an evaluation."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory

from documents.models import StoredFile
from journal.once import OnceForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    MoneyField,
    VietnameseDecimalField,
)
from pilots.actions.conclusions import CauseLine, Conclusion, DamageLine, Lack, Unfinished
from pilots.forms.following import LONG, YesNoField, evidence_field
from pilots.forms.lines import Line, Rows, Unasked
from pilots.forms.plan import Forms
from pilots.models import Evaluation
from pilots.stages import CauseKind, CauseWeight, DamageKind, Opinion, Recommendation, Result
from proposals.actions.lifecycle import MoveRefused

CAUSES = 2  # empty lines for each kind of cause
DAMAGES = 2


class ResultReportForm(OnceForm):
    use_required_attribute = False

    report = CleanTextField(
        label="Báo cáo kết quả",
        lines=True,
        max_length=2 * LONG,
        widget=forms.Textarea(attrs={"rows": 14}),
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


class ConclusionForm(Unasked, OnceForm):
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
        which = "Số cuối cùng" if evaluation.is_final else "Số đến nay"
        for row in self.indicators:
            self.fields[_value(row.pk)] = VietnameseDecimalField(
                label=f"{which}: {row.name} ({row.unit})",
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
    more = ("evidence",)

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

    def __init__(self, *args: Any, kind: CauseKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def line(self, evidence: StoredFile | None) -> CauseLine:
        said = self.cleaned_data
        return CauseLine(self.kind, said["text"], said["weight"], evidence)


class DamageForm(Line):
    names = ("kind", "amount", "bearer")
    more = ("note",)

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


CauseFormSet = formset_factory(CauseForm, formset=Rows, extra=CAUSES, max_num=10)
DamageFormSet = formset_factory(DamageForm, formset=Rows, extra=DAMAGES, max_num=10)


class ConclusionForms(Forms):
    """The conclusion with its causes, objective before subjective, and its damages."""

    def __init__(self, evaluation: Evaluation, data: Any = None, files: Any = None) -> None:
        self.main = ConclusionForm(data, evaluation=evaluation)
        self.objective = _causes(CauseKind.OBJECTIVE, data, files, "khach-quan")
        self.subjective = _causes(CauseKind.SUBJECTIVE, data, files, "chu-quan")
        self.damages = DamageFormSet(data, prefix="thiet-hai")
        self.tables = (self.objective, self.subjective, self.damages)

    @property
    def in_order(self) -> list[Any]:
        """What may be wrong, as it stands on the page: for the summary on top."""
        main = self.main
        return [
            main.non_field_errors(),
            *main.hidden_fields(),
            *(row["field"] for row in main.value_rows),
            *(main[name] for name in ("result", "assessment")),
            *(self.objective, self.subjective),
            main["has_damage"],
            self.damages,
            *(main[name] for name in ("lessons", "recommendation")),
        ]

    def place(self, refused: MoveRefused) -> None:
        """Show each thing that the action misses beside the part of the page that asks for it."""
        tables = {"causes": self.objective, "damages": self.damages}
        unplaced = [Lack(item) for item in refused.items]
        for lack in refused.lacks if isinstance(refused, Unfinished) else unplaced:
            if lack.part in tables:
                tables[lack.part].non_form_errors().append(lack.words)
            else:
                self.main.add_error(_name_of(lack.part), lack.words)

    @property
    def cause_forms(self) -> list[CauseForm]:
        return [form for form in (*self.objective, *self.subjective) if not form.is_empty]

    def conclusion(self, files: dict[str, StoredFile]) -> Conclusion:
        """What was said; `files` are the stored files by the prefix of their line."""
        said = self.main.cleaned_data
        names = ("result", "assessment", "has_damage", "lessons", "recommendation")
        return Conclusion(
            **{name: said[name] for name in names},
            values=self.main.values(),
            causes=[form.line(files.get(str(form.prefix))) for form in self.cause_forms],
            damages=[form.line() for form in self.damages if not form.is_empty],
        )


def _causes(kind: CauseKind, data: Any, files: Any, prefix: str) -> Any:
    return CauseFormSet(data, files, prefix=prefix, form_kwargs={"kind": kind})


def _value(pk: int) -> str:
    return f"value_{pk}"


def _name_of(part: str | int) -> str | None:
    return _value(part) if isinstance(part, int) else part or None

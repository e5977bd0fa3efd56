"""What may be changed of a running plan: its terms, and its rows one by one."""

from typing import Any

from django.forms import formset_factory

from journal.once import OnceForm
from organisation.fields import WordedForm
from organisation.formfields import (
    CleanTextField,
    MoneyField,
    VietnameseDateField,
    VietnameseDecimalField,
)
from pilots.actions.adjusting import Change
from pilots.forms.lines import FACTS, Rows, Unasked
from pilots.forms.plan import Forms, IndicatorForm, MilestoneForm
from pilots.models import Indicator, Milestone, Pilot

LONG = 4000


class AdjustmentForm(Unasked, OnceForm):
    """The terms: each field holds the present plan until it is changed."""

    use_required_attribute = False

    reason = CleanTextField(label="Lý do điều chỉnh", lines=True, max_length=LONG)
    ends_on = VietnameseDateField(label="Đến ngày", required=False)
    scope = CleanTextField(label="Phạm vi", max_length=400, required=False)
    budget = MoneyField(label="Kinh phí (đồng)", required=False)


class KeptRow(Unasked, WordedForm):
    """A row of the present plan: one value to change, or a tick to drop it."""

    use_required_attribute = False
    row: Any = None
    title = ""
    hint = ""

    @property
    def is_dropped(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))


class TargetForm(KeptRow):
    target = VietnameseDecimalField(label="Mục tiêu")

    def of(self, row: Indicator) -> None:
        self.row, self.title, self.hint = row, row.name, row.unit
        self.initial = {"target": row.target}
        self.fields["DELETE"].label = "Bỏ chỉ tiêu này"


class DayForm(KeptRow):
    due_on = VietnameseDateField(label="Thời hạn")

    def of(self, row: Milestone) -> None:
        self.row, self.title = row, row.name
        self.initial = {"due_on": row.due_on}
        self.fields["DELETE"].label = "Bỏ mốc này"


class KeptRows(Rows):
    """One form for each row of the plan, in their order; how many is not for the sender to say."""

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(*args, **kwargs)

    def total_form_count(self) -> int:
        return len(self.rows)

    def initial_form_count(self) -> int:
        return len(self.rows)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None:
            form.of(self.rows[index])

    def changed(self, name: str) -> dict[int, Any]:
        """The value of each row that stays, by its id."""
        return {form.row.pk: form.cleaned_data[name] for form in self if not form.is_dropped}

    def dropped(self) -> list[int]:
        return [form.row.pk for form in self if form.is_dropped]


KEPT: dict[str, Any] = {"formset": KeptRows, "extra": 0, "can_delete": True}
TargetFormSet: Any = formset_factory(TargetForm, **KEPT)
DayFormSet: Any = formset_factory(DayForm, **KEPT)
AddedIndicatorSet: Any = formset_factory(IndicatorForm, max_num=30, **FACTS)
AddedMilestoneSet: Any = formset_factory(MilestoneForm, max_num=60, **FACTS)


class AdjustmentForms(Forms):
    """The terms, the rows of the plan, and the rows that it is to get."""

    def __init__(self, pilot: Pilot, data: Any = None) -> None:
        initial = {"ends_on": pilot.ends_on, "scope": pilot.scope, "budget": pilot.budget}
        self.main = AdjustmentForm(data, initial=initial, version=pilot.version)
        measured = list(pilot.indicators.in_plan().order_by("place", "pk"))
        due = pilot.milestones.in_plan().filter(done_on=None)
        self.targets = TargetFormSet(data, rows=measured, prefix="chi-tieu")
        self.added_indicators = AddedIndicatorSet(data, prefix="chi-tieu-moi")
        self.days = DayFormSet(data, rows=list(due.order_by("due_on", "pk")), prefix="moc")
        self.added_milestones = AddedMilestoneSet(data, prefix="moc-moi")
        self.tables = (self.targets, self.added_indicators, self.days, self.added_milestones)

    def change(self) -> Change:
        said = self.main.cleaned_data
        return Change(
            reason=said["reason"],
            ends_on=said["ends_on"],
            scope=said["scope"],
            budget=said["budget"],
            targets=self.targets.changed("target"),
            dropped_indicators=self.targets.dropped(),
            added_indicators=self.added_indicators.lines(),
            days=self.days.changed("due_on"),
            dropped_milestones=self.days.dropped(),
            added_milestones=self.added_milestones.lines(),
        )

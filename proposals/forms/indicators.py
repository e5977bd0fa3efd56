"""The indicators that a proposal promises, as rows that work without script."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms

from organisation.fields import WordedForm, WordedRows
from organisation.formfields import CleanTextField, VietnameseDecimalField
from proposals import parts

PREFIX = "chi-tieu"
AT_MOST = 20


class IndicatorForm(WordedForm):
    """One indicator: whole, or left empty, or half written in a draft."""

    use_required_attribute = False

    name = CleanTextField(label="Tên chỉ tiêu", max_length=200, required=False, needed=True)
    unit = CleanTextField(label="Đơn vị tính", max_length=60, required=False, needed=True)
    baseline = VietnameseDecimalField(
        label="Số ban đầu",
        required=False,
        needed=True,
        min_value=-(10**12),
        max_value=10**12,
    )
    target = VietnameseDecimalField(
        label="Mục tiêu", required=False, needed=True, min_value=-(10**12), max_value=10**12
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        fields = [Div(name, css_class=width) for name, width in WIDTHS]
        removal = [Div("DELETE", css_class="col-12")] if "DELETE" in self.fields else []
        self.helper.layout = Layout(Div(*fields, *removal, css_class="row g-3"))
        if removal:
            self.fields["DELETE"].label = "Bỏ chỉ tiêu này"
            self.fields["DELETE"].needed = True  # type: ignore[attr-defined]

    @property
    def row(self) -> dict[str, Any]:
        """What could be read; a number that could not counts as not there yet."""
        said = self.cleaned_data
        return {
            "name": said.get("name", ""),
            "unit": said.get("unit", ""),
            "baseline": said.get("baseline"),
            "target": said.get("target"),
        }

    def ask(self) -> None:
        """Ask for what a begun indicator still needs."""
        for name, message in MISSING.items():
            if self.row[name] in (None, "") and name not in self.errors:
                self.add_error(name, message)


WIDTHS = (
    ("name", "col-12"),
    ("unit", "col-12 col-md-4"),
    ("baseline", "col-6 col-md-4"),
    ("target", "col-6 col-md-4"),
)
MISSING = {
    "name": "Nhập tên chỉ tiêu.",
    "unit": "Nhập đơn vị tính.",
    "baseline": "Nhập số ban đầu.",
    "target": "Nhập mục tiêu.",
}


class BaseIndicators(WordedRows):
    """The rows; those that were emptied or ticked away are not there."""

    def rows(self) -> list[dict[str, Any]]:
        return [form.row for form in self._kept()]

    def ask(self) -> None:
        """Ask for at least one indicator, and for each begun one to be whole."""
        kept = self._kept()
        for form in kept:
            form.ask()
        if not kept:
            first = self.forms[0]
            first.add_error("name", parts.NO_INDICATOR)

    def is_sound(self) -> bool:
        """Whether nothing is wrong, after `ask` as well."""
        return not any(form.errors for form in self._standing())

    def _standing(self) -> list[IndicatorForm]:
        gone = self._should_delete_form  # type: ignore[attr-defined]
        return [form for form in self.forms if not gone(form)]

    def _kept(self) -> list[IndicatorForm]:
        return [f for f in self._standing() if any(v not in (None, "") for v in f.row.values())]


IndicatorSet = forms.formset_factory(
    IndicatorForm,
    formset=BaseIndicators,
    extra=0,
    min_num=1,
    max_num=AT_MOST,
    absolute_max=AT_MOST,
    can_delete=True,
    can_delete_extra=True,
)

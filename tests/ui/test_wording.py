"""No form of ours says anything in Django's own words (ux/language.md §6.2)."""

from copy import deepcopy

import pytest
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.urls import get_resolver

from organisation.fields import WordedForm, WordedRows
from organisation.formfields import ChoiceField, ModelMultipleChoiceField
from organisation.wording import word
from pilots.forms.plan import MilestoneFormSet
from proposals.forms.indicators import IndicatorSet
from proposals.models import Field

OURS = {
    *("accountability", "config", "deadlines", "documents", "jobs", "journal", "notifications"),
    *("organisation", "pilots", "proposals", "reporting"),
}
INCOMPLETE = "Trang gửi lên thiếu một phần. Tải lại trang rồi điền lại."


def all_below(kind):
    return {one for child in kind.__subclasses__() for one in {child, *all_below(child)}}


def of_ours(kind):
    get_resolver().url_patterns  # noqa: B018 - every view, and so every form, is imported by now
    named = {one for one in all_below(kind) if one.__module__.partition(".")[0] in OURS}
    return sorted(named, key=lambda one: (one.__module__, one.__name__))


def djangos_own(field):
    """What the classes of Django say by default, of each code that this field may answer with."""
    kinds = [one for one in type(field).__mro__ if one.__module__.startswith("django.")]
    return {
        id(text): code
        for one in kinds
        for code, text in one.__dict__.get("default_error_messages", {}).items()
    }


def test_every_form_and_every_formset_takes_its_words_from_one_place():
    found = of_ours(forms.BaseForm)
    rows = of_ours(forms.BaseFormSet)

    assert len(found) > 90
    assert [one for one in found if not issubclass(one, WordedForm)] == []
    assert [one for one in rows if not issubclass(one, WordedRows)] == []


def test_no_field_of_any_form_keeps_a_message_of_djangos():
    kept = []
    for form in of_ours(forms.BaseForm):
        for name, field in deepcopy(form.base_fields).items():
            word(field)
            djangos = djangos_own(field)
            kept += [
                (form.__name__, name, djangos[id(text)])
                for text in field.error_messages.values()
                if id(text) in djangos
            ]

    assert kept == []


class Asked(WordedForm):
    state = forms.ChoiceField(label="Trạng thái", choices=[("a", "A")])
    own = ChoiceField(label="Lĩnh vực", choices=[("a", "A")], required=False)
    several = ModelMultipleChoiceField(label="Cơ quan", queryset=Field.objects.none())
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    said = forms.CharField(
        label="Lời", max_length=3, error_messages={"required": "Điền lời của mình."}
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["late"] = forms.ChoiceField(label="Kỳ", choices=[("a", "A")])


@pytest.mark.parametrize(
    ("typed", "messages"),
    [
        (
            "",
            {
                "state": "Chọn trạng thái.",
                "several": "Chọn cơ quan.",
                "year": "Nhập năm.",
                "said": "Điền lời của mình.",
                "key": INCOMPLETE,
                "late": "Chọn kỳ.",
            },
        ),
        (
            "state=z&own=z&several=x&year=1999&said=abcd&key=1&late=z",
            {
                "state": "Chọn trạng thái trong danh sách.",
                "own": "Chọn lĩnh vực trong danh sách.",
                "several": "Chọn cơ quan trong danh sách.",
                "year": "Nhập số từ 2000 trở lên.",
                "said": "Lời dài quá 3 ký tự. Bớt 1 ký tự.",
                "key": INCOMPLETE,
                "late": "Chọn kỳ trong danh sách.",
            },
        ),
    ],
)
def test_what_is_wrong_is_said_by_the_fields_own_name(typed, messages):
    errors: ErrorDict = Asked(QueryDict(typed)).errors

    assert {name: " ".join(said) for name, said in errors.items()} == messages


@pytest.mark.parametrize("rows", [IndicatorSet, MilestoneFormSet])
def test_a_table_that_was_tampered_with_is_refused_in_words(rows):
    nothing = rows(QueryDict("x=1"), prefix="p")
    too_many = rows(QueryDict("p-TOTAL_FORMS=9999&p-INITIAL_FORMS=0"), prefix="p")

    assert list(nothing.non_form_errors()) == [INCOMPLETE]
    assert [said.startswith("Bảng có nhiều nhất") for said in too_many.non_form_errors()] == [True]

"""What may be typed on the pages of a commendation."""

from typing import Any

from django import forms

from accountability.forms.fields import PeopleField, PersonField
from accountability.models import IncentiveType
from accountability.stages import Nominee
from journal.once import OnceForm
from organisation.days import today
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    ModelChoiceField,
    VietnameseDateField,
)
from organisation.models import User
from proposals.forms.review import plain_helper

LONG = 4000


class IncentiveField(ModelChoiceField):
    def label_from_instance(self, obj: IncentiveType) -> str:
        return f"{obj.label} ({obj.get_authority_display()} quyết định)"


class NominateForm(OnceForm):
    """Who is nominated for what; the merit is filled in from the evaluation."""

    helper = plain_helper()
    incentive = IncentiveField(
        label="Hình thức", queryset=IncentiveType.objects.none(), empty_label="Chọn"
    )
    nominee = ChoiceField(
        label="Đối tượng", choices=Nominee.choices, widget=forms.RadioSelect, initial=Nominee.PERSON
    )
    person = PersonField(
        label="Cá nhân",
        queryset=User.objects.none(),
        required=False,
        needed=True,
        empty_label="Chọn",
        help_text="Chọn khi đề nghị cho cá nhân.",
    )
    team_name = CleanTextField(
        label="Tên tập thể",
        max_length=200,
        required=False,
        needed=True,
        help_text="Nhập khi đề nghị cho tập thể.",
    )
    members = PeopleField(
        label="Thành viên của tập thể",
        queryset=User.objects.none(),
        required=False,
        needed=True,
        widget=forms.CheckboxSelectMultiple,
    )
    merit = CleanTextField(
        label="Thành tích",
        lines=True,
        max_length=LONG,
        min_words=10,
        help_text="Điền sẵn từ kết quả đánh giá. Sửa cho gọn và đúng.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of_today = IncentiveType.objects.valid_on(today()).order_by("order_number", "pk")
        self.fields["incentive"].queryset = forms_of_today  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["members"].queryset = people  # type: ignore[attr-defined]


class ReviewForm(OnceForm):
    """The officer's opinion, with whichever button."""

    helper = plain_helper()
    text = CleanTextField(label="Ý kiến thẩm định", lines=True, max_length=2000, min_words=5)


class DecideForm(OnceForm):
    """The head's words, with whichever button."""

    helper = plain_helper()
    text = CleanTextField(label="Ý kiến", lines=True, max_length=2000, min_words=3)


class AwardForm(OnceForm):
    """The number of the decision, its day, and the day of the award."""

    helper = plain_helper()
    number = CleanTextField(
        label="Số quyết định", max_length=60, help_text="Số và ký hiệu, ví dụ 512/QĐ-UBND."
    )
    decided_on = VietnameseDateField(label="Ngày quyết định")
    awarded_on = VietnameseDateField(label="Ngày trao")

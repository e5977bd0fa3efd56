"""What may be typed on the pages of a commendation."""

from typing import Any

from django import forms

from accountability.actions import awarding, nominating
from accountability.forms.fields import PeopleField, PersonField
from accountability.models import IncentiveType
from accountability.stages import Authority, Nominee
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
        is_provincial = obj.authority == Authority.PROVINCE
        return f"{obj.label} (Chủ tịch UBND tỉnh quyết định)" if is_provincial else obj.label


class NominateForm(OnceForm):
    """Who is nominated for what; the merit is filled in from the evaluation."""

    helper = plain_helper()
    beside = {
        nominating.NOT_FOR_TEAMS: "incentive",
        nominating.NOT_IN_FORCE: "incentive",
        nominating.SAME_FORM: "incentive",
        nominating.NOT_INVOLVED: "person",
    }
    incentive = IncentiveField(
        label="Hình thức",
        queryset=IncentiveType.objects.none(),
        empty_label="Chọn",
        help_text="Người đứng đầu cơ quan quyết định, trừ hình thức ghi khác.",
    )
    nominee = ChoiceField(
        label="Đối tượng", choices=Nominee.choices, widget=forms.RadioSelect, initial=Nominee.PERSON
    )
    person = PersonField(
        label="Cá nhân",
        queryset=User.objects.none(),
        required=False,
        needed=True,
        missing=nominating.NO_PERSON,
        empty_label="Chọn",
        help_text="Chọn khi đề nghị cho cá nhân.",
    )
    team_name = CleanTextField(
        label="Tên tập thể",
        max_length=200,
        required=False,
        needed=True,
        missing=nominating.NO_TEAM,
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

    def clean(self) -> dict[str, Any]:
        """Says at once who is missing, beside the other things that are."""
        said = super().clean() or self.cleaned_data
        if said.get("nominee") == Nominee.PERSON and not said.get("person"):
            self.add_error("person", nominating.NO_PERSON)
        if said.get("nominee") == Nominee.TEAM and not (
            said.get("team_name") and said.get("members")
        ):
            self.add_error("team_name", nominating.NO_TEAM)
        return said


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
    beside = {awarding.IN_FUTURE: "awarded_on", awarding.BEFORE_DECISION: "awarded_on"}
    number = CleanTextField(
        label="Số quyết định",
        max_length=60,
        help_text="Số và ký hiệu trên quyết định đã ban hành, ví dụ 512/QĐ-UBND.",
    )
    decided_on = VietnameseDateField(label="Ngày quyết định")
    awarded_on = VietnameseDateField(label="Ngày trao")

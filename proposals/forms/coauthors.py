"""Choosing co-proposers: from people who are found by name, never from free text."""

from django import forms

from journal.once import OnceForm
from organisation.fields import WordedForm
from organisation.formfields import CleanTextField, VietnameseIntegerField
from organisation.models import User

SHORTEST = 2


class PersonSearch(WordedForm):
    q = CleanTextField(label="Họ và tên", max_length=100, required=False, needed=True)


class InviteForm(OnceForm):
    """One person out of those found, with a share of the whole."""

    person = forms.ModelChoiceField(
        queryset=User.objects.active(),
        to_field_name="ref",
        widget=forms.HiddenInput(attrs={"id": False}),
        label="Người cùng đề xuất",
        error_messages={"required": "Chọn người.", "invalid_choice": "Chọn người."},
    )
    share_percent = VietnameseIntegerField(
        label="Tỷ lệ đóng góp (%)", min_value=1, max_value=99, required=True
    )
    use_required_attribute = False


class RemoveForm(OnceForm):
    person = forms.ModelChoiceField(
        queryset=User.objects.all(),
        to_field_name="ref",
        widget=forms.HiddenInput(attrs={"id": False}),
        label="Người cùng đề xuất",
    )

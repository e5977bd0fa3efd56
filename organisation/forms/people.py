"""An account and its posts, as administrators fill them in."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from organisation.days import today
from organisation.fields import VersionedForm
from organisation.formfields import CleanTextField, VietnameseDateField
from organisation.forms.account import ContactForm
from organisation.forms.units import BASIS_HINT, AgencyChoice
from organisation.models import Position, User
from organisation.stages import Acting, Gender, OfficialKind

USERNAME = re.compile(r"[a-z0-9][a-z0-9._\-]{2,59}")
USERNAME_HINT = "Chữ thường không dấu, số, dấu chấm; từ 3 đến 60 ký tự. Ví dụ mau.nguyen."


class UsernameField(CleanTextField):
    """A sign-in name, in small letters whichever way it was typed."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).casefold()

    def validate(self, value: str) -> None:
        super().validate(value)
        if not USERNAME.fullmatch(value):
            raise ValidationError(USERNAME_HINT)


class AccountForm(ContactForm):
    """What an administrator may set right on an account."""

    full_name = CleanTextField(label="Họ và tên", max_length=100)
    gender = forms.ChoiceField(label="Cách xưng hô", choices=Gender.choices)
    official_kind = forms.ChoiceField(label="Đối tượng", choices=OfficialKind.choices)
    field_order = ["username", "full_name", "gender", "official_kind", "email", "phone"]


class NewAccountForm(AccountForm):
    username = UsernameField(label="Tên đăng nhập", max_length=60, help_text=USERNAME_HINT)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError(f"Tên đăng nhập {username} đã có người dùng.")
        return username


class AppointmentForm(VersionedForm):
    position = forms.ModelChoiceField(
        label="Chức vụ", queryset=Position.objects.order_by("rank", "title", "pk")
    )
    unit = AgencyChoice(label="Cơ quan")
    acting = forms.ChoiceField(label="Hình thức", choices=Acting.choices)
    field = CleanTextField(label="Lĩnh vực phụ trách", max_length=200, required=False)
    is_main = forms.BooleanField(label="Chức vụ chính", required=False, initial=True)
    valid_from = VietnameseDateField(label="Từ ngày", missing="Nhập ngày bắt đầu.")
    valid_to = VietnameseDateField(label="Đến trước ngày", required=False)
    basis_document = CleanTextField(label="Quyết định", max_length=200, help_text=BASIS_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(AgencyChoice, self.fields["unit"]).offer_agencies()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        start, end = facts.get("valid_from"), facts.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", f"Ngày kết thúc phải sau ngày bắt đầu ({start:%d/%m/%Y}).")
        return facts


class EndAppointmentForm(VersionedForm):
    valid_to = VietnameseDateField(
        label="Thôi giữ từ ngày",
        help_text="Ngày đầu tiên không còn giữ chức vụ này.",
        missing="Nhập ngày thôi giữ chức vụ.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].initial = today()


class AskedForm(VersionedForm):
    """Nothing to fill in: the page asks, the button answers."""

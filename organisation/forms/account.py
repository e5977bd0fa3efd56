"""What people type about themselves: name and password, contact, a new password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from organisation.fields import OnceForm, VersionedForm, WordedForm
from organisation.formfields import CleanTextField
from organisation.models import User
from organisation.passwords import LONGEST
from organisation.stages import TextSize

PHONE_SIGNS = set("0123456789 +.-()")


def password_field(label: str, autocomplete: str, **over: Any) -> forms.CharField:
    """A password exactly as typed: nothing is stripped or cut, pasting works."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "data-reveal": ""})
    return forms.CharField(label=label, strip=False, widget=widget, **over)


class SignInForm(WordedForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field("Mật khẩu", "current-password", max_length=1000)


class ForgottenForm(WordedForm):
    """Whose password was forgotten."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class FirstPasswordForm(OnceForm):
    """A password of one's own, after signing in with the first one."""

    new_password = password_field("Mật khẩu mới", "new-password")
    again = password_field("Nhập lại mật khẩu mới", "new-password")
    field_order = ["current", "new_password", "again"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        hints = [text for text in password_validators_help_texts() if text]
        self.fields["new_password"].help_text = " ".join(hints)
        self.fields["again"].error_messages["required"] = "Nhập lại mật khẩu mới."

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"new_password", "again"} <= facts.keys() and facts["new_password"] != facts["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu mới chưa giống nhau.")
        return facts


class PasswordForm(FirstPasswordForm):
    """A new password in place of the one in use."""

    current = password_field("Mật khẩu hiện tại", "current-password", max_length=LONGEST * 4)


class DisplayForm(OnceForm):
    """How one sees the portal."""

    text_size = forms.ChoiceField(
        label="Cỡ chữ", choices=TextSize.choices, widget=forms.RadioSelect
    )
    has_dense_tables = forms.BooleanField(
        label="Bảng gọn", required=False, help_text="Nhiều dòng hơn trên một màn hình."
    )
    has_shortcuts = forms.BooleanField(
        label="Dùng phím tắt", required=False, help_text="Nhấn phím ? để xem các phím tắt."
    )


class ContactForm(VersionedForm):
    """What an official keeps up to date alone; name and post come from the organisation."""

    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    phone = CleanTextField(label="Điện thoại", required=False, max_length=20)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        digits = sum(sign.isdigit() for sign in phone)
        if phone and (set(phone) - PHONE_SIGNS or digits < 6):
            raise ValidationError("Nhập số điện thoại, ví dụ 0912 345 678.")
        return phone

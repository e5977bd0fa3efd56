"""What is asked before a deed on a paper."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from documents.signatory import Signing
from documents.stages import SigningAuthority
from documents.uploads import FILE_LIMIT
from journal.once import OnceForm
from organisation.formfields import ChoiceField, CleanTextField, FileField, VietnameseDateField
from organisation.models import User

REASON = 500


def plain_helper() -> FormHelper:
    """The fields alone: the template holds the form, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class DeedForm(OnceForm):
    """A deed that asks nothing."""

    helper = plain_helper()


class ReasonForm(OnceForm):
    helper = plain_helper()
    reason = CleanTextField(label="Lý do", lines=True, max_length=REASON, min_words=3)


class SendForm(OnceForm):
    """Who signs, and in whose right where the agency is led together."""

    helper = plain_helper()
    signer = ChoiceField(label="Người ký", widget=forms.RadioSelect)
    authority = ChoiceField(
        label="Thẩm quyền ký", choices=SigningAuthority.choices, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        lawful: dict[str, list[Signing]],
        authority: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {}
        words: dict[str, list[str]] = {}
        for ways in lawful.values():
            for way in ways:
                self.people[str(way.person.ref)] = way.person
                words.setdefault(str(way.person.ref), []).append(way.words)
        choices = [
            (ref, f"{person.full_name} – {' hoặc '.join(dict.fromkeys(words[ref]))}")
            for ref, person in self.people.items()
        ]
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["signer"].initial = choices[0][0]
        self.fields["authority"].initial = authority
        if len(lawful) == 1:
            del self.fields["authority"]

    @property
    def chosen_signer(self) -> User:
        return self.people[self.cleaned_data["signer"]]

    @property
    def chosen_authority(self) -> str:
        return str(self.cleaned_data.get("authority") or SigningAuthority.HEAD)


class ScanForm(OnceForm):
    helper = plain_helper()
    scan = FileField(
        label="Bản đã ký",
        help_text="PDF quét từ bản giấy, hoặc tệp của cổng đã ký số; "
        f"dưới {FILE_LIMIT // 2**20} MB.",
    )


class CloseRegisterForm(OnceForm):
    helper = plain_helper()
    last_day = VietnameseDateField(
        label="Khóa sổ đến hết ngày", help_text="Ngày/tháng/năm, trước hôm nay."
    )


class CheckForm(forms.Form):
    """The code beside the QR code, or the file in hand; one of them is enough."""

    helper = plain_helper()
    ma = CleanTextField(
        label="Mã kiểm tra", required=False, max_length=20, help_text="In ở chân trang thứ nhất."
    )
    tep = FileField(
        label="Tệp văn bản", required=False, help_text="PDF. Tệp được so sánh, không lưu lại."
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("ma") and not said.get("tep") and not self.errors:
            self.add_error("ma", "Nhập mã kiểm tra hoặc chọn tệp văn bản.")
        return said

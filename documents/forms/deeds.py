"""What is asked before a deed on a paper."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from documents.signatory import Signing
from documents.stages import SigningAuthority
from documents.uploads import FILE_LIMIT
from journal.once import OnceForm
from organisation.fields import WordedForm
from organisation.formfields import ChoiceField, CleanTextField, FileField, VietnameseDateField
from organisation.models import User
from organisation.text import sort_key

REASON = 500
CUT = re.compile(r"[;,]")  # between the fields of a deputy


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
    work_field = ChoiceField(
        label="Lĩnh vực của văn bản",
        required=False,
        help_text="Chọn khi cấp phó ký thay theo lĩnh vực được phân công.",
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
        self.by_field: dict[str, str] = {}
        for ways in lawful.values():
            for way in ways:
                self.people[str(way.person.ref)] = way.person
                words.setdefault(str(way.person.ref), []).append(way.words)
                if way.fields:
                    self.by_field[str(way.person.ref)] = way.fields
        choices = [
            (ref, self._words(person, words[ref], self.by_field.get(ref, "")))
            for ref, person in self.people.items()
        ]
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["signer"].initial = choices[0][0]
        self.fields["authority"].initial = authority
        if len(lawful) == 1:
            del self.fields["authority"]
        self._offer_fields()

    def clean(self) -> dict[str, Any]:
        """Who signs in fields of their own must have been given the one that it is about."""
        said = super().clean() or {}
        if said.get("signer") in self.by_field and not said.get("work_field"):
            self.add_error("work_field", "Chọn lĩnh vực của văn bản.")
        return said

    def _offer_fields(self) -> None:
        pieces = [piece.strip() for all_of in self.by_field.values() for piece in CUT.split(all_of)]
        known = sorted(dict.fromkeys(filter(None, pieces)), key=sort_key)
        self.fields["work_field"].choices = [("", "Không ghi"), *((one, one) for one in known)]  # type: ignore[attr-defined]
        if not known:
            del self.fields["work_field"]

    @staticmethod
    def _words(person: User, blocks: list[str], fields: str) -> str:
        told = f"{person.full_name} – {' hoặc '.join(dict.fromkeys(blocks))}"
        return f"{told}. Phụ trách: {fields}" if fields else told

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


class CheckForm(WordedForm):
    """The code beside the QR code, or the file in hand; one of them is enough."""

    helper = plain_helper()
    ma = CleanTextField(
        label="Mã kiểm tra",
        required=False,
        needed=True,  # or the file
        max_length=20,
        help_text="In ở chân trang thứ nhất.",
    )
    tep = FileField(
        label="Tệp văn bản",
        required=False,
        needed=True,
        help_text="Hoặc chọn tệp PDF để so sánh; tệp không được lưu lại.",
        widget=forms.FileInput,  # nothing is held of it
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("ma") and not said.get("tep") and not self.errors:
            self.add_error("ma", "Nhập mã kiểm tra hoặc chọn tệp văn bản.")
        return said

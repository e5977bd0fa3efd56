"""Forms that only confirm: they carry their key and the version they were made from (TX-03)."""

from typing import Any

from django import forms

from journal.once import OnceForm
from organisation.formfields import CleanTextField


class ConfirmForm(OnceForm):
    """Send, withdraw, discard, copy, begin: a button and nothing to type."""


class RecipientForm(OnceForm):
    """Why the head of the agency should not decide; the button says which of both deciders."""

    superior_reason = CleanTextField(
        label="Lý do",
        help_text="Ví dụ: người đứng đầu có quan hệ lợi ích với nội dung đề xuất. "
        "Lý do được lưu trong hồ sơ và người xem xét đọc được.",
        lines=True,
        min_words=5,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, is_back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_back:  # to the head of the agency: nothing to say
            del self.fields["superior_reason"]

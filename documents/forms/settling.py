"""What an agency settles for its papers: rows of numbers, pictures of signature and seal."""

from typing import Any

from django import forms

from documents.forms.deeds import plain_helper
from documents.stages import SLIPS, PaperKind
from journal.once import OnceForm
from organisation.formfields import CleanTextField, FileField, VietnameseIntegerField

PNG_HELP = "Ảnh .png nền trong suốt."


class SeriesForm(OnceForm):
    helper = plain_helper()
    name = CleanTextField(label="Tên dãy số", max_length=120)
    kinds = forms.MultipleChoiceField(
        label="Các loại văn bản dùng chung",
        choices=[(kind.value, kind.label) for kind in PaperKind if kind not in SLIPS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn các loại văn bản dùng chung."},
    )
    basis_document = CleanTextField(
        label="Văn bản quy định", max_length=200, help_text="Do người đứng đầu cơ quan ban hành."
    )


class SignatureForm(OnceForm):
    helper = plain_helper()
    picture = FileField(label="Ảnh chữ ký", help_text=f"{PNG_HELP} Chữ ký màu xanh.")


class SealForm(OnceForm):
    helper = plain_helper()
    picture = FileField(label="Ảnh con dấu", help_text=f"{PNG_HELP} Dấu màu đỏ.")
    width_mm = VietnameseIntegerField(label="Đường kính dấu (mm)", initial=36)

    def clean_width_mm(self) -> Any:
        width = self.cleaned_data["width_mm"]
        if width is not None and not 15 <= width <= 60:
            raise forms.ValidationError("Nhập số từ 15 đến 60.")
        return width

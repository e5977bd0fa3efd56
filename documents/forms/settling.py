"""What an agency settles for its papers: rows of numbers, pictures of signature and seal."""

from dataclasses import fields
from typing import Any

from django import forms
from django.db.models import QuerySet

from documents.actions.settling import Council, Used
from documents.forms.deeds import plain_helper
from documents.models import NumberSeries
from documents.stages import SLIPS, PaperKind
from journal.once import OnceForm
from organisation.formfields import (
    CleanTextField,
    FileField,
    ModelChoiceField,
    VietnameseDateField,
    VietnameseIntegerField,
)
from organisation.models import User

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


class AbbreviationForm(OnceForm):
    helper = plain_helper()
    name = CleanTextField(
        label="Đơn vị soạn thảo hoặc lĩnh vực",
        max_length=120,
        help_text="Ví dụ: Văn xã - Nội vụ, Chi cục Bảo vệ môi trường",
    )
    abbrev = CleanTextField(label="Chữ viết tắt", max_length=20, help_text="Ví dụ: VXNV")
    basis_document = CleanTextField(
        label="Văn bản quy định", max_length=200, help_text="Do người đứng đầu cơ quan ban hành."
    )


class CouncilForm(OnceForm):
    """A council that issues papers: its chair signs them, or who signs for the chair."""

    helper = plain_helper()
    name = CleanTextField(label="Tên hội đồng, ban, tổ", max_length=200)
    abbrev = CleanTextField(label="Chữ viết tắt", max_length=20, help_text="Ví dụ: HĐTĐ")
    uses_seal = forms.BooleanField(
        label="Dùng con dấu của cơ quan",
        required=False,
        initial=True,
        help_text="Khi dùng con dấu, văn bản ghi cả chức vụ trong cơ quan của người ký.",
    )
    chair = ModelChoiceField(
        label="Người đứng đầu", queryset=User.objects.none(), empty_label="Chọn"
    )
    chair_title = CleanTextField(
        label="Chức danh người đứng đầu", max_length=120, initial="Chủ tịch"
    )
    deputy = ModelChoiceField(
        label="Người ký thay", queryset=User.objects.none(), required=False, empty_label="Không có"
    )
    deputy_title = CleanTextField(
        label="Chức danh người ký thay", max_length=120, required=False, initial="Phó Chủ tịch"
    )
    basis_document = CleanTextField(label="Quyết định thành lập", max_length=200)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    @property
    def council(self) -> Council:
        names = [one.name for one in fields(Council)]
        return Council(**{name: self.cleaned_data[name] for name in names})


class OutsideForm(OnceForm):
    """A number for a paper that was not made here; a span before the portal gave its first."""

    helper = plain_helper()
    series = ModelChoiceField(
        label="Dãy số", queryset=NumberSeries.objects.none(), empty_label="Chọn"
    )
    last = VietnameseIntegerField(
        label="Số",
        help_text="Số tiếp theo của dãy. Khi dãy chưa cấp số nào trong năm: số cuối đã dùng.",
    )
    notation = CleanTextField(
        label="Ký hiệu", max_length=40, required=False, help_text="Ví dụ: QĐ-UBND"
    )
    title = CleanTextField(label="Tên loại và trích yếu", max_length=300, required=False)
    signer = CleanTextField(label="Người ký", max_length=120, required=False)
    used_on = VietnameseDateField(label="Ngày văn bản")
    reason = CleanTextField(label="Lý do", max_length=300, min_words=3)

    def __init__(self, *args: Any, rows: QuerySet[NumberSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = rows  # type: ignore[attr-defined]

    @property
    def used(self) -> Used:
        return Used(**{one.name: self.cleaned_data[one.name] for one in fields(Used)})


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

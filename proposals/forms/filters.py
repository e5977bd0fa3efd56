"""What may be asked of lists: plain GET forms whose values stand in the URL."""

from typing import Any

from django import forms

from organisation.formfields import ChoiceField, CleanTextField, ModelChoiceField
from proposals.forms.decision import offer
from proposals.models import Field
from proposals.stages import Stage
from proposals.timeline import KINDS


class TimelineFilter(forms.Form):
    loai = ChoiceField(label="Loại sự kiện", choices=[("", "Tất cả"), *KINDS], required=False)
    nguoi = forms.UUIDField(label="Người thực hiện", required=False)
    truoc = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


class CaseFilter(forms.Form):
    """The filters of the agency's list."""

    q = CleanTextField(label="Tìm trong mã, tên", required=False, max_length=200)
    trang_thai = ChoiceField(
        label="Trạng thái",
        choices=[("", "Tất cả"), *((s.value, s.label) for s in Stage if s != Stage.DRAFT)],
        required=False,
    )
    linh_vuc = ModelChoiceField(
        label="Lĩnh vực", queryset=Field.objects.none(), required=False, empty_label="Tất cả"
    )
    dang_giu = CleanTextField(label="Đang giữ hồ sơ", required=False, max_length=200)
    sau = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "linh_vuc", Field.objects.order_by("order_number", "name"), "Tất cả")

    def narrow(self, proposals: Any) -> Any:
        """The proposals that the filters leave."""
        chosen = self.cleaned_data
        if chosen["trang_thai"]:
            proposals = proposals.filter(stage=chosen["trang_thai"])
        if chosen["linh_vuc"]:
            proposals = proposals.filter(field=chosen["linh_vuc"])
        if chosen["dang_giu"]:
            proposals = proposals.filter(holder__icontains=chosen["dang_giu"])
        if chosen["q"]:
            proposals = proposals.matching(chosen["q"])
        return proposals

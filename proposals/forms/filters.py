"""What may be asked of lists: plain GET forms whose values stand in the URL."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from organisation.fields import WordedForm
from organisation.formfields import ChoiceField, CleanTextField, ModelChoiceField, TypedChoiceField
from organisation.models import User
from proposals.forms.decision import offer
from proposals.models import Field
from proposals.stages import Stage
from proposals.timeline import KINDS


class TimelineFilter(WordedForm):
    loai = ChoiceField(label="Loại sự kiện", choices=[("", "Tất cả"), *KINDS], required=False)
    nguoi = TypedChoiceField(label="Người thực hiện", required=False, coerce=UUID, empty_value=None)
    truoc = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acted: Any = self.fields["nguoi"]
        acted.choices = [("", "Tất cả"), *((one.ref, one.full_name) for one in people)]


class CaseFilter(WordedForm):
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

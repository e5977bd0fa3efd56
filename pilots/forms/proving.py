"""The form of a document that is added to the evidence dossier."""

from typing import Any

from documents.forms.fields import AttachedFileField
from journal.once import OnceForm
from organisation.formfields import (
    CleanTextField,
    ModelChoiceField,
    TypedChoiceField,
    VietnameseDateField,
)
from pilots.forms.following import EVIDENCE_HELP
from pilots.models import AddedProof, Pilot
from pilots.stages import ProofHeading


class ProofForm(OnceForm):
    use_required_attribute = False

    heading = TypedChoiceField(
        label="Mục của hồ sơ", choices=[("", "Chọn"), *ProofHeading.choices], coerce=int
    )
    title = CleanTextField(
        label="Tên tài liệu",
        max_length=200,
        help_text="Ví dụ: Biên bản lấy ý kiến người dân xã Phước Trung.",
    )
    dated_on = VietnameseDateField(label="Ngày của tài liệu", required=False)
    file = AttachedFileField(label="Tệp", help_text=EVIDENCE_HELP)
    replaces = ModelChoiceField(
        label="Thay cho tài liệu",
        queryset=AddedProof.objects.none(),
        required=False,
        empty_label="Không thay tài liệu nào",
        help_text="Tài liệu cũ vẫn được lưu và đọc được.",
    )

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = pilot.added_proofs.filter(replaced_by=None).order_by("heading", "pk")
        field: Any = self.fields["replaces"]
        field.queryset = current
        if not current:
            del self.fields["replaces"]

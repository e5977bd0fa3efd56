"""The file of a list to import."""

from typing import Any

from organisation.fields import OnceForm
from organisation.formfields import FileField
from organisation.heldfields import HeldFileInput
from organisation.sheets import NotASheet, read_sheet


class UploadForm(OnceForm):
    file = FileField(
        label="Tệp Excel hoặc CSV",
        help_text="Tối đa 500 dòng, 2 MB. Dòng đầu là tên cột như trong tệp mẫu.",
        widget=HeldFileInput(attrs={"accept": ".xlsx,.csv", "data-max-size": str(2 * 2**20)}),
    )

    def clean(self) -> dict[str, Any]:
        """`rows` holds what the file says, heading first."""
        facts = super().clean() or {}
        if file := facts.get("file"):
            try:
                facts["rows"] = read_sheet(file)
            except NotASheet as trouble:
                self.add_error("file", str(trouble))
        return facts


class ConfirmForm(OnceForm):
    """Nothing to fill in: the preview asks, the button answers."""

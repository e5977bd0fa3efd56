"""Files that go with a proposal."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from documents.forms.fields import ACCEPTED
from documents.uploads import FILE_LIMIT, STREAM_FILES
from organisation.fields import WordedForm
from organisation.formfields import FileField

HINT = "Không bắt buộc. PDF, Word, Excel, ảnh; mỗi tệp dưới 25 MB."
TOO_MANY = f"Mỗi lần tải lên nhiều nhất {STREAM_FILES} tệp."


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class SeveralFilesField(FileField):
    """Any number of files; `clean` answers them as a list."""

    widget = SeveralFiles

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        files = [one for one in (value or []) if one]
        if len(files) > STREAM_FILES:
            raise forms.ValidationError(TOO_MANY)
        return files


class FilesForm(WordedForm):
    """The file input of part 6. What a file is, is asked by `documents` when it is stored."""

    use_required_attribute = False
    files = SeveralFilesField(  # type: ignore[assignment]
        label="Tệp kèm theo",
        help_text=HINT,
        required=False,
        widget=SeveralFiles(
            attrs={
                "accept": ACCEPTED,
                "data-max-size": FILE_LIMIT,
            }
        ),
    )

    def refuse(self, messages: list[str]) -> None:
        """Show why files were not taken, beside the input."""
        for message in messages:
            self.add_error("files", message)

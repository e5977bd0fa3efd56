"""The field of a file that is attached: what may be chosen is said before the file travels."""

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from documents.uploads import ALIASES, FILE_LIMIT, TYPES, UploadRefused, examine, too_large
from organisation.formfields import FileField
from organisation.held import HeldUpload

ACCEPTED = ",".join(f".{ending}" for ending in (*TYPES, *ALIASES))


class AttachedFileField(FileField):
    """A file of a kind and size that the portal keeps; the browser is told both."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """What is wrong with the file is said along with whatever else the form has to say."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile) and not isinstance(upload, HeldUpload):
            _look_at(upload)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ACCEPTED, "data-max-size": str(FILE_LIMIT)}


def _look_at(upload: UploadedFile) -> None:
    name, size = upload.name or "", upload.size or 0
    try:
        if size > FILE_LIMIT:
            raise too_large(name, size)
        examine(cast(IO[bytes], upload.file), name, upload.content_type or "")
    except UploadRefused as refused:
        raise ValidationError(refused.message, code=refused.reason) from refused
    finally:
        upload.seek(0)

"""Pictures of a signature and of a seal: PNG with a transparent ground, each from today on."""

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from documents.actions.base import Refused
from documents.actions.files import store_upload
from documents.images import has_transparency
from documents.models import AgencySeal, SignaturePicture, StoredFile
from journal.actions import record
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.stages import Role

NOT_TRANSPARENT = "Chọn ảnh .png có nền trong suốt."


def keep_mark(upload: UploadedFile, *, stream: str, by: User) -> StoredFile:
    """The uploaded picture, checked and kept. Raises UploadRefused, Refused."""
    if not has_transparency(upload.read()):
        raise Refused(NOT_TRANSPARENT)
    upload.seek(0)
    return store_upload(upload, stream=stream, by=by)


@transaction.atomic
def set_signature(person: User, stored: StoredFile) -> SignaturePicture:
    """From today on this stands on what the person signs here; it is only their own to set."""
    day, stream = today(), f"user:{person.ref}"
    old = SignaturePicture.objects.select_for_update(of=("self",)).filter(
        person=person, valid_to=None
    )
    old.update(valid_to=day)
    picture = SignaturePicture.objects.create(person=person, file=stored, valid_from=day)
    record("paper.signature_picture", stream=stream, by=person, file_sha256=stored.sha256)
    return picture


@transaction.atomic
def set_seal(agency: OrgUnit, stored: StoredFile, width_mm: int, *, by: User) -> AgencySeal:
    """From today on this stands on what the agency issues; its clerk keeps the seal."""
    if not by.powers.appointed(Role.CLERK, agency.pk):
        raise PermissionDenied
    day = today()
    old = AgencySeal.objects.select_for_update(of=("self",)).filter(agency=agency, valid_to=None)
    old.update(valid_to=day)
    seal = AgencySeal.objects.create(agency=agency, file=stored, width_mm=width_mm, valid_from=day)
    record(
        "register.seal",
        stream=f"register:{agency.ref}",
        by=by,
        role="clerk",
        file_sha256=stored.sha256,
        width_mm=width_mm,
    )
    return seal

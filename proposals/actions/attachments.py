"""Files that go with a proposal."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from documents.actions import release, store_upload
from journal.deeds import deed
from organisation.models import User
from proposals import rules
from proposals.actions.lifecycle import locked, raise_conflict, touch
from proposals.models import Attachment, Proposal


def attach(proposal: Proposal, upload: UploadedFile, *, by: User) -> Attachment:
    """Keep an uploaded file with the proposal.

    The bytes are stored before the transaction begins. Raises UploadRefused with words for the
    person, PermissionDenied, and Conflict where the proposal may no longer be edited.
    """
    _need_edit(proposal, by)
    stored = store_upload(upload, stream=proposal.stream, by=by)
    with deed():
        now = locked(proposal.pk)
        _need_edit(now, by)
        row = Attachment.objects.create(proposal=now, stored=stored, added_by=by)
        touch(now)
    return row


@deed()
def remove(proposal_id: int, ref: UUID, *, by: User) -> None:
    """Take a file out of the next version and of the count; earlier versions still name it.

    Raises PermissionDenied, Conflict.
    """
    proposal = locked(proposal_id)
    _need_edit(proposal, by)
    row = proposal.attachments.get(ref=ref)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        release(row.stored)
        touch(proposal)


def _need_edit(proposal: Proposal, by: User) -> None:
    if not rules.is_author(proposal, by):
        raise PermissionDenied
    if "edit" not in rules.actions_of(proposal, by):
        raise_conflict(proposal)

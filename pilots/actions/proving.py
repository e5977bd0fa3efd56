"""What people add to the evidence dossier by hand: it stays, and may be replaced."""

from dataclasses import dataclass
from datetime import date

from documents.models import StoredFile
from journal.deeds import deed
from organisation.models import User
from pilots.actions.base import Incomplete, keep_text, locked, note, permit
from pilots.models import AddedProof

REPLACED = "Tài liệu này đã được thay bằng tài liệu khác."


@dataclass(frozen=True)
class Proof:
    """A document: under which heading it stands, what it is, its day, what it replaces."""

    heading: int
    title: str
    file: StoredFile
    dated_on: date | None = None
    replaces: AddedProof | None = None


@deed()
def add_proof(pilot_id: int, proof: Proof, *, by: User) -> AddedProof:
    """Add a document to the dossier. Raises Conflict, PermissionDenied, Incomplete."""
    pilot = locked(pilot_id)
    permit(pilot, "add_proof", by)
    if proof.replaces and not _is_current(pilot.pk, proof.replaces):
        raise Incomplete([REPLACED])
    content = keep_text(
        pilot,
        "proof",
        heading=proof.heading,
        title=proof.title,
        dated_on=proof.dated_on,
        replaces=proof.replaces.ref if proof.replaces else None,
        quote=proof.title,
    )
    row = AddedProof.objects.create(
        pilot=pilot,
        heading=proof.heading,
        title=proof.title,
        dated_on=proof.dated_on,
        file=proof.file,
        replaces=proof.replaces,
        content=content,
        added_by=by,
    )
    note(
        pilot, "proof.add", by=by, content=content, proof=row.ref, file_sha256=proof.file.sha256
    )  # fmt: skip
    return row


def _is_current(pilot_id: int, row: AddedProof) -> bool:
    found = AddedProof.objects.filter(pilot=pilot_id, replaced_by=None)
    return found.filter(pk=row.pk).exists()

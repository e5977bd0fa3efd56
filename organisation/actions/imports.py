"""Taking over an imported list: all of it or nothing, in one transaction."""

import hashlib
import json
from collections.abc import Callable, Iterable

from django.db import transaction

from organisation.actions.people import Opened
from organisation.models import ImportDraft, User
from organisation.trail import SETTINGS, record

Deed = Callable[[User], Opened | None]


@transaction.atomic
def keep_draft(kind: str, rows: list[list[str]], *, by: User, file_name: str) -> ImportDraft:
    """Keep an uploaded list until it is confirmed; earlier drafts of the same person go."""
    ImportDraft.objects.filter(by=by, kind=kind).delete()
    return ImportDraft.objects.create(kind=kind, rows=rows, by=by, file_name=file_name[:150])


@transaction.atomic
def take_over(draft: ImportDraft, deeds: Iterable[Deed], *, by: User) -> list[Opened]:
    """Do what the plan of the list says. The accounts it opens come with their first passwords.

    Whatever one row raises undoes all rows.
    """
    answers = [deed(by) for deed in deeds]
    digest = hashlib.sha256(json.dumps(draft.rows, ensure_ascii=False).encode()).hexdigest()
    record(
        "import.take_over",
        stream=SETTINGS,
        by=by,
        kind=draft.kind,
        rows_digest=digest,
        deeds=len(answers),
    )
    draft.delete()
    return [answer for answer in answers if answer is not None]

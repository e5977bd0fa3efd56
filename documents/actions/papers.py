"""A paper as it is first written down: its facts, and the agency that will issue it."""

import hashlib
import json
from typing import Any

from django.db import transaction

from documents.cases import barred_from
from documents.models import OfficialDocument, PaperBar
from documents.papers import TEMPLATES
from documents.stages import DRAW, PaperKind, SigningAuthority
from organisation.days import today
from organisation.doorbell import ring_after_commit
from organisation.models import OrgUnit, User


@transaction.atomic(savepoint=False)
def compose(
    kind: str,
    *,
    stream: str,
    facts: dict[str, Any],
    by: User | None,
    title: str = "",
    unit: OrgUnit | None = None,
    template: str = "",
    authority: str = SigningAuthority.HEAD,
    drafting_unit: OrgUnit | None = None,
    body: str = "",
    copy_of: OfficialDocument | None = None,
) -> OfficialDocument:
    """Freeze the facts of a paper as a draft; a worker draws its file after commit.

    Facts are plain JSON values. `authority` says in whose right a collective agency's paper is
    signed; `body` names a council that issues under the agency's seal, with numbers of its own.
    """
    plain, digest = frozen(facts)
    paper = OfficialDocument.objects.create(
        kind=PaperKind(kind),
        stream=stream,
        title=title or str(facts.get("title", ""))[:300],
        template=template or TEMPLATES[PaperKind(kind)],
        facts=plain,
        facts_sha256=digest,
        issuing_unit=unit,
        issuing_unit_snapshot=_snapshot(unit),
        signing_authority=SigningAuthority(authority),
        drafting_unit=drafting_unit,
        body=body,
        copy_of=copy_of,
        created_by=by,
    )
    PaperBar.objects.bulk_create(
        PaperBar(paper=paper, person_id=person) for person in sorted(barred_from(stream))
    )
    ring_after_commit(DRAW)
    return paper


def canonical_json(facts: dict[str, Any]) -> str:
    """The one text of facts whose digest is kept."""
    return json.dumps(
        facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def frozen(facts: Any) -> tuple[dict[str, Any], str]:
    """Facts as they are kept, and their digest."""
    canonical = canonical_json(facts)
    return json.loads(canonical), hashlib.sha256(canonical.encode()).hexdigest()


def _snapshot(unit: OrgUnit | None) -> dict[str, str]:
    if unit is None:
        return {}
    version = unit.at(today())
    return {
        "name": version.name,
        "short_name": version.short_name,
        "abbrev": version.abbrev,
        "place_name": version.place_name,
    }

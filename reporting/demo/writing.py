"""Writing and sending the proposals of the demo, with the actions that the form uses."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from organisation.models import User
from proposals import parts
from proposals.actions import drafting, sending
from proposals.models import Field, Proposal
from proposals.stages import Part, RequestedForm

TEXTS = Path(__file__).with_name("proposals.toml")
USUAL: dict[str, Any] = {
    "requested_form": RequestedForm.PILOT,
    "has_conflict": False,
    "conflict_statement": "",
    "is_committed": True,
}


@cache
def texts() -> dict[str, dict[str, Any]]:
    """What each proposal says, by its name in `proposals.toml`."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"), parse_float=Decimal)


def begin(name: str, *, by: User, starts_on: date, only: int = len(Part)) -> Proposal:
    """A draft of which the first parts are written."""
    draft = drafting.begin(by=by)
    said = USUAL | texts()[name]
    said |= {"field": Field.objects.get(name=said["field"]), "starts_on": starts_on}
    rows = [_row(*row) for row in said.pop(parts.INDICATORS, [])]
    for part in list(Part)[:only]:
        page = drafting.Page(seen=0)
        indicators = rows if part == Part.BENEFIT else None
        drafting.save_part(draft.pk, part, said, by=by, page=page, indicators=indicators)
    return Proposal.objects.get(pk=draft.pk)


def send(name: str, *, by: User, starts_on: date) -> Proposal:
    """A proposal that waits at the desk."""
    draft = begin(name, by=by, starts_on=starts_on)
    return sending.send(draft.pk, by=by).proposal


def _row(name: str, unit: str, baseline: Any, target: Any) -> dict[str, Any]:
    return {"name": name, "unit": unit, "baseline": Decimal(baseline), "target": Decimal(target)}

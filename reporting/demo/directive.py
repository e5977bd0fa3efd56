"""The order of the province that started it all, as the first official letter of the demo."""

from uuid import UUID

from documents.actions import compose
from documents.models import OfficialDocument
from documents.papers import Paper
from documents.samples import order
from documents.stages import PaperKind
from reporting.demo.scene import Scene
from reporting.directives import STREAMS

STREAM = f"{STREAMS}{UUID('58000000-0000-4000-8000-000000000014')}"


def issue_directive(scene: Scene) -> OfficialDocument:
    """Draft the letter with its own words; number and day were left open in the original."""
    head = scene.who("chutich").full_name
    facts = order() | Paper(is_draft=True, signature={"lines": ["CHỦ TỊCH"], "name": head})
    return compose(
        PaperKind.OFFICIAL_LETTER,
        stream=STREAM,
        facts=dict(facts),
        by=scene.who("theodoi.vpub"),
        unit=scene.unit("ubnd"),
    )

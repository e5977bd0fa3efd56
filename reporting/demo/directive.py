"""The order of the province that started it all, as the first official letter of the demo."""

import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from documents.actions import compose
from documents.models import OfficialDocument
from documents.papers import Letter, name_lines
from documents.stages import PaperKind
from reporting.demo.scene import Scene
from reporting.directives import STREAMS

TEXT = Path(__file__).with_name("directive.toml")
STREAM = f"{STREAMS}{UUID('58000000-0000-4000-8000-000000000014')}"


def issue_directive(scene: Scene) -> OfficialDocument:
    """Draft the letter with its own words; number and day were left open in the original."""
    said: dict[str, Any] = tomllib.loads(TEXT.read_text(encoding="utf-8"))
    facts = Letter(
        type_name="",
        title=said["title"],
        notation=said["notation"],
        parent_lines=[],
        agency_lines=name_lines("Ủy ban nhân dân tỉnh Ninh Thuận"),
        dated=said["dated"],
        is_draft=True,
        addressees=said["addressees"],
        parts=[{"paragraphs": said["paragraphs"]}],
        distribution=said["distribution"],
        signature={"lines": ["CHỦ TỊCH"], "name": scene.who("chutich").full_name},
    )
    return compose(
        PaperKind.OFFICIAL_LETTER,
        stream=STREAM,
        facts=dict(facts),
        by=scene.who("theodoi.vpub"),
        title=said["title"],
        unit=scene.unit("ubnd"),
    )

"""The list of parts at the side of the form, each with its state."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from proposals.models import PartVersion, Proposal
from proposals.stages import Part

DONE = {"state_label": "Đã xong", "colour": "green", "icon": "check-lg"}
WRITING = {"state_label": "Đang viết", "colour": "blue", "icon": "pencil"}
NOT_BEGUN = {"state_label": "Chưa bắt đầu", "colour": "", "icon": "circle"}
NOT_OPEN = {"state_label": "Chưa mở", "colour": "", "icon": "lock"}


def task_list(
    proposal: Proposal, versions: Sequence[PartVersion], current: str
) -> list[dict[str, Any]]:
    """Entries for `components/_parts.html`: the six parts, then the page that checks and sends."""
    by_part = {version.part: version for version in versions}
    entries: list[dict[str, Any]] = []
    for number, part in enumerate(Part, start=1):
        url = reverse("proposals:edit", args=[proposal.ref, part])
        entry = {"label": f"{number}. {part.label}", "url": url, "current": part == current}
        entries.append(entry | _state(by_part.get(part), is_current=part == current))
    is_open = all(version.is_done for version in versions)
    url = reverse("proposals:check", args=[proposal.ref]) if is_open else ""
    last = {"label": "Kiểm tra và gửi", "url": url, "current": current == "kiem-tra"}
    return [*entries, last | (NOT_BEGUN if is_open else NOT_OPEN)]


def _state(version: PartVersion | None, *, is_current: bool) -> dict[str, str]:
    if version and version.is_done:
        return DONE
    return WRITING if is_current or (version and version.number) else NOT_BEGUN

"""A frozen version as people read it: the six parts, the digest for the head, two side by side."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet

from organisation.prepared import prepared
from organisation.templatetags.portal import vn_date, vn_money, vn_number, vn_quantity
from proposals import parts
from proposals.models import PlanVersion, Proposal
from proposals.stages import BottleneckKind, Part, RequestedForm

Facts = Mapping[str, Any]
WORDS = re.compile(r"\s+|\S+")
NOT_SAID = "Chưa nêu"
# heading, short answer, the long answers behind it
BRIEFS = (
    ("Vấn đề cần giải quyết", ("problem_brief",)),
    ("Giải pháp đề xuất", ("solution_brief",)),
    ("Vì lợi ích chung", ("benefit_brief",)),
    ("Căn cứ và điểm quy định còn vướng", ("bottleneck_brief",)),
    ("Rủi ro và phương án dừng", ("risk_brief",)),
)


@dataclass(frozen=True)
class Answer:
    """One answer of a part, in words."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class PartRead:
    part: Part
    answers: list[Answer]

    @property
    def label(self) -> str:
        return self.part.label


@dataclass(frozen=True)
class Piece:
    """A run of words that two versions share, or that one of them adds or leaves out."""

    change: str  # "", "added", "removed"
    text: str


@dataclass(frozen=True)
class Change:
    """One answer in two versions."""

    label: str
    pieces: list[Piece]


def latest_version(proposal: Proposal) -> PlanVersion | None:
    """The newest frozen version with its text."""
    return next(iter(_latest(proposal.pk)), None)


@prepared
def _latest(proposal_id: int) -> QuerySet:
    versions = PlanVersion.objects.filter(proposal=proposal_id)
    return versions.select_related("content").order_by("-number")[:1]


def facts_of(version: PlanVersion | None) -> dict[str, Any]:
    return version.content.facts if version else {}


def read(facts: Facts) -> list[PartRead]:
    """The six parts with every answer in words; a part without answers is left out."""
    found = [PartRead(part, list(_answers(part, facts))) for part in Part]
    return [part for part in found if part.answers]


def briefs(facts: Facts) -> list[tuple[str, str]]:
    """The five short answers that the head reads first, each at most sixty words."""
    return [(heading, _brief(name, facts)) for heading, (name,) in BRIEFS]


def four_facts(facts: Facts) -> list[dict[str, str]]:
    """Scope, time, money and the first indicator, for the row above the digest."""
    months = facts.get("duration_months")
    return [
        {"label": "Phạm vi", "value": str(facts.get("scope") or NOT_SAID)},
        {"label": "Thời gian", "value": f"{months} tháng" if months else NOT_SAID},
        {"label": "Kinh phí", "value": money_words(facts.get("budget"))},
        _main_benefit(facts),
    ]


def slip_rows(facts: Facts) -> list[tuple[str, str]]:
    """The digest as rows of the slip for the head."""
    rows = [(fact["label"], fact["value"]) for fact in four_facts(facts)] + briefs(facts)
    if reason := facts.get("superior_reason"):
        rows.append(("Lý do gửi cấp trên xem xét", reason))
    return rows


def gist(facts: Facts, at_most: int = 160) -> str:
    """The solution in one line."""
    said = _brief("solution_brief", facts)
    return said if len(said) <= at_most else said[: at_most - 1].rsplit(" ", 1)[0] + "…"


def money_words(amount: Any) -> str:
    if amount is None:
        return NOT_SAID
    return vn_money(int(amount)) if int(amount) else "Không tăng"


def minutes_to_read(facts: Facts) -> int:
    """Minutes for the digest at 250 words a minute, one at least."""
    count = sum(len(text.split()) for _, text in briefs(facts))
    return max(1, round(count / 250))


def compare(old: Facts, new: Facts) -> list[tuple[Part, list[Change]]]:
    """What changed from one version to another, part by part; only answers that differ."""
    found = []
    for part in Part:
        before = {a.name: a for a in _answers(part, old)}
        after = {a.name: a for a in _answers(part, new)}
        changes = [_changed(name, before, after) for name in dict.fromkeys([*before, *after])]
        if kept := [change for change in changes if change]:
            found.append((part, kept))
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """The words of two texts, marked by what was taken out and what was put in."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("", "".join(before[i:j])))
            continue
        found += [Piece("removed", "".join(before[i:j]))] if j > i else []
        found += [Piece("added", "".join(after[k:m]))] if m > k else []
    return found


def _changed(name: str, before: dict[str, Answer], after: dict[str, Answer]) -> Change | None:
    old = before[name].text if name in before else ""
    new = after[name].text if name in after else ""
    if old == new:
        return None
    label = (after.get(name) or before[name]).label
    return Change(label, pieces(old, new))


def _brief(name: str, facts: Facts) -> str:
    said = facts.get(name) or parts.first_words(str(facts.get(parts.BRIEFS[name]) or ""))
    return said or NOT_SAID


def _main_benefit(facts: Facts) -> dict[str, str]:
    rows = facts.get(parts.INDICATORS) or []
    if not rows:
        return {"label": "Lợi ích chính", "value": NOT_SAID}
    row = rows[0]
    return {"label": row["name"], "value": _reach(row)}


def _answers(part: Part, facts: Facts) -> Iterator[Answer]:
    for question in parts.QUESTIONS[part]:
        words = in_words(question.name, facts.get(question.name))
        if words:
            label = question.label
            if question.label == parts.BRIEF:
                label = f"{parts.LABELS[parts.BRIEFS[question.name]]} – nói ngắn gọn"
            yield Answer(question.name, label, words)


def in_words(name: str, value: Any) -> str:
    """An answer as it is read; empty where nothing was said."""
    if value is None or value == "" or value == []:
        return ""
    writer = WRITERS.get(name)
    return writer(value) if writer else str(value)


def _number(value: Any) -> str:
    return vn_number(float(value))


def _day(value: Any) -> str:
    return vn_date(date.fromisoformat(value)) if isinstance(value, str) else vn_date(value)


def _indicators(rows: Any) -> str:
    return "\n".join(f"{row['name']}: {_reach(row)}" for row in rows)


def _reach(row: Mapping[str, Any]) -> str:
    """ "từ 71,5 đến 95% số hồ sơ"."""
    return f"từ {_number(row['baseline'])} đến {vn_quantity(float(row['target']), row['unit'])}"


WRITERS = {
    "starts_on": _day,
    "requested_form": lambda value: str(RequestedForm(value).label),
    "bottleneck_kind": lambda value: str(BottleneckKind(value).label),
    "budget": money_words,
    "duration_months": lambda value: f"{value} tháng",
    "partner_units": lambda units: ", ".join(unit["name"] for unit in units),
    "has_conflict": lambda value: "Có" if value else "Không có",
    "is_committed": lambda value: "Đã cam kết" if value else "Chưa cam kết",
    parts.INDICATORS: _indicators,
}

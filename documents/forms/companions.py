"""What stands behind a paper as it is typed: the paper that a decision issues, and annexes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from documents.papers import Paper
from documents.papers.description import Block
from documents.typed import Typed, body_of, typed
from organisation.formfields import ChoiceField, CleanTextField

LONG = 100_000
ORIENTATIONS = [("portrait", "Trang dọc"), ("landscape", "Trang ngang")]
PLACES = [("", "Cùng tệp với văn bản"), ("apart", "Tệp riêng")]


def lines(label: str, rows: int, **over: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        lines=True,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        **over,
    )


def text_rows(text: str) -> int:
    return max(10, min(24, text.count("\n") * 2 + 4))


@dataclass(frozen=True)
class Companion:
    """One of them: the names of its fields, what it says now, its text cut at what is not typed."""

    prefix: str
    legend: str
    facts: dict[str, Any]
    cut: Typed
    is_new: bool = False

    @property
    def is_attached(self) -> bool:
        return self.prefix == "attached"

    @property
    def bodies(self) -> list[str]:
        return [f"{self.prefix}_body_{place}" for place in range(len(self.cut.texts))]

    def fields(self, locked: list[str]) -> Iterator[tuple[str, forms.Field]]:
        """Each with its first value; a locked title is shown and has no field."""
        if self.is_attached:
            kind = CleanTextField(label="Tên loại", max_length=60, required=False)
            yield self._begun("type_name", kind, help_text="Ví dụ: Kế hoạch, Quy chế, Phương án")
        if f"{self.prefix.replace('annex_', 'annexes.')}.title" not in locked:
            title = CleanTextField(label="Tên", max_length=300, required=False)
            yield self._begun("title", title)
        if not self.is_attached:
            turned = ChoiceField(label="Chiều giấy", choices=ORIENTATIONS, required=False)
            yield self._begun("orientation", turned)
            place = ChoiceField(label="Tệp", choices=PLACES, required=False)
            place.initial = "apart" if self.facts.get("is_apart") else ""
            yield f"{self.prefix}_place", place
        for at, (name, text) in enumerate(zip(self.bodies, self.cut.texts, strict=True)):
            label = f"Nội dung, phần {at + 1}" if len(self.cut.texts) > 1 else "Nội dung"
            field = lines(label, text_rows(text))
            field.initial = text
            yield name, field

    def said(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """As it was typed; None where nothing is left of it."""
        found = dict(self.facts)
        for name in ("type_name", "title", "orientation"):
            if f"{self.prefix}_{name}" in data:
                found[name] = data[f"{self.prefix}_{name}"]
        found["body"] = body_of([data[name] for name in self.bodies], self.cut.islands)
        if not self.is_attached:
            found["orientation"] = found.get("orientation") or "portrait"
            found["is_apart"] = data[f"{self.prefix}_place"] == "apart"
        is_there = found.get("title") or found["body"] or found.get("type_name")
        return found if is_there else None

    def _begun(self, name: str, field: forms.Field, **over: str) -> tuple[str, forms.Field]:
        field.initial = self.facts.get(name, "")
        field.help_text = over.get("help_text", "")
        return f"{self.prefix}_{name}", field


def companions_of(facts: Paper, *, may_attach: bool) -> list[Companion]:
    """Those that there are, and one more annex to be begun."""
    attached: Any = facts.get("attached") or {}
    found = []
    if attached or may_attach:
        cut = typed(attached.get("body", []))
        found.append(Companion("attached", "Văn bản kèm theo", attached, cut, not attached))
    annexes: list[Any] = [*facts.get("annexes", []), {}]
    for place, annex in enumerate(annexes):
        legend = f"Phụ lục {place + 1}" if annex else "Thêm phụ lục"
        body: list[Block] = annex.get("body", [])
        found.append(Companion(f"annex_{place}", legend, annex, typed(body), not annex))
    return found


def with_companions(
    facts: dict[str, Any], companions: list[Companion], data: dict[str, Any]
) -> dict[str, Any]:
    """The facts with what was typed of their companions."""
    said = [(one, one.said(data)) for one in companions]
    annexes = [told for one, told in said if told and not one.is_attached]
    attached = [told for one, told in said if told and one.is_attached]
    rest = {name: value for name, value in facts.items() if name not in ("attached", "annexes")}
    if attached:
        rest["attached"] = attached[0]
    return rest | ({"annexes": annexes} if annexes or facts.get("annexes") else {})

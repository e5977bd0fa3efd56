"""The text of a draft as it is typed: grounds, articles, clauses, points, recipients."""

from typing import Any, cast

from documents.forms.companions import companions_of, lines, text_rows, with_companions
from documents.forms.deeds import plain_helper
from documents.papers import Paper
from documents.papers.gaps import MINUTES, missing
from documents.stages import PaperKind
from documents.typed import (
    Typed,
    body_of,
    lines_of_text,
    locks,
    recipients_of,
    recipients_text,
    typed,
)
from journal.once import OnceForm
from organisation.formfields import ChoiceField, CleanTextField

BODY_HELP = (
    "Đầu dòng “Điều 1.”, “1.”, “a)”, “-” hoặc “I.” tạo điều, khoản, điểm, gạch đầu dòng, mục. "
    "Số thứ tự tự tính lại khi in. Tiêu đề của điều đặt trong [ ]. Bảng: dán từ Word, Excel hoặc "
    "gõ mỗi hàng một dòng dạng | cột 1 | cột 2 |, hàng đầu là tên cột."
)
URGENCY = [("", "Thường"), ("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HOẢ TỐC", "Hỏa tốc")]
CIRCULATION = [
    ("", "Không ghi"),
    ("XEM XONG TRẢ LẠI", "Xem xong trả lại"),
    ("LƯU HÀNH NỘI BỘ", "Lưu hành nội bộ"),
]
KINDS_WITH_ADDRESSEES = (PaperKind.OFFICIAL_LETTER, PaperKind.SUBMISSION, PaperKind.REPORT)
ON_MINUTES = {
    "started": "Giờ, ngày. Ví dụ: 08 giờ 00, ngày 06 tháng 6 năm 2022",
    "ended": "Ví dụ: 11 giờ 30, ngày 06 tháng 6 năm 2022",
    "secretary": "Họ và tên, chức vụ",
}


class PaperForm(OnceForm):
    """The facts that people write. What is locked has no field, so that no form can change it.

    notations: those that a công văn may bear, by who drafts it or what it is about.
    """

    helper = plain_helper()
    notation = ChoiceField(label="Ký hiệu, đơn vị soạn thảo", required=False)
    title = CleanTextField(label="Trích yếu nội dung", max_length=300)
    urgency = ChoiceField(label="Mức độ khẩn", choices=URGENCY, required=False)
    circulation = ChoiceField(label="Phạm vi lưu hành", choices=CIRCULATION, required=False)
    addressees = lines("Kính gửi", 3, help_text="Mỗi nơi một dòng.")
    authority = CleanTextField(label="Thẩm quyền ban hành", max_length=200, required=False)
    grounds = lines("Căn cứ ban hành", 6, help_text="Mỗi căn cứ một dòng, không cần dấu chấm phẩy.")
    recipients = lines(
        "Nơi nhận", 6, help_text="Mỗi nơi một dòng; ghi chú trong ngoặc, ví dụ (b/c), (để b/c)."
    )
    keeping = CleanTextField(
        label="Lưu", max_length=120, required=False, help_text="Ví dụ: VT, VXNV"
    )
    drafter = CleanTextField(label="Ký hiệu người soạn thảo", max_length=20, required=False)

    def __init__(
        self, *args: Any, facts: Paper, notations: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts, self.cut = facts, typed(facts.get("body", []))
        may_attach = facts.get("kind") == PaperKind.DECISION
        self.companions = companions_of(facts, may_attach=may_attach)
        self._add_body(self.cut)
        for companion in self.companions:
            self.fields.update(companion.fields(facts.get("locked", [])))
        self._add_minutes(facts)
        self._offer(notations, facts.get("notation", ""))
        self._fill(facts)
        self._mark_needed(facts.get("kind", ""))
        self._leave_out(facts)

    @property
    def islands(self) -> list[dict[str, Any]]:
        """The fields of the body with what stands, untyped, after each of them."""
        return self._parts(self.cut, self.body_names)

    @property
    def behind(self) -> list[dict[str, Any]]:
        """Each companion: its few fields, and the parts of its text."""
        return [
            {
                "companion": one,
                "fields": [
                    self[f"{one.prefix}_{name}"]
                    for name in ("type_name", "title", "orientation", "place")
                    if f"{one.prefix}_{name}" in self.fields
                ],
                "parts": self._parts(one.cut, one.bodies),
                "has_errors": any(name.startswith(f"{one.prefix}_") for name in self.errors),
            }
            for one in self.companions
        ]

    @property
    def minutes(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("minutes_")]

    @property
    def body_names(self) -> list[str]:
        return [f"body_{place}" for place in range(len(self.cut.texts))]

    def said(self) -> Paper:
        """The facts as they are now: typed ones changed, all others as they were."""
        found: dict[str, Any] = dict(self.facts)
        readers = {
            "addressees": lines_of_text,
            "grounds": lines_of_text,
            "recipients": recipients_of,
        }
        for name in self.Meta.typed:
            if name in self.fields:
                value = self.cleaned_data[name]
                found[name] = readers[name](value) if name in readers else value
        texts = [self.cleaned_data[name] for name in self.body_names]
        found["body"] = body_of(texts, self.cut.islands)
        found = with_companions(found, self.companions, self.cleaned_data)
        return cast(Paper, found | self._said_minutes())

    class Meta:
        typed = (
            *("notation", "title", "urgency", "circulation", "addressees", "authority", "grounds"),
            *("recipients", "keeping", "drafter"),
        )

    def _parts(self, cut: Typed, names: list[str]) -> list[dict[str, Any]]:
        islands = [island.lines for island in cut.islands]
        return [
            {"field": self[name], "after": islands[place] if place < len(islands) else []}
            for place, name in enumerate(names)
        ]

    def _add_body(self, cut: Typed) -> None:
        for place, text in enumerate(cut.texts):
            many = len(cut.texts) > 1
            label = f"Nội dung, phần {place + 1}" if many else "Nội dung"
            field = lines(label, text_rows(text), help_text=BODY_HELP if place == 0 else "")
            field.initial = text
            self.fields[f"body_{place}"] = field

    def _mark_needed(self, kind: str) -> None:
        """A draft may lack them and be kept; before it is signed they are asked for."""
        needed = {gap.path.partition(".")[0] for gap in missing({"kind": kind})}
        for name, field in self.fields.items():
            field.needed = bool({name, name.partition("_")[0]} & needed)  # type: ignore[attr-defined]

    def _add_minutes(self, facts: Paper) -> None:
        """The fixed lines of minutes, and whose name stands below "THƯ KÝ"."""
        if facts.get("kind") != PaperKind.MINUTES:
            return
        told: Any = facts.get("minutes") or {}
        for name, label in MINUTES.items():
            is_list = name == "attendants"
            about = ON_MINUTES.get(name, "Mỗi người hoặc nhóm một dòng." if is_list else "")
            field = (
                lines(label, 4, help_text=about)
                if is_list
                else CleanTextField(label=label, max_length=300, required=False, help_text=about)
            )
            field.initial = "\n".join(told.get(name, [])) if is_list else told.get(name, "")
            self.fields[f"minutes_{name}"] = field
        secretary = CleanTextField(label="Họ và tên thư ký ký tên", max_length=120, required=False)
        secretary.initial = facts.get("second_signature", {}).get("name", "")
        self.fields["minutes_signature"] = secretary

    def _said_minutes(self) -> dict[str, Any]:
        if "minutes_started" not in self.fields:
            return {}
        said = {name: self.cleaned_data[f"minutes_{name}"] for name in MINUTES}
        said["attendants"] = lines_of_text(said["attendants"])
        signed = {"lines": ["THƯ KÝ"], "name": self.cleaned_data["minutes_signature"]}
        return {"minutes": said, "second_signature": signed}

    def _offer(self, notations: list[tuple[str, str]], now: str) -> None:
        known = {notation for notation, _ in notations}
        others = [(now, "đang ghi")] if now and now not in known else []
        choices = [(one, f"{one} – {about}") for one, about in [*others, *notations]]
        self.fields["notation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2:
            del self.fields["notation"]

    def _fill(self, facts: Paper) -> None:
        for name in self.Meta.typed:
            if name in self.fields and name not in ("addressees", "grounds", "recipients"):
                self.fields[name].initial = facts.get(name, "")
        for name in ("addressees", "grounds"):
            self.fields[name].initial = "\n".join(facts.get(name, []))  # type: ignore[arg-type]
        self.fields["recipients"].initial = recipients_text(facts.get("recipients", []))

    def _leave_out(self, facts: Paper) -> None:
        kind = facts.get("kind")
        gone = {
            "addressees": kind not in KINDS_WITH_ADDRESSEES,
            "authority": kind != PaperKind.DECISION,
            "grounds": kind == PaperKind.OFFICIAL_LETTER and not facts.get("grounds"),
        }
        for name in self.Meta.typed:
            if gone.get(name) or (name in ("title", "authority") and locks(facts, name)):
                self.fields.pop(name, None)

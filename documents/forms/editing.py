"""The text of a draft as it is typed: grounds, articles, clauses, points, recipients."""

from typing import Any, cast

from django import forms

from documents.forms.deeds import plain_helper
from documents.papers import Paper
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

LONG = 100_000
BODY_HELP = (
    "Đầu dòng “Điều 1.”, “1.”, “a)”, “-” hoặc “I.” tạo điều, khoản, điểm, gạch đầu dòng, mục. "
    "Số thứ tự tự tính lại khi in. Tiêu đề của điều đặt trong [ ]."
)
URGENCY = [("", "Thường"), ("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HOẢ TỐC", "Hỏa tốc")]
KINDS_WITH_ADDRESSEES = (PaperKind.OFFICIAL_LETTER, PaperKind.SUBMISSION, PaperKind.REPORT)


def lines(label: str, rows: int, **over: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        lines=True,
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        **over,
    )


class PaperForm(OnceForm):
    """The facts that people write. What is locked has no field, so that no form can change it."""

    helper = plain_helper()
    title = CleanTextField(label="Trích yếu nội dung", max_length=300)
    urgency = ChoiceField(label="Mức độ khẩn", choices=URGENCY, required=False)
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

    def __init__(self, *args: Any, facts: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts, self.cut = facts, typed(facts.get("body", []))
        self._add_body(self.cut)
        self._fill(facts)
        self._leave_out(facts)

    @property
    def islands(self) -> list[dict[str, Any]]:
        """The fields of the body with what stands, untyped, after each of them."""
        islands = [island.lines for island in self.cut.islands]
        return [
            {"field": self[name], "after": islands[place] if place < len(islands) else []}
            for place, name in enumerate(self.body_names)
        ]

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
        return cast(Paper, found)

    class Meta:
        typed = (
            *("title", "urgency", "addressees", "authority", "grounds", "recipients", "keeping"),
            "drafter",
        )

    def _add_body(self, cut: Typed) -> None:
        for place, text in enumerate(cut.texts):
            many = len(cut.texts) > 1
            label = f"Nội dung, phần {place + 1}" if many else "Nội dung"
            rows = max(4, min(24, text.count("\n") * 2 + 4))
            field = lines(label, rows, help_text=BODY_HELP if place == 0 else "")
            field.initial = text
            self.fields[f"body_{place}"] = field

    def _fill(self, facts: Paper) -> None:
        for name in ("title", "urgency", "authority", "keeping", "drafter"):
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
                del self.fields[name]

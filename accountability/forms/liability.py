"""What may be typed on the pages of a liability case."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accountability.actions import deciding, finding, hearing, opening
from accountability.actions.base import NO_DECLINE
from accountability.forms.fields import PersonField
from accountability.models import LiabilityCase
from accountability.stages import OUTCOME_HINTS, Finding, Outcome
from documents.forms.fields import AttachedFileField
from documents.uploads import FILE_LIMIT
from journal.once import OnceForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    TickField,
)
from organisation.models import User
from organisation.text import one_line
from pilots.stages import CauseKind, CauseWeight
from proposals.forms.review import plain_helper

LONG = 4000
STATEMENT = 8000
FILE_HELP = f"PDF, Word, Excel, ảnh; dưới {FILE_LIMIT // 2**20} MB."


def attachment() -> AttachedFileField:
    return AttachedFileField(label="Tệp kèm theo", required=False, help_text=FILE_HELP)


class OpenForm(OnceForm):
    """For whom a case is opened, and what is weighed."""

    helper = plain_helper()
    beside = {opening.ALREADY_OPEN: "person", opening.NOT_INVOLVED: "person"}
    person = PersonField(
        label="Người liên quan",
        queryset=User.objects.none(),
        empty_label="Chọn",
        help_text="Mỗi người có một hồ sơ riêng.",
        error_messages={"invalid_choice": opening.NOT_INVOLVED},
    )
    charges = CleanTextField(
        label="Nội dung xem xét",
        lines=True,
        max_length=LONG,
        min_words=10,
        help_text="Nêu việc cần xem xét. Nội dung được gửi cho người liên quan.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EvidenceForm(OnceForm):
    """What stands on evidence: named in words, or handed in as a file, or both."""

    evidence = CleanTextField(
        label="Bằng chứng",
        max_length=600,
        required=False,
        needed=True,
        help_text="Tên văn bản, số, ngày, trang; hoặc tải tệp lên ở dưới.",
        missing=finding.NO_EVIDENCE,
    )
    attached = attachment()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("evidence") and "evidence" not in self.errors:
            if said.get("attached"):
                said["evidence"] = one_line(said["attached"].name)[:600]
            elif "attached" not in self.errors:
                self.add_error("evidence", finding.NO_EVIDENCE)
        return said


class CauseForm(EvidenceForm):
    """One cause: objective is asked before subjective."""

    helper = plain_helper()
    field_order = ("kind", "text", "weight", "evidence", "attached")
    kind = ChoiceField(
        label="Loại nguyên nhân", choices=CauseKind.choices, widget=forms.RadioSelect
    )
    text = CleanTextField(label="Nguyên nhân", lines=True, max_length=LONG)
    weight = ChoiceField(label="Tỷ trọng", choices=CauseWeight.choices, widget=forms.RadioSelect)


class AssessForm(EvidenceForm):
    """How one condition stands."""

    helper = plain_helper()
    field_order = ("finding", "reason", "evidence", "attached")
    finding = ChoiceField(label="Đánh giá", choices=Finding.choices, widget=forms.RadioSelect)
    reason = CleanTextField(label="Lý do", lines=True, max_length=LONG)


class StatementForm(OnceForm):
    """The words of the person concerned; ticking says that nothing is said."""

    helper = plain_helper()
    text = CleanTextField(
        label="Ý kiến",
        lines=True,
        max_length=STATEMENT,
        required=False,
        needed=True,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Viết bằng lời của mình. Khi không nêu ý kiến, ghi lý do.",
    )
    attached = attachment()
    declines = TickField(label="Không nêu ý kiến, lý do ghi ở trên", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("text") and "text" not in self.errors:
            self.add_error("text", hearing.NO_DECLINE if said.get("declines") else hearing.NO_WORDS)
        return said


class AppealForm(OnceForm):
    helper = plain_helper()
    text = CleanTextField(
        label="Nội dung khiếu nại",
        lines=True,
        max_length=STATEMENT,
        min_words=10,
        help_text="Khiếu nại một lần. Cơ quan cấp trên giải quyết.",
    )
    attached = attachment()


class DecideForm(OnceForm):
    """The conclusion: only what the decision table leaves open can be chosen."""

    helper = plain_helper()
    beside = {deciding.NOT_ALLOWED: "outcome", deciding.SHORT_REASON: "reason"}
    outcome = ChoiceField(
        label="Kết luận",
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": deciding.NOT_ALLOWED},
    )
    reason = CleanTextField(
        label="Lý do",
        lines=True,
        max_length=LONG,
        min_words=10,
        help_text="Ít nhất 10 chữ. Lý do được gửi cho người liên quan.",
    )

    def __init__(
        self, *args: Any, case: LiabilityCase, allowed: Iterable[Outcome], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        open_to_it = set(allowed)
        found = [outcome for outcome in Outcome if outcome in open_to_it]
        self.fields["outcome"].choices = [(o.value, o.label) for o in found]  # type: ignore[attr-defined]
        self.case = case

    @property
    def options(self) -> list[dict[str, Any]]:
        """The allowed conclusions as cards, each with what it means."""
        field = self["outcome"]
        return [
            {
                "value": value,
                "label": label,
                "hint": OUTCOME_HINTS[value],
                "checked": field.value() == value,
                "id": f"{field.auto_id}_{number}",
            }
            for number, (value, label) in enumerate(self.fields["outcome"].choices)  # type: ignore[attr-defined]
        ]


class SecondForm(OnceForm):
    """Confirming asks for nothing, not confirming for a reason."""

    helper = plain_helper()
    reason = CleanTextField(
        label="Lý do khi không xác nhận",
        lines=True,
        max_length=2000,
        required=False,
        missing=NO_DECLINE,
    )


class PlainForm(OnceForm):
    """One click: nothing is asked."""

    helper = plain_helper()

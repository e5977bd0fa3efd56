"""Small forms: what a single deed asks for."""

from typing import Any

from journal.once import OnceForm
from organisation.formfields import CleanTextField, VietnameseDateField
from organisation.models import OrgUnit
from pilots.forms.following import LONG, UnitField, agencies_today


class EmptyForm(OnceForm):
    """Nothing but the key and the version."""


class ReasonForm(OnceForm):
    use_required_attribute = False

    reason = CleanTextField(label="Lý do", lines=True, max_length=LONG, missing="Nêu lý do.")


class RefusalForm(OnceForm):
    """Why something is not taken, for those who did it."""

    use_required_attribute = False

    answer = CleanTextField(label="Lý do", lines=True, max_length=LONG, missing="Nêu lý do.")


class ChangesForm(OnceForm):
    """What somebody must change before it is taken."""

    use_required_attribute = False

    answer = CleanTextField(label="Nội dung cần sửa", lines=True, max_length=LONG)


class ReplyForm(OnceForm):
    """What an agency answers to those who asked it for help."""

    use_required_attribute = False

    answer = CleanTextField(label="Nội dung trả lời", lines=True, max_length=LONG)


class NoteForm(OnceForm):
    """An answer that may stay empty."""

    use_required_attribute = False

    answer = CleanTextField(label="Ý kiến", lines=True, max_length=LONG, required=False)


class SummaryForm(OnceForm):
    use_required_attribute = False

    summary = CleanTextField(label="Ghi chú", lines=True, max_length=LONG, required=False)


class HandBackForm(ReasonForm):
    hand_back = CleanTextField(label="Phương án trả lại như cũ", lines=True, max_length=LONG)


class PromiseForm(OnceForm):
    use_required_attribute = False

    promised_on = VietnameseDateField(
        label="Hẹn trả lời trước ngày", from_today=True, required=False
    )


class ForwardForm(OnceForm):
    use_required_attribute = False

    unit = UnitField(
        label="Cơ quan được chuyển đến", queryset=OrgUnit.objects.none(), empty_label="Chọn"
    )
    reason = CleanTextField(label="Lý do", max_length=400, missing="Nêu lý do chuyển.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset = agencies_today()

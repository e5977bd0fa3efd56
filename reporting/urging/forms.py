"""What may be chosen and typed for letters that urge."""

from typing import Any

from django import forms

from documents.forms.deeds import plain_helper
from documents.uploads import FILE_LIMIT
from journal.once import OnceForm
from organisation.days import add_working_days, today
from organisation.fields import WordedForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    FileField,
    ModelMultipleChoiceField,
    TickField,
    VietnameseDateField,
)
from organisation.models import OrgUnit
from organisation.stages import UnitKind
from organisation.templatetags.portal import vn_date
from organisation.text import fold
from reporting.urging.late import Tally
from reporting.urging.stages import UrgingState

ANSWER_DAYS = 5  # working days, as the rule URGING_ANSWER
NONE_CHOSEN = "Chọn ít nhất một cơ quan."
APART, TOGETHER = "rieng", "chung"
WAYS = (
    (APART, "Mỗi cơ quan một công văn"),
    (TOGETHER, "Một công văn gửi nhiều cơ quan"),
)
KINDS = [
    (kind.value, kind.label)
    for kind in UnitKind
    if kind not in (UnitKind.PROVINCE, UnitKind.SUB_UNIT)
]
LATEST = 90  # days from today
LONGEST_NOTE, LONGEST_ANSWER = 2000, 4000


class LateFilter(WordedForm):
    """The filter of /don-doc/; everything in it may stand in the address."""

    q = CleanTextField(label="Tên cơ quan", required=False, max_length=80)
    nhom = ChoiceField(label="Nhóm cơ quan", required=False, choices=[("", "Tất cả"), *KINDS])

    def narrow(self, rows: list[Tally]) -> list[Tally]:
        """The agencies that the valid filter lets through."""
        said, kind = fold(self.cleaned_data["q"]), self.cleaned_data["nhom"]
        return [one for one in rows if said in fold(one.name) and kind in ("", one.kind)]


class LetterFilter(WordedForm):
    """The filter of the list of letters."""

    trang_thai = ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *UrgingState.choices]
    )


class ChosenForm(WordedForm):
    """Step 1: the agencies that were ticked."""

    co_quan = ModelMultipleChoiceField(
        label="Cơ quan",
        queryset=OrgUnit.objects.all(),
        to_field_name="ref",
        widget=forms.MultipleHiddenInput,
        error_messages={"required": NONE_CHOSEN},
    )


class WordsForm(OnceForm):
    """Step 2: what the letter asks for."""

    helper = plain_helper()
    answer_by = VietnameseDateField(
        label="Hạn trả lời", working_day=True, help_text="Ngày làm việc, sau hôm nay."
    )
    with_unverified = TickField(
        label="Đưa cả việc có thời hạn chưa xác minh vào phụ lục", required=False
    )
    note = CleanTextField(
        label="Nội dung thêm",
        lines=True,
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Đứng sau số liệu, trước phần đề nghị. Để trống nếu không cần.",
    )

    def __init__(self, *args: Any, is_report: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].initial = vn_date(add_working_days(today(), ANSWER_DAYS))
        if is_report:
            del self.fields["answer_by"]

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day <= today():
            raise forms.ValidationError("Chọn hạn trả lời sau hôm nay.", code="past")
        if (day - today()).days > LATEST:
            raise forms.ValidationError("Chọn hạn trả lời trong 90 ngày tới.", code="far")
        return day


class DraftForm(WordsForm):
    """Step 2 for agencies that were just chosen."""

    co_quan = ChosenForm.base_fields["co_quan"]
    way = ChoiceField(label="Cách gửi", choices=WAYS, initial=APART, widget=forms.RadioSelect)
    field_order = ("co_quan", "way", "answer_by", "with_unverified", "note")

    def __init__(self, *args: Any, is_alone: bool = False, **kwargs: Any) -> None:
        """Where one agency was chosen there is nothing to choose between."""
        super().__init__(*args, **kwargs)
        if is_alone:
            self.fields["way"].widget = forms.HiddenInput()


class AnswerForm(OnceForm):
    helper = plain_helper()
    answer = CleanTextField(
        label="Kết quả thực hiện, nguyên nhân, thời gian hoàn thành",
        lines=True,
        max_length=LONGEST_ANSWER,
        min_words=5,
    )
    number = CleanTextField(
        label="Số, ký hiệu văn bản trả lời",
        required=False,
        max_length=60,
        help_text="Để trống nếu trả lời trên Cổng là đủ.",
    )
    first_file = FileField(
        label="Tệp kèm theo",
        required=False,
        help_text=f"PDF, Word, Excel hoặc ảnh; mỗi tệp dưới {FILE_LIMIT // 2**20} MB.",
    )
    second_file = FileField(label="Tệp kèm theo khác", required=False)


class PlainForm(OnceForm):
    """A deed that asks nothing."""

    helper = plain_helper()

"""What may be asked of a clock."""

from typing import Any

from django import forms

from deadlines.models import DeadlineRule
from deadlines.stages import SNOOZE_DAYS, Audience, SourceStatus, Unit
from organisation.days import ONE_DAY, today
from organisation.fields import OnceForm, VersionedForm, WordedForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    TypedChoiceField,
    VietnameseDateField,
    VietnameseIntegerField,
)

MOST_BEFORE, MOST_AFTER = 10, 30
EVERY_RULE = ("", "Mọi thời hạn")


class SnoozeForm(WordedForm):
    days = forms.TypedChoiceField(
        label="Nhắc lại sau",
        coerce=int,
        choices=[(days, f"{days} ngày") for days in SNOOZE_DAYS],
    )


class DueForm(WordedForm):
    """The date that a page showed, as it stands in the link."""

    han = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


def words_of(offset: int) -> str:
    """A rung in words: "Trước hạn 3 ngày làm việc"."""
    if offset == 0:
        return "Đúng ngày hết hạn"
    start = "Trước hạn" if offset < 0 else "Quá hạn"
    return f"{start} {abs(offset)} ngày làm việc"


class RungForm(OnceForm):
    """One more rung of the ladder."""

    rule_code = ChoiceField(
        label="Thời hạn",
        required=False,
        help_text="Thời hạn có bậc riêng thì không theo các bậc chung nữa.",
    )
    offset = TypedChoiceField(
        label="Lúc nhắc",
        coerce=int,
        choices=[(n, words_of(n)) for n in range(-MOST_BEFORE, MOST_AFTER + 1)],
        initial=1,
    )
    audience = ChoiceField(label="Gửi tới", choices=Audience.choices)
    valid_from = VietnameseDateField(label="Có hiệu lực từ", from_today=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = DeadlineRule.objects.filter(valid_to=None).order_by("label", "code")
        named = [(rule.code, rule.label) for rule in rules]
        self.fields["rule_code"].choices = [EVERY_RULE, *named]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today


class EndRungForm(VersionedForm):
    """Nothing to fill in: the page asks, the button answers."""


class RuleForm(VersionedForm):
    """What a rule is from a day on; its version is the row that the form was made from."""

    amount = VietnameseIntegerField(
        label="Số ngày",
        required=False,
        min_value=1,
        max_value=365,
        help_text="Để trống khi văn bản không quy định hoặc chưa đọc được.",
    )
    unit = ChoiceField(label="Đơn vị", choices=Unit.choices)
    legal_ground = CleanTextField(
        label="Căn cứ", max_length=240, help_text="Điều, khoản, số và ký hiệu của văn bản."
    )
    source_status = ChoiceField(
        label="Nguồn",
        choices=SourceStatus.choices,
        help_text="Thời hạn chưa xác minh được ghi rõ và không tự nhắc, không tự đôn đốc.",
    )
    valid_from = VietnameseDateField(
        label="Có hiệu lực từ",
        from_today=True,
        help_text="Việc đang chạy giữ thời hạn lúc bắt đầu.",
    )

    @classmethod
    def of(cls, data: Any, rule: DeadlineRule) -> "RuleForm":
        names = ("amount", "unit", "legal_ground", "source_status")
        initial = {name: getattr(rule, name) for name in names}
        initial["valid_from"] = max(today(), rule.valid_from + ONE_DAY)
        return cls(data, version=rule.pk, initial=initial)

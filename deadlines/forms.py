"""What may be asked of a clock."""

from django import forms

from deadlines.stages import SNOOZE_DAYS


class SnoozeForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Nhắc lại sau",
        coerce=int,
        choices=[(days, f"{days} ngày") for days in SNOOZE_DAYS],
    )

"""What may be asked of a clock."""

from django import forms

from deadlines.stages import SNOOZE_DAYS


class SnoozeForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Nhắc lại sau",
        coerce=int,
        choices=[(days, f"{days} ngày") for days in SNOOZE_DAYS],
    )


class DueForm(forms.Form):
    """The date that a page showed, as it stands in the link."""

    han = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

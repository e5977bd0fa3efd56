"""What may be asked of lists: plain GET forms whose values stand in the URL."""

from datetime import date
from typing import Any

from django import forms

from organisation.fields import WordedForm
from organisation.formfields import CleanTextField
from pilots.stages import HELP_OPEN, HelpState, PilotState

SITUATIONS = (
    ("cham", "Chậm tiến độ"),
    ("su-co", "Có sự cố chưa khắc phục"),
    ("bao-cao", "Báo cáo quá hạn"),
)


class PilotFilter(WordedForm):
    q = CleanTextField(label="Tìm trong mã, tên", required=False, max_length=200)
    trang_thai = forms.ChoiceField(
        label="Trạng thái", choices=[("", "Tất cả"), *PilotState.choices], required=False
    )
    tinh_hinh = forms.ChoiceField(
        label="Tình hình", choices=[("", "Tất cả"), *SITUATIONS], required=False
    )
    co_quan = CleanTextField(label="Cơ quan", required=False, max_length=200)
    sau = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)

    def narrow(self, pilots: Any, today: date) -> Any:
        """The pilots that the filters leave."""
        chosen = self.cleaned_data
        if chosen["trang_thai"]:
            pilots = pilots.filter(state=chosen["trang_thai"])
        if chosen["co_quan"]:
            pilots = pilots.of_agency_named(chosen["co_quan"])
        if chosen["q"]:
            pilots = pilots.matching(chosen["q"])
        narrowed = {
            "cham": lambda: pilots.behind(today),
            "su-co": pilots.with_open_incident,
            "bao-cao": lambda: pilots.with_late_report(today),
        }.get(chosen["tinh_hinh"])
        return narrowed() if narrowed else pilots


class HelpFilter(WordedForm):
    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        choices=[("", "Đang chờ"), ("tat-ca", "Tất cả"), *HelpState.choices],
        required=False,
    )
    truoc = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def narrow(self, requests: Any) -> Any:
        chosen = self.cleaned_data
        if chosen["truoc"]:
            requests = requests.filter(pk__lt=chosen["truoc"])
        if not chosen["trang_thai"]:
            return requests.filter(state__in=HELP_OPEN)
        if chosen["trang_thai"] == "tat-ca":
            return requests
        return requests.filter(state=chosen["trang_thai"])

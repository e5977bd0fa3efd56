"""What may be asked of the list of notices, and chosen of the letters."""

from typing import Any

from django import forms

from notifications.stages import NEVER_OFF, USUAL, Kind, Way
from organisation.fields import OnceForm, WordedForm, word

HELP = {
    Kind.DUTY: "Hồ sơ chờ đồng chí xem xét, cho ý kiến, bổ sung, ký hoặc báo cáo.",
    Kind.REMINDER: "Sắp đến hạn, đến hạn hôm nay, đã quá hạn.",
    Kind.RESULT: "Quyết định, trả lời, kết luận về hồ sơ đồng chí tham gia.",
    Kind.NEWS: "Đã gửi, đã tiếp nhận, bản sao để đọc, thay đổi nhóm thực hiện.",
}


class NoticeFilterForm(WordedForm):
    chua_doc = forms.BooleanField(label="Chưa đọc", required=False)
    truoc = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ChoicesForm(OnceForm):
    """How each kind of letter reaches a person; what must be done is never switched off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in USUAL:
            ways = [way for way in Way if way != Way.OFF or kind not in NEVER_OFF]
            self.fields[str(kind)] = forms.ChoiceField(
                label=kind.label,
                choices=[(way.value, way.label) for way in ways],
                widget=forms.RadioSelect,
                help_text=HELP[kind],
            )
            word(self.fields[str(kind)])
        self.fields["key"] = self.fields.pop("key")  # last: nothing hidden before the first field

"""What a head gives to whom, and how long."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from organisation.actions.delegations import receivers
from organisation.days import today
from organisation.fields import OnceForm
from organisation.formfields import CleanTextField, VietnameseDateField
from organisation.models import Appointment, User
from organisation.stages import DelegationKind, DelegationSubject


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Appointment) -> str:
        return f"{obj.position.title}, {obj.unit.at(today()).name}"


class PersonChoice(forms.ModelChoiceField):
    """People of a list by name; the form sets the list."""


class DelegationForm(OnceForm):
    post = PostChoice(label="Chức vụ giao", queryset=Appointment.objects.none())
    to = PersonChoice(label="Người được giao", queryset=User.objects.none())
    kind = forms.ChoiceField(
        label="Hình thức",
        choices=DelegationKind.choices,
        help_text="Ký thay: cấp phó. Thừa lệnh: chỉ ký văn bản. "
        "Việc thừa ủy quyền không được giao lại.",
    )
    subject = forms.ChoiceField(label="Nội dung", choices=DelegationSubject.choices)
    valid_from = VietnameseDateField(label="Từ ngày", missing="Nhập ngày bắt đầu.")
    valid_to = VietnameseDateField(label="Đến hết ngày", missing="Nhập ngày kết thúc.")
    basis_document = CleanTextField(
        label="Văn bản căn cứ",
        max_length=200,
        help_text="Số, ký hiệu và ngày, ví dụ 12/QĐ-STNMT ngày 05/07/2022.",
    )

    def __init__(self, *args: Any, posts: list[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Appointment.objects.filter(pk__in=[post.pk for post in posts])
        cast(PostChoice, self.fields["post"]).queryset = own.select_related("position", "unit")
        cast(PersonChoice, self.fields["to"]).queryset = receivers(posts)
        if len(posts) == 1:
            self.fields["post"].initial = posts[0].pk
            self.fields["post"].widget = forms.HiddenInput()
            self.fields["post"] = self.fields.pop("post")

    def clean_valid_from(self) -> date:
        day = self.cleaned_data["valid_from"]
        if day < today():
            raise ValidationError(f"Chọn ngày từ hôm nay ({today():%d/%m/%Y}) trở đi.")
        return day

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        start, end = facts.get("valid_from"), facts.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", f"Ngày kết thúc phải sau ngày bắt đầu ({start:%d/%m/%Y}).")
        return facts

    def said(self) -> dict[str, Any]:
        """What the action needs; the receiver is a User."""
        facts = super().said()
        receiver: User = facts.pop("to")
        return facts | {"to": receiver}

"""What may be typed about a council: its question, its members, the ballot."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from accountability.actions import council, deciding
from accountability.forms.fields import PeopleField, PersonField
from accountability.stages import Outcome
from journal.once import OnceForm
from organisation.formfields import ChoiceField, VietnameseDateField
from organisation.models import User
from proposals.forms.review import plain_helper
from proposals.stages import Ballot


class CallForm(OnceForm):
    """On what the council votes, who sits in it, when it meets."""

    helper = plain_helper()
    beside = {
        deciding.NOT_ALLOWED: "outcome",
        council.NOT_ELIGIBLE: "members",
        council.TOO_FEW: "members",
        council.MINUTES_BY_A_MEMBER: "secretary",
        council.IN_THE_PAST: "meeting_on",
    }
    outcome = ChoiceField(
        label="Kết luận đề nghị Hội đồng biểu quyết",
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": deciding.NOT_ALLOWED},
    )
    members = PeopleField(
        label="Ủy viên",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        missing=council.TOO_FEW,
        help_text="Người trình là Chủ tịch Hội đồng. Chỉ người được xem hồ sơ mới tham gia.",
    )
    secretary = PersonField(
        label="Ủy viên kiêm thư ký",
        queryset=User.objects.none(),
        empty_label="Chọn",
        missing=council.MINUTES_BY_A_MEMBER,
        help_text="Chọn trong số các ủy viên đã đánh dấu.",
    )
    meeting_on = VietnameseDateField(
        label="Ngày họp", from_today=True, help_text="Ngày/tháng/năm, ví dụ 05/07/2022."
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], allowed: Iterable[Outcome], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in allowed]
        fields["members"].queryset = fields["secretary"].queryset = people


class BallotForm(OnceForm):
    """For or against the conclusion that was laid before the council."""

    helper = plain_helper()
    beside = {council.NO_BALLOT: "ballot"}
    ballot = ChoiceField(
        label="Phiếu của đồng chí", choices=Ballot.choices, widget=forms.RadioSelect
    )

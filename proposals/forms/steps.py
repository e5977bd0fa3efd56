"""Forms of the review steps and of other agencies' opinions."""

from typing import Any, cast

from django import forms

from documents.forms.fields import AttachedFileField
from journal.once import OnceForm
from organisation.days import add_working_days, today
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    ModelChoiceField,
    TickField,
    VietnameseDateField,
)
from organisation.models import OrgUnit, OrgUnitVersion, User
from organisation.stages import UnitKind
from proposals import people
from proposals.actions.consulting import DAYS_TO_ANSWER
from proposals.conditions import ANSWERS, CHECKED, CONDITIONS
from proposals.forms.decision import PersonField, offer, staff_with_posts
from proposals.forms.review import plain_helper
from proposals.models import Proposal
from proposals.stages import Ballot, Seat, StepConclusion, StepKind

SEATS = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.SECRETARY)
COUNCIL_ROWS = 9


class LegalCheckForm(OnceForm):
    """The legal check slip: four conditions, the result, a note."""

    helper = plain_helper()
    condition_a = ChoiceField(label=CONDITIONS[0][1], choices=ANSWERS, widget=forms.RadioSelect)
    condition_b = ChoiceField(label=CONDITIONS[1][1], choices=ANSWERS, widget=forms.RadioSelect)
    condition_c = ChoiceField(label=CONDITIONS[2][1], choices=ANSWERS, widget=forms.RadioSelect)
    condition_d = ChoiceField(label=CONDITIONS[3][1], choices=ANSWERS, widget=forms.RadioSelect)
    conclusion = ChoiceField(
        label="Kết quả kiểm tra",
        choices=CHECKED,
        widget=forms.RadioSelect,
    )
    text = CleanTextField(label="Nhận xét", lines=True, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter, _ in CONDITIONS:
            name = f"condition_{letter}"
            self.fields[name].error_messages["required"] = f"Chọn kết quả của điều kiện {letter}."

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        conditions = {letter: said[f"condition_{letter}"] for letter, _ in CONDITIONS}
        return {"conditions": conditions, "quote": said["text"]}


class PartyQuestionForm(OnceForm):
    helper = plain_helper()
    question = CleanTextField(label="Nội dung xin ý kiến", lines=True, max_length=2000)


class PartyOpinionForm(OnceForm):
    """The party committee's answer, copied from its paper with the number it bears."""

    helper = plain_helper()
    number = CleanTextField(label="Số văn bản trả lời", max_length=60)
    issued_on = VietnameseDateField(label="Ngày văn bản")
    conclusion = ChoiceField(
        label="Ý kiến của cấp ủy", choices=StepConclusion.choices, widget=forms.RadioSelect
    )
    text = CleanTextField(label="Nội dung ý kiến", lines=True, max_length=4000)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"number": said["number"], "issued_on": said["issued_on"], "quote": said["text"]}


class OpenStepForm(OnceForm):
    helper = plain_helper()
    kind = ChoiceField(label="Bước xem xét", choices=StepKind.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: list[StepKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(kind.value, kind.label) for kind in kinds]
        cast(ChoiceField, self.fields["kind"]).choices = offered


class MeetingForm(OnceForm):
    helper = plain_helper()
    meeting_on = VietnameseDateField(label="Ngày họp", required=False)


class BallotForm(OnceForm):
    helper = plain_helper()
    ballot = ChoiceField(label="Biểu quyết", choices=Ballot.choices, widget=forms.RadioSelect)


class CloseForm(OnceForm):
    """The count is what the ballots say; that somebody has not voted is said to be known."""

    without_silent = TickField(label="Kết thúc khi còn thành viên chưa biểu quyết", required=False)


class OpinionForm(OnceForm):
    """An opinion with its conclusion: of a member of the council, or the council's own."""

    helper = plain_helper()
    conclusion = ChoiceField(
        label="Ý kiến", choices=StepConclusion.choices, widget=forms.RadioSelect
    )
    text = CleanTextField(label="Nội dung", lines=True, max_length=4000)


class AgencyOpinionForm(OpinionForm):
    """The opinion of an agency that was asked."""

    attached = AttachedFileField(label="Tệp kèm theo", required=False)


class ConsultForm(OnceForm):
    """Which agency is asked, what, and until when."""

    helper = plain_helper()
    unit = ModelChoiceField(label="Cơ quan được hỏi", queryset=OrgUnitVersion.objects.none())
    question = CleanTextField(label="Nội dung xin ý kiến", lines=True, max_length=2000)
    due_on = VietnameseDateField(label="Thời hạn trả lời", from_today=True)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = OrgUnitVersion.objects.valid_on(today()).exclude(kind=UnitKind.SUB_UNIT)
        others = agencies.exclude(unit=proposal.deciding_unit_id).select_related("unit")
        offer(self, "unit", others.order_by("unit__order_number", "pk"))
        self.fields["due_on"].initial = add_working_days(today(), DAYS_TO_ANSWER)

    @property
    def chosen_unit(self) -> OrgUnit:
        return self.cleaned_data["unit"].unit


class CouncilForm(OnceForm):
    """Up to nine members with their seats; empty rows are left out."""

    helper = plain_helper()
    meeting_on = VietnameseDateField(label="Ngày họp", required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authors = [user.pk for user in people.authors(proposal)]
        chosen = staff_with_posts([proposal.agency_id, proposal.deciding_unit_id])
        for number in range(1, COUNCIL_ROWS + 1):
            self.fields[f"person_{number}"] = PersonField(
                label=f"Người thứ {number}",
                queryset=chosen.exclude(pk__in=authors),
                required=False,
                empty_label="Chưa chọn",
            )
            self.fields[f"seat_{number}"] = ChoiceField(
                label=f"Tư cách người thứ {number}",
                choices=[(seat.value, seat.label) for seat in SEATS],
                initial=_usual_seat(number),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = [user.pk for user, _ in self.seats()]
        if len(chosen) != len(set(chosen)):
            self.add_error(None, "Một người chỉ ngồi một ghế trong Hội đồng.")
        chairs = [seat for _, seat in self.seats() if seat == Seat.CHAIR]
        if len(chairs) != 1:
            self.add_error(None, "Chọn đúng một Chủ tịch Hội đồng.")
        return said

    def seats(self) -> list[tuple[User, str]]:
        said = self.cleaned_data
        rows = range(1, COUNCIL_ROWS + 1)
        return [
            (said[f"person_{n}"], said.get(f"seat_{n}") or Seat.MEMBER.value)
            for n in rows
            if said.get(f"person_{n}")
        ]


def _usual_seat(number: int) -> str:
    usual = {1: Seat.CHAIR, 2: Seat.VICE_CHAIR, 3: Seat.SECRETARY}
    return usual.get(number, Seat.MEMBER).value

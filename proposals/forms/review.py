"""Forms around the decision: intake, the way back, the second person, answers."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper

from documents.forms.fields import AttachedFileField
from documents.uploads import FILE_LIMIT
from journal.once import OnceForm
from organisation.days import add_working_days, today
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    Select,
    VietnameseDateField,
)
from organisation.models import User
from proposals.actions.supplement import DAYS, NEEDS_REASON, RETURNS_WITHOUT_REASON
from proposals.forms.decision import ItemsMixin
from proposals.models import Proposal


def plain_helper() -> FormHelper:
    """The fields alone: the template holds the form, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ReceiveForm(OnceForm):
    """One click; where several may decide, also who is to look at it."""

    def __init__(self, *args: Any, deciders: Sequence[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deciders = {str(user.ref): user for user in deciders}
        if len(deciders) > 1:
            self.fields["decider"] = ChoiceField(
                label="Người xem xét",
                choices=[(ref, user.display) for ref, user in self.deciders.items()],
                widget=Select(attrs={"form": "tiep-nhan", "class": "form-select"}),
                required=False,  # from the list one click gives it to the head
            )

    @property
    def chosen(self) -> User | None:
        return self.deciders.get(self.cleaned_data.get("decider", ""))


class ReasonForm(OnceForm):
    """A deed that needs a reason: taking back, declining, redirecting."""

    helper = plain_helper()
    reason = CleanTextField(label="Lý do", lines=True, max_length=2000, min_words=5)


class SendBackForm(ItemsMixin, OnceForm):
    """A return for supplement outside the decision panel."""

    use_required_attribute = False
    due_on = VietnameseDateField(label="Thời hạn bổ sung", from_today=True)
    again = CleanTextField(
        label="Lý do trả lại lần nữa", lines=True, max_length=1000, required=False
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_again = proposal.times_returned >= RETURNS_WITHOUT_REASON
        self.fields["due_on"].initial = add_working_days(today(), DAYS)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.check_items()
        if self.needs_again and not said.get("again"):
            self.add_error("again", NEEDS_REASON)
        return said


class AnswerForm(OnceForm):
    """The proposer's answer to a refusal."""

    helper = plain_helper()
    text = CleanTextField(label="Nội dung phản hồi", lines=True, max_length=4000, min_words=10)
    attached = AttachedFileField(
        label="Tệp kèm theo",
        required=False,
        help_text=f"PDF, Word, Excel, ảnh; dưới {FILE_LIMIT // 2**20} MB.",
    )


class AnswerReviewForm(OnceForm):
    """What the head says about the answer, with whichever button."""

    helper = plain_helper()
    text = CleanTextField(label="Ý kiến", lines=True, max_length=2000, required=False)


class ResubmitForm(OnceForm):
    """One click: the texts are in the parts of the form."""

    helper = plain_helper()


class SecondForm(OnceForm):
    """Confirming an override asks for nothing, declining for a reason."""

    helper = plain_helper()
    reason = CleanTextField(
        label="Lý do không xác nhận", lines=True, max_length=2000, required=False
    )

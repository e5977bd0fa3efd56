"""What is asked before a free paper is begun, and what may be said of a copy."""

from typing import Any

from django import forms

from documents.actions.writing import WRITTEN
from documents.forms.companions import lines
from documents.forms.deeds import plain_helper
from documents.stages import PaperKind
from journal.once import OnceForm
from organisation.days import today
from organisation.formfields import ChoiceField, CleanTextField
from organisation.models import OrgUnit


class NewPaperForm(OnceForm):
    """The kind, who issues it, what it is about."""

    helper = plain_helper()
    kind = ChoiceField(
        label="Loại văn bản", choices=[(kind, PaperKind(kind).label) for kind in WRITTEN]
    )
    issuer = ChoiceField(label="Cơ quan ban hành")
    title = CleanTextField(
        label="Trích yếu nội dung",
        max_length=300,
        help_text="Không cần ghi “V/v”, “Về việc”.",
    )

    def __init__(
        self,
        *args: Any,
        agencies: list[OrgUnit],
        bodies: dict[int, list[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.issuers: dict[str, tuple[OrgUnit, str]] = {}
        choices = []
        for agency in agencies:
            name = agency.at(day).name
            for at, body in enumerate(["", *bodies.get(agency.pk, [])]):
                key = f"{agency.ref}:{at}"
                self.issuers[key] = (agency, body)
                choices.append((key, f"{body} ({name})" if body else name))
        self.fields["issuer"].choices = choices  # type: ignore[attr-defined]
        self.fields["issuer"].initial = choices[0][0]

    @property
    def chosen_issuer(self) -> tuple[OrgUnit, str]:
        """The agency, and the council of it that issues; nothing where it is the agency itself."""
        return self.issuers[self.cleaned_data["issuer"]]


class CopyDraftForm(OnceForm):
    """Of an extract which parts it gives, of every copy where it goes."""

    helper = plain_helper()
    parts = forms.MultipleChoiceField(
        label="Phần được trích", widget=forms.CheckboxSelectMultiple, required=False
    )
    recipients = lines("Nơi nhận", 6, help_text="Mỗi nơi một dòng.")
    keeping = CleanTextField(label="Lưu", max_length=120, required=False, help_text="Ví dụ: VT")

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts:
            choices = [(str(place), words) for place, words in enumerate(parts)]
            self.fields["parts"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["parts"]

"""All that stands on the page of one part: its form, the rows of indicators, the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest

from proposals import papers, parts
from proposals.actions.drafting import Page
from proposals.forms.attachments import FilesForm
from proposals.forms.indicators import PREFIX, BaseIndicators, IndicatorSet
from proposals.forms.parts import FORMS, PartForm, initial_of
from proposals.models import PartVersion, Proposal
from proposals.stages import Part


@dataclass
class Sheet:
    """One part as shown or as posted."""

    part: Part
    form: PartForm
    indicators: BaseIndicators | None = None
    files: FilesForm | None = None

    @classmethod
    def saved(cls, proposal: Proposal, version: PartVersion, *, more: bool = False) -> "Sheet":
        """The part as it was saved last; `more` adds an empty indicator."""
        part = Part(version.part)
        sheet = cls(part, FORMS[part](initial=initial_of(proposal, part, seen=version.number)))
        if part == Part.BENEFIT:
            rows = papers.answers(proposal)[parts.INDICATORS]
            shown = cast(BaseIndicators, IndicatorSet(initial=rows, prefix=PREFIX))
            shown.extra = int(more and bool(rows))
            sheet.indicators = shown
        if part == Part.COMMITMENT:
            sheet.files = FilesForm()
        return sheet

    @classmethod
    def posted(cls, request: HttpRequest, part: Part, *, complete: bool) -> "Sheet":
        """The part as it was typed, read; `complete` asks for what must be there."""
        sheet = cls(part, FORMS[part](request.POST, complete=complete))
        sheet.form.is_valid()
        if part == Part.BENEFIT:
            typed = cast(BaseIndicators, IndicatorSet(request.POST, prefix=PREFIX))
            if typed.is_valid() and complete:
                typed.ask()
            sheet.indicators = typed
        if part == Part.COMMITMENT:
            sheet.files = FilesForm(request.POST, request.FILES)
            sheet.files.is_valid()
        return sheet

    @property
    def forms(self) -> list[BaseForm]:
        """Every form in the order of the page, for the summary of what must be mended."""
        rows = self.indicators.forms if self.indicators else []
        return [self.form, *rows, *([self.files] if self.files else [])]

    @property
    def is_sound(self) -> bool:
        is_rows_sound = self.indicators is None or self.indicators.is_sound()
        return not self.form.errors and is_rows_sound and not (self.files and self.files.errors)

    @property
    def answers(self) -> dict[str, Any]:
        return self.form.answers

    @property
    def rows(self) -> list[dict[str, Any]] | None:
        return self.indicators.rows() if self.indicators else None

    def page(self, *, is_auto: bool) -> Page:
        """Which rendering this came from."""
        said: Mapping[str, Any] = self.form.cleaned_data
        page: UUID | None = said.get("page")
        return Page(seen=said.get("seen", -1), page=page, is_auto=is_auto)

    @property
    def first_error(self) -> str:
        """What could not be saved, in the words beside its field."""
        found = (said for form in self.forms for e in form.errors.values() for said in e)
        return str(next(found, ""))

    def differences(self, proposal: Proposal) -> list[tuple[str, str, str]]:
        """Label, own words and saved words of each answer that differs."""
        return [row for row in self._compared(proposal) if row[1] != row[2]]

    def _compared(self, proposal: Proposal) -> Iterator[tuple[str, str, str]]:
        theirs = FORMS[self.part](initial=initial_of(proposal, self.part, seen=0))
        for name in parts.names(self.part):
            if name in self.form.fields:
                yield parts.LABELS[name], _words(self.form, name), _words(theirs, name)
        if self.rows is not None:
            saved = papers.answers(proposal)[parts.INDICATORS]
            yield parts.LABELS[parts.INDICATORS], _listed(self.rows), _listed(saved)


def _words(form: BaseForm, name: str) -> str:
    value = form[name].value()
    choices = getattr(form.fields[name], "choices", None)
    if choices:
        chosen = value if isinstance(value, list) else [value]
        wanted = {str(one) for one in chosen}
        return ", ".join(str(label) for key, label in choices if key and str(key) in wanted)
    if isinstance(value, bool) or value is None:
        return "Có" if value else ""
    return str(value).replace("\r\n", "\n").strip()


def _listed(rows: list[dict[str, Any]]) -> str:
    return "\n".join(_row(row) for row in rows)


def _row(row: dict[str, Any]) -> str:
    """As it was typed, also half of it."""
    reach = f"từ {row['baseline'] or '–'} đến {row['target'] or '–'}"
    return f"{row['name']}: {reach} {row['unit']}".strip()

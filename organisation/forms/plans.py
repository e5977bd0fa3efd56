"""What an imported list would do, row by row, before anything is done.

A plan reads what is there once, so that its cost does not grow by queries per row.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from organisation.actions.people import Opened
from organisation.forms.rows import ROW_FORMS, LabelField, RowForm
from organisation.models import User
from organisation.text import fold

ADDED, CHANGED, UNCHANGED, ERROR = "added", "changed", "unchanged", "error"
Deed = Callable[[User], Opened | None]


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass
class PlannedRow:
    """One row of the file: what it would do, or what must be mended in which column.

    `said` are its cells with their headings, the first and the empty ones left out.
    """

    number: int
    label: str
    said: list[tuple[str, str]] = field(default_factory=list)
    state: str = UNCHANGED
    changes: list[Change] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    do: Deed | None = None

    def refuse(self, column: str, message: str) -> None:
        self.state, self.do = ERROR, None
        self.errors.append((column, message))


class MissingColumns(ValueError):
    """The heading row lacks columns; `str()` is the sentence to show."""


class Plan(ABC):
    """Reads the rows of one kind of list. `rows` holds the outcome."""

    kind: str

    def __init__(self, cells: list[list[str]], *, by: User) -> None:
        self.by = by
        self.form_class = ROW_FORMS[self.kind]
        head = next(place for place, row in enumerate(cells) if any(row))
        places = _places(cells[head], self.form_class())
        self.seen: dict[Any, int] = {}
        self.prepare()
        self.rows = [
            self._row(number, {name: _cell(row, place) for name, place in places.items()})
            for number, row in enumerate(cells[head + 1 :], start=head + 2)
            if any(row)
        ]

    @abstractmethod
    def prepare(self) -> None:
        """Read what is there already, once for all rows."""

    @abstractmethod
    def key(self, facts: dict[str, Any]) -> Any:
        """What a row is about; two rows of one file may not be about the same."""

    @abstractmethod
    def decide(self, row: PlannedRow, facts: dict[str, Any]) -> None:
        """Fill the state, the changes and the deed of a row whose cells are in order."""

    @property
    def tally(self) -> dict[str, int]:
        states = [row.state for row in self.rows]
        return {state: states.count(state) for state in (ADDED, CHANGED, UNCHANGED, ERROR)}

    @property
    def shown(self) -> list[PlannedRow]:
        """The rows as they are looked at: what must be mended first, what stays as it is last."""
        order = {ERROR: 0, UNCHANGED: 2}
        return sorted(self.rows, key=lambda row: order.get(row.state, 1))

    @property
    def is_sound(self) -> bool:
        return not self.tally[ERROR]

    @property
    def does_nothing(self) -> bool:
        return not (self.tally[ADDED] or self.tally[CHANGED])

    def _row(self, number: int, said: dict[str, str]) -> PlannedRow:
        form = self.form_class(said)
        columns = form.columns()
        (_, label), *others = said.items()
        told = [(columns[name], cell) for name, cell in others if cell]
        row = PlannedRow(number, label, told)
        for name, messages in form.errors.items():
            for message in messages:
                row.refuse(columns.get(name, ""), str(message))
        if row.state != ERROR:
            self._decide_once(row, form.cleaned_data)
        return row

    def _decide_once(self, row: PlannedRow, facts: dict[str, Any]) -> None:
        first = self.seen.setdefault(self.key(facts), row.number)
        if first != row.number:
            row.refuse("", f"Trùng với dòng {first} của tệp.")
            return
        self.decide(row, facts)


def differences(form: type[RowForm], before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The fields that differ, with their headings, as people read them."""
    fields = form.base_fields
    return [
        Change(
            str(fields[name].label),
            _words(fields[name], before[name]),
            _words(fields[name], value),
        )
        for name, value in after.items()
        if name in before and before[name] != value
    ]


def _places(heading: list[str], form: RowForm) -> dict[str, int]:
    found = {fold(cell): place for place, cell in reversed(list(enumerate(heading)))}
    columns = form.columns()
    missing = [label for label in columns.values() if fold(label) not in found]
    if missing:
        raise MissingColumns(
            f"Dòng đầu của tệp thiếu cột: {', '.join(missing)}. Dùng tệp mẫu để nhập."
        )
    return {name: found[fold(label)] for name, label in columns.items()}


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, LabelField):
        return field.labels.get(value, str(value))
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "–")

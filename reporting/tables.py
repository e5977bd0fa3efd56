"""How the list of all cases is filtered and walked."""

from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.db.models import F, QuerySet, UUIDField, Value
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from organisation.days import today
from organisation.fields import WordedForm
from organisation.formfields import ChoiceField, CleanTextField
from organisation.lists import pages_shown
from organisation.models import OrgUnitVersion, User
from organisation.prepared import prepared
from organisation.stages import UnitKind
from proposals.listing import counted, with_days_left
from proposals.models import Field, Proposal
from proposals.paging import beyond
from proposals.queries import ProposalQuerySet
from proposals.rights import SENT
from proposals.search import LONGEST
from proposals.stages import Stage

PAGE = 25
STAGES = [(stage.value, stage.label) for stage in Stage if stage in SENT]


class CaseFilter(WordedForm):
    """The filter of /ho-so/; everything in it may stand in the address."""

    q = CleanTextField(label="Tên hoặc mã hồ sơ", required=False, max_length=LONGEST)
    stage = ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *STAGES])
    field = ChoiceField(label="Lĩnh vực", required=False)
    agency = ChoiceField(label="Cơ quan", required=False)
    late = ChoiceField(
        label="Thời hạn", required=False, choices=[("", "Tất cả"), ("co", "Quá hạn")]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("field", "agency"):
            field: Any = self.fields[name]
            field.choices = partial(self._choices, name)

    def _choices(self, name: str) -> list[tuple[Any, str]]:
        return [("", "Tất cả"), *self._offered[name]]

    @cached_property
    def _offered(self) -> dict[str, list[tuple[Any, str]]]:
        """Read only where the form is drawn, or an answer is to be looked up."""
        return offered()

    def narrowed(self, user: User) -> ProposalQuerySet:
        """What was sent in the whole province, as far as the person knows of it and the filter, if
        it is valid, lets through."""
        if not self.is_valid():
            return Proposal.objects.listed_to(user, among=SENT)
        stage = self.cleaned_data["stage"]
        among = frozenset({Stage(stage)}) if stage else SENT
        return self.apply(Proposal.objects.listed_to(user, among=among))

    def apply(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """The rows that the valid filter lets through."""
        chosen = self.cleaned_data
        rows = rows.matching(chosen["q"]) if chosen["q"] else rows
        rows = rows.filter(stage=chosen["stage"]) if chosen["stage"] else rows
        rows = rows.filter(field=chosen["field"]) if chosen["field"] else rows
        rows = rows.filter(agency__ref=chosen["agency"]) if chosen["agency"] else rows
        is_late = {"due_on__lt": today(), "is_clock_paused": False}
        return rows.filter(**is_late) if chosen["late"] else rows


def offered() -> dict[str, list[tuple[Any, str]]]:
    """The fields of work, and the agencies of today by public reference, in official order."""
    found: dict[str, list[tuple[Any, str]]] = {"field": [], "agency": []}
    for what, _, pk, ref, name in _rows_offered(today()):
        found[what].append((ref or pk, name))
    return found


@prepared
def _rows_offered(day: date) -> QuerySet:
    agencies = OrgUnitVersion.objects.valid_on(day).exclude(kind=UnitKind.SUB_UNIT)
    agencies = agencies.annotate(what=Value("agency"), rank=F("unit__order_number"))
    fields = Field.objects.annotate(what=Value("field"), ref=Value(None, UUIDField()))
    return (
        agencies.values_list("what", "rank", "unit_id", "unit__ref", "name")
        .union(fields.values_list("what", "order_number", "pk", "ref", "name"), all=True)
        .order_by("what", "rank", "unit_id")
    )


def case_page(rows: ProposalQuerySet, query: QueryDict, user: User) -> dict[str, Any]:
    """One page of a list that is walked by keys, and the address of the next."""
    lines = rows.for_list().with_openness(user)
    if after := _after(query.get("sau", "")):
        lines = beyond(lines, *after)
    size = PAGE * pages_shown(query)
    found = list(lines[: size + 1])
    shown, has_more = found[:size], len(found) > size
    return {
        "cases": with_days_left(shown),
        "count": counted(rows, shown, has_more=has_more),
        "is_filtered": any(query.get(name) for name in CaseFilter.base_fields),
        "open_ids": {row.pk for row in shown if row.is_openable},
        "next_page": _next(query, shown[-1]) if has_more else "",
    }


def _after(key: str) -> tuple[datetime, int] | None:
    """The last row of the page before, as its address carries it; None for nonsense."""
    moment, _, pk = key.partition("_")
    at = parse_datetime(moment.replace(" ", "+")) if moment else None
    return (at, int(pk)) if at and is_aware(at) and pk.isdigit() else None


def _next(query: QueryDict, last: Proposal) -> str:
    query = query.copy()
    query["sau"] = f"{last.touched_at.isoformat()}_{last.pk}"
    return "?" + query.urlencode()

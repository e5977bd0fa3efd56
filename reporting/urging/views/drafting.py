"""The three steps of a letter: whom it goes to, what it says, who signs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deadlines.models import Clock
from deadlines.vacant import vacancies
from documents.actions.signing import lawful_signers
from documents.forms.deeds import SendForm
from documents.stages import SigningAuthority
from organisation.access import SignedInRequest, roles
from organisation.days import add_working_days, today
from organisation.models import OrgUnit, OrgUnitVersion
from organisation.stages import Role
from reporting.urging import rules
from reporting.urging.actions import drafting, drafting_many, laying
from reporting.urging.actions.base import raise_conflict
from reporting.urging.forms import ANSWER_DAYS, TOGETHER, ChosenForm, DraftForm, LateFilter
from reporting.urging.ladder import Standing, standings, why_never
from reporting.urging.late import Tally, items_of, tallies
from reporting.urging.models import UrgingDispatch
from reporting.urging.stages import LAST
from reporting.urging.tabs import tabs
from reporting.urging.views.base import done, form_page, sheets_of

GET_AND_POST = ["GET", "HEAD", "POST"]
WATCHERS = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
ALL = "ca_danh_sach"
MOST_SHOWN = 300  # lines of step 2; beyond that they are counted and stand on a page of their own


@dataclass(frozen=True)
class LateAgency:
    """A row of step 1: what is late, what was sent last, whether it may be ticked."""

    tally: Tally
    stand: Standing
    why_not: str


@dataclass(frozen=True)
class Addressee:
    """An agency of step 2 with the lines that its annex would have now, where these are few."""

    unit: OrgUnit
    name: str
    stand: Standing
    count: int
    items: Sequence[Clock]


@roles(*WATCHERS)
@require_safe
def late_list(request: SignedInRequest) -> HttpResponse:
    """Step 1: every agency where something is late."""
    form = LateFilter(request.GET or None)
    found = tallies(today())
    rows = _rows(request, form.narrow(found) if form.is_valid() else found)
    context = {
        "form": form,
        "rows": rows,
        "tabs": tabs(request.user, "reporting:urging"),
        "count": sum(row.tally.count for row in rows),
        "may_draft": rules.is_officer(request.user),
        "choosable": sum(not row.why_not for row in rows),
        "is_filtered": any(request.GET.get(name) for name in LateFilter.base_fields),
        "all_name": ALL,
        "vacant": vacancies(request.user, today()),
    }
    return render(request, "reporting/urging_late.html", context)


@roles(*WATCHERS)
@require_safe
def late_items(request: SignedInRequest, agency_ref: UUID) -> HttpResponse:
    """What is late at one agency, line by line as its annex would say it."""
    agency = OrgUnit.objects.filter(ref=agency_ref).first()
    if agency is None or not agency.versions.valid_on(today()).exists():
        raise Http404
    items = items_of([agency.pk], today(), with_unverified=True).get(agency.pk, [])
    stand = standings([agency.pk], today())[agency.pk]
    context = {"agency": agency.at(today()), "items": items, "stand": stand, "ref": agency.ref}
    return render(request, "reporting/urging_items.html", context)


@roles(Role.HOME_AFFAIRS_OFFICER)
@require_http_methods(GET_AND_POST)
def create(request: SignedInRequest) -> HttpResponse:
    """Step 2: what the letters say; sent, they are drafted. The ticks come by POST, because an
    address has no room for some hundred of them.
    """
    is_said = "key" in request.POST
    chosen = ChosenForm(request.POST if is_said else _asked(request))
    if not chosen.is_valid():
        messages.error(request, "Chọn ít nhất một cơ quan có việc quá hạn.")
        return redirect("reporting:urging")
    agencies = list(chosen.cleaned_data["co_quan"].order_by("order_number", "pk"))
    initial = {"co_quan": [str(one.ref) for one in agencies]}
    asked = {"is_alone": len(agencies) == 1, "is_report": _are_reports(agencies)}
    form = DraftForm(request.POST if is_said else None, initial=initial, **asked)
    if is_said and form.is_valid() and (led := done(request, form, _drafting(request, form))):
        return led
    addressees = _addressees(agencies)
    return form_page(request, "reporting/urging_words.html", form, addressees=addressees)


def _are_reports(agencies: Sequence[OrgUnit]) -> bool:
    """Whether the Chairman is told of all of them: nobody answers a report by a day."""
    stands = standings([one.pk for one in agencies], today())
    return all(stand.rung == LAST for stand in stands.values())


def _drafting(request: SignedInRequest, form: DraftForm) -> Callable[[], str]:
    """Draft what a valid form asks for, at once or by a worker; where that leads."""
    said = form.cleaned_data
    agencies = list(said["co_quan"])
    choice = drafting.Choice(
        agencies=agencies,
        answer_by=said.get("answer_by") or add_working_days(today(), ANSWER_DAYS),
        together=said["way"] == TOGETHER,
        with_unverified=said["with_unverified"],
        note=said["note"],
    )

    def do() -> str:
        if len(agencies) > drafting_many.FEW:
            asked = {"key": str(said["key"]), "back_url": reverse("reporting:urging")}
            job = drafting_many.draft_many(choice, by=request.user, **asked)
            return job.get_absolute_url()
        drafts = drafting.draft(choice, by=request.user)
        messages.success(request, f"Đã soạn {len(drafts)} dự thảo.")
        return reverse("reporting:urging_batch", args=[drafts[0].batch])

    return do


@roles(*WATCHERS)
@require_http_methods(GET_AND_POST)
def batch(request: SignedInRequest, batch_ref: UUID) -> HttpResponse:
    """Step 3: the drafts of a batch, laid before one signer."""
    found = UrgingDispatch.objects.visible_to(request.user).filter(batch=batch_ref)
    letters = list(found.for_list().select_related("paper__file", "paper__issuing_unit"))[::-1]
    drafts = [one for one in letters if rules.may_write(one, request.user)]
    if not letters:
        raise Http404
    if request.method == "POST" and not drafts:
        _refuse(request, letters)
    form = _send_form(request, drafts)

    def do() -> str:
        asked: dict[str, Any] = {"by": request.user, "signer": form.chosen_signer}
        if len(drafts) > laying.FEW:
            key = str(form.cleaned_data["key"])
            job = laying.lay_many(batch_ref, key=key, back_url=request.path, **asked)
            return job.get_absolute_url()
        count = laying.lay(batch_ref, **asked)
        name = form.chosen_signer.full_name
        messages.success(request, f"Đã trình {name} ký {count} văn bản.")
        return letters[0].get_absolute_url() if len(letters) == 1 else request.path

    if request.method == "POST" and form.is_valid() and (led := done(request, form, do)):
        return led
    shown = sheets_of(letters[0].paper) if len(letters) == 1 else {}
    context: dict[str, Any] = {"letters": letters, "drafts": drafts, "batch_ref": batch_ref}
    return form_page(request, "reporting/urging_batch.html", form, **context, **shown)


def _refuse(request: SignedInRequest, letters: Sequence[UrgingDispatch]) -> NoReturn:
    """One's own drafts were laid meanwhile; those of others were never one's to lay."""
    if any(one.created_by_id == request.user.pk for one in letters):
        raise_conflict(letters[0])
    raise PermissionDenied


def _rows(request: SignedInRequest, found: Sequence[Tally]) -> list[LateAgency]:
    stands = standings([one.agency_id for one in found], today())
    unit = drafting.office_of(request.user) if rules.is_officer(request.user) else None
    return [
        LateAgency(
            one,
            stands[one.agency_id],
            (unit and why_never(one.kind, one.agency_id, unit)) or stands[one.agency_id].why_not,
        )
        for one in found
    ]


def _asked(request: SignedInRequest) -> QueryDict:
    """The ticked agencies, or all of the filtered list that may be urged now."""
    sent = request.POST or request.GET
    if ALL not in sent:
        return sent
    form = LateFilter(sent)
    rows = _rows(request, form.narrow(tallies(today())) if form.is_valid() else [])
    asked = QueryDict(mutable=True)
    refs = [row.tally.ref for row in rows if not row.why_not and row.tally.verified]
    asked.setlist("co_quan", refs)
    return asked


def _addressees(agencies: Sequence[OrgUnit]) -> list[Addressee]:
    """With the lines themselves as long as a person can look through them on one page."""
    keys, on = [one.pk for one in agencies], today()
    counts = {one.agency_id: one.count for one in tallies(on, keys)}
    is_short = sum(counts.values()) <= MOST_SHOWN
    items = items_of(keys, on, with_unverified=True) if is_short else {}
    stands, names = standings(keys, on), _names(keys, on)
    return [
        Addressee(one, names[one.pk], stands[one.pk], counts.get(one.pk, 0), items.get(one.pk, []))
        for one in agencies
    ]


def _names(agencies: Sequence[int], on: date) -> dict[int, str]:
    rows = OrgUnitVersion.objects.valid_on(on).filter(unit__in=agencies)
    return dict(rows.values_list("unit_id", "name"))


def _send_form(request: SignedInRequest, drafts: Sequence[UrgingDispatch]) -> SendForm:
    """Who may lawfully sign for the office today, asked of the first paper: all are of one."""
    first = drafts[0].paper if drafts else None
    ways = lawful_signers(first) if first else []
    authority = str(SigningAuthority.HEAD)
    return SendForm(request.POST or None, lawful={authority: ways}, authority=authority)

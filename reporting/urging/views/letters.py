"""The letters: their list, and one of them with its answers."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import rules as document_rules
from documents.models import StoredFile
from documents.responses import file_response
from journal.timeline import timeline
from organisation.access import SignedInRequest, case, roles
from organisation.days import today
from organisation.lists import pages_shown
from organisation.models import User
from organisation.stages import Role
from proposals.acts import Act
from reporting.urging import rules
from reporting.urging.forms import LetterFilter
from reporting.urging.models import UrgedAgency, UrgingDispatch
from reporting.urging.stages import UrgingState
from reporting.urging.tabs import tabs
from reporting.urging.views.base import fetch, sheets_of

READERS = (
    *(Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD, Role.AGENCY_HEAD, Role.DEPUTY_HEAD),
    *(Role.AGENCY_FOCAL, Role.CLERK, Role.PROVINCIAL_OFFICE),
)
PAGE = 50
EVENTS = 50


@roles(*READERS)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Sở Nội vụ sees all letters, an agency those that it got."""
    form = LetterFilter(request.GET or None)
    rows = UrgingDispatch.objects.visible_to(request.user).for_list()
    if form.is_valid() and (state := form.cleaned_data["trang_thai"]):
        rows = rows.filter(state=state)
    last = request.GET.get("truoc", "")
    if last.isascii() and last.isdigit() and len(last) < 19:
        rows = rows.filter(pk__lt=int(last))
    size = PAGE * pages_shown(request.GET)
    found = list(rows[: size + 1])
    query = request.GET.copy()
    query["truoc"] = str(found[size - 1].pk) if len(found) > size else ""
    context = {
        "rows": _with_clocks(found[:size], request.user),
        "form": form,
        "tabs": tabs(request.user, "reporting:urging_letters"),
        "more_url": f"?{query.urlencode()}" if query["truoc"] else "",
        "is_filtered": bool(request.GET.get("trang_thai")),
    }
    return render(request, "reporting/urging_letters.html", context)


@case("urging")
@require_safe
def dispatch(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """A letter with who answered what; an agency sees its own answer only."""
    found = fetch(request, ref)
    is_office = rules.is_of_office(found, request.user)
    rows = _rows(found, request.user, is_office=is_office)
    answered = sum(row.answered_at is not None for row in rows)
    primary, others = _acts(found, request.user, rows)
    context: dict[str, Any] = {
        "dispatch": found,
        "rows": rows,
        "answered": answered,
        "clock": next((row.clock for row in rows if row.clock), None),
        "is_office": is_office,
        "primary": primary,
        "others": others,
        "today": today(),
        "earlier": _earlier(found, rows),
        "events": timeline(found.stream, size=EVENTS).items if is_office else [],
    }
    return render(request, "reporting/urging_dispatch.html", context | sheets_of(found.paper))


@case("urging")
@require_safe
def answer_file(request: SignedInRequest, ref: UUID, file_ref: UUID) -> HttpResponseBase:
    """A file of an answer, for those who see the answer."""
    found = fetch(request, ref)
    is_office = rules.is_of_office(found, request.user)
    rows = [row.pk for row in _rows(found, request.user, is_office=is_office)]
    files = StoredFile.objects.readable_by(request.user).filter(urging_answers__in=rows)
    return file_response(get_object_or_404(files, ref=file_ref))


def own_row(found: UrgingDispatch, user: User) -> UrgedAgency:
    """The row of the agency for which this person answers, an open one first; else 404."""
    rows = [row for row in found.urged.live().order_by("pk") if _is_of(row, user)]
    if not rows:
        raise Http404
    return next((row for row in rows if row.answered_at is None), rows[0])


def _with_clocks(letters: list[UrgingDispatch], user: User) -> list[UrgingDispatch]:
    """Each with the clock of an answer that this person follows or owes."""
    all_of, desk = rules.follows(user), user.powers.own_units(*rules.ANSWERING)
    for letter in letters:
        clocks = (row.clock for row in letter.named if all_of or row.agency_id in desk)
        letter.clock = next((clock for clock in clocks if clock), None)
    return letters


def _rows(found: UrgingDispatch, user: User, *, is_office: bool) -> list[UrgedAgency]:
    rows = found.urged.select_related("answered_by", "agency", "clock__rule")
    rows = rows.prefetch_related("files", "items__clock").order_by("agency__order_number", "pk")
    shown = [row for row in rows if is_office or (_is_of(row, user) and not row.is_dropped)]
    for row in shown:
        row.dispatch = found
    return shown


def _is_of(row: UrgedAgency, user: User) -> bool:
    return row.agency_id in user.powers.own_units(*rules.ANSWERING)


def _earlier(found: UrgingDispatch, rows: list[UrgedAgency]) -> list[UrgedAgency]:
    """The letters that the same agencies got before in this series."""
    series = {(row.agency_id, row.series) for row in rows}
    before = UrgedAgency.objects.live().filter(
        agency__in=[agency for agency, _ in series], rung__lt=found.rung
    )
    before = before.select_related("dispatch__paper").order_by("rung", "pk")
    return [row for row in before if (row.agency_id, row.series) in series]


def _acts(
    found: UrgingDispatch, user: User, rows: list[UrgedAgency]
) -> tuple[Act | None, list[Act]]:
    """What this person may do now: the one main thing, and the others behind it."""
    main = next(_main_acts(found, user, rows), None)
    offered = (
        (rules.may_write(found, user), "Sửa nội dung", "change", "pencil"),
        (rules.may_close(found, user), "Kết thúc đôn đốc", "close", "check-lg"),
        (rules.may_cancel(found, user), "Hủy dự thảo", "cancel", "dash-circle"),
    )
    others = [
        Act(label, _url(found, name), icon, danger=name == "cancel")
        for may, label, name, icon in offered
        if may
    ]
    return main, others


def _main_acts(found: UrgingDispatch, user: User, rows: list[UrgedAgency]) -> Iterator[Act]:
    paper = found.paper
    if any(rules.may_answer(row, user) for row in rows):
        yield Act("Trả lời", _url(found, "answer"))
    if paper and found.state == UrgingState.WAITING and document_rules.may_sign(paper, user):
        yield Act("Mở văn bản để ký", paper.get_absolute_url())
    if rules.may_write(found, user):
        yield Act("Trình ký", reverse("reporting:urging_batch", args=[found.batch]))
    if rules.may_remind(found, user):
        yield Act("Nhắc lại", _url(found, "remind"))


def _url(found: UrgingDispatch, name: str) -> str:
    return reverse(f"reporting:urging_{name}", args=[found.ref])

"""The reports of agencies: their list, one of them, and the rows behind a figure."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines.showing import with_days_left, with_keepers
from documents import rules as document_rules
from journal.timeline import timeline
from organisation.access import SignedInRequest, case, roles
from organisation.days import today
from organisation.lists import pages_shown
from organisation.models import User
from proposals.acts import Act
from proposals.models import Proposal
from reporting.periods import rules
from reporting.periods.figures import rows_behind
from reporting.periods.forms import ReportFilter
from reporting.periods.models import PeriodicReport
from reporting.periods.numbers import LABELS
from reporting.periods.rights import READERS
from reporting.periods.shown import form_1
from reporting.periods.tabs import tabs
from reporting.periods.views.base import fetch

PAGE = 50
EVENTS = 50


@roles(*READERS)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Sở Nội vụ sees the reports of all, an agency its own; the newest first."""
    form = ReportFilter(request.GET or None)
    rows = PeriodicReport.objects.visible_to(request.user).for_list()
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
        "rows": with_clocks(found[:size]),
        "form": form,
        "tabs": tabs(request.user, "reporting:reports"),
        "more_url": f"?{query.urlencode()}" if query["truoc"] else "",
        "is_filtered": bool(request.GET.get("trang_thai")),
    }
    return render(request, "reporting/periods/reports.html", context)


@case("periodic")
@require_safe
def detail(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """A report: its figures, its words as far as one may read them, its paper, what happened."""
    found = fetch(request, ref)
    with_clocks([found])
    reads = found.is_received or rules.is_of_house(found, request.user)
    main = next(_main_acts(found, request.user), None)
    context: dict[str, Any] = {
        "report": found,
        "period": found.period,
        "form_1": form_1(found),
        "parts": list(found.parts.all()) if reads else [],
        "reads": reads,
        "primary": main,
        "others": _others(found, request.user),
        "agencies": found.facts.get("agencies", []),
        "silent": found.facts.get("silent", []),
        "events": timeline(found.stream, size=EVENTS).items if reads else [],
        "paper": found.paper if reads else None,
    }
    return render(request, "reporting/periods/report.html", context)


@case("periodic")
@require_safe
def figure(request: SignedInRequest, ref: UUID, key: str) -> HttpResponse:
    """The rows that make a figure, as they were frozen; in a summary the agencies with theirs."""
    found = fetch(request, ref)
    numbers = found.facts.get("numbers", {})
    if key not in LABELS or key not in numbers:
        raise Http404
    rows = [row | {"label": LABELS[row["state"]]} for row in rows_behind(found.facts, key)]
    refs = [row["ref"] for row in rows]
    seen = Proposal.objects.visible_to(request.user).filter(ref__in=refs)
    context = {
        "report": found,
        "label": LABELS[key],
        "count": numbers[key],
        "key": key,
        "rows": rows,
        "seen": {str(one) for one in seen.order_by().values_list("ref", flat=True)},
        "agencies": [
            one | {"count": one["numbers"][key]}
            for one in found.facts.get("agencies", [])
            if one["numbers"][key]
        ],
    }
    return render(request, "reporting/periods/figure.html", context)


def with_clocks(rows: list[PeriodicReport]) -> list[PeriodicReport]:
    """Each with who holds it and the days left on its clock, read for all at once."""
    running = [row.clock for row in rows if row.clock and row.clock.is_open]
    with_keepers(with_days_left(running, today()), today())
    return rows


def _main_acts(found: PeriodicReport, user: User) -> Iterator[Act]:
    """What this person may do now, the most pressing first."""
    paper = found.paper
    if paper and found.is_received and document_rules.may_sign(paper, user):
        yield Act("Mở văn bản để ký", paper.get_absolute_url())
    laid = found.state == "laid"
    if laid and rules.may("send", found, user):
        yield Act("Gửi báo cáo", _url(found, "send"))
    if rules.may("write", found, user):
        yield Act("Viết báo cáo", _url(found, "write"))
    if found.is_summary and found.state == "collecting" and rules.is_officer(user):
        yield Act("Lập báo cáo tổng hợp", _url(found, "collect"))


def _others(found: PeriodicReport, user: User) -> list[Act]:
    collects = found.is_summary and found.state == "draft" and rules.is_officer(user)
    offered = (
        (rules.may("write", found, user), "Viết báo cáo", "write", "pencil"),
        (rules.may("lay", found, user), "Trình người đứng đầu", "lay", "send"),
        (rules.may("send", found, user), "Gửi báo cáo", "send", "send"),
        (rules.may("hand_back", found, user), "Trả lại để sửa", "hand_back", "reply"),
        (rules.may("give_back", found, user), "Trả lại để sửa", "give_back", "reply"),
        (collects, "Tổng hợp lại số liệu", "collect", "arrow-repeat"),
    )
    main = next(_main_acts(found, user), None)
    return [
        Act(label, _url(found, name), icon)
        for may, label, name, icon in offered
        if may and not (main and main.label == label)
    ]


def _url(found: PeriodicReport, name: str) -> str:
    return reverse(f"reporting:report_{name}", args=[found.ref])

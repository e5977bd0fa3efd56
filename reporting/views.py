"""Ways into what reads all rooms: home, all cases, search, the guide, the state of the portal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.responses import file_response
from organisation.access import SignedInRequest, public, roles, signed_in
from organisation.stages import Role
from reporting.condition import condition
from reporting.directives import dated, directives, paragraphs_of
from reporting.health import health
from reporting.home import first_task, home_of
from reporting.search import case_by_code, papers_by_number, results_of
from reporting.tables import CaseFilter, case_page

WATCHERS = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD, Role.INSPECTOR)


@signed_in
@require_safe
def front_page(request: SignedInRequest) -> HttpResponse:
    """Where people land: at their work; who only administers reads no case and starts elsewhere."""
    powers = request.user.powers
    only_governs = powers.posts and all(post.role == Role.ADMIN for post in powers.posts)
    return redirect("organisation:units" if only_governs else "reporting:home")


@signed_in
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    shown = home_of(request.user)
    return render(request, "reporting/home.html", shown | {"first": first_task(shown["groups"])})


@roles(*WATCHERS)
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    """All cases of the province, as far as this person may know of them."""
    form = CaseFilter(request.GET or None)
    rows = form.narrowed(request.user)
    template = "reporting/_cases.html" if request.htmx else "reporting/cases.html"
    return render(request, template, {"form": form} | case_page(rows, request.GET, request.user))


@signed_in
@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """An exact code or number leads to its page; anything else to what was found."""
    text = request.GET.get("q", "")
    if found := case_by_code(request.user, text):
        return redirect(found)
    papers = papers_by_number(request.user, text)
    if len(papers) == 1:
        return redirect(papers[0])
    return render(
        request, "reporting/search.html", results_of(request.user, text) | {"papers": papers}
    )


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How each task is done, for everybody; the orders of the province for those who sign in."""
    found = directives() if request.user.is_authenticated else ()
    return render(request, "reporting/guide.html", {"directives": found})


@signed_in
@require_safe
def directive(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """An order of the province, to be read on the page."""
    found = get_object_or_404(directives(), ref=ref)
    context = {"directive": found, "dated": dated(found), "paragraphs": paragraphs_of(found)}
    return render(request, "reporting/directive.html", context)


@signed_in
@require_safe
def directive_file(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """The same as a paper; its page while the file is being drawn."""
    found = get_object_or_404(directives(), ref=ref)
    if found.file is None:
        return redirect("reporting:directive", ref=ref)
    return file_response(found.file, inline=True)


@roles(Role.ADMIN)
@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    return render(request, "reporting/status.html", condition())


@public
@never_cache
@require_safe
def health_report(request: SignedInRequest) -> HttpResponse:
    """Figures for whoever watches the machines; 503 when something is wrong."""
    found = health()
    return JsonResponse(found, status=200 if found["ok"] else 503)

"""The outgoing register: on the page, as a workbook, closed and printed."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.actions.registering import close_period, note_export
from documents.forms.deeds import CloseRegisterForm
from documents.forms.register import RegisterFilter, RegisterSheetForm
from documents.models import OfficialDocument, OutsideNumber, RegisterPeriod
from documents.models.papers import OfficialDocumentQuerySet
from documents.registered import (
    COLUMNS,
    all_rows,
    between,
    book_of,
    newest,
    outside_of,
    with_outside,
)
from documents.views.base import GET_AND_POST, done
from documents.views.desk import clerk_units, desk_tabs
from organisation.access import SignedInRequest, roles
from organisation.lists import pages_shown
from organisation.models import OrgUnit, User
from organisation.powers import Post
from organisation.sheets import XLSX
from organisation.stages import Role

READERS = (Role.CLERK, Role.AGENCY_HEAD, Role.DEPUTY_HEAD)


@require_safe
@roles(*READERS)
def register(request: SignedInRequest) -> HttpResponse:
    post = post_at(request.user)
    agency = post.unit_id
    form = RegisterFilter(request.GET or None)
    asked = request.GET.get("sau", "")
    papers, after = newest(
        _chosen(request.user, agency, form), asked, pages=pages_shown(request.GET)
    )
    rows = with_outside(papers, _outside(agency, form), asked, after)
    titles = [title for title, _, _ in COLUMNS]
    context = {
        "agency_name": post.unit_name,
        "form": form,
        "sheet_form": RegisterSheetForm(),
        "columns": titles,
        "rows": [(paper, list(zip(titles, row, strict=True))) for paper, row in rows],
        "after": after,
        "query": _query(form),
        "periods": RegisterPeriod.objects.filter(agency=agency)
        .select_related("paper")
        .order_by("-first_day"),
        "is_clerk": agency in clerk_units(request.user),
        "tabs": desk_tabs("register"),
    }
    return render(request, "documents/register.html", context)


@require_POST
@roles(*READERS)
def sheet(request: SignedInRequest) -> HttpResponseBase:
    """The same rows as a workbook; that it was taken out is written down."""
    form = RegisterSheetForm(request.POST)
    if not form.is_valid():
        return redirect("documents:register")
    agency = agency_of(request.user)
    papers = _chosen(request.user, agency, form)
    note_export(agency, by=request.user, count=papers.count())
    book = book_of(all_rows(papers, _outside(agency, form)))
    name = f"so-van-ban-di-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


@require_http_methods(GET_AND_POST)
@roles(Role.CLERK)
def close(request: SignedInRequest) -> HttpResponse:
    """Close the register to the end of a day; its printed paper is drawn."""
    agency = agency_of(request.user, Role.CLERK)
    form = CloseRegisterForm(request.POST or None)

    def do() -> str:
        period = close_period(agency, form.cleaned_data["last_day"], by=request.user)
        messages.success(request, f"Đã khóa sổ, {period.count} văn bản.")
        return period.paper.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (led := done(request.user, form, do)):
        return led
    context = {"form": form, "agency": agency.at(timezone.localdate())}
    status = 422 if form.errors else 200
    return render(request, "documents/close_register.html", context, status=status)


def agency_of(user: User, *wanted: str) -> OrgUnit:
    """The agency whose register this person keeps, else reads."""
    return OrgUnit.objects.get(pk=post_at(user, *wanted).unit_id)


def post_at(user: User, *wanted: str) -> Post:
    """The post by which this person keeps a register, else reads one."""
    order = wanted or (Role.CLERK, *READERS[1:])
    for role in order:
        for post in user.powers.posts:
            if post.role == role:
                return post
    raise Http404  # as for those without the role: what is lent for review opens no register


def _chosen(
    user: User, agency: OrgUnit | int, form: RegisterFilter | RegisterSheetForm
) -> OfficialDocumentQuerySet:
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    papers = OfficialDocument.objects.visible_to(user).issued().filter(issuing_unit=agency)
    return between(papers, said.get("tu"), said.get("den"))


def _outside(
    agency: OrgUnit | int, form: RegisterFilter | RegisterSheetForm
) -> QuerySet[OutsideNumber]:
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return outside_of(agency, said.get("tu"), said.get("den"))


def _query(form: RegisterFilter | RegisterSheetForm) -> str:
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return "".join(f"&{name}={day:%d/%m/%Y}" for name, day in said.items() if day)

"""Importing lists: upload, see what would change, confirm; or take the empty file home."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation import hooks
from organisation.access import SignedInRequest, roles
from organisation.actions.imports import keep_draft, take_over
from organisation.actions.people import Opened
from organisation.actions.refusals import NotSound
from organisation.forms.imports import ConfirmForm, UploadForm
from organisation.forms.plan_kinds import PLANS
from organisation.forms.plans import MissingColumns, Plan
from organisation.forms.rows import EXAMPLES, ROW_FORMS
from organisation.models import ImportDraft
from organisation.sheets import XLSX, write_csv, write_sheet
from organisation.stages import Role, SheetKind
from organisation.views.deeds import done

LISTS = {SheetKind.UNITS: "organisation:units"}
LARGE = 200  # rows that are taken over within two seconds
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Take a file in, and lead to the preview of what it would do."""
    if kind not in ROW_FORMS:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rows, name = form.cleaned_data["rows"], form.cleaned_data["file"].name
        try:
            PLANS[kind](rows, by=request.user)
        except MissingColumns as trouble:
            form.add_error("file", str(trouble))
        else:
            draft = keep_draft(kind, rows, by=request.user, file_name=name)
            return redirect("organisation:import_preview", ref=draft.ref)
    page = {
        "form": form,
        "kind": SheetKind(kind),
        "kinds": SheetKind,
        "columns": ROW_FORMS[kind]().columns().values(),
        "list_url": _list_of(kind),
    }
    return render(request, "organisation/import.html", page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
@never_cache
def preview(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """What the list would do, row by row; by POST, all of it is done, a long list by a worker."""
    form = ConfirmForm(request.POST or None)
    draft = ImportDraft.objects.filter(ref=ref, by=request.user).first()
    opened: list[Opened] = []

    def confirm() -> str:
        own = ImportDraft.objects.select_for_update().filter(by=request.user)
        kept = get_object_or_404(own, ref=ref)
        if _is_large(kept):
            return hooks.large_import[0](kept)
        plan = PLANS[kept.kind](kept.rows, by=request.user)
        if not plan.is_sound:
            raise NotSound
        deeds = [row.do for row in plan.rows if row.do]
        opened.extend(take_over(kept, deeds, by=request.user))
        return _list_of(kept.kind)

    said = "Danh sách đang được nhập." if _is_large(draft) else "Đã nhập danh sách."
    answer = done(request, form, confirm, said=said)
    if opened:
        return render(request, "organisation/import_passwords.html", {"opened": opened})
    if answer:
        return answer
    if draft is None:
        messages.warning(request, "Danh sách này đã nhập xong hoặc đã thay bằng tệp khác.")
        return redirect("organisation:people")
    plan: Plan = PLANS[draft.kind](draft.rows, by=request.user)
    page = {"form": form, "draft": draft, "plan": plan, "tally": plan.tally}
    return render(request, "organisation/import_preview.html", page)


@roles(Role.ADMIN)
@require_safe
def template(request: SignedInRequest, kind: str, ending: str) -> HttpResponse:
    """An empty list with the right columns and one example row."""
    if kind not in ROW_FORMS or ending not in TYPES:
        raise Http404
    rows = [list(ROW_FORMS[kind]().columns().values()), *map(list, EXAMPLES[kind])]
    content = write_sheet(rows, widths=[24] * len(rows[0])) if ending == "xlsx" else write_csv(rows)
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="mau-{kind}.{ending}"'
    return response


def _is_large(draft: ImportDraft | None) -> bool:
    return draft is not None and len(draft.rows) > LARGE and bool(hooks.large_import)


def _list_of(kind: str) -> str:
    return resolve_url(LISTS.get(SheetKind(kind), "organisation:people"))

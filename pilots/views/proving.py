"""Adding a document to the evidence dossier, and reading it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from pilots.actions import proving
from pilots.forms.proving import ProofForm
from pilots.models import Pilot
from pilots.views.base import allow, done, download, fetch, form_page, stored

ADD = "Thêm tài liệu"


@require_http_methods(["GET", "POST"])
@case("pilot")
def add(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """A document under one of the ten headings."""
    pilot = fetch(request, ref)
    allow(request, pilot, "add_proof")
    form = ProofForm(
        request.POST or None,
        request.FILES or None,
        pilot=pilot,
        initial={"heading": request.GET.get("muc")},
    )
    answer = _added(request, pilot, form) if request.method == "POST" else None
    return answer or form_page(
        request,
        pilot,
        form,
        title="Thêm tài liệu vào hồ sơ minh chứng",
        verb=ADD,
        back=_dossier(pilot),
        text="Tài liệu đã thêm được lưu cùng hồ sơ, không xóa được.",
    )


@require_safe
@case("pilot")
def file(request: SignedInRequest, ref: UUID, proof_ref: UUID) -> FileResponse:
    pilot = fetch(request, ref)
    row = get_object_or_404(pilot.added_proofs.select_related("file"), ref=proof_ref)
    return download(request, row.file)


def _added(request: SignedInRequest, pilot: Pilot, form: ProofForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    kept, said = stored(request, pilot, form, "file"), form.cleaned_data
    if kept is None:
        return None
    proof = proving.Proof(
        said["heading"], said["title"], kept, said["dated_on"], said.get("replaces")
    )
    return done(
        request,
        form,
        lambda: proving.add_proof(pilot.pk, proof, by=request.user),
        _dossier(pilot),
        said=f"Đã thêm tài liệu: {proof.title}.",
    )


def _dossier(pilot: Pilot) -> str:
    return reverse("accountability:evidence", args=[pilot.proposal.ref])

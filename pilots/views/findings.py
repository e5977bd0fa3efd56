"""Findings of those who watch."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case
from pilots import rules
from pilots.actions import findings
from pilots.actions.base import raise_conflict
from pilots.board import Badge
from pilots.forms.following import FindingForm, RemedyForm
from pilots.models import Finding
from pilots.rights import Capacity
from pilots.stages import FINDING_TONES, FindingState
from pilots.views.base import allow, done, download, fetch, form_page, page, stored, url_of

FOUND_AS: dict[str, str] = {
    Capacity.MONITOR: "người theo dõi",
    Capacity.HEAD: "người đứng đầu",
    Capacity.INSPECTOR: "thanh tra, kiểm tra công vụ",
}


@require_safe
@case("pilot")
def index(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    rows = pilot.findings.select_related("found_by").order_by("-pk")
    return page(
        request,
        pilot,
        "pilot",
        "pilots/findings.html",
        rows=[{"finding": row, "badge": badge_of(row)} for row in rows],
        may_open=rules.may("open_finding")(pilot, request.user),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def create(request: SignedInRequest, ref: UUID) -> HttpResponse:
    pilot = fetch(request, ref)
    allow(request, pilot, "open_finding")
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = done(
            request,
            form,
            lambda: findings.open_finding(
                pilot.pk,
                by=request.user,
                what=said["what"],
                details=said["details"],
                due_on=said["due_on"],
            ),
            lambda made: url_of("finding", pilot, made.ref),
            said="Đã ghi nội dung cần khắc phục.",
        )
        if answer:
            return answer
    return form_page(
        request,
        pilot,
        form,
        title="Ghi nội dung cần khắc phục",
        verb="Ghi nội dung cần khắc phục",
        back=url_of("findings", pilot),
    )


@require_http_methods(["GET", "POST"])
@case("pilot")
def finding(request: SignedInRequest, ref: UUID, finding_ref: UUID) -> HttpResponse:
    """One finding; the team says here how it was mended."""
    pilot = fetch(request, ref)
    found = pilot.findings.select_related("found_by", "remedied_by", "accepted_by", "evidence")
    row = get_object_or_404(found, ref=finding_ref)
    row.pilot = pilot
    deeds = rules.actions_of(pilot, request.user)
    form = None
    if row.state == FindingState.OPEN and "remedy_finding" in deeds:
        form = RemedyForm(request.POST or None, request.FILES or None, version=row.version)
    if request.method == "POST":
        allow(request, pilot, "remedy_finding")
        answer = _remedied(request, pilot, row, form)
        if answer:
            return answer
    return page(
        request,
        pilot,
        "pilot",
        "pilots/finding.html",
        finding=row,
        finding_badge=badge_of(row),
        found_as=FOUND_AS.get(row.found_as, ""),
        form=form,
        may_judge="accept_remedy" in deeds
        and row.state == FindingState.REMEDIED
        and findings.may_judge(row, request.user),
    )


@require_safe
@case("pilot")
def evidence(request: SignedInRequest, ref: UUID, finding_ref: UUID) -> FileResponse:
    pilot = fetch(request, ref)
    return download(request, get_object_or_404(pilot.findings, ref=finding_ref).evidence)


def badge_of(row: Finding) -> Badge:
    return Badge(row.get_state_display(), *FINDING_TONES[row.state])


def _remedied(
    request: SignedInRequest, pilot, row: Finding, form: RemedyForm | None
) -> HttpResponse | None:
    if form is None:
        raise_conflict(pilot)
    if not form.is_valid():
        return None
    file, said = stored(request, pilot, form), form.cleaned_data
    if not form.is_valid():
        return None
    return done(
        request,
        form,
        lambda: findings.remedy_finding(
            row.pk,
            by=request.user,
            remedy=said["remedy"],
            evidence=file,
            version=said["version"],
        ),
        url_of("finding", pilot, row.ref),
        said="Đã báo khắc phục. Chờ xác nhận.",
    )

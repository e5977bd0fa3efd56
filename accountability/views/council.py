"""The council of a case: called by the head, voted in by its members, closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accountability import people, rules
from accountability.actions import council as councils
from accountability.actions import deciding
from accountability.forms.council import BallotForm, CallForm
from accountability.forms.liability import PlainForm
from accountability.views.base import GET_AND_POST, fetch_case, form_page, require
from accountability.workspace import in_order, laid_before
from organisation.access import SignedInRequest, case
from proposals.stages import Ballot


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def call_council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Who sits in the council, on what it votes, when it meets."""
    found = fetch_case(request, ref, "council")
    offered = require(request, rules.may("call_council")(found, request.user))
    allowed = in_order(deciding.choices(found))
    is_asked = request.method != "POST"
    if is_asked and (found.waiting or found.sitting_id or not found.statement_kind or not allowed):
        return redirect(found)  # which says what comes first
    form = CallForm(
        request.POST or None,
        version=found.version,
        people=people.councillors(found, request.user),
        allowed=allowed,
    )

    def do() -> str:
        said = form.cleaned_data
        councils.call_council(
            found.pk,
            outcome=said["outcome"],
            members=list(said["members"]),
            secretary=said["secretary"],
            meeting_on=said["meeting_on"],
            by=request.user,
            version=said["version"],
        )
        messages.success(request, "Đã trình Hội đồng. Các thành viên được mời biểu quyết.")
        return reverse("accountability:council", args=[ref])

    context = {
        "heading": "Trình Hội đồng",
        "lead": f"{found.code} · {found.person.full_name}",
        "verb": "Trình Hội đồng",
        "back_url": found.get_absolute_url(),
        "back_label": found.code,
    }
    return form_page(request, "accountability/form.html", form, do, offered=offered, **context)


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """All that is laid before the council, and the ballot of this member."""
    found = fetch_case(request, ref, "council")
    deeds = rules.actions_of(found, request.user)
    sitting = found.sitting
    if request.method != "POST" and (sitting is None or not deeds & {"vote", "close_council"}):
        return redirect(found)
    members = list(sitting.members.select_related("person").order_by("pk")) if sitting else []
    mine = next((row for row in members if row.person_id == request.user.pk), None)
    form = BallotForm(request.POST or None, version=found.version)

    def do() -> str:
        ballot = form.cleaned_data["ballot"]
        councils.cast(found.pk, ballot, by=request.user)
        messages.success(request, f"Đã ghi phiếu: {Ballot(ballot).label}.")
        return reverse("accountability:council", args=[ref])

    context = laid_before(found) | {
        "sitting": sitting,
        "members": members,
        "mine": mine,
        "voted": sum(bool(row.ballot) for row in members),
        "may_close": "close_council" in deeds,
        "back_url": found.get_absolute_url(),
    }
    offered = "vote" in deeds or "close_council" in deeds
    return form_page(
        request, "accountability/liability/council.html", form, do, offered=offered, **context
    )


@never_cache
@require_http_methods(GET_AND_POST)
@case("liability")
def close_council(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Count the ballots, behind its question."""
    found = fetch_case(request, ref, "council")
    offered = require(request, rules.may("close_council")(found, request.user))
    if request.method != "POST" and found.sitting is None:
        return redirect(found)
    form = PlainForm(request.POST or None, version=found.version)

    def do() -> str:
        closed = councils.close_council(
            found.pk, by=request.user, version=form.cleaned_data["version"]
        )
        messages.success(request, f"Kết quả: {councils.in_words(closed)}")
        return found.get_absolute_url()

    context = {
        "question": f"Kết thúc biểu quyết của Hội đồng trong hồ sơ {found.code}?",
        "consequence": "Phiếu được kiểm, dự thảo biên bản được lập. Sau đó không đổi phiếu nữa.",
        "verb": "Kết thúc biểu quyết",
        "back_url": reverse("accountability:council", args=[ref]),
        "back_label": "Hội đồng",
    }
    return form_page(request, "accountability/confirm.html", form, do, offered=offered, **context)

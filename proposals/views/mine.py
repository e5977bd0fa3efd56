"""My proposals: the list, and what their authors may do with a whole one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import SignedInRequest, case, signed_in
from organisation.lists import pages_shown
from proposals import rules
from proposals.actions import drafting, sending
from proposals.forms.sending import ConfirmForm
from proposals.listing import with_days_left
from proposals.models import Proposal
from proposals.paging import newest_first
from proposals.stages import CLOSED, OPEN, Part, Stage
from proposals.views.doing import done, offer
from proposals.views.writing import PAGE, fetch_own, page_of

# word in the address, words on the tab, condition
TABS = (
    ("dang-xu-ly", "Đang xử lý", Q(stage__in=sorted(OPEN))),
    ("ban-nhap", "Bản nháp", Q(stage=Stage.DRAFT)),
    ("da-xong", "Đã xong", Q(stage__in=sorted(CLOSED))),
)


@require_safe
@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """What I write, alone or with others, a page of rows at a time."""
    own = Proposal.objects.written_by(request.user)
    counts = own.aggregate(**{_key(word): Count("pk", filter=q) for word, _, q in TABS})
    chosen = _chosen(request.GET.get("muc", ""), counts)
    condition = next(q for word, _, q in TABS if word == chosen)
    rows, after = own.for_list().filter(condition), request.GET.get("sau", "")
    page = newest_first(rows, after, pages=pages_shown(request.GET))
    url = f"{reverse('proposals:list')}?muc={chosen}"
    context = {
        "rows": with_days_left(page.rows),
        "chosen": chosen,
        "total": counts[_key(chosen)],
        "is_new_here": not any(counts.values()),
        "more": f"{url}&sau={page.after}" if page.after else "",
        "tabs": [_tab(word, label, counts, chosen) for word, label, _ in TABS],
    }
    return render(request, "proposals/writing/mine.html", context)


@require_http_methods(PAGE)
@case("proposal")
def withdraw(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Take a proposal back before it is decided."""

    def do(proposal: Proposal, version: int | None) -> str:
        sending.withdraw(proposal.pk, by=request.user, version=version)
        messages.success(request, f"Đã rút đề xuất {proposal.code}.")
        return proposal.get_absolute_url()

    words = {
        "question": "Rút đề xuất {code}?",
        "consequence": "Người đứng đầu sẽ không xem xét tiếp. "
        "Đề xuất vẫn được lưu và có thể gửi lại.",
        "verb": "Rút đề xuất",
        "danger": True,
    }
    return _confirm(request, ref, "withdraw", words, do)


@require_http_methods(PAGE)
@case("proposal")
def discard(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Throw a draft away."""

    def do(proposal: Proposal, version: int | None) -> str:
        drafting.discard(proposal.pk, by=request.user, version=version)
        messages.success(request, "Đã xóa bản nháp.")
        return reverse("proposals:list") + "?muc=ban-nhap"

    words = {
        "question": "Xóa bản nháp này?",
        "consequence": "Nội dung và tệp đã tải lên không lấy lại được.",
        "verb": "Xóa bản nháp",
        "danger": True,
    }
    return _confirm(request, ref, "discard", words, do)


@require_http_methods(PAGE)
@case("proposal")
def copy(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Begin a new draft with the words of a refused or withdrawn proposal."""

    def do(proposal: Proposal, version: int | None) -> str:
        draft = drafting.copy(proposal.pk, by=request.user)
        messages.success(request, "Đã tạo bản nháp mới từ đề xuất này.")
        return page_of(draft, Part.BASICS)

    words = {
        "question": "Viết lại từ đề xuất {code}?",
        "consequence": "Nội dung được chép sang một bản nháp mới. "
        "Tệp, người cùng đề xuất và cam kết không chép theo.",
        "verb": "Tạo bản nháp mới",
        "danger": False,
    }
    return _confirm(request, ref, "copy", words, do)


def _confirm(
    request: SignedInRequest,
    ref: UUID,
    deed: str,
    words: dict[str, object],
    do: Callable[[Proposal, int | None], str],
) -> HttpResponse:
    """Ask before the deed, do it once. Whether it is open is asked again by the action."""
    proposal = fetch_own(request, ref)
    if request.method != "POST" and not rules.may(deed)(proposal, request.user):
        return redirect(proposal)
    form = ConfirmForm(request.POST or None, version=proposal.version)
    if request.method == "POST" and form.is_valid():
        answer = done(request.user, form, lambda: do(proposal, form.cleaned_data["version"]))
        if answer:
            return answer
    offer(request, proposal, deed, form=form)
    context = words | {
        "question": str(words["question"]).format(code=proposal.code or ""),
        "form": form,
        "back_url": proposal.get_absolute_url(),
        "proposal": proposal,
    }
    return render(request, "confirm.html", context)


def _key(word: str) -> str:
    return word.replace("-", "_")


def _chosen(asked: str, counts: dict[str, int]) -> str:
    """The tab that was asked for, else the first with something in it."""
    words = [word for word, _, _ in TABS]
    if asked in words:
        return asked
    return next((word for word in words if counts[_key(word)]), words[0])


def _tab(word: str, label: str, counts: dict[str, int], chosen: str) -> dict[str, object]:
    return {
        "label": label,
        "url": f"{reverse('proposals:list')}?muc={word}",
        "count": counts[_key(word)],
        "current": word == chosen,
    }

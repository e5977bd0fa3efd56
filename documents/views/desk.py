"""What waits for the clerk's number, and the papers of an agency by how far they are."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.models import OfficialDocument
from documents.rules import may_write
from documents.stages import OUT, SLIPS, PaperState
from organisation.access import SignedInRequest, roles, signed_in
from organisation.days import WorkingDays, today
from organisation.lists import pages_shown
from organisation.models import User
from organisation.stages import Role

PAGE = 50
LONGEST_REST = timedelta(days=20)  # longer than any Tết


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | None = None


@require_safe
@roles(Role.CLERK)
def desk(request: SignedInRequest) -> HttpResponse:
    """The queue of those agencies whose clerk this is, the oldest signature first."""
    units = clerk_units(request.user)
    waiting = OfficialDocument.objects.visible_to(request.user).to_number()
    rows = list(waiting.filter(issuing_unit__in=units).select_related("signer")[:PAGE])
    with_due(rows)
    return render(request, "documents/desk.html", {"rows": rows, "tabs": desk_tabs("desk")})


def with_due(rows: list[Any]) -> None:
    """Until when each is numbered: the working day after it was signed (NĐ 30/2020, Điều 15)."""
    if not rows:
        return
    counted = WorkingDays(min(paper.signed_on for paper in rows), today() + LONGEST_REST)
    working = counted.working
    for paper in rows:
        paper.due_on = next(day for day in working if day > paper.signed_on)
        paper.days_left = counted.between(today(), paper.due_on)


@require_safe
@signed_in
def papers(request: SignedInRequest) -> HttpResponse:
    """The papers that this person writes, signs, numbers or received, by how far they are."""
    seen = OfficialDocument.objects.visible_to(request.user).exclude(kind__in=SLIPS)
    sections = sections_of(seen, request.user)
    chosen = request.GET.get("muc", "")
    writes = any(may_write(post.unit_id, request.user) for post in request.user.powers.posts)
    name = chosen if chosen in sections else first_of(sections, writes=writes)
    rows = sections[name][1]
    after = request.GET.get("sau", "")
    if after.isascii() and after.isdigit():
        rows = rows.filter(pk__lt=int(after[:18]))
    size = PAGE * pages_shown(request.GET)
    found = list(rows.select_related("signer", "for_signer", "created_by")[: size + 1])
    here = reverse("documents:papers")
    tabs = [Tab(label, f"{here}?muc={key}", key == name) for key, (label, _) in sections.items()]
    context = {
        "rows": found[:size],
        "after": found[size - 1].pk if len(found) > size else "",
        "tabs": tabs,
        "section": name,
        "is_clerk": bool(clerk_units(request.user)),
        "may_write": writes,
    }
    return render(request, "documents/papers.html", context)


def sections_of(seen: QuerySet, user: User) -> dict[str, tuple[str, QuerySet]]:
    newest = seen.order_by("-pk")
    waiting = newest.filter(state=PaperState.WAITING_SIGNATURE)
    return {
        "cho-toi-ky": ("Chờ tôi ký", waiting.filter(for_signer=user)),
        "du-thao": ("Dự thảo", newest.filter(state=PaperState.DRAFT)),
        "cho-ky": ("Chờ ký", waiting),
        "cho-so": ("Chờ cấp số", newest.filter(state=PaperState.SIGNED)),
        "da-phat-hanh": ("Đã phát hành", newest.filter(state__in=OUT)),
    }


def first_of(sections: dict[str, tuple[str, QuerySet]], *, writes: bool) -> str:
    """What waits for this person's signature; where nothing does, what a writer is drafting."""
    first, second = list(sections)[:2]
    return second if writes and not sections[first][1].exists() else first


def clerk_units(user: User) -> list[int]:
    """The agencies whose clerk this person is, by appointment."""
    return [post.unit_id for post in user.powers.posts if post.role == Role.CLERK]


def desk_tabs(current: str) -> list[Tab]:
    entries = (
        ("desk", "Chờ cấp số", reverse("documents:desk")),
        ("issued", "Đã phát hành", reverse("documents:papers") + "?muc=da-phat-hanh"),
        ("register", "Sổ văn bản đi", reverse("documents:register")),
    )
    return [Tab(label, url, key == current) for key, label, url in entries]

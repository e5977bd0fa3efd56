"""The frame of every page: the menu of this viewer, what waits for them, their unread notices.

Entries are added with the pages they lead to; a name of a route that does not exist fails a test.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from deadlines.models import Clock
from notifications.middleware import stream_of
from notifications.models import Notice, told_of
from organisation.days import today
from organisation.models import User
from organisation.prepared import prepared
from organisation.stages import Role
from reporting.tasks_at_hand import TALLY, tally_columns

HEADS = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
AGENCY = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD, Role.AGENCY_FOCAL, Role.CLERK)
HOME_AFFAIRS = (Role.HOME_AFFAIRS_OFFICER, Role.HOME_AFFAIRS_LEAD)
ANYBODY = tuple(role for role in Role if role != Role.ADMIN)
WEIGHING = (Role.AGENCY_HEAD, Role.AGENCY_FOCAL, Role.INSPECTOR, *HOME_AFFAIRS)
URGED = (Role.CLERK, Role.PROVINCIAL_OFFICE)
PAPERS = (Role.CLERK, Role.PROVINCIAL_OFFICE, *HOME_AFFAIRS)
HELPING = (*HEADS, Role.AGENCY_FOCAL)
REPORTING = (*HELPING, *HOME_AFFAIRS, Role.PROVINCIAL_OFFICE)
PRAISING = (*HEADS, Role.AGENCY_FOCAL, Role.COMMENDATION_OFFICER, *HOME_AFFAIRS)

Counted = tuple[int | str, bool]


@dataclass(frozen=True)
class Entry:
    label: str
    route: str
    icon: str
    roles: tuple[str, ...]
    count: str = ""
    short: str = ""  # its words in the bar of a phone
    is_lent: bool = False  # also there for those who review in the place of a head
    is_spare: bool = False  # on the page of another entry: left out of a menu that would be long


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Công việc",
        (
            Entry("Việc của tôi", "reporting:home", "check2-square", ANYBODY, "waiting"),
            Entry(
                "Chờ quyết định",
                "proposals:queue",
                "clipboard2-check",
                HEADS,
                "deciding",
                "Quyết định",
                is_lent=True,
            ),
            Entry("Tiếp nhận", "proposals:intake", "download", (Role.AGENCY_FOCAL,), "intake"),
            Entry("Chờ cấp số", "documents:desk", "clipboard-check", (Role.CLERK,)),
            Entry("Sổ văn bản", "documents:register", "book", (Role.CLERK,)),
        ),
    ),
    (
        "Cá nhân",
        (
            Entry("Đề xuất của tôi", "proposals:list", "folder2-open", ANYBODY, short="Hồ sơ"),
            Entry("Tạo đề xuất", "proposals:create", "pencil-square", ANYBODY, is_spare=True),
        ),
    ),
    (
        "Cơ quan",
        (
            Entry("Hồ sơ của cơ quan", "proposals:agency", "building", AGENCY),
            Entry("Văn bản", "documents:papers", "file-earmark-text", PAPERS),
            Entry("Thí điểm", "pilots:index", "activity", (*AGENCY, *HOME_AFFAIRS)),
            Entry("Yêu cầu hỗ trợ", "pilots:help_inbox", "life-preserver", HELPING),
        ),
    ),
    (
        "Theo dõi",
        (
            Entry("Tất cả hồ sơ", "reporting:cases", "list", (*HOME_AFFAIRS, Role.INSPECTOR)),
            Entry("Đôn đốc", "reporting:urging", "megaphone", HOME_AFFAIRS),
            Entry("Công văn đôn đốc", "reporting:urging_letters", "megaphone", URGED),
            Entry("Báo cáo định kỳ", "reporting:reports", "bar-chart", REPORTING, short="Báo cáo"),
            Entry("Xét trách nhiệm", "accountability:liability_list", "shield-check", WEIGHING),
            Entry("Khen thưởng", "accountability:commendations", "award", PRAISING),
        ),
    ),
    (
        "Quản trị",
        (
            Entry("Cơ quan", "organisation:units", "diagram-3", (Role.ADMIN,)),
            Entry("Tài khoản", "organisation:people", "people", (Role.ADMIN,)),
            Entry(
                "Lịch làm việc", "organisation:calendar", "calendar3", (Role.ADMIN,), short="Lịch"
            ),
            Entry(
                "Thời hạn, nhắc việc",
                "deadlines:rules",
                "clock-history",
                (Role.ADMIN,),
                short="Thời hạn",
            ),
            Entry(
                "Tình trạng hệ thống",
                "reporting:status",
                "activity",
                (Role.ADMIN,),
                short="Tình trạng",
            ),
        ),
    ),
    ("Tham khảo", (Entry("Hướng dẫn", "reporting:guide", "book", tuple(Role)),)),
)
HINTS = {  # what is done there, for those for whom nothing waits
    "proposals:queue": "Đề xuất chờ đồng chí quyết định, theo thời hạn.",
    "proposals:intake": "Đề xuất mới gửi đến cơ quan.",
    "documents:desk": "Văn bản đã ký, chờ cấp số và phát hành.",
    "documents:register": "Số đã cấp theo từng loại văn bản.",
    "proposals:list": "Đề xuất đã viết: đang ở đâu, ai giữ, đến bao giờ.",
    "proposals:create": "Một việc đang vướng hằng ngày, một cách làm mới.",
    "proposals:agency": "Mọi đề xuất của cơ quan.",
    "documents:papers": "Dự thảo và văn bản đã phát hành.",
    "pilots:index": "Thí điểm đang chạy: chỉ tiêu, sự cố, báo cáo kế tiếp.",
    "pilots:help_inbox": "Yêu cầu của các nhóm thí điểm gửi đến cơ quan.",
    "reporting:cases": "Hồ sơ của các cơ quan trong tỉnh.",
    "reporting:reports": "Báo cáo sơ kết, tổng kết: kỳ này, hạn gửi, đã gửi.",
    "accountability:commendations": "Đề nghị khen thưởng và kết quả xét.",
    "reporting:guide": "Các bước của từng việc và văn bản chỉ đạo của tỉnh.",
}
# Below these addresses also lie pages that are not a part of the entry.
ALONE = ("reporting:home", "proposals:list", "documents:desk")
# Pages that belong to another entry than their address says.
BELONGS = {"proposals:edit": "proposals:create", "proposals:check": "proposals:create"}
MOST_ENTRIES = 10
MOST_COUNTED = 99  # tasks; a head of a large agency may hold thousands
PHONE = ("reporting:home", "proposals:queue", "proposals:intake", "proposals:list")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around a page. Read only where a page is really drawn."""
    about = {"province_name": settings.PROVINCE_NAME, "support_line": settings.SUPPORT_LINE}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return about
    counts: Any = SimpleLazyObject(lambda: _counts(user, request))
    menu: Any = SimpleLazyObject(lambda: list(_menu(user, request, counts)))
    return about | {
        "text_size": user.text_size,
        "dense_tables": user.has_dense_tables,
        "shortcuts_off": not user.has_shortcuts,
        "navigation": SimpleLazyObject(lambda: _within_limit(menu)),
        "bottom_navigation": SimpleLazyObject(lambda: _phone_entries(menu)),
        "unread_notices": SimpleLazyObject(lambda: counts["unread"][0]),
    }


def _menu(user: User, request: HttpRequest, counts: dict[str, Counted]) -> Iterator[dict[str, Any]]:
    for label, entries in MENU:
        shown = [_shown(entry, counts, request) for entry in entries if _has(user, entry)]
        if shown:
            yield {"label": label, "entries": shown}


def _within_limit(menu: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ten entries at most (pages.md §3): where there are more, without those that may be spared."""
    if sum(len(group["entries"]) for group in menu) <= MOST_ENTRIES:
        return menu
    kept = [[one for one in group["entries"] if not one["spare"]] for group in menu]
    return [group | {"entries": rows} for group, rows in zip(menu, kept, strict=True) if rows]


def _has(user: User, entry: Entry) -> bool:
    """Whoever has an account may propose, also without a post; administrators only govern."""
    holds = user.powers.has if entry.is_lent else user.powers.has_own
    return holds(*entry.roles) or (entry.roles == ANYBODY and not user.powers.posts)


def _shown(entry: Entry, counts: dict[str, Counted], request: HttpRequest) -> dict[str, Any]:
    url = _address(entry.route)
    count, hot = counts.get(entry.count, (0, False))
    return {
        "label": entry.label,
        "url": url,
        "icon": entry.icon,
        "count": count,
        "hot": hot,
        "current": _is_current(entry, url, request),
        "route": entry.route,
        "short": entry.short,
        "hint": HINTS.get(entry.route, ""),
        "spare": entry.is_spare,
    }


def _is_current(entry: Entry, url: str, request: HttpRequest) -> bool:
    """Whether this page belongs to the entry; a case names its own entry in its crumb."""
    match = request.resolver_match
    if match and match.view_name in BELONGS:
        return entry.route == BELONGS[match.view_name]
    below = entry.route not in ALONE and request.path.startswith(url)
    return request.path == url or below


@cache
def _address(route: str) -> str:
    return reverse(route)


def _counts(user: User, request: HttpRequest) -> dict[str, Counted]:
    """Each count, in words beyond the most that are counted, and whether something in it is late.

    Notices of this very page are being read.
    """
    own = {(str(post.role), post.unit_id) for post in user.powers.posts}
    lent = {(str(post.role), post.unit_id) for post in user.powers.mandates} - own
    posts = (*sorted(own), *sorted(lent))
    asked = _waiting(len(own))
    here = (stream_of(request), request.path)
    rows = asked(user.pk, today(), *here, *(part for post in posts for part in post))
    found = {what: counted for what, *counted in rows}
    request.opened_notices = found["unread"][1]  # type: ignore[attr-defined]
    tasks = dict(zip(TALLY, found["tasks"], strict=True))
    is_capped = tasks["waiting"] > MOST_COUNTED
    return {
        "waiting": (_said(tasks["waiting"], is_capped), tasks["late"] > 0),
        "deciding": (_said(tasks["deciding"], is_capped), False),
        "intake": (_said(tasks["intake"], is_capped), False),
        "unread": (found["unread"][0], False),
    }


def _said(number: int, is_capped: bool) -> int | str:
    return f"{min(number, MOST_COUNTED)}+" if is_capped and number else number


@cache
def _waiting(own: int) -> Callable[..., list[tuple]]:
    """Asks for tasks and unread notices; so many posts are the person's own, the rest lent."""

    def ask(person: int, day: date, stream: str, path: str, *posts: Any) -> QuerySet:
        pairs = list(zip(posts[::2], posts[1::2], strict=True))
        held = Clock.objects.held(person, pairs[:own], pairs[own:]).running().awake(day)
        tasks = _tasks(day, held.order_by().values("pk")[: MOST_COUNTED + 1])
        return tasks.union(_unread(person, told_of(stream, path)), all=True)

    return prepared(ask)


def _tasks(day: date, keys: QuerySet) -> QuerySet:
    tasks = Clock.objects.filter(pk__in=keys).values(what=Value("tasks"))
    return tasks.annotate(**tally_columns(day)).values_list("what", *TALLY)


def _unread(person: int, here: Q) -> QuerySet:
    """The unread notices in the shape of the tasks: those of other pages, then those of this."""
    first, second, *rest = TALLY
    counts = {first: Count("pk", filter=~here), second: Count("pk", filter=here)}
    unread = Notice.objects.filter(recipient=person).unread().values(what=Value("unread"))
    unread = unread.annotate(**counts, **{name: Value(0) for name in rest})
    return unread.values_list("what", *TALLY)


def _phone_entries(menu: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    entries = [entry for group in menu for entry in group["entries"]]
    chosen = [entry for entry in entries if entry["route"] in PHONE][:3]
    create = next((entry for entry in entries if entry["route"] == "proposals:create"), None)
    if create:
        chosen.append(create | {"short": "Tạo", "icon": "plus-lg", "new": True})
    found = chosen or entries[:4]
    return [entry | {"label": entry["short"] or entry["label"]} for entry in found]

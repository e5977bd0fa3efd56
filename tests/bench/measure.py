"""Each operation against its bare view, in alternating slices of the same run."""

import statistics
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.bench.browser import Browser, Page
from tests.bench.cases import case_of, cases_at, cases_at_desks, deep_key, people, search, settle
from tests.bench.machine import Portal

ROUNDS = 5
EACH = 20
WARM_UP = 8
Ask = Callable[..., Page]

COMMON, COMMON_BARE, RARE = "kết quả", "ket qua", "tao xoan"


@dataclass(frozen=True)
class Operation:
    name: str
    bare: str
    goal: float
    most_queries: int
    ask: Ask
    each: int = EACH


@dataclass(frozen=True)
class Figure:
    """CPU per request in ms, against the bare view in the same slices, and what it weighs."""

    name: str
    cpu_ms: float
    bare: str
    ratio: float
    goal: float
    queries: int
    most_queries: int
    kib: float

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.goal and self.queries <= self.most_queries


def figures_at(portal: Portal, only: Sequence[str] = ()) -> list[Figure]:
    """Every operation, or those named, at the size that the database has now."""
    visitors = _visitors(portal)
    return _figures(portal, visitors, [*_lists(portal, visitors), *_cases(portal, visitors)], only)


def lists_at(portal: Portal, only: Sequence[str] = ()) -> list[Figure]:
    """What reads many cases and writes none."""
    visitors = _visitors(portal)
    return _figures(portal, visitors, _lists(portal, visitors), only)


def _visitors(portal: Portal) -> dict[str, Browser]:
    """Who asks, signed in at web processes of the same age at each size."""
    settle(portal)
    portal.serve()
    return {who: _visitor(portal, name) for who, name in people(portal).items()}


def _figures(
    portal: Portal, visitors: dict[str, Browser], operations: list[Operation], only: Sequence[str]
) -> list[Figure]:
    bare = _bare(visitors["official"], case_of(portal, "monitored"))
    chosen = [one for one in operations if not only or any(part in one.name for part in only)]
    return [_measure(portal, one, bare[one.bare]) for one in chosen]


def _lists(portal: Portal, visitors: dict[str, Browser]) -> list[Operation]:
    official, head, watcher = (visitors[who] for who in ("official", "head", "watcher"))
    deep = f"/ho-so/?sau={deep_key(portal)}"
    return [
        Operation("home of an official", "rows", 5, 12, partial(official.get, "/viec-cua-toi/")),
        Operation("home of a head", "rows", 5, 12, partial(head.get, "/viec-cua-toi/")),
        Operation("home of a watcher", "rows", 5, 12, partial(watcher.get, "/viec-cua-toi/")),
        Operation("list: my proposals", "rows", 4, 8, partial(official.get, "/de-xuat/")),
        Operation("list: my agency", "rows", 4, 8, partial(head.get, "/co-quan/ho-so/")),
        Operation("list: the province", "rows", 4, 8, partial(watcher.get, "/ho-so/")),
        Operation(
            "filter by stage", "rows", 4, 9, partial(watcher.get, "/ho-so/?stage=under_review")
        ),
        Operation("deep page, by key", "rows", 4, 9, partial(watcher.get, deep)),
        Operation("search, common word", "rows", 5, 9, partial(watcher.get, search(COMMON))),
        Operation("search, no tone marks", "rows", 5, 9, partial(watcher.get, search(COMMON_BARE))),
        Operation("search, rare word", "rows", 5, 9, partial(watcher.get, search(RARE))),
    ]


def _cases(portal: Portal, visitors: dict[str, Browser]) -> list[Operation]:
    official, head, watcher = (visitors[who] for who in ("official", "head", "watcher"))
    waiting = cases_at_desks(portal, EACH * ROUNDS + 2)
    rarely = max(1, (len(waiting) - 2) // ROUNDS)  # each case is received once only
    case = case_of(portal, "refused")  # a case with a pilot has its page there
    under_review = cases_at(portal, "under_review", people(portal)["head"])[0]
    return [
        Operation("proposal page", "row", 8, 12, partial(watcher.get, f"/de-xuat/{case}/")),
        Operation("head's screen", "row", 8, 20, partial(head.get, f"/xem-xet/{under_review}/")),
        Operation("create a draft", "create", 5, 32, _poster(official, "/de-xuat/tao/")),
        Operation("move: receive", "create", 5, 32, _receiver(portal, waiting), each=rarely),
    ]


def _measure(portal: Portal, operation: Operation, bare: Ask) -> Figure:
    """The median ratio over the rounds: each round asks both, one after the other."""
    page = operation.ask()
    if page.status >= (400 if operation.bare == "create" else 300):
        raise LookupError(f"{operation.name}: {page.status} {page.path}")
    for _ in range(WARM_UP):
        bare()
        if operation.bare != "create":
            operation.ask()
    costs, ratios = [], []
    for _ in range(ROUNDS):
        cost, plain = _cost(portal, operation.ask, operation.each), _cost(portal, bare)
        costs.append(cost)
        ratios.append(cost / plain)
    return Figure(
        name=operation.name,
        cpu_ms=statistics.median(costs),
        bare=operation.bare,
        ratio=statistics.median(ratios),
        goal=operation.goal,
        queries=_queries(operation.ask),
        most_queries=operation.most_queries,
        kib=len(page.body) / 1024,
    )


def _cost(portal: Portal, ask: Ask, each: int = EACH) -> float:
    before = portal.cpu_seconds()
    for _ in range(each):
        ask()
    return (portal.cpu_seconds() - before) / each * 1000


def _queries(ask: Ask) -> int:
    return ask(count=True).queries or 0


def _bare(visitor: Browser, case: str) -> dict[str, Ask]:
    return {
        "rows": partial(visitor.get, "/bench/rows/"),
        "row": partial(visitor.get, f"/bench/rows/{case}/"),
        "create": _poster(visitor, "/bench/create/"),
    }


def _poster(visitor: Browser, page: str) -> Ask:
    """Posts the form of a page again and again, each time as a new one: a fresh key, no fetch."""
    form = visitor.fill(visitor.get(page), {"key": ""}) | {"version": ""}

    def post(*, count: bool = False) -> Page:
        return visitor.post(page, form | {"key": str(uuid.uuid4())}, count=count)

    return post


def _receiver(portal: Portal, waiting: list[tuple[str, str]]) -> Ask:
    """Receives the cases that wait, one after the other, each by its own focal point."""
    desks = {name: _visitor(portal, name) for name in {name for _, name in waiting}}
    forms = {name: desk.fill(desk.get("/tiep-nhan/"), {"key": ""}) for name, desk in desks.items()}

    def receive(*, count: bool = False) -> Page:
        ref, name = waiting.pop()
        said = {"key": str(uuid.uuid4()), "version": ""}
        return desks[name].post(f"/tiep-nhan/{ref}/", forms[name] | said, count=count)

    return receive


def _visitor(portal: Portal, username: str) -> Browser:
    visitor = Browser(portal.port)
    visitor.sign_in(username, portal.password)
    return visitor

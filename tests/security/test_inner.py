"""AZ-06: before a decision its authors see neither opinions, nor whose they are, nor drafts."""

from uuid import uuid4

import pytest
from django.utils import timezone

from journal.actions import entries_of
from organisation.models import User
from reporting.routes import Route, routes
from tests.security.declared import AUTHORS, takes_part
from tests.security.sweeping import Answer, ask, path_of
from tests.security.world import INNER, World

pytestmark = pytest.mark.django_db

# Whose case it is, and words of others about it that they must not read anywhere.
KEPT_FROM: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "proposal/review": (AUTHORS, (INNER, "Chưa xong bước bắt buộc", "đã cho ý kiến")),
    "proposal/overridden": (AUTHORS, (INNER, "không thông qua", "Người thứ hai")),
    "pilot/judged": (frozenset({"official", "colleague"}), (INNER,)),
    "liability/heard": (
        frozenset({"official"}),
        ("Theo hồ sơ đã duyệt", "Chậm mời bưu điện", "người được xem"),
    ),
    "liability/waiting": (
        frozenset({"official"}),
        (INNER, "Theo hồ sơ đã duyệt", "Chậm mời bưu điện", "chờ xác nhận"),
    ),
    "commendation/waiting": (frozenset({"official", "coauthor"}), (INNER,)),
}
SPOKEN = {  # who reads these words, so that something could leak
    "proposal/review": ("head", "proposals:opinions", INNER),
    "proposal/overridden": ("deputy", "proposals:second", INNER),
    "pilot/judged": ("deputy", "pilots:evaluation", INNER),
    "liability/heard": ("focal", "accountability:liability", "Theo hồ sơ đã duyệt"),
    "liability/waiting": ("deputy", "accountability:confirm", INNER),
    "commendation/waiting": ("deputy", "accountability:commendation_confirm", INNER),
}


def pages(world: World, label: str) -> list[tuple[Route, str]]:
    """Every address at which the object can be asked for."""
    kinds = {"proposal": {"proposal"}, "pilot": {"pilot", "proposal"}}
    kind = label.partition("/")[0]
    pieces = world.paths[label]
    asked = [route for route in routes() if route.access.subject in kinds.get(kind, {kind})]
    return [(route, path) for route in asked if (path := path_of(route, pieces))]


def body_of(answer: Answer) -> str:
    return answer.body.decode(errors="replace")


@pytest.mark.parametrize("label", list(KEPT_FROM))
def test_visibility_before_after_decision(world, clients, label):
    """Every page, asked for and with an empty form sent to it, by each whose case it is."""
    people, words = KEPT_FROM[label]
    said = []
    for route, path in pages(world, label):
        for method in takes_part(route):
            for person in people:
                text = body_of(ask(clients[person], method, path))
                said += [(route.name, method, person, word) for word in words if word in text]

    assert said == []


@pytest.mark.parametrize("label", list(SPOKEN))
def test_what_is_kept_from_authors_is_there_for_those_inside(world, clients, label):
    person, name, word = SPOKEN[label]
    route = next(route for route in routes() if route.name == name)
    path = path_of(route, world.paths[label])
    assert path

    assert word in body_of(ask(clients[person], "GET", path))


def test_whether_a_decision_waits_for_its_second_person_shows_nowhere(world, clients):
    """The page of the second person answers the authors alike, whether something waits or not."""
    pairs = (
        ("proposals:second", "proposal/review", "proposal/overridden", "official"),
        ("accountability:confirm", "liability/heard", "liability/waiting", "official"),
        (
            "accountability:commendation_confirm",
            "commendation/submitted",
            "commendation/waiting",
            "coauthor",
        ),
    )
    by_name = {route.name: route for route in routes()}
    for name, idle, waiting, person in pairs:
        for method in ("GET", "POST"):
            paths = [path_of(by_name[name], world.paths[label]) or "" for label in (idle, waiting)]
            one, other = (ask(clients[person], method, path) for path in paths)
            assert (one.status, one.body) == (other.status, other.body), (name, method)


def test_after_the_decision_its_author_reads_it_and_no_vote(world, clients):
    """A refusal shows its reason and who signed it, never a ballot."""
    refused = world.objects["proposal/refused"]
    page = body_of(ask(clients["official"], "GET", refused.get_absolute_url()))

    assert "Đồng ý với đề xuất." in page  # the words of the decision, as the factory wrote them
    assert "phiếu" not in page.partition("<main")[2]


# Whose form came too late, because somebody inside did something: the page must not say who.
LATE = [
    ("proposals:withdraw", "proposal/review", "official", {}),
    ("accountability:statement", "liability/waiting", "official", {"text": "Xin nói thêm."}),
]


@pytest.mark.parametrize(("name", "label", "person", "said"), LATE)
def test_a_conflict_names_nobody_from_inside(world, clients, name, label, person, said):
    path = path_of(next(route for route in routes() if route.name == name), world.paths[label])
    form = {"key": str(uuid4()), "version": "0"} | said
    page = clients[person].post(path, form)

    assert page.status_code == 409
    names = [world.people[inside].full_name for inside in ("head", "deputy", "member", "focal")]
    assert [one for one in names if one in page.content.decode()] == []


def test_a_conflict_names_who_came_first_to_those_inside(world, clients):
    row = world.objects["proposal/review"]
    form = {"key": str(uuid4()), "version": "0", "reason": "Cần văn bản quy phạm pháp luật."}
    page = clients["head"].post(f"/xem-xet/{row.ref}/chuyen-quy-trinh/", form)

    assert page.status_code == 409
    assert last_actor(row.stream) in page.content.decode()


def last_actor(stream: str) -> str:
    actor = entries_of(stream).for_timeline().values_list("actor", flat=True)[0]
    return User.objects.get(ref=actor).full_name


def test_who_declined_to_take_part_sees_nothing_of_it(world, clients):
    """Neither the proposal nor the pilot that became of it."""
    pilot = world.objects["pilot/evaluated"]
    path = pilot.get_absolute_url()
    assert ask(clients["coauthor"], "GET", path).status == 200

    rows = pilot.proposal.coauthors.filter(person=world.coauthor)
    rows.update(confirmed_at=None, declined_at=timezone.now())

    assert ask(clients["coauthor"], "GET", path).status == 404
    content = f"/de-xuat/{pilot.proposal.ref}/noi-dung/"
    assert ask(clients["coauthor"], "GET", content).status == 404

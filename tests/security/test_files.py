"""AZ-05, UP-05: files have the visibility of their case, and headers that let them do nothing."""

import pytest

from documents.models import StoredFile
from documents.stages import FileState
from reporting.routes import Route, routes
from tests.security.declared import gets_in, where
from tests.security.sweeping import ask
from tests.security.world import World

pytestmark = pytest.mark.django_db

# Every route that gives out a stored file; a new one must be put here to pass the last test.
FILES = {
    "pilots:entry_evidence",
    "pilots:milestone_evidence",
    "pilots:incident_evidence",
    "pilots:finding_evidence",
    "pilots:cause_evidence",
    "pilots:proof_file",
    "proposals:file",
    "proposals:stored",
    "proposals:paper",
    "proposals:receipt_file",
    "accountability:liability_file",
    "accountability:liability_paper",
    "accountability:commendation_paper",
    "documents:scan_file",
    "reporting:urging_file",
}
# Written anew for each who asks.
MADE = {"organisation:import_template", "documents:word", "proposals:plan"}
SHOWN = {"proposals:paper", "accountability:liability_paper", "accountability:commendation_paper"}


def file_routes() -> list[Route]:
    return [route for route in routes() if route.name in FILES]


@pytest.mark.parametrize("name", sorted(FILES))
def test_attachment_idor(world: World, clients, name):
    """Everybody of the province asks for the file: bytes for those inside, else the usual 404."""
    route = next(route for route in routes() if route.name == name)
    label, path = where(world, route)
    inside = gets_in(world, route, label) or frozenset()

    got = {person for person in world.people if ask(clients[person], "GET", path).status == 200}

    assert got <= inside, got - inside
    assert got, "nobody can read this file: nothing was tested"


@pytest.mark.parametrize("name", sorted(FILES))
def test_download_headers(world, clients, name):
    route = next(route for route in routes() if route.name == name)
    label, path = where(world, route)
    for person in sorted(gets_in(world, route, label) or ()):
        answer = ask(clients[person], "GET", path)
        if answer.status == 200:
            break
    said = dict(answer.headers)

    assert answer.body.startswith(b"%PDF")
    assert said["Content-Type"] == "application/pdf"
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert said["Cache-Control"] == "no-store"
    kind = "inline" if name in SHOWN else "attachment"
    assert said["Content-Disposition"].startswith(f'{kind}; filename="')
    assert "filename*=UTF-8''" in said["Content-Disposition"]
    assert said["Content-Disposition"].isascii()


def test_files_of_one_case_are_not_had_through_another(world, clients):
    """The file's name is good, the case is one's own, but it is not a file of that case."""
    file = world.paths["proposal/review"]["file"]
    draft = world.objects["proposal/draft"]
    evidence = world.paths["pilot/running"]["entry_ref"]
    other = world.objects["pilot/judged"].proposal

    for path in (
        f"/de-xuat/{draft.ref}/tep/{file}/",
        f"/de-xuat/{other.ref}/thi-diem/so-lieu/{evidence}/tep/",
        f"/trach-nhiem/{world.objects['liability/decided'].ref}"
        f"/tep/{world.paths['liability/heard']['file_ref']}/",
    ):
        assert ask(clients["official"], "GET", path).status == 404, path


def test_what_waits_for_the_scanner_is_for_its_uploader_alone(world, clients):
    route = next(route for route in routes() if route.name == "proposals:file")
    _, path = where(world, route)
    stream = world.objects["proposal/review"].stream
    StoredFile.objects.of_stream(stream).update(state=FileState.QUARANTINED)

    assert ask(clients["official"], "GET", path).status == 200
    assert ask(clients["head"], "GET", path).status == 404


@pytest.mark.parametrize("path", ["/media/", "/files/", "/static/../manage.py", "/static/%2e%2e/x"])
def test_no_file_has_a_public_address(world, clients, path):
    assert ask(clients["head"], "GET", path).status == 404


def test_every_route_that_gives_out_files_is_named_here(heard):
    given = {
        name
        for (name, _, _), answer in heard.items()
        if "Content-Disposition" in dict(answer.headers)
    }

    assert given - MADE == FILES

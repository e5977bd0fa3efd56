"""TP-04, AZ-13, JR-01: no token no effect; what a form does not ask for changes nothing."""

import re
from html import unescape
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.forms import ModelForm
from django.test import Client

from journal.models import Entry
from reporting.routes import routes
from tests.factories.accountability import APPEAL, REASON
from tests.security.declared import where
from tests.security.sweeping import Browser, path_of
from tests.security.test_sources import code_of
from tests.security.world import World

pytestmark = pytest.mark.django_db

# Which page, of what, who sends its form, and what is typed into it.
DEEDS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("proposals:receive", "proposal/sent", "focal", {}),
    ("proposals:withdraw", "proposal/review", "official", {}),
    ("proposals:discard", "proposal/draft", "official", {}),
    ("proposals:copy", "proposal/withdrawn", "official", {}),
    ("proposals:open_step", "proposal/of the section", "head", {"kind": "party_opinion"}),
    ("proposals:vote", "proposal/review", "deputy", {"ballot": "against"}),
    ("proposals:redirect", "proposal/review", "head", {"reason": "Cần văn bản quy phạm."}),
    ("proposals:second", "proposal/overridden", "deputy", {}),
    ("pilots:suspend", "pilot/running", "head", {"reason": "Mưa lũ."}),
    ("pilots:complete", "pilot/running", "official", {"summary": "Đã xong."}),
    ("pilots:accept_report", "pilot/running", "head", {}),
    ("pilots:return_report", "pilot/running", "head", {"answer": "Bổ sung số liệu."}),
    ("pilots:confirm_incident", "pilot/running", "head", {}),
    ("pilots:accept_remedy", "pilot/running", "monitor", {}),
    ("pilots:approve_adjustment", "pilot/adjusting", "head", {}),
    ("pilots:refuse_adjustment", "pilot/adjusting", "head", {"answer": "Giữ kế hoạch."}),
    ("pilots:open_interim", "pilot/running", "head", {}),
    ("pilots:receive_help", "help/asked", "district_focal", {"promised_on": "31/12/2026"}),
    ("pilots:solve_help", "help/asked", "district_focal", {"answer": "Cho mượn hai máy."}),
    ("pilots:decline_help", "help/asked", "district_focal", {"answer": "Không có máy."}),
    ("accountability:confirm", "liability/waiting", "deputy", {}),
    (
        "accountability:appeal",
        "liability/decided",
        "official",
        {"text": APPEAL},
    ),
    ("accountability:commendation_confirm", "commendation/waiting", "deputy", {}),
    ("accountability:commendation_decide", "commendation/submitted", "head", {"text": REASON}),
)
# Columns whose value differs each time the same deed is done: told by whether there is one.
OF_THE_MOVE = ("_at", "journal_head", "clock_id", "content_id", "document_id", "submission_id")
OF_DRAFTS = {"proposals:discard", "proposals:copy"}  # nobody else ever saw a draft
GUARDED = re.compile(
    r"^(id|ref|stage|state|version|code|agency|deciding_unit|proposer|leader|monitor|person"
    r"|competent_unit|appeal_unit|result|outcome|.*_at|.*_by|.*_on|.*_id|journal_.*|times_.*)$"
)


class Forms(HTMLParser):
    """The forms of a page with the values they would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._open: dict[str, Any] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = {"method": said.get("method", "get").lower(), "fields": {}, "all": set()}
            self._open["action"] = said.get("action", "")
            self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select") and "name" in said:
            self._open["all"].add(said["name"])
            if tag == "input" and said.get("type") == "hidden":
                self._open["fields"][said["name"]] = unescape(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def form_of(browser: Client, path: str) -> dict[str, Any]:
    """The form of the page itself: the last one that posts, after those of the frame."""
    page = browser.get(path).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    found = [form for form in Forms(main).forms if form["method"] == "post"]
    assert found, f"{path} has no form"
    keyed = [form for form in found if "key" in form["fields"]]
    return (keyed or found)[-1]


def test_csrf_all_routes(world, clients):
    """Every unsafe route refuses without its token, to whom it would answer, htmx or not."""
    for name in ("official", "head", "admin"):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = SimpleCookie(clients[name].cookies)
        for route in (route for route in routes() if "POST" in route.methods):
            _, path = where(world, route)
            for headers in ({}, {"HX-Request": "true", "X-CSRFToken": "x" * 64}):
                response = strict.post(path, {"key": "1"}, headers=headers)
                assert response.status_code == 403, (route.name, name)
                assert "Phiên làm việc đã hết" in response.content.decode(), route.name


def test_a_token_is_taken_from_a_header_too(world, clients):
    """Which is how htmx sends it: then the answer is the view's own."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = SimpleCookie(clients["official"].cookies)
    page = strict.get("/viec-cua-toi/").content.decode()
    token = re.search(r'X-CSRFToken": "(\w+)"', page)
    assert token

    path = where(world, next(route for route in routes() if route.name == "proposals:edit"))[1]
    response = strict.post(path, {}, headers={"X-CSRFToken": token[1]})

    assert response.status_code != 403


def _state(row: models.Model) -> dict[str, Any]:
    fresh = type(row)._base_manager.get(pk=row.pk)
    return {f.attname: getattr(fresh, f.attname) for f in fresh._meta.concrete_fields}


def _extras(row: models.Model) -> dict[str, str]:
    """A value for every column of the model and of its neighbours, as an attacker would guess."""
    names = {field.name for field in row._meta.get_fields() if isinstance(field, models.Field)}
    names |= {f"{name}_id" for name in names}
    values = dict.fromkeys(names, "9")
    values |= {name: "1999-01-01" for name in names if name.endswith("_on")}
    values |= {name: "1999-01-01 10:00" for name in names if name.endswith("_at")}
    return values | {"stage": "concluded", "state": "closed", "is_superuser": "on", "by": "1"}


def _rows(world: World, label: str) -> list[models.Model]:
    row = world.objects[label]
    found = [row]
    for name in ("proposal", "pilot"):
        if isinstance(getattr(row, name, None), models.Model):
            found.append(getattr(row, name))
    return found


@pytest.mark.parametrize(
    ("name", "label", "person", "said"), list(DEEDS), ids=[deed[0] for deed in DEEDS]
)
def test_extra_fields_ignored(world, clients, name, label, person, said):
    """AZ-13: the deed with every field of its model sent along does what it does without them."""
    route = next(route for route in routes() if route.name == name)
    path = path_of(route, world.paths[label])
    assert path
    plain = _done(world, clients[person], path, label, said, {})
    loaded = _done(world, clients[person], path, label, said, _extras(world.objects[label]))

    assert plain["status"] == loaded["status"] == 302, "the deed was not done: nothing was tested"
    is_told = plain["entries"] > 0 or name in OF_DRAFTS
    assert is_told, "a deed without an entry in the journal (JR-01)"
    assert loaded["entries"] == plain["entries"]
    assert loaded["rows"] == plain["rows"]


def _done(
    world: World,
    browser: Browser,
    path: str,
    label: str,
    said: dict[str, Any],
    more: dict[str, str],
) -> dict[str, Any]:
    """Do it in a savepoint, and tell what it changed on the guarded columns."""
    with transaction.atomic():
        form = form_of(browser, path)
        before = Entry.objects.count()
        sent = {key: value for key, value in more.items() if key not in form["all"]}
        response = browser.post(path, sent | form["fields"] | said)
        found = {
            "status": response.status_code,
            "entries": Entry.objects.count() - before,
            "rows": [_guarded(row) for row in _rows(world, label)],
        }
        transaction.set_rollback(True)
    return found


def _guarded(row: models.Model) -> dict[str, Any]:
    """What a client must never set; times and hashes of the move itself are told by kind."""
    if not type(row)._base_manager.filter(pk=row.pk).exists():
        return {}
    fresh = _state(row)
    told = {}
    for name, value in fresh.items():
        if GUARDED.match(name) or GUARDED.match(name.removesuffix("_id")):
            moves = name.endswith(OF_THE_MOVE)
            told[name] = bool(value) if moves else value
    return told


def test_forms_name_their_fields():
    """No form takes whatever the model has."""

    def all_of(kind: type[ModelForm]) -> list[type[ModelForm]]:
        below: list[type[ModelForm]] = kind.__subclasses__()
        return [kind, *(one for form in below for one in all_of(form))]

    ours = [form for form in all_of(ModelForm) if form.__module__.split(".")[0] in _apps()]
    assert 'fields = "__all__"' not in code_of()
    for form in ours:
        meta = getattr(form, "_meta", None)
        assert meta is None or meta.model is None or isinstance(meta.fields, list | tuple), form


def _apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if "." not in config.name}

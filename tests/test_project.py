"""Guards of the house: what must hold in every file, whoever writes it."""

import ast
import json
import re
import subprocess
from functools import cache
from importlib import import_module
from inspect import Parameter, signature
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from config.celery import app as celery_app
from organisation.access import Access
from scripts import sbom
from tests.routes import all_routes

ROOT = Path(settings.BASE_DIR)
APPS = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
COMPUTED = {  # folders whose templates are named by a kind or a status
    "documents": "documents/{template}.html",
    "errors": "errors/{status}.html",
    "mail": "mail/{message.template}.html",
}
BY_OTHERS = {"bootstrap5"}  # crispy's own names, replaced by ours
TEXT = {
    ".py",
    ".html",
    ".js",
    ".css",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".yml",
    ".json",
    ".sh",
    ".conf",
}


@cache
def tracked() -> list[Path]:
    """All files of the project that git keeps, or would."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts(*suffixes: str) -> dict[str, str]:
    return {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for file in tracked()
        if file.suffix in (suffixes or TEXT) or file.name in {"Makefile", "Dockerfile", "run"}
    }


def code(*, tests: bool = False) -> dict[str, str]:
    return {
        name: text
        for name, text in texts(".py").items()
        if name.endswith(".py") and (tests or not name.startswith("tests/"))
    }


def places(pattern: str, within: dict[str, str]) -> list[str]:
    """Each line, as file:line, that the pattern is found on."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}"
        for name, text in within.items()
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)

    assert "No changes detected" in out.getvalue()


def test_every_route_declares_who_gets_an_answer():
    silent = [route.path for route in all_routes() if not hasattr(route.view, "access")]

    assert silent == []
    assert all(isinstance(vars(route.view)["access"], Access) for route in all_routes())


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in all_routes()]

    assert "" not in names
    assert sorted(names) == sorted(set(names))


def test_every_template_is_used():
    sources = "\n".join(texts(".py", ".html").values())
    unused = []
    for file in (ROOT / "templates").rglob("*.html"):
        name = str(file.relative_to(ROOT / "templates"))
        folder = name.partition("/")[0]
        computed = COMPUTED.get(folder, "")
        if (
            folder not in BY_OTHERS
            and name not in sources
            and not (computed in sources and computed)
        ):
            unused.append(name)

    assert unused == []


def test_no_script_or_style_stands_in_a_page():
    """They would not run: the policy allows files of ours only."""
    pages = {name: text for name, text in texts(".html").items() if name.startswith("templates/")}

    inline = r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)|javascript:"
    drawn = ("templates/documents/", "templates/mail/")  # no browser of ours shows these
    found = [place for place in places(inline, pages) if not place.startswith(drawn)]
    assert found == []
    assert places(r"(src|href)=\"(https?:)?//", pages) == []


def test_no_page_is_longer_than_one_can_read():
    lengths = {name: len(text.splitlines()) for name, text in texts(".html").items()}

    assert {name: length for name, length in lengths.items() if length > 150} == {}


def test_every_file_and_function_can_be_taken_in_at_once():
    too_long = []
    for name, text in code(tests=True).items():
        if "/migrations/" in name:
            continue
        if len(text.splitlines()) > 500:
            too_long.append(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and len(ast.unparse(node).splitlines()) > 60:
                too_long.append(f"{name} {node.name}")

    assert too_long == []


def test_no_mark_safe():
    """TP-03: escaping is never switched off, in one reviewed module neither."""
    everything = code() | texts(".html")

    assert places(r"\bmark_safe\b|\|\s*safe\b|autoescape off|SafeString\(", everything) == []


def test_no_form_goes_without_its_token():
    """TP-04"""
    assert places(r"csrf_exempt", code()) == []
    posts = r"<form[^>]*method=\"post\""
    for name, text in texts(".html").items():
        forms = re.split(posts, text, flags=re.IGNORECASE)[1:]
        bare = [part for part in forms if "csrf_token" not in part.partition("</form>")[0]]
        assert bare == [], name


def test_every_entry_of_the_schedule_names_a_task():
    celery_app.loader.import_default_modules()
    entries = celery_app.conf.beat_schedule.values()

    assert {entry["task"] for entry in entries} - set(celery_app.tasks) == set()


def test_every_task_that_needs_no_argument_is_on_the_schedule():
    scheduled = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    forgotten = []
    for app in APPS:
        if not (ROOT / app / "tasks.py").exists():
            continue
        for name, task in vars(import_module(f"{app}.tasks")).items():
            wants = getattr(task, "run", None)
            if wants and all(
                one.default is not Parameter.empty for one in signature(wants).parameters.values()
            ):
                forgotten += [f"{app}.tasks.{name}"] if task.name not in scheduled else []

    assert forgotten == []


def test_no_secrets_in_repo():
    known = ("tests/", "organisation/demo/")  # of no use outside a test or a demo (AU-12)
    everything = {name: text for name, text in texts().items() if not name.startswith(known)}

    assert places(r"-----BEGIN [A-Z ]*PRIVATE KEY", texts()) == []
    assert places(r"(?i)(secret|password|token)\w*\s*=\s*[\"'][^\"'{$]{16,}[\"']", everything) == []
    assert places(r"://\w+:[^@\s$<{:?]+@", everything) == []
    assert [file.name for file in tracked() if file.name == ".env" or file.suffix == ".key"] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]
)
def test_lockfile_hashes(name):
    """HT-06: every package at one version, known by its digest, from nowhere in particular."""
    blocks = re.split(r"\n(?=[a-z])", (ROOT / name).read_text())
    packages = [block for block in blocks if not block.startswith("#")]

    assert packages
    for block in packages:
        assert re.match(
            r"[\w.\[\],-]+==[\w.]+( ;[^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", block
        )
    assert "://" not in (ROOT / name).read_text()


def test_every_package_is_listed_with_its_licence():
    """HT-06: the list is what `make sbom` writes of the packages pinned today."""
    listed = json.loads(sbom.LIST.read_text(encoding="utf-8"))["components"]
    named = {(one["name"], one["version"]) for one in listed}
    served = [(name.replace("@", "%40"), version) for name, version, _ in sbom.served()]

    assert named == {*sbom.pinned(), *served}, "run make sbom"
    assert all(one["licenses"][0]["license"]["name"] for one in listed)


def test_packages_of_the_pages_are_pinned_too():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: facts for name, facts in lock["packages"].items() if name}

    assert packages
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())
    assert not any("resolved" in facts for facts in packages.values())


def test_nothing_depends_on_the_machine_it_was_written_on():
    everything = {name: text for name, text in texts().items() if name != "tests/test_project.py"}

    assert places(r"(^|[\s\"'=(`])/(root|home/\w+|work|Users)/", everything) == []


def test_debian_packages_are_named_alike_for_make_and_for_the_image():
    installed = (ROOT / "scripts" / "debian.py").read_text()
    image = (ROOT / "Dockerfile").read_text()
    papers = re.search(r"PAPERS = \(([^)]*)\)", installed)

    assert papers
    assert all(package in image for package in re.findall(r'"([^"]+)"', papers[1]))


def test_no_test_is_switched_off():
    assert (
        places(
            r"mark\.(skip|xfail)\b|pytest\.(skip|xfail)\(|assert True\b",
            {
                name: text
                for name, text in code(tests=True).items()
                if name != "tests/test_project.py"
            },
        )
        == []
    )

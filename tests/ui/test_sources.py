"""What holds for every template: our icons, no inline style or script, our way of speaking."""

import re
from pathlib import Path

import pytest

from scripts import assets

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
SCREENS = [page for page in TEMPLATES if page.parts[-2] not in {"documents", "mail"}]
APPS = ("organisation", "jobs", "notifications", "documents", "deadlines", "proposals", "pilots")
PYTHON = [
    page for app in (*APPS, "accountability", "reporting") for page in (ROOT / app).glob("**/*.py")
]


def name_of(page):
    return str(page.relative_to(ROOT))


def test_every_icon_in_a_template_is_in_the_list():
    used = {
        name for page in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())
    }

    assert used - set(assets.icon_names()) == set()
    assert len(used) > 20


def test_every_icon_named_in_code_is_in_the_list():
    drawn = {page.stem for page in (assets.PACKAGES / assets.ICONS).glob("*.svg")}
    found = {name for page in PYTHON for name in _icons_in(page.read_text())}

    assert found & drawn - set(assets.icon_names()) == set()
    assert "hourglass-split" in found


def _icons_in(source):
    """Names beside the word icon, and every word of the tables that hold icons."""
    tables = re.findall(r"\b\w*(?:ICON|MENU)\w*\b[^=\n]*= [({].*?\n[)}]", source, re.DOTALL)
    beside = re.findall(r"""icon["']?[:=] ?["']([\w-]+)["']""", source)
    return beside + re.findall(r"""["']([a-z0-9-]+)["']""", " ".join(tables))


@pytest.mark.parametrize("page", SCREENS, ids=name_of)
def test_no_inline_style_or_script(page):
    source = page.read_text()

    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert "hx-on" not in source
    assert "|safe" not in source


@pytest.mark.parametrize("page", TEMPLATES, ids=name_of)
def test_people_are_addressed_as_the_language_page_says(page):
    shown = re.sub(r"{%.*?%}|{#.*?#}|<[^>]*>", " ", page.read_text(), flags=re.DOTALL)

    assert not re.search(r"\b(bạn|quý khách|anh/chị|thất bại|không hợp lệ)\b", shown, re.IGNORECASE)
    assert "!" not in shown


def test_every_symbol_of_the_sprite_is_drawn():
    sprite = assets.sprite()

    assert sprite.count("<symbol") == len(assets.icon_names())
    assert "<path" in sprite.partition('id="clock"')[2].partition("</symbol>")[0]


def test_bootstrap_keeps_what_pages_use_and_drops_the_rest():
    sheet, pictures = assets.bootstrap()

    for kept in (".btn-primary{", ".form-control{", ".table{", ".visually-hidden", ".d-flex{"):
        assert kept in sheet
    for dropped in (".carousel", ".offcanvas", ".toast", ".accordion", "data:"):
        assert dropped not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert all(picture.startswith("<svg") for picture in pictures.values())


@pytest.mark.parametrize("page", SCREENS, ids=name_of)
def test_every_class_is_styled(page):
    styled = (ROOT / "static/portal.css").read_text() + assets.bootstrap()[0]
    known = set(re.findall(r"\.([A-Za-z_][\w-]*)", styled))
    plain = re.sub(r"{%.*?%}|{{.*?}}", "\0", page.read_text(), flags=re.DOTALL)
    used = {
        name
        for names in re.findall(r'\sclass="([^"]*)"', plain)
        for name in names.replace("\0", " \0 ").split()
        if "\0" not in name and not name.endswith("-")
    }

    assert used - known == set()


def test_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()

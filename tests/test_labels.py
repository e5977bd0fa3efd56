"""Whatever the code writes into the journal has words for its readers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from journal.actions import ACTION
from journal.timeline import UNNAMED, labels
from proposals.models import Proposal

ROOT = Path(settings.BASE_DIR)
APPS = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
WRITERS = {"record", "note", "_record"}
SILENT = {"migrations", "demo", "timeline.py"}


def sources() -> Iterator[ast.Module]:
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            if not SILENT & {*file.parts, file.name}:
                yield ast.parse(file.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def words_of(node: ast.AST) -> set[str]:
    """All texts inside, those of both arms of a choice included."""
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def recorded() -> set[str]:
    """The names of actions that the code writes down, as far as they stand in it whole.

    In a call of a writer any name counts; elsewhere (a table of deeds) one of a known kind.
    """
    kinds = {name.partition(".")[0] for name in labels}
    found: set[str] = set()
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in WRITERS:
                found |= {word for part in node.args for word in words_of(part)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if node.value.partition(".")[0] in kinds else set()
    return {name for name in found if ACTION.fullmatch(name) and not name.endswith("_")}


def moves() -> set[str]:
    """Each move of the lifecycle is written down under its name."""
    stage = Proposal._meta.get_field("stage")
    return {f"proposal.{move.name}" for move in stage.get_all_transitions(Proposal)}


def test_every_action_that_is_written_down_has_words():
    missing = sorted(recorded() - labels.keys())

    assert missing == []


def test_every_move_of_the_lifecycle_has_words():
    assert moves()
    assert moves() - labels.keys() == set()


def test_the_search_finds_what_is_written_down():
    found = recorded()

    assert {"user.appoint", "unit.succeed", "calendar.set", "import.take_over"} <= found
    assert {"paper.draw", "deadline.recount", "proposal.discard"} <= found


@pytest.mark.parametrize("name", sorted(labels))
def test_no_words_are_the_words_for_nothing(name):
    assert labels[name].verb != UNNAMED.verb
    assert labels[name].icon in (ROOT / "static" / "icons.txt").read_text().split()

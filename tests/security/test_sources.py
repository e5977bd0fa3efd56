"""JR-01, JR-11, TP-08: what the code may do where: writing, cascading, raw SQL."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import ProtectedError

from tests.security.world import World

ROOT = Path(settings.BASE_DIR)
OURS = [config for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
WRITES = {
    *("save", "delete", "update", "create", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "aupdate", "asave", "adelete", "acreate"),
}
# Besides */actions.py, */actions/ and migrations: who may write rows, and why.
WRITERS = {
    "accountability/seeds.py": "the tables of law of a new portal",
    "deadlines/seeds.py": "the rules of a new portal",
    "organisation/seeds/calendar.py": "the days of a new portal",
    "organisation/seeds/positions.py": "the posts of a new portal",
    "reporting/periods/seeds.py": "the regimes of a new portal",
    "documents/seeds.py": "the series of a new portal",
    "reporting/demo/paperwork.py": "the abbreviations of a demo",
    "proposals/seeds.py": "the steps and fields of a new portal",
    "organisation/demo/load.py": "the people of a demo",
    "reporting/demo/stories.py": "the mail of a demo",
    "reporting/scale/clocks.py": "the crowd of a bench",
    "reporting/scale/people.py": "the crowd of a bench",
    "reporting/scale/records.py": "the crowd of a bench",
    "reporting/scale/rows.py": "the crowd of a bench",
    "deadlines/calendar_changes.py": "moves due dates when the calendar changes",
    "deadlines/digests.py": "what was told by a clock that ran ahead, to be told again",
    "deadlines/reminding.py": "which rung of the ladder a clock was told of",
    "deadlines/rulebook.py": "rules and the ladder, each with its entry",
    "documents/models/files.py": "its own save, which refuses a second time",
    "jobs/periods.py": "which period of a job is done",
    "journal/anchors.py": "the daily anchor",
    "journal/bulk.py": "many entries at once, chained",
    "journal/models.py": "its own save, which refuses a second time",
    "journal/once.py": "keys of forms",
    "notifications/outbox.py": "leases of letters",
    "notifications/personal.py": "which letters a person wants, each with its entry",
    "organisation/models/people.py": "its own save: search key",
    "organisation/models/units.py": "its own save: search key",
    "reporting/kept.py": "figures that are counted again each minute",
    "reporting/management/commands/note_backup.py": "when the last backup was made",
    "proposals/models/proposal.py": "its own save: search key",
    "proposals/similarity.py": "the index of titles",
}
NO_ROWS = {  # a method of that name on what is no row
    "config/celery.py": "settings",
    "config/settings.py": "settings",
    "documents/forms/editing.py": "the fields of a form",
    "documents/pages.py": "a picture",
    "documents/registered.py": "a workbook",
    "documents/storage.py": "a digest",
    "documents/views/check.py": "a digest",
    "documents/word/paper.py": "a Word file",
    "journal/record_checks.py": "a dict",
    "journal/timeline.py": "a dict",
    "organisation/sessions.py": "a session",
    "organisation/sheets.py": "a workbook",
}
# The last two: whether the database is there, and a statement that Django itself wrote.
RAW_SQL = {"journal", "migrations", "health.py", "prepared.py"}
# Working rows of a draft and what is nobody's record. All else is kept whatever is deleted.
CASCADES = {
    ("organisation.Session", "user"),
    ("organisation.ImportDraft", "by"),
    ("organisation.UnitScope", "unit"),
    ("organisation.UnitScope", "covered"),
    ("jobs.JobPart", "job"),
    ("proposals.CoAuthor", "proposal"),
    ("proposals.LegalQuestion", "proposal"),
    ("proposals.ProposalPlan", "proposal"),
    ("proposals.PartVersion", "proposal"),
    ("proposals.PartLock", "proposal"),
    ("proposals.ExpectedResult", "proposal"),
    ("proposals.DecisionDraft", "proposal"),
    ("proposals.DecisionDraft", "person"),
    ("pilots.Indicator", "expected"),
}


@cache
def sources() -> dict[str, str]:
    """Each file of ours that runs in the portal."""
    found = {}
    for config in OURS:
        for file in (ROOT / config.name).rglob("*.py"):
            found[str(file.relative_to(ROOT))] = file.read_text(encoding="utf-8")
    return found


@cache
def code_of() -> str:
    return "\n".join(sources().values())


def calls(name: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(sources()[name])) if isinstance(node, ast.Call)]


def is_action(name: str) -> bool:
    return "/actions/" in name or name.endswith("/actions.py") or "/migrations/" in name


def test_no_other_path():
    """JR-01: rows are written by actions, and by the few that stand here by name."""
    writing = {
        name
        for name in sources()
        if not is_action(name)
        for call in calls(name)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    }

    assert writing - set(WRITERS) - set(NO_ROWS) == set()
    assert set(WRITERS) | set(NO_ROWS) <= writing, "take out who writes no more"


def test_views_forms_and_tasks_hold_no_lock():
    """Neither do they open transactions for writing by hand: `run_once` and actions do."""
    for name in sources():
        if any(part in name for part in ("/forms", "/tables", "/tasks.py", "/templatetags")):
            assert "select_for_update" not in sources()[name], name


@pytest.mark.parametrize("word", [".raw(", ".extra(", "RawSQL(", "connection.cursor("])
def test_raw_sql_stands_in_one_place(word):
    """TP-08: only the journal, which guards itself in the database, speaks SQL."""
    for name, text in sources().items():
        if not RAW_SQL & set(name.split("/")):
            assert word not in text, name


def test_no_cascade_on_records():
    """JR-11: nothing that was submitted goes with something else."""
    loose = {
        (model._meta.label, field.name)
        for config in OURS
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete is not models.PROTECT
    }

    assert loose == CASCADES


@pytest.mark.django_db
def test_what_was_submitted_cannot_be_deleted(world: World):
    """Not a proposal, a case, an agency or a person that stands in one; a draft can."""
    kinds = ("proposal/", "liability/")
    kept = [row for label, row in world.objects.items() if label.startswith(kinds)]
    kept = [row for row in kept if getattr(row, "stage", "") != "draft"]
    kept += [world.province.department, world.official, world.head]
    assert len(kept) > 12
    for row in kept:
        with pytest.raises(ProtectedError):
            type(row)._base_manager.filter(pk=row.pk).delete()

    draft = world.objects["proposal/draft"]
    draft.attachments.all().delete()
    assert draft.delete()[0] > 1

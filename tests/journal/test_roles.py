"""Three roles on PostgreSQL: the owner migrates, the portal appends, the verifier reads (JR-02)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from config.checks import check_database_role
from journal.actions import keep, record
from journal.models import Entry, OnceKey, WriteOnce
from journal.sql import WRITE_ONCE
from journal.verify import verify
from organisation.models import User
from tests.factories.journal import make_cited, make_stream
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
guards = import_module("journal.migrations.0002_guards")
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="roles")

FORBIDDEN = [
    "UPDATE journal_entry SET body = body",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry CASCADE",
    "UPDATE journal_content SET body = body",
    "DELETE FROM journal_content",
    "TRUNCATE journal_content",
    "UPDATE journal_anchor SET body = body",
    "DELETE FROM journal_anchor",
    "UPDATE journal_anchorleaf SET place = place",
    "DELETE FROM journal_anchorleaf",
    "DELETE FROM journal_stream",
    "TRUNCATE journal_stream CASCADE",
    "UPDATE journal_stream SET name = name",
    "ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change",
    "DROP TRIGGER journal_entry_no_change ON journal_entry",
    "SET session_replication_role = replica",
    "TRUNCATE organisation_user CASCADE",
    "DELETE FROM django_migrations",
    "CREATE TABLE mine (id int)",
]


@pytest.fixture
def roles():
    call_command("setup_roles", "--app", "app of tests", "--verifier", "verifier_of_tests")


def become(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@on_postgres
@pytest.mark.usefixtures("roles")
def test_portal_appends_and_reads():
    person = make_user()
    become("app of tests")

    entry = make_cited(by=person)
    record("proposal.note", stream=entry.stream_id, by=person)

    assert Entry.objects.of(entry.stream_id).count() == 2
    assert verify().exit_code == 0


@on_postgres
@pytest.mark.usefixtures("roles")
def test_portal_keeps_its_own_rows_as_usual():
    person = make_user()
    become("app of tests")

    User.objects.filter(pk=person.pk).update(phone="0900000000")
    OnceKey.objects.create(key=person.ref, content_sha256="")
    OnceKey.objects.all().delete()

    assert User.objects.get(pk=person.pk).phone == "0900000000"
    assert not OnceKey.objects.exists()


@on_postgres
@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize("sql", FORBIDDEN)
def test_portal_may_not(sql):
    make_cited()
    become("app of tests")

    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(sql)


@on_postgres
@pytest.mark.usefixtures("roles")
def test_verifier_verifies_and_writes_nothing():
    make_cited()
    become("verifier_of_tests")

    assert verify().exit_code == 0
    with pytest.raises(ProgrammingError, match="permission denied"):
        keep("note", make_stream(), {})


@on_postgres
@pytest.mark.usefixtures("roles")
def test_setting_up_twice_takes_back_what_was_given_by_hand():
    run('GRANT UPDATE, DELETE ON journal_entry TO "app of tests"')

    call_command("setup_roles", "--app", "app of tests", "--verifier", "verifier_of_tests")

    become("app of tests")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("DELETE FROM journal_entry")


GIVEN_BY_HAND = [
    ("UPDATE", "journal_entry"),
    ("UPDATE (body)", "journal_content"),
    ("DELETE", "journal_anchor"),
    ("TRUNCATE", "journal_anchorleaf"),
    ("UPDATE (name)", "journal_stream"),
    ("DELETE", "journal_stream"),
]


def excess() -> set[str]:
    found = check_database_role(None, databases=["default"])
    return {str(one.msg) for one in found if one.id != "portal.E006"}  # tests run without fsync


@on_postgres
@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(("right", "table"), GIVEN_BY_HAND)
def test_production_refuses_a_role_with_more(right, table):
    """A right too many on any table of the journal, on one column of it as well."""
    run(f'GRANT {right} ON {table} TO "app of tests"')
    become("app of tests")

    assert excess() == {f"The database role may change {table}."}


@on_postgres
@pytest.mark.usefixtures("roles")
def test_production_accepts_what_was_set_up():
    become("app of tests")

    assert excess() == set()


def test_every_table_that_is_only_appended_to_is_kept():
    """A new model of the kind is guarded, and asked for at the start, or this fails."""
    once = {model._meta.db_table for model in apps.get_models() if issubclass(model, WriteOnce)}

    assert set(WRITE_ONCE) == once
    assert set(guards.WRITE_ONCE) == once


@pytest.mark.skipif(connection.vendor == "postgresql", reason="SQLite only")
def test_sqlite_has_no_roles():
    with pytest.raises(CommandError):
        call_command("setup_roles")

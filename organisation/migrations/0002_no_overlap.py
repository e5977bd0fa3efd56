"""One name of an agency on any day, one holding of a post: the database refuses overlapping times.

A period runs from `valid_from` until before `valid_to`, without end when that is empty. Ranges of
numbers stand in for equality, so that PostgreSQL needs no extension. A later migration that makes
SQLite rebuild one of these tables must put its triggers back.
"""

from django.db import migrations

RULES = (
    ("organisation_orgunitversion", "unit_versions_do_not_overlap", ("unit_id",)),
    (
        "organisation_appointment",
        "appointments_do_not_overlap",
        ("person_id", "position_id", "unit_id"),
    ),
)
SQLITE_CLASH = """
SELECT 1 FROM {table} WHERE id IS NOT NEW.id AND {same}
AND valid_from < coalesce(NEW.valid_to, '9999-12-31')
AND coalesce(valid_to, '9999-12-31') > NEW.valid_from
"""
SQLITE_EVENTS = ("INSERT", "UPDATE")


def put_up(apps, schema_editor):
    for table, name, columns in RULES:
        if schema_editor.connection.vendor == "postgresql":
            same = ", ".join(f"int8range({column}, {column}, '[]') WITH =" for column in columns)
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} "
                f"EXCLUDE USING gist ({same}, daterange(valid_from, valid_to) WITH &&)"
            )
            continue
        same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        for event in SQLITE_EVENTS:
            trigger = f"{name}_{event.lower()}"
            clash = SQLITE_CLASH.format(table=table, same=same)
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} WHEN EXISTS ({clash}) "
                f"BEGIN SELECT RAISE(ABORT, 'refused by {name}'); END"
            )


def take_down(apps, schema_editor):
    for table, name, _ in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            continue
        for event in SQLITE_EVENTS:
            schema_editor.execute(f"DROP TRIGGER {name}_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]

"""Words inside a title are found by an index of their three-letter pieces (PostgreSQL only)."""

from typing import Any

from django.db import migrations

NAME = "proposal_search"


def put_up(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON proposals_proposal USING gin (search_key gin_trgm_ops)"
        )


def take_down(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]

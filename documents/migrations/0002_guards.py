"""What was stored once stays: a file's digest, size, name and case are never written again."""

from django.db import migrations

TABLE = "documents_storedfile"
COLUMNS = "sha256, size, name, extension, content_type, stream, uploaded_by_id, created_at"

POSTGRES = f"""
CREATE FUNCTION stored_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a stored file is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stored_file_stays BEFORE UPDATE OF {COLUMNS} ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION stored_file_stays();
"""
POSTGRES_BACK = f"""
DROP TRIGGER stored_file_stays ON {TABLE};
DROP FUNCTION stored_file_stays();
"""
SQLITE = f"""
CREATE TRIGGER stored_file_stays BEFORE UPDATE OF {COLUMNS} ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'a stored file is never changed'); END;
"""


def guard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES if on_postgres else SQLITE)


def unguard(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRES_BACK if on_postgres else "DROP TRIGGER stored_file_stays")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]

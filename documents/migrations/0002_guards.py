"""What was stored, signed or issued stays, whoever asks the database to change it.

A later migration that makes SQLite rebuild one of these tables must put its triggers back.
"""

from django.db import migrations

FILE, PAPER, COPY = "documents_storedfile", "documents_officialdocument", "documents_issuedcopy"
YEAR, PERIOD = "documents_seriesyear", "documents_registerperiod"
OUTSIDE, STAMP, ANNEX = (
    "documents_outsidenumber",
    "documents_paperstamp",
    "documents_annexfile",
)
OUT = "('issued', 'recalled', 'replaced', 'corrected')"
FILE_COLUMNS = (
    *("sha256", "size", "name", "extension", "content_type", "stream", "uploaded_by_id"),
    "created_at",
)
SAID = (  # of what was signed
    *("ref", "kind", "stream", "title", "body", "issuing_unit_id", "created_by_id"),
    *("signing_authority", "signer_id", "signing_kind", "signed_at", "signed_on", "signed_sha256"),
)
ISSUED = (  # and of what was issued
    *("facts_sha256", "template", "format_spec", "issuing_unit_snapshot", "drafting_unit_id"),
    *("for_signer_id", "sent_by_id", "sent_at", "signing", "series_id", "year", "number"),
    *("notation", "issued_on", "issued_at", "issued_by_id", "check_code", "facts"),
    *("replaces_id", "corrects_id", "copy_of_id", "work_field", "has_apart"),
)
COPIED = ("paper_id", "place", "name", "note", "unit_id", "sent_on")
BACK = (
    f"OLD.state IN {OUT} AND NEW.state NOT IN {OUT}"
    " OR OLD.state IN ('recalled', 'replaced') AND NEW.state <> OLD.state"
    " OR OLD.state = 'corrected' AND NEW.state = 'issued'"
    " OR OLD.state = 'signed' AND NEW.state NOT IN ('signed', 'issued', 'draft')"
)


def guards(differs):
    """Each guard: its name, what it watches, and when it refuses."""

    def any_of(columns):
        return " OR ".join(differs(column) for column in columns)

    file_kept = f"OLD.file_sha256 <> '' AND ({any_of(('file_sha256', 'file_id', 'sealing'))})"
    scan_kept = f"OLD.scan_id IS NOT NULL AND ({differs('scan_id')})"
    signed = (*SAID, "facts_sha256")
    return {
        "stored_file_stays": (f"UPDATE ON {FILE}", any_of(FILE_COLUMNS)),
        "signed_paper_stays": (
            f"UPDATE ON {PAPER}",
            f"OLD.state = 'signed' AND NEW.state = 'signed' AND ({any_of(signed)})"
            f" OR OLD.state = 'signed' AND NEW.state = 'issued' AND ({any_of(SAID)})",
        ),
        "issued_paper_stays": (
            f"UPDATE ON {PAPER}",
            f"OLD.state IN {OUT} AND ({any_of((*SAID, *ISSUED))} OR {file_kept} OR {scan_kept})",
        ),
        "paper_never_goes_back": (f"UPDATE ON {PAPER}", BACK),
        "issued_paper_is_kept": (
            f"DELETE ON {PAPER}",
            f"OLD.state IN {OUT} OR OLD.state = 'signed'",
        ),
        "issued_copy_stays": (
            f"UPDATE ON {COPY}",
            f"{any_of(COPIED)} OR OLD.received_at IS NOT NULL",
        ),
        "issued_copy_is_kept": (f"DELETE ON {COPY}", "1 = 1"),
        "number_grows_by_one": (
            f"UPDATE ON {YEAR}",
            f"NEW.last <> OLD.last + 1 OR {any_of(('series_id', 'year'))}",
        ),
        "number_is_kept": (f"DELETE ON {YEAR}", "1 = 1"),
        "outside_number_stays": (f"UPDATE ON {OUTSIDE}", "1 = 1"),
        "outside_number_is_kept": (f"DELETE ON {OUTSIDE}", "1 = 1"),
        "paper_stamp_stays": (f"UPDATE ON {STAMP}", "1 = 1"),
        "paper_stamp_is_kept": (f"DELETE ON {STAMP}", "1 = 1"),
        "annex_file_stays": (f"UPDATE ON {ANNEX}", "1 = 1"),
        "annex_file_is_kept": (f"DELETE ON {ANNEX}", "1 = 1"),
        "closed_register_stays": (f"UPDATE ON {PERIOD}", "1 = 1"),
        "closed_register_is_kept": (f"DELETE ON {PERIOD}", "1 = 1"),
    }


POSTGRES_FUNCTION = """
CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'documents: refused by %', TG_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=None)
        for name, (event, when) in guards(_differs_on_postgres).items():
            table = event.rpartition(" ")[2]
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN ({when})"
                " EXECUTE FUNCTION documents_refuse()",
                params=None,
            )
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        return
    for name, (event, when) in guards(_differs_on_sqlite).items():
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, 'documents: refused by {name}'); END",
            params=None,
        )


def take_down(apps, schema_editor):
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for name, (event, _) in guards(_differs_on_sqlite).items():
        where = f" ON {event.rpartition(' ')[2]}" if on_postgres else ""
        schema_editor.execute(f"DROP TRIGGER {name}{where}")
    if on_postgres:
        schema_editor.execute("DROP FUNCTION documents_refuse()")


def _differs_on_postgres(column):
    return f"OLD.{column} IS DISTINCT FROM NEW.{column}"


def _differs_on_sqlite(column):
    return f"OLD.{column} IS NOT NEW.{column}"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]

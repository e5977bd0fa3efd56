"""Guards inside the database: what is written stays, and each stream and anchor goes on unbroken.

An entry moves its stream's row on by itself, so that none can be added and left uncounted.
They hold for every client, the owner of the tables included (PostgreSQL: ENABLE ALWAYS, so not even
a replication session slips by). SQLite has no SHA-256: there the hash of a row is first checked by
`journal_verify`, and whoever can open the file can drop the triggers.
A later migration that makes SQLite rebuild one of these tables must put its triggers back.
"""

from django.db import migrations

WRITE_ONCE = ("journal_entry", "journal_content", "journal_anchor", "journal_anchorleaf")
KEPT = (*WRITE_ONCE, "journal_stream")

POSTGRES_FUNCTIONS = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION journal_entry_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_seq bigint := 0;
  last_hash text := repeat('0', 64);
BEGIN
  SELECT seq, entry_hash INTO last_seq, last_hash FROM journal_entry
    WHERE stream = NEW.stream ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last_seq, 0) + 1 OR NEW.prev_hash <> coalesce(last_hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'journal: entry does not continue %', NEW.stream USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION journal_anchor_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_date date;
  last_hash text;
BEGIN
  SELECT date, anchor_hash INTO last_date, last_hash FROM journal_anchor ORDER BY date DESC LIMIT 1;
  IF NEW.prev_hash <> coalesce(last_hash, repeat('0', 64)) OR NEW.date <> coalesce(last_date + 1, NEW.date) THEN
    RAISE EXCEPTION 'journal: anchor does not follow the one before' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION journal_stream_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE journal_stream SET length = NEW.seq, head_hash = NEW.entry_hash WHERE name = NEW.stream;
  RETURN NULL;
END $$;

CREATE FUNCTION journal_stream_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.name <> OLD.name OR NEW.length <= OLD.length OR NOT EXISTS (
    SELECT 1 FROM journal_entry
      WHERE stream = NEW.name AND seq = NEW.length AND entry_hash = NEW.head_hash
  ) THEN
    RAISE EXCEPTION 'journal: stream % may only grow with its entries', OLD.name USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_hash_of_body CHECK (
  entry_hash = encode(sha256('\\x00'::bytea || convert_to(body, 'UTF8')), 'hex'));
ALTER TABLE journal_anchor ADD CONSTRAINT journal_anchor_hash_of_body CHECK (
  anchor_hash = encode(sha256('\\x02'::bytea || convert_to(body, 'UTF8')), 'hex'));
ALTER TABLE journal_content ADD CONSTRAINT journal_content_hash_of_body CHECK (
  sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
"""

POSTGRES_TRIGGERS = [
    *(
        (table, "no_change", "BEFORE UPDATE OR DELETE", "STATEMENT", "journal_refuse")
        for table in WRITE_ONCE
    ),
    *((table, "no_truncate", "BEFORE TRUNCATE", "STATEMENT", "journal_refuse") for table in KEPT),
    ("journal_stream", "no_delete", "BEFORE DELETE", "STATEMENT", "journal_refuse"),
    ("journal_stream", "grows", "BEFORE UPDATE", "ROW", "journal_stream_grows"),
    ("journal_entry", "continues", "BEFORE INSERT", "ROW", "journal_entry_continues"),
    ("journal_entry", "moves_on", "AFTER INSERT", "ROW", "journal_stream_moves_on"),
    ("journal_anchor", "continues", "BEFORE INSERT", "ROW", "journal_anchor_continues"),
]

POSTGRES_BACK = """
ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_hash_of_body;
ALTER TABLE journal_anchor DROP CONSTRAINT journal_anchor_hash_of_body;
ALTER TABLE journal_content DROP CONSTRAINT journal_content_hash_of_body;
DROP FUNCTION journal_refuse(), journal_entry_continues(), journal_anchor_continues(), journal_stream_grows(), journal_stream_moves_on();
"""

SQLITE_WHENS = {
    "journal_entry_continues": (
        "INSERT ON journal_entry",
        """NEW.seq <> coalesce((SELECT max(seq) FROM journal_entry WHERE stream = NEW.stream), 0) + 1
        OR NEW.prev_hash <> coalesce((SELECT entry_hash FROM journal_entry
           WHERE stream = NEW.stream ORDER BY seq DESC LIMIT 1), hex(zeroblob(32)))""",
    ),
    "journal_anchor_continues": (
        "INSERT ON journal_anchor",
        """NEW.prev_hash <> coalesce((SELECT anchor_hash FROM journal_anchor ORDER BY date DESC LIMIT 1), hex(zeroblob(32)))
        OR NEW.date <> coalesce((SELECT date(max(date), '+1 day') FROM journal_anchor), NEW.date)""",
    ),
    "journal_stream_grows": (
        "UPDATE ON journal_stream",
        """NEW.name <> OLD.name OR NEW.length <= OLD.length OR NOT EXISTS (SELECT 1 FROM journal_entry
           WHERE stream = NEW.name AND seq = NEW.length AND entry_hash = NEW.head_hash)""",
    ),
    "journal_stream_no_delete": ("DELETE ON journal_stream", "1"),
    **{
        f"{table}_no_{verb.lower()}": (f"{verb} ON {table}", "1")
        for table in WRITE_ONCE
        for verb in ("UPDATE", "DELETE")
    },
}


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTIONS, params=None)
        for table, name, events, each, function in POSTGRES_TRIGGERS:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_{name} {events} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}()"
            )
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
        return
    schema_editor.execute(
        "CREATE TRIGGER journal_entry_moves_on AFTER INSERT ON journal_entry BEGIN "
        "UPDATE journal_stream SET length = NEW.seq, head_hash = NEW.entry_hash "
        "WHERE name = NEW.stream; END"
    )
    for name, (event, when) in SQLITE_WHENS.items():
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, 'journal: refused by {name}'); END"
        )


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, name, *_ in POSTGRES_TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER {table}_{name} ON {table}")
        schema_editor.execute(POSTGRES_BACK, params=None)
        return
    for name in ("journal_entry_moves_on", *SQLITE_WHENS):
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]

"""Ten times the proposals and their clocks, copied inside the database: for what lists cost.

Writing a million proposals with their journals takes most of an hour; lists read none of those.
"""

import psycopg2

from tests.bench.machine import Portal

TIMES = 10
SEARCH = "SELECT indexdef FROM pg_indexes WHERE indexname = 'proposal_search'"
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
# What differs from copy to copy; {n} is its number.
COPIES = {
    "proposals_proposal": {
        "ref": "md5(ref::text || {n})::uuid",
        "code": "regexp_replace(code, '-([0-9]+)$', '-{n}\\1')",
        "touched_at": "touched_at - {n} * interval '37 minutes'",
    },
    "deadlines_clock": {
        "ref": "md5(ref::text || {n})::uuid",
        "subject_ref": "md5(subject_ref::text || {n})::uuid",
        "stream": "'proposal:' || md5(subject_ref::text || {n})::uuid",
        "code": "regexp_replace(code, '-([0-9]+)$', '-{n}\\1')",
    },
}


def swell(portal: Portal) -> None:
    """The index of the search is put up again at the end: that takes a third of the time."""
    connection = psycopg2.connect(portal.postgres.url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(SEARCH)
    search = cursor.fetchall()[0][0]
    cursor.execute("DROP INDEX proposal_search")
    for table, changed in COPIES.items():
        _copy(cursor, table, changed)
    cursor.execute(search)
    connection.close()


def _copy(cursor: psycopg2.extensions.cursor, table: str, changed: dict[str, str]) -> None:
    cursor.execute(COLUMNS, [table])
    names = [name for (name,) in cursor.fetchall() if name != "id"]
    cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608
    last = cursor.fetchall()[0][0]
    for number in range(1, TIMES):
        values = [changed.get(name, f'"{name}"').replace("{n}", str(number)) for name in names]
        into = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({into}) SELECT {', '.join(values)} FROM {table}"  # noqa: S608
            f" WHERE id <= {last}"
        )

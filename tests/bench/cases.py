"""Which people and cases the bench asks for, looked up in the database it has seeded."""

from urllib.parse import quote

import psycopg2

from tests.bench.machine import Portal

DEEP = 2_000 * 25  # rows
AT_DESKS = (
    "SELECT DISTINCT ON (c.id) c.ref, u.username FROM proposals_proposal c"
    " JOIN organisation_appointment a ON a.unit_id = c.deciding_unit_id"
    " JOIN organisation_user u ON u.id = a.person_id"
    " JOIN organisation_position p ON p.id = a.position_id"
    " WHERE c.stage = 'submitted' AND p.role = 'agency_focal' AND c.proposer_id <> u.id"
    " ORDER BY c.id DESC LIMIT %s"
)


def search(words: str) -> str:
    return f"/tim/?q={quote(words)}"


def people(portal: Portal) -> dict[str, str]:
    """An official, the head of the agency they work at, and somebody of Sở Nội vụ."""
    first = _one(
        portal,
        "SELECT unit_id FROM organisation_appointment a JOIN organisation_user u"
        " ON u.id = a.person_id WHERE u.username = 'nguoi-000001'",
    )
    at = (
        "SELECT u.username FROM organisation_user u JOIN organisation_appointment a"
        " ON a.person_id = u.id JOIN organisation_position p ON p.id = a.position_id"
        " WHERE p.role = %s AND (a.unit_id = %s OR %s) ORDER BY a.id LIMIT 1"
    )
    return {
        "official": "nguoi-000001",
        "head": _one(portal, at, "agency_head", first, False),
        "watcher": _one(portal, at, "home_affairs_officer", first, True),
    }


def case_of(portal: Portal, stage: str) -> str:
    return _one(
        portal, "SELECT ref FROM proposals_proposal WHERE stage = %s ORDER BY id LIMIT 1", stage
    )


def cases_at(portal: Portal, stage: str, username: str) -> list[str]:
    rows = _all(
        portal,
        "SELECT p.ref FROM proposals_proposal p JOIN organisation_appointment a"
        " ON a.unit_id = p.deciding_unit_id JOIN organisation_user u ON u.id = a.person_id"
        " WHERE p.stage = %s AND u.username = %s ORDER BY p.id",
        stage,
        username,
    )
    return [str(ref) for (ref,) in rows]


def cases_at_desks(portal: Portal, most: int) -> list[tuple[str, str]]:
    """Cases that wait to be received, each with the focal point who does it."""
    return [(str(ref), name) for ref, name in _all(portal, AT_DESKS, most)]


def deep_key(portal: Portal) -> str:
    """The key of the last row before page 2,000, or of the middle where there are fewer."""
    total = int(_one(portal, "SELECT count(*) FROM proposals_proposal WHERE stage <> 'draft'"))
    skipped = min(DEEP, total // 2)
    at, pk = _all(
        portal,
        "SELECT touched_at, id FROM proposals_proposal WHERE stage <> 'draft'"
        " ORDER BY touched_at DESC, id DESC OFFSET %s LIMIT 1",
        skipped,
    )[0]
    return quote(f"{at.isoformat()}_{pk}")


def settle(portal: Portal) -> None:
    """What autovacuum would do in the quiet of the night."""
    connection = psycopg2.connect(portal.postgres.url)
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def _one(portal: Portal, sql: str, *values: object) -> str:
    return str(_all(portal, sql, *values)[0][0])


def _all(portal: Portal, sql: str, *values: object) -> list[tuple]:
    with psycopg2.connect(portal.postgres.url) as connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()

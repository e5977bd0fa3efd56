"""Whatever is killed, what was acknowledged is there once and every letter is accounted for."""

import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event, Thread

import psycopg2
import pytest

from tests.notifications.drill import MailServer
from tests.servers import wait_until
from tests.setup.chaos import Writer, blows
from tests.setup.production import Portal, production

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

WRITERS = 12
SECONDS = 75
PAUSE = 3  # between two blows, on an average
HEADS = """
import django, json
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from organisation.stages import Role
from tests.factories.organisation import make_unit, make_user
province, keys = make_unit(kind="province"), []
for _ in range(WRITERS):
    unit, request = make_unit(parent=province), HttpRequest()
    make_user(role=Role.DEPUTY_HEAD, unit=unit)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, make_user(role=Role.AGENCY_HEAD, unit=unit))
    request.session.save()
    keys.append(request.session.session_key)
print(json.dumps(keys))
"""


@pytest.fixture
def mail(tmp_path):
    server = MailServer(tmp_path / "letters")
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def portal(tmp_path, mail):
    with production(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{mail.server_address[1]}") as portal:
        portal.start()
        yield portal


def rows(portal: Portal, statement: str) -> list[tuple]:
    with closing(psycopg2.connect(portal.database("portal_owner"))) as link, link.cursor() as some:
        some.execute(statement)
        return some.fetchall()


def strike(portal: Portal) -> Counter[str]:
    """Blow after blow at random, each kind at least once; how many of each there were."""
    kinds = blows(portal)
    struck: Counter[str] = Counter()
    to_come = random.sample(sorted(kinds), len(kinds))
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        time.sleep(random.uniform(0.5, 2 * PAUSE - 0.5))  # noqa: S311
        name = to_come.pop() if to_come else random.choice(sorted(kinds))  # noqa: S311
        kinds[name]()
        struck[name] += 1
    return struck


def test_chaos_kill9(portal, mail, capsys):
    """CR-01, and every letter of issue 4: none lost, few doubled, with the same Message-ID."""
    keys = json.loads(
        portal.run(
            [sys.executable, "-c", HEADS.replace("WRITERS", str(WRITERS))], portal.env()
        ).stdout
    )
    writers, over = [Writer(portal, key) for key in keys], Event()

    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(writer.go_on, over) for writer in writers]
        struck = strike(portal)
        began = time.monotonic()
        over.set()
        for one in work:
            one.result()
    back = time.monotonic() - began
    waiting = (
        "SELECT count(*) FROM notifications_outboxmessage WHERE state IN ('waiting', 'leased')"
    )
    wait_until(lambda: rows(portal, waiting) == [(0,)], 240, "letters are left")
    quiet = time.monotonic() - began

    done = sum(len(writer.acknowledged) for writer in writers)
    letters = dict(rows(portal, "SELECT message_id, state FROM notifications_outboxmessage"))
    arrived = Counter(mail.log.read_text().split())
    again = sum(writer.asked_again for writer in writers)
    twice = arrived.total() - len(arrived)
    with capsys.disabled():
        print(f"\n{struck.total()} blows {dict(struck)}, {done} acknowledged, {again} asked again")  # noqa: T201
        print(f"{len(arrived)} letters, {twice} twice; back {back:.0f} s, quiet {quiet:.0f} s")  # noqa: T201
    assert done > 10 * WRITERS
    assert len(struck) == len(blows(portal))
    count = "SELECT count(*), count(DISTINCT (from_appointment_id, valid_from)) FROM {}"
    assert rows(portal, count.format("organisation_delegation")) == [(done, done)]
    entries = "SELECT count(*) FROM journal_entry WHERE action = 'delegation.give'"
    assert rows(portal, entries) == [(done,)]
    assert rows(portal, "SELECT count(*) FROM notifications_notice") == [(done,)]
    assert set(letters.values()) == {"sent"}
    assert set(arrived) == set(letters)
    assert len(letters) == done
    assert twice <= struck.total()
    assert back <= 60
    portal.run([sys.executable, "manage.py", "journal_verify"], portal.env())

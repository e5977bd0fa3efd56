"""Writers at work while processes and servers are killed, and what is left of their work."""

import http.client
import os
import random
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import redis

from tests.servers import Server
from tests.setup.production import Portal

URL = "/tai-khoan/uy-quyen/"
DEPUTY = re.compile(r'<option value="(\d+)">')
AWAY = (OSError, http.client.HTTPException)
MIDWAY = {500, 502, 503}


class Writer:
    """A head who lends the powers of one day after the other, each until the portal says so."""

    def __init__(self, portal: Portal, session: str) -> None:
        self.portal = portal
        self.cookies = f"__Host-session={session}"
        self.acknowledged: list[date] = []
        self.asked_again = 0
        self.odd: list[str] = []

    def go_on(self, until: Event) -> None:
        while not until.is_set():
            self._lend(date.today() + timedelta(1 + len(self.acknowledged)))  # noqa: DTZ011

    def _lend(self, day: date) -> None:
        form = self._form() | {"kind": "KT", "subject": "review", "basis_document": "12/QĐ-SM"}
        form |= {"valid_from": f"{day:%d/%m/%Y}", "valid_to": f"{day:%d/%m/%Y}"}
        answer = self._sure(lambda: self.portal.post(URL, form, Cookie=self.cookies))
        if answer.status == 302:
            self.acknowledged.append(day)
        else:
            self.odd.append(f"{answer.status} {answer.page[:3000]}")
            raise AssertionError(self.odd[0])

    def _form(self) -> dict[str, str]:
        page = self._sure(lambda: self.portal.get(URL, Cookie=self.cookies))
        if "csrf" not in self.cookies:
            self.cookies += f"; {page.headers['Set-Cookie'].partition(';')[0]}"
        to = page.page.partition('name="to"')[2]
        return page.hidden | {"to": DEPUTY.findall(to)[0]}

    def _sure(self, ask: Callable):
        """Ask until there is an answer of the portal that is no failure."""
        while True:
            with suppress(*AWAY):
                answer = ask()
                if answer.status not in MIDWAY:
                    return answer
            self.asked_again += 1
            time.sleep(0.2)


def kill(server: Server) -> None:
    """End it and all it has started, in no order, and start it again as systemd or docker would."""
    if server.process is None:
        return
    for process in (server.process.pid, *children(server.process.pid)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    server.process.wait()
    with suppress(ProcessLookupError):
        os.killpg(server.process.pid, signal.SIGKILL)
    time.sleep(0.3)
    server.start()


def kill_a_child(server: Server) -> None:
    """End one of those that do its work; it begins another by itself."""
    if server.process and (below := children(server.process.pid)):
        os.kill(random.choice(below), signal.SIGKILL)  # noqa: S311


def children(parent: int) -> list[int]:
    stats = (file for file in Path("/proc").glob("[0-9]*/stat"))
    found = []
    for file in stats:
        with suppress(OSError):
            words = file.read_text().rpartition(")")[2].split()
            found += [int(file.parent.name)] if int(words[1]) == parent else []
    return found


def flush(server: Server) -> None:
    client = redis.Redis.from_url(server.url)  # type: ignore[attr-defined]
    client.flushall()
    client.close()


def blows(portal: Portal) -> dict[str, Callable[[], None]]:
    """What befalls the portal, by name."""
    web, worker = portal.processes["web"], portal.processes["worker"]
    return {
        "web": lambda: kill(web),
        "one of web": lambda: kill_a_child(web),
        "worker": lambda: kill(worker),
        "one of worker": lambda: kill_a_child(worker),
        "scheduler": lambda: kill(portal.processes["scheduler"]),
        "PostgreSQL": lambda: kill(portal.postgres),
        "Redis": lambda: kill(portal.redis),
        "FLUSHALL": lambda: flush(portal.redis),
    }

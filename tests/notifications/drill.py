"""A mail server and senders as processes of their own, for the drill with kill -9."""

import multiprocessing
import random
import socketserver
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from notifications import outbox
from notifications.mail import deliver
from notifications.models import OutboxMessage
from notifications.tasks import send_waiting_mail

FORK = multiprocessing.get_context("fork")
SHORT_LEASE = 2  # seconds, so that the drill need not wait a minute for a dead sender's letters
WORK = 0.005  # seconds a mail server takes for a letter, so that kills meet a sender at it
Work = Callable[[], None]


class Conversation(socketserver.StreamRequestHandler):
    """SMTP as far as a sender needs it; a letter counts once its last dot has come."""

    def handle(self) -> None:
        self.say(b"220 drill")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.take_letter()
            else:
                self.say(b"221 bye" if verb == b"QUIT" else b"250 ok")

    def take_letter(self) -> None:
        self.say(b"354 go on")
        head = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            head += line if line.startswith(b"Message-ID:") else b""
        if line:
            time.sleep(WORK)
            with self.server.log.open("ab") as log:  # type: ignore[attr-defined]
                log.write(head.split(b":", 1)[1].strip() + b"\n")
            self.say(b"250 taken")

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Writes the Message-ID of each letter that it took to a file."""

    daemon_threads = True

    def __init__(self, log: Path) -> None:
        self.log = log
        super().__init__(("127.0.0.1", 0), Conversation)


def send_all() -> None:
    """The portal's own sender, again and again."""
    while True:
        send_waiting_mail()
        time.sleep(0.02)


def mark_first() -> None:
    """The wrong order, for control: what is marked and then lost nobody sends again."""
    while True:
        message = outbox.lease_next()
        if message is None:
            time.sleep(0.02)
            continue
        outbox.mark_sent(message)
        deliver(message)


def drill(work: Work, *, senders: int, kills: int, log: Path) -> Counter[str]:
    """Let senders work, kill them at random all along, and say how often each letter arrived."""
    server = MailServer(log)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
    outbox.LEASE_SECONDS = SHORT_LEASE
    connection.close()  # a forked child must not share it
    serving = FORK.Process(target=server.serve_forever)
    serving.start()
    running = [_started(work) for _ in range(senders)]
    number = OutboxMessage.objects.pending().count()
    connection.close()
    for kill in range(kills):
        _wait_for(log, number * kill // kills)
        time.sleep(random.uniform(0, 0.05))  # noqa: S311
        victim = random.randrange(senders)  # noqa: S311
        running[victim].kill()
        running[victim].join()
        running[victim] = _started(work)
    _wait_until_empty()
    for process in (*running, serving):
        process.kill()
        process.join()
    server.server_close()
    return Counter(log.read_text().split())


def _wait_for(log: Path, letters: int) -> None:
    """Until so many have arrived, or none any more."""
    until = time.monotonic() + 10
    while _arrived(log) < letters and time.monotonic() < until:
        time.sleep(0.005)


def _arrived(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def _started(work: Work) -> multiprocessing.process.BaseProcess:
    connection.close()
    process = FORK.Process(target=work)
    process.start()
    return process


def _wait_until_empty() -> None:
    for _ in range(6000):
        if not OutboxMessage.objects.pending().exists():
            return
        time.sleep(0.1)
    raise TimeoutError("the outbox was never emptied")

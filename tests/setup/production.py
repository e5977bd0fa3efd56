"""The processes of docker-compose.yml, started on this machine as they stand there."""

import http.client
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import yaml

from tests.servers import Postgres, Redis, Server, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
HOST = "de-xuat.test"
KEY = "3f" * 10 + "0a" * 10 + "7c" * 20
BROWSERS_ONLY = "DJANGO_ALLOW_ASYNC_UNSAFE"  # set while tests walk through pages
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    page: str

    @property
    def hidden(self) -> dict[str, str]:
        """The fields that a form on the page sends by itself."""
        return {name: unescape(value) for name, value in HIDDEN.findall(self.page)}


class PortalProcess(Server):
    """One of the portal's own processes; it runs as whoever runs the tests."""

    def __init__(self, words: list[str], env: dict[str, str]) -> None:
        super().__init__()
        self.user = None
        self.words = [sys.executable if word == "python" else word for word in words]
        self.env = env

    def command(self) -> list[str]:
        settings = [f"{name}={value}" for name, value in self.env.items()]
        return ["env", f"--chdir={ROOT}", f"--unset={BROWSERS_ONLY}", *settings, *self.words]

    def ping(self) -> bool:
        return True

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


class Portal:
    """PostgreSQL with its three roles, Redis, and the portal's environment in production."""

    def __init__(self, folder: Path, **over: str) -> None:
        self.folder = folder
        self.over = over
        self.port = free_port()
        self.postgres = Postgres(**DURABLE)
        self.redis = Redis()
        self.processes: dict[str, PortalProcess] = {}

    def database(self, role: str) -> str:
        return f"postgres://{role}:{role}-word@127.0.0.1:{self.postgres.port}/portal"

    def env(self, **over: str) -> dict[str, str]:
        return {
            "SECRET_KEY": KEY,
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXIES": "127.0.0.1/32",
            "DATABASE_URL": self.database("portal_app"),
            "BROKER_URL": self.redis.url,
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "DATA_DIR": str(self.folder),
            "STATIC_ROOT": str(self.folder / "static"),
            "BIND": f"127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EMBEDDED": "",
            "DEMO": "",
            "HTTPS": "true",
            **self.over,
            **over,
        }

    def set_up(self) -> None:
        """What the services `db` and `migrate` do before the others start."""
        self.postgres.start()
        self.redis.start()
        words = {"DB_OWNER_PASSWORD": "portal_owner-word", "DB_APP_PASSWORD": "portal_app-word"}
        client = {"PGHOST": "127.0.0.1", "PGPORT": str(self.postgres.port)}
        client |= {"PGPASSWORD": self.postgres.password, "POSTGRES_USER": "portal"}
        verifier = {"DB_VERIFIER_PASSWORD": "portal_verifier-word"}
        self.run(["sh", "deploy/postgres/10-roles.sh"], words | verifier | client)
        owner = self.env(DATABASE_URL=self.database("portal_owner"), STATEMENT_TIMEOUT="0")
        shell, flag, script = compose()["services"]["migrate"]["command"]
        self.run([shell, flag, script.replace("python ", f"{shlex.quote(sys.executable)} ")], owner)
        self.run([sys.executable, "manage.py", "collectstatic", "--no-input"], self.env())

    def run(self, words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run one command; its failure shows what it said."""
        done = self.attempt(words, env)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def attempt(self, words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            words,
            cwd=ROOT,
            env={name: word for name, word in os.environ.items() if name != BROWSERS_ONLY} | env,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def start(self) -> None:
        services = compose()["services"]
        web = ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi"]
        beat = [word for word in services["scheduler"]["command"] if "--schedule" not in word]
        beat.append(f"--schedule={self.folder / 'schedule'}")
        commands = {"web": web, "worker": services["worker"]["command"], "scheduler": beat}
        for name, words in commands.items():
            self.processes[name] = PortalProcess(words, self.env())
            self.processes[name].start()
        wait_until(self._answers, 60, "the web process does not answer")
        wait_until(lambda: "ready." in self.processes["worker"].log(), 60, "no worker is ready")

    def _answers(self) -> bool:
        assert not (self.processes["web"].process or sys).poll(), self.processes["web"].log()
        try:
            return self.get("/").status < 500
        except OSError:
            return False

    def get(self, path: str, **headers: str) -> Answer:
        """Ask as the reverse proxy does."""
        return self._ask("GET", path, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form as a browser does that has the page open."""
        usual = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
        return self._ask("POST", path, usual | headers, urlencode(fields))

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        usual = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        with closing(connection):
            connection.request(method, path, body or None, usual | headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())

    def remove(self) -> None:
        for server in (*self.processes.values(), self.redis, self.postgres):
            server.remove()


@contextmanager
def production(folder: Path, **over: str) -> Iterator[Portal]:
    """A portal of its own; `over` stands in the place of some settings."""
    portal = Portal(folder, **over)
    try:
        portal.set_up()
        yield portal
    finally:
        portal.remove()

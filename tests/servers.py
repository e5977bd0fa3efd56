"""Throw-away PostgreSQL and Redis for tests, drills and benches; nothing of them survives."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import redis

START_SECONDS = 60
STOP_SECONDS = 20
POSTGRES_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
    "deadlock_timeout": "200ms",
}
_libc = ctypes.CDLL(None, use_errno=True)


class ServerFailed(Exception):
    """A server is not installed or did not come up in time."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def other_user() -> str | None:
    """Whom to run servers as: PostgreSQL refuses root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def die_with_parent() -> None:
    """Ask Linux to end this child when the test run is killed (1 is PR_SET_PDEATHSIG)."""
    _libc.prctl(1, signal.SIGTERM)


class Server:
    """One child process with a folder and a port of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"portal-{type(self).__name__.lower()}-"))
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.user = other_user()
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            shutil.chown(self.folder, self.user)

    def command(self) -> list[str]:
        raise NotImplementedError

    def ping(self) -> bool:
        """Whether it answers by now."""
        raise NotImplementedError

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        wait_until(self._is_up, START_SECONDS, f"{type(self).__name__} did not start")

    def _is_up(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise ServerFailed((self.folder / "log").read_text(errors="replace")[-2000:])
        return self.ping()

    def stop(self, how: int = signal.SIGINT) -> None:
        """End the process, by force when it does not go; its folder stays for `start`."""
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)
        self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """PostgreSQL without any care for its disk; the role `portal` may do everything."""

    def __init__(self, **settings: str) -> None:
        super().__init__()
        self.settings = POSTGRES_SETTINGS | settings
        self._create()

    @property
    def url(self) -> str:
        return f"postgres://portal:{self.password}@127.0.0.1:{self.port}/postgres"

    def _create(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        flags = ["--no-sync", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(  # noqa: S603
            [
                program("initdb", "postgresql"),
                *flags,
                "--auth=md5",
                "--username=portal",
                f"--pwfile={secret}",
                f"--pgdata={self.folder / 'data'}",
            ],
            cwd=self.folder,
            user=self.user,
            check=True,
            capture_output=True,
            timeout=START_SECONDS,
        )

    def command(self) -> list[str]:
        settings = self.settings | {"unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        data = str(self.folder / "data")
        return [program("postgres", "postgresql"), "-D", data, "-p", str(self.port), *options]

    def ping(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True


class Redis(Server):
    """Redis in memory only, with a password, as in production."""

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [
            program("redis-server", "redis-server"),
            *("--bind", "127.0.0.1", "--port", str(self.port)),
            *("--requirepass", self.password, "--maxmemory-policy", "noeviction"),
            *("--save", "", "--appendonly", "no"),
        ]

    def ping(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()


def program(name: str, package: str) -> str:
    """The path of a server program, Debian's versioned PostgreSQL folders included."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: f.parent.name)
    search = os.pathsep.join([*map(str, reversed(folders)), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=search)
    if not found:
        raise ServerFailed(f"{name} is missing: apt-get install {package}")
    return found


def wait_until(ready: Callable[[], bool], seconds: float, complaint: str) -> None:
    limit = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > limit:
            raise ServerFailed(complaint)
        time.sleep(0.05)

"""The processes that are measured, and how much CPU they have used."""

import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import Postgres, Redis, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
WORKERS = 2


@dataclass
class Portal:
    """PostgreSQL, Redis and gunicorn of one bench, with production's settings over plain http."""

    folder: Path
    postgres: Postgres = field(default_factory=lambda: Postgres(shared_buffers="512MB"))
    redis: Redis = field(default_factory=Redis)
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None

    @property
    def password(self) -> str:
        """That of every demo and every seeded account."""
        return json.loads(self.manage("demo_accounts", "--json"))[0]["password"]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": "bench-" + "0123456789" * 5,
            "DATABASE_URL": self.postgres.url,
            "BROKER_URL": self.redis.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMBEDDED": "true",
            "DEMO": "true",
            "DATA_DIR": str(self.folder),
        }

    def start(self) -> None:
        self.postgres.start()
        self.redis.start()
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--noinput", "--verbosity=0")

    def manage(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def serve(self) -> None:
        """Start the web processes anew, so that each size is measured by the same age of them."""
        self.stop_serving()
        bind = f"127.0.0.1:{self.port}"
        options = ["--workers", str(WORKERS), "--keep-alive", "60", "--log-level", "error"]
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", bind, *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: _answers(self.port), 60, "gunicorn did not start")

    def stop_serving(self) -> None:
        if self.web:
            self.web.terminate()
            self.web.wait(30)

    def stop(self) -> None:
        self.stop_serving()
        self.redis.remove()
        self.postgres.remove()

    def cpu_seconds(self) -> float:
        """CPU of the web processes and of PostgreSQL since they started, ended children too."""
        roots = [self.web, self.postgres.process]
        return sum(_tree_seconds(process.pid) for process in roots if process)


def _answers(port: int) -> bool:
    probe = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        probe.request("GET", "/dang-nhap/")
        return probe.getresponse().status < 500
    except OSError:
        return False
    finally:
        probe.close()


def _tree_seconds(pid: int) -> float:
    """CPU seconds of a process, of its living children, and of those it has waited for.

    The living are asked in nanoseconds: a request takes less than a tick of the kernel's clock.
    """
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    parts = stat.read_text().rpartition(")")[2].split()
    ended = sum(int(part) for part in parts[13:15]) / TICK
    own = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 + ended
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(_tree_seconds(int(child)) for child in children)

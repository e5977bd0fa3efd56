"""The embedded default: SQLite, a queue and mail in folders under `var/`, on this machine only."""

import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from scripts.accounts import Account
from scripts.environment import STATIC, call
from scripts.paths import PYTHON, ROOT, VAR
from scripts.say import Stop, step
from scripts.stamps import digest_of, once_for

OURS = (
    *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "BROKER_URL", "ALLOWED_HOSTS"),
    *("SITE_URL", "HTTPS", "DEBUG", "TRUSTED_PROXIES", "EMAIL_URL", "DJANGO_SETTINGS_MODULE"),
)


def environment(port: int) -> dict[str, str]:
    """The whole environment of the portal's processes; ours wins over what was exported."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {
        "EMBEDDED": "true",
        "DEMO": "true",
        "PROVINCE_NAME": "tỉnh Ninh Thuận",
        "DATABASE_URL": f"sqlite:///{quote(str(VAR / 'portal.sqlite3'))}",
        "SECRET_KEY": _secret_key(VAR / "secret-key"),
        "DATA_DIR": str(VAR),
        "STATIC_ROOT": str(VAR / "static"),
        "SITE_URL": f"http://localhost:{port}",
        "BIND": f"127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def _secret_key(file: Path) -> str:
    """Made once, for its owner's eyes only; a lost key signs everybody out."""
    if not file.exists():
        VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as key:
            key.write(secrets.token_hex(40))
    return file.read_text()


def prepare(env: dict[str, str]) -> list[Account]:
    """Bring files and tables up to date, fill an empty database; the accounts to try it with."""
    for folder in ("files", "mail", "log"):
        (VAR / folder).mkdir(parents=True, exist_ok=True)
    _empty_queue()
    once_for(VAR / "static.sha256", _static_state(), lambda: _collect(env))
    _manage(env, "migrate", "--no-input", "--verbosity=0")
    if not (found := _accounts(env)):
        step("Tạo tỉnh mẫu: cơ quan, người dùng, hồ sơ")
        _manage(env, "load_demo")
        found = _accounts(env)
    return found


def _empty_queue() -> None:
    """Old doorbells ring for nothing: what is due stands in the database."""
    shutil.rmtree(VAR / "queue", ignore_errors=True)
    (VAR / "queue" / "control").mkdir(parents=True)


def _static_state() -> str:
    """Changes whenever a file that the pages load does."""
    files = sorted(file for file in STATIC.rglob("*") if file.is_file())
    facts = [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    return digest_of([], *facts)


def _collect(env: dict[str, str]) -> None:
    step("Xếp tệp giao diện")
    _manage(env, "collectstatic", "--no-input", "--clear", "--verbosity=0")


def _manage(env: dict[str, str], *words: str) -> None:
    call([str(PYTHON), "manage.py", *words], env)


def _accounts(env: dict[str, str]) -> list[Account]:
    command = [str(PYTHON), "manage.py", "demo_accounts", "--json"]
    answer = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    if answer.returncode:
        raise Stop(f"Không đọc được tài khoản dùng thử.\n{answer.stderr[-1500:]}")
    return json.loads(answer.stdout)

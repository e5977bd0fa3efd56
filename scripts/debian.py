"""System packages: installed when we may, named when we may not."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.say import Stop, say, step

APT_SECONDS = 900
PAPERS = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation2")
TESTS = ("postgresql", "redis-server", "chromium", "poppler-utils", "libreoffice-writer-nogui")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def ensure(packages: tuple[str, ...]) -> None:
    """Install the Debian packages that are missing.

    Raises Stop with the command to run, where that takes somebody else's rights.
    """
    if not shutil.which("dpkg-query"):
        say(f"  Máy không dùng gói Debian. Cần có sẵn: {', '.join(packages)}.")
        return
    missing = [name for name in packages if not _is_installed(name)]
    if not missing:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    rights = _rights()
    if rights is None:
        raise Stop(
            f"Thiếu gói hệ thống: {', '.join(missing)}.\n"
            f"Nhờ người quản trị máy chạy lệnh sau rồi thực hiện lại:\n\n    sudo {command}\n"
        )
    step(f"Cài gói hệ thống: {', '.join(missing)}")
    if "postgresql" in missing:
        _want_no_cluster(rights)
    _apt([*rights, "apt-get", "-q", "update"])
    _apt([*rights, *command.split()])


def _is_installed(name: str) -> bool:
    query = ["dpkg-query", "-W", "-f=${db:Status-Status}", name]
    answer = subprocess.run(query, capture_output=True, text=True, timeout=30, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == "installed"


def _rights() -> list[str] | None:
    """What to put before a command of root's; None when we cannot become root."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, timeout=30, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _want_no_cluster(rights: list[str]) -> None:
    """Debian starts a database server of its own with the package: the tests bring theirs."""
    _apt([*rights, "mkdir", "-p", str(CLUSTER_SETTINGS.parent)])
    if not CLUSTER_SETTINGS.exists():
        line = b"create_main_cluster = false\n"
        _apt([*rights, "tee", str(CLUSTER_SETTINGS)], typed=line)


def _apt(command: list[str], typed: bytes | None = None) -> None:
    answer = subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        input=typed,
        stdin=subprocess.DEVNULL if typed is None else None,
        capture_output=True,
        timeout=APT_SECONDS,
        check=False,
    )
    if answer.returncode:
        detail = answer.stderr.decode(errors="replace")[-1500:]
        raise Stop(f"Lệnh cài gói hệ thống dừng giữa chừng: {' '.join(command)}\n{detail}")

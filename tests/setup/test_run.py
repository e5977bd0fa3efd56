"""`make run` on this machine: up, answering, telling whom to be, and gone without a trace."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from scripts.accounts import Account, first_look
from scripts.stamps import digest_of, once_for
from tests.servers import free_port
from tests.setup.production import ROOT

pytestmark = pytest.mark.xdist_group("make run")

START_SECONDS = 240


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("var")


class Run(subprocess.Popen[str]):
    stdout: IO[str]


@contextmanager
def running(var: Path, port: int | str) -> Iterator[Run]:
    process = Run(
        [sys.executable, "-m", "scripts.run"],
        cwd=ROOT,
        env=os.environ | {"PORTAL_VAR": str(var), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def read_until(process: Run, words: str) -> str:
    """What it said, up to the line with these words."""
    said = ""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        line = process.stdout.readline()
        said += line
        if words in line or not line:
            break
    assert words in said, said
    return said


def processes_of(var: Path) -> list[str]:
    """The command lines of the processes that were started with this folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"DATA_DIR={var}".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
        except (OSError, UnicodeDecodeError):
            continue
    return [command for command in found if command]


def test_one_command_brings_the_portal_up_and_takes_it_down(var):
    port = free_port()
    with running(var, port) as process:
        said = read_until(process, "Nhấn Ctrl+C để dừng.")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
            html = page.read().decode()
        commands = " ".join(processes_of(var))

        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0

    assert f"http://localhost:{port}" in said
    assert "Tài khoản" in said
    assert said.count("\n") > 8  # the accounts
    assert 'lang="vi"' in html
    assert "gunicorn" in commands
    assert "celery" in commands
    assert processes_of(var) == []


def test_a_second_start_is_quick_and_keeps_the_data(var):
    if not (var / "portal.sqlite3").exists():
        pytest.fail("the first start left no database")
    key = (var / "secret-key").read_text()
    started = time.monotonic()

    with running(var, free_port()) as process:
        said = read_until(process, "Nhấn Ctrl+C để dừng.")
        seconds = time.monotonic() - started
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0

    assert "Tạo tỉnh mẫu" not in said
    assert (var / "secret-key").read_text() == key
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600
    assert seconds < START_SECONDS / 4


def test_a_busy_port_is_said_clearly(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running(tmp_path, port) as process:
            said = process.stdout.read()

            assert process.wait(20) == 1
    assert f"Cổng mạng {port} đang được chương trình khác dùng." in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["80", "70000", "abc"])
def test_a_port_that_cannot_be_is_said_clearly(tmp_path, port):
    with running(tmp_path, port) as process:
        said = process.stdout.read()

        assert process.wait(20) == 1
    assert f"PORT={port}" in said


def test_a_slow_step_is_done_again_only_when_its_files_changed(tmp_path):
    made = []
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    for text in ("one", "one", "two"):
        lock.write_text(text)
        once_for(stamp, digest_of([lock]), lambda: made.append(lock.read_text()))

    assert made == ["one", "two"]


def test_a_step_that_broke_is_done_again(tmp_path):
    def breaks() -> None:
        raise OSError

    made = []
    with pytest.raises(OSError):  # noqa: PT011
        once_for(tmp_path / "stamp", "same", breaks)
    once_for(tmp_path / "stamp", "same", lambda: made.append(1))

    assert made == [1]


def test_a_first_look_shows_each_role_once_from_few_agencies():
    def account(username: str, role: str, agency: str) -> Account:
        return Account(
            username=username,
            password="-",
            full_name="-",
            role=role,
            role_label=role,
            agency=agency,
            first_page="/",
        )

    everybody = [
        account("a1", "proposer", "Sở A"),
        account("b1", "proposer", "Sở B"),
        account("b2", "proposer", "Sở B"),
        account("b3", "agency_head", "Sở B"),
        account("c1", "inspector", "Thanh tra tỉnh"),
    ]

    assert [one["username"] for one in first_look(everybody)] == ["b1", "b3", "c1"]

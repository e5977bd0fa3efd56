"""`make run`: from a bare machine to a portal in the browser, and everything stopped at the end."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import TextIO

from scripts import debian, embedded, environment, processes
from scripts.accounts import Account, first_look, table, write_all
from scripts.paths import PYTHON, VAR
from scripts.say import Stop, say, speak_utf8, step

ANSWER_SECONDS = 60


def main() -> int:
    speak_utf8()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _run(_port(os.environ.get("PORT") or "8000"))
    except Stop as stop:
        say(str(stop))
        return 1
    except subprocess.TimeoutExpired as slow:
        say(f"Lệnh chạy quá lâu và đã được dừng: {slow.cmd}")
        return 1
    except KeyboardInterrupt:
        say("\nĐã dừng cổng.")
    return 0


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise Stop(f"PORT={text}: chọn một số từ 1024 đến 65535, ví dụ make run PORT=8080.")
    return int(text)


def _run(port: int) -> None:
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (VAR / "run.lock").open("w") as lock:
        _hold(lock)
        _want_free(port)
        debian.ensure(debian.PAPERS)
        environment.ensure_python("requirements.txt")
        environment.ensure_assets()
        env = embedded.environment(port)
        accounts = embedded.prepare(env)
        _serve(port, env, accounts)


def _hold(lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Stop("Cổng đang chạy từ thư mục này. Dừng lần chạy kia trước (Ctrl+C).") from None


def _want_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(
                f"Cổng mạng {port} đang được chương trình khác dùng.\n"
                f"Chọn số khác, ví dụ: make run PORT={port + 80}"
            ) from None


def _serve(port: int, env: dict[str, str], accounts: list[Account]) -> None:
    """Stay until one process ends or the operator wants to stop; then nothing is left running."""
    step("Khởi động cổng, bộ xử lý nền và bộ định giờ")
    started: list[processes.Process] = []
    try:
        for name, command in _commands().items():
            started.append(processes.start(name, command, env))
        _wait_for_answer(port, started)
        _welcome(port, accounts)
        while not (ended := processes.first_ended(started)):
            time.sleep(0.5)
        raise ended.complain()
    finally:
        processes.stop_all(started)


def _commands() -> dict[str, list[str]]:
    python = str(PYTHON)
    schedule = str(VAR / "celerybeat-schedule")
    beat = ["-B", "--scheduler", "config.beat:Scheduler", "--schedule", schedule]
    worker = [*beat, "--concurrency=1", "--loglevel=INFO"]
    return {
        "web": [python, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi"],
        "worker": [python, "-m", "celery", "--quiet", "--app", "config", "worker", *worker],
    }


def _wait_for_answer(port: int, started: list[processes.Process]) -> None:
    limit = time.monotonic() + ANSWER_SECONDS
    while not _answers(port):
        if ended := processes.first_ended(started):
            raise ended.complain()
        if time.monotonic() > limit:
            raise Stop(f"Cổng chưa trả lời sau {ANSWER_SECONDS} giây. Xem nhật ký trong var/log.")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return page.status == 200
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _welcome(port: int, accounts: list[Account]) -> None:
    file = VAR / "tai-khoan.txt"
    write_all(accounts, file)
    say(f"\nCổng đã sẵn sàng: http://localhost:{port}\n")
    say(table(first_look(accounts)))
    say(f"\nTất cả {len(accounts)} tài khoản dùng thử: {file}")
    say(f"Dữ liệu nằm trong thư mục {VAR}. Nhấn Ctrl+C để dừng.")


if __name__ == "__main__":
    sys.exit(main())

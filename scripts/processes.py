"""Start the portal's processes, notice when one ends, and stop them all."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.paths import LOGS, ROOT
from scripts.say import Stop

STOP_SECONDS = 15
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    """Ask Linux to end this child when we are killed (1 is PR_SET_PDEATHSIG)."""
    _libc.prctl(1, signal.SIGTERM)


@dataclass
class Process:
    """One of the portal's processes, leader of a process group of its own."""

    name: str
    child: subprocess.Popen[bytes]
    log: Path

    def complain(self) -> Stop:
        lines = self.log.read_text(errors="replace").splitlines()[-15:]
        return Stop("\n".join([f"Tiến trình {self.name} đã dừng. Nhật ký {self.log}:", *lines]))


def start(name: str, command: list[str], env: dict[str, str]) -> Process:
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    with path.open("wb") as log:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    return Process(name, child, path)


def first_ended(processes: list[Process]) -> Process | None:
    return next((one for one in processes if one.child.poll() is not None), None)


def stop_all(processes: list[Process]) -> None:
    """Ask every process to end, then make those end that do not, with all their children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C must not leave half of them
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for process in processes:
        if process.child.poll() is None:
            process.child.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.child.wait(max(0.1, limit - time.monotonic()))
        _kill_group(process.child.pid)
        process.child.wait()


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)

"""Children that draw: each is locked in once, then asked for one paper after another (PD-02).

A fork costs a third of a one-page paper, so a child that did well stays for the next; one that
failed, fell silent or was killed is never asked again. What kills it leaves the worker alive.
"""

import atexit
import gc
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import NoReturn

from documents.confinement import allow_cpu, confine

LENGTH = 8  # bytes that tell how long a message is
CHUNK = 1024 * 1024
AT_MOST = 200  # papers of one child
PULSE = 5  # seconds after which a silent child's work is asked for again, or given up
ON_THE_WAY = b"~"  # begins what a child says before its answer
Work = Callable[[bytes], bytes]
Hear = Callable[[bytes], None]


def unheard(words: bytes) -> None:
    """Nobody asked how far the child is."""


class Lost(Exception):
    """The child is gone, or had to be ended; the message says why."""


@dataclass
class Child:
    pid: int
    line: int
    served: int = 0


IDLE: list[Child] = []
LINES: list[int] = []  # in a child: the one to its parent
FORKING = Lock()


def ask(
    job: bytes,
    work: Work,
    *,
    cpu_seconds: int,
    memory: int,
    patience: float,
    hear: Hear = unheard,
) -> bytes:
    """What `work` makes of the job, in a child. Raises Lost.

    `work` answers with bytes that begin with "+", or the child is dismissed after this job.
    `hear` gets what the child tells on its way (`tell`), or nothing each few seconds; what it
    raises ends the child.
    """
    child = _idle() or _hire(work, cpu_seconds, memory)
    try:
        answer = _answer(child, job, patience, hear)
    except BaseException:  # as when a task is told that its time is over
        _end(child)
        raise
    if not answer:
        raise Lost(_reason(_end(child)))
    child.served += 1
    if answer.startswith(b"+") and child.served < AT_MOST and not IDLE:
        IDLE.append(child)
    else:
        _end(child)
    return answer


def ask_once(job: bytes, work: Work, *, cpu_seconds: int, memory: int, patience: float) -> bytes:
    """What `work` makes of the job, in a child that does nothing else. Raises Lost."""
    child = _hire(work, cpu_seconds, memory)
    try:
        answer = _answer(child, job, patience)
    finally:
        status = _end(child)
    if not answer:
        raise Lost(_reason(status))
    return answer


def dismiss() -> None:
    """End the child that waits for a paper, if there is one."""
    while child := _idle():
        _end(child)


def _idle() -> Child | None:
    """A child that waits and still lives."""
    while IDLE:
        try:
            child = IDLE.pop()
        except IndexError:  # another thread was quicker
            return None
        if not os.waitpid(child.pid, os.WNOHANG)[0]:
            return child
        os.close(child.line)
    return None


def _hire(work: Work, cpu_seconds: int, memory: int) -> Child:
    ours, theirs = (end.detach() for end in socket.socketpair())
    with FORKING:
        pid = os.fork()
    if pid == 0:
        _serve(theirs, work, cpu_seconds, memory)
    os.close(theirs)
    return Child(pid, ours)


def tell(words: bytes) -> None:
    """In a child: say something on the way to the answer."""
    for line in LINES:
        _send(line, ON_THE_WAY + words)


def _serve(line: int, work: Work, cpu_seconds: int, memory: int) -> NoReturn:
    """The child: cut off from everything but its line, until the line is closed."""
    try:
        gc.freeze()  # what was made before the fork stays shared
        confine(kept=line, memory=memory)
        LINES[:] = [line]
        while job := _receive(line, time.monotonic() + 10**9):
            allow_cpu(cpu_seconds)
            _send(line, work(job))
    except BaseException:  # noqa: BLE001  a fork must never return into its parent's code
        os._exit(1)
    os._exit(0)


def _answer(child: Child, job: bytes, patience: float, hear: Hear = unheard) -> bytes:
    """What the child says in the end; nothing when it is gone or silent."""
    until = time.monotonic() + patience
    try:
        _send(child.line, job)
        while (message := _receive(child.line, until, hear)).startswith(ON_THE_WAY):
            hear(message[1:])
    except OSError:
        return b""
    return message


def _send(line: int, message: bytes) -> None:
    view = memoryview(len(message).to_bytes(LENGTH, "big") + message)
    while view:
        view = view[os.write(line, view) :]


def _receive(line: int, until: float, hear: Hear = unheard) -> bytes:
    """A whole message; nothing when the other end is gone or the time is over."""
    length = int.from_bytes(_exactly(line, LENGTH, until, hear), "big")
    return _exactly(line, length, until, hear)


def _exactly(line: int, length: int, until: float, hear: Hear) -> bytes:
    pieces, missing = [], length
    while missing and (left := until - time.monotonic()) > 0:
        if not select.select([line], [], [], min(left, PULSE))[0]:
            hear(b"")
            continue
        piece = os.read(line, min(missing, CHUNK))
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b"" if missing else b"".join(pieces)


def _end(child: Child) -> int:
    """Make sure that the child is gone, and say how it went."""
    os.close(child.line)
    done, status = os.waitpid(child.pid, os.WNOHANG)
    if not done:
        time.sleep(0.01)
        done, status = os.waitpid(child.pid, os.WNOHANG)
    if not done:
        os.kill(child.pid, signal.SIGKILL)
        _, status = os.waitpid(child.pid, 0)
    return status


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"limit passed: {signal.Signals(os.WTERMSIG(status)).name}"
    return "no answer"


def _forget() -> None:
    """A fork of ours has the lines of children that are not its own."""
    for child in IDLE:
        os.close(child.line)
    IDLE.clear()


os.register_at_fork(after_in_child=_forget)
atexit.register(dismiss)

"""The children that draw: one after another by the same, none after a failure (PD-02)."""

import os
import signal
from contextlib import suppress
from time import sleep

import pytest

from documents import children
from documents.children import IDLE, Lost, ask

LIMITS = {"cpu_seconds": 20, "memory": 2**30, "patience": 20}


def told_pid(job: bytes) -> bytes:
    """Good jobs are answered with the number of the process, others are not answered well."""
    if job == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == b"wait":
        sleep(30)
    return (b"-" if job == b"fail" else b"+") + str(os.getpid()).encode()


def test_a_child_that_did_well_is_asked_again():
    first, second = ask(b"a", told_pid, **LIMITS), ask(b"b", told_pid, **LIMITS)

    assert first == second != b"+" + str(os.getpid()).encode()
    assert [child.served for child in IDLE] == [2]


@pytest.mark.parametrize("job", [b"fail", b"die"])
def test_a_child_that_failed_is_not(job):
    before = ask(b"a", told_pid, **LIMITS)
    with suppress(Lost):
        ask(job, told_pid, **LIMITS)

    assert IDLE == []
    assert ask(b"a", told_pid, **LIMITS) != before


def test_a_silent_child_is_ended():
    with pytest.raises(Lost, match="SIGKILL"):
        ask(b"wait", told_pid, **LIMITS | {"patience": 0.3})

    assert IDLE == []


def test_a_child_that_died_while_it_waited_is_replaced():
    ask(b"a", told_pid, **LIMITS)
    os.kill(IDLE[0].pid, signal.SIGKILL)
    os.waitid(os.P_PID, IDLE[0].pid, os.WEXITED | os.WNOWAIT)

    assert ask(b"a", told_pid, **LIMITS).startswith(b"+")


def test_a_child_is_replaced_after_many_papers(monkeypatch):
    monkeypatch.setattr(children, "AT_MOST", 2)
    told = [ask(b"a", told_pid, **LIMITS) for _ in range(4)]

    assert told[0] == told[1] != told[2] == told[3]


def test_what_interrupts_the_worker_ends_the_child(monkeypatch):
    def interrupted(*handed: object) -> bytes:
        raise KeyboardInterrupt

    ask(b"a", told_pid, **LIMITS)
    pid = IDLE[0].pid
    monkeypatch.setattr(children, "_receive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ask(b"a", told_pid, **LIMITS)

    assert IDLE == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

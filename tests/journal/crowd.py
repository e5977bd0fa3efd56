"""Many processes that do the same at once, with real connections and real commits."""

import multiprocessing
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

CONTEXT = multiprocessing.get_context("fork")
LIMIT_SECONDS = 300


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each deed returned or raised; each runs in a process of its own."""
    connections.close_all()  # a forked child must not share the socket
    gate = CONTEXT.Event()
    pipes = [CONTEXT.Pipe(duplex=False) for _ in deeds]
    people = [
        CONTEXT.Process(target=_one, args=(deed, gate, out), daemon=True)
        for deed, (_, out) in zip(deeds, pipes, strict=True)
    ]
    for person in people:
        person.start()
    gate.set()
    answers = [_answer(inn) for inn, _ in pipes]
    for person in people:
        person.join(LIMIT_SECONDS)
    return answers


def _answer(pipe: Any) -> Any:
    if not pipe.poll(LIMIT_SECONDS):
        raise TimeoutError("A process did not answer.")
    return pipe.recv()


def _one(deed: Callable[[], Any], gate: Any, out: Any) -> None:
    connection.ensure_connection()
    gate.wait()
    try:
        out.send(deed())
    except Exception as error:  # noqa: BLE001 (it is handed to the test)
        out.send(error)
    finally:
        connections.close_all()


def timed(deed: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    deed()
    return time.perf_counter() - begin

"""A deed: one transaction, in which a row is locked once and written once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from organisation.planned import writes_planned


class Deed:
    """What a running deed has found, and what it has still to write."""

    def __init__(self) -> None:
        self.found: dict[Hashable, Any] = {}
        self.changed: dict[Hashable, Callable[[], Any]] = {}

    def write(self) -> None:
        """Write what has changed in memory; what changes by that is written too."""
        while self.changed:
            key = next(iter(self.changed))
            self.changed.pop(key)()


_running: ContextVar[Deed | None] = ContextVar("deed", default=None)


@contextmanager
def deed() -> Iterator[None]:
    """Run as one transaction: `@deed()` stands above every action.

    An action that another calls joins its transaction: where the inner one fails, all of it is
    rolled back. What an action has changed is written when it ends, before its caller goes on.
    """
    outer = _running.get()
    planned = writes_planned() if outer is None else nullcontext()
    with transaction.atomic(savepoint=outer is None), planned:
        running = outer or Deed()
        token = _running.set(running)
        try:
            yield
            running.write()
        finally:
            _running.reset(token)


def found_once(key: Hashable, find: Callable[[], Any]) -> Any:
    """What `find` answers, asked once in a running deed: for rows that it has locked."""
    running = _running.get()
    if running is None:
        return find()
    if key not in running.found:
        running.found[key] = find()
    return running.found[key]


def write_at_end(key: Hashable, write: Callable[[], Any]) -> None:
    """Write once at the end of the running action, however often asked; at once outside of one."""
    running = _running.get()
    if running is None:
        write()
    else:
        running.changed[key] = write

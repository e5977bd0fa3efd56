"""Wakes workers. The rows are the truth: a ring that is lost costs one sweep."""

from celery import current_app
from django.db import connection, transaction

LOOK = "organisation.tasks.look"


def ring_after_commit(task: str) -> None:
    """Have a worker do this task once the transaction is there, however much was written.

    Several tasks are rung for by one message. A failure there is only logged.
    """
    waiting = (getattr(entry[1], "__self__", None) for entry in connection.run_on_commit)
    rings = next((one for one in waiting if isinstance(one, Rings)), None)
    if rings is None:
        rings = Rings()
        transaction.on_commit(rings.sound, robust=True)
    if task not in rings:
        rings.append(task)


class Rings(list[str]):
    """The tasks that a transaction has rung for."""

    def sound(self) -> None:
        ring(self)


def ring(tasks: list[str]) -> None:
    """Ask a worker to look. May raise where the queue is down."""
    if len(tasks) == 1:
        current_app.tasks[tasks[0]].delay()
    else:
        current_app.tasks[LOOK].delay(tasks)

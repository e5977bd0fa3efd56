"""The statements that something took, as the application sent them."""

from collections.abc import Callable
from typing import Any

from django.db import connection


class Statements:
    """Collects the SQL of what runs inside, savepoints too.

    A test is one transaction, so the outermost `atomic` shows as a savepoint and its release: as
    many statements as the BEGIN and COMMIT of a real request.
    """

    def __init__(self) -> None:
        self.sql: list[str] = []

    def __enter__(self) -> "Statements":
        self._wrapper = connection.execute_wrapper(self._note)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._wrapper.__exit__(*error)

    def __len__(self) -> int:
        return len(self.sql)

    def _note(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        self.sql.append(sql)
        return execute(sql, params, many, context)


def statements_of(do: Callable[[], Any]) -> list[str]:
    with Statements() as found:
        do()
    return found.sql

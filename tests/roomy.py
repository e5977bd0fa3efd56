"""Calls with room on the interpreter's stack of frames.

CPython 3.11 lays frames into pieces of 16 KB and gives a piece back as soon as it is empty. A loop
whose calls cross the edge of a piece asks the kernel for memory at each of them: in a sweep of
pages that was a third of the time. A first frame that wants more than half a megabyte gets a piece
of one, and all that is called from it fits into the rest.
"""

from collections.abc import Callable
from typing import Any

SLOTS = 2**16 + 2**10  # of 8 bytes: pieces are powers of two, so almost half a megabyte is left


def _call(function: Callable[[], Any]) -> Any:
    return function()


_call.__code__ = _call.__code__.replace(co_stacksize=SLOTS)


def with_room(function: Callable[[], Any]) -> Any:
    """What the function returns, called where no frame below it comes to an edge."""
    return _call(function)

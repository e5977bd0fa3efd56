"""What the operator reads in the terminal, in Vietnamese."""

import sys


class Stop(Exception):
    """The command cannot go on; the message tells the operator what to do."""


def say(text: str = "") -> None:
    print(text, flush=True)


def step(text: str) -> None:
    say(f"» {text}")


def speak_utf8() -> None:
    """Vietnamese also where the terminal's locale was never set."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]

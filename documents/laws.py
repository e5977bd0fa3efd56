"""The laws that a paper rests on, by the day of the paper: dated data, as papers cite them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("laws.toml")


def grounds(day: date, *purposes: str) -> list[str]:
    """ "Căn cứ …" lines for these purposes, in their order, each law as it is cited in full."""
    held = [
        (law["for"], law["text"])
        for law in _laws()
        if law["valid_from"] <= day and not ("valid_to" in law and law["valid_to"] <= day)
    ]
    return [f"Căn cứ {text}" for wanted in purposes for purpose, text in held if purpose == wanted]


@cache
def _laws() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["law"])

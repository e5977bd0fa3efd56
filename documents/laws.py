"""The laws that a paper rests on, by the day of the paper: dated data, as papers cite them."""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

UNNUMBERED = re.compile(r"\b(Kết luận|Nghị định|Quyết định|Thông tư|Nghị quyết) (?=\d)")
FILE = Path(__file__).with_name("laws.toml")


def grounds(day: date, *purposes: str) -> list[str]:
    """ "Căn cứ …" lines for these purposes, in their order, each law as it is cited in full."""
    held = [
        (law["for"], law["text"])
        for law in _laws()
        if law["valid_from"] <= day and not ("valid_to" in law and law["valid_to"] <= day)
    ]
    return [f"Căn cứ {text}" for wanted in purposes for purpose, text in held if purpose == wanted]


def cited(ground: str) -> str:
    """A provision as a paper cites it: "Căn cứ khoản 1 Điều 8 Nghị định số 73/2023/NĐ-CP"."""
    numbered = UNNUMBERED.sub(r"\1 số ", ground)
    lowered = numbered[:1].lower() + numbered[1:]
    return f"Căn cứ {lowered if lowered.startswith(('điểm ', 'khoản ')) else numbered}"


@cache
def _laws() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["law"])

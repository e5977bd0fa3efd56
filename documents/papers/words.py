"""Numbers, days and letters as papers write them."""

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from documents.fonts import drawable
from organisation.templatetags.portal import vn_document_date

POINTS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet without ă â ê ô ơ ư
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))
OPEN = " " * 6
MISSING = "\u25a1"  # stands for a sign that the paper's font has not
UNSEEN = re.compile(  # controls, marks that turn or join text, selectors, what is not a character
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000fffff]"
)
PILED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")  # marks that would reach other lines


def roman(number: int) -> str:
    """1 as "I", 14 as "XIV"."""
    found = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found + "I" * number


def point_letter(number: int) -> str:
    """The letter of a point: a, b, c, d, đ, e, g; after y come aa, bb."""
    turns, place = divmod(number - 1, len(POINTS))
    return POINTS[place] * (turns + 1)


def number_text(number: int | None) -> str:
    """05, 12, 1608; blanks while the number is open."""
    return "         " if number is None else f"{number:02d}"


def day_text(dated: str) -> str:
    """An ISO date as papers write it; a year alone or nothing leaves the day open."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", dated):
        return vn_document_date(date.fromisoformat(dated))
    if re.fullmatch(r"(\d{4})?", dated):
        return f"ngày{OPEN}tháng{OPEN}năm {dated or OPEN}"
    return dated


def legible(facts: Any) -> Any:
    """The same facts in NFC, with nothing that cannot be seen or that our fonts cannot draw."""
    if isinstance(facts, str):
        return _legible(facts)
    if isinstance(facts, list):
        return [legible(one) for one in facts]
    if isinstance(facts, dict):
        return {key: legible(value) for key, value in facts.items()}
    return facts


def _legible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r", "")))
    return _undrawable().sub(MISSING, PILED.sub(r"\1", seen))


@cache
def _undrawable() -> re.Pattern[str]:
    """Matches one sign, with its marks, that the fonts of papers have no glyph for."""
    codes = sorted(drawable() | {ord("\n")})
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    known = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in spans)
    return re.compile(f"[^{known}]")

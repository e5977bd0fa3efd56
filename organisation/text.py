"""Vietnamese text: one composed form, a key to search by, a key to sort by, and cleaning.

SQLite's LIKE is case-blind for ASCII only and no collation of either database folds đ, so both
keys are stored columns.
"""

import re
import unicodedata

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff]")
DASHES = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
SPACES = re.compile(r"\s+")
# Vietnamese alphabet, in order; letters of other languages follow their Latin neighbours.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
ORDER = {letter: f"{place:02d}" for place, letter in enumerate(ALPHABET)}


class UncleanText(ValueError):
    """Text holds NUL, other control characters or lone surrogates."""


def nfc(text: str) -> str:
    """The composed form in which all text is stored and compared."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """A key that is blind to case, tone marks, đ and the ways to write a dash: for searching."""
    plain = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return SPACES.sub(" ", DASHES.sub("-", bare)).strip()


def sort_key(text: str) -> str:
    """A key whose plain byte order is the order of the Vietnamese alphabet."""
    letters, tones = [], []
    for sign in nfc(text).casefold():
        base, tone = _untoned(sign)
        letters.append(ORDER.get(base, base if base.isascii() else "zz" + base))
        tones.append(str(TONES.find(tone) + 1 if tone else 0))
    return "".join(letters) + " " + "".join(tones)


def person_sort_key(full_name: str) -> str:
    """Names sort by the given name, the last word, then by the whole name."""
    words = full_name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def one_line(text: str) -> str:
    """Clean one line of input: composed, no bidi or zero-width signs, single spaces.

    Raises UncleanText where a control character hides in it (security TP-01).
    """
    return SPACES.sub(" ", ZERO_WIDTH.sub("", BIDI.sub("", _checked(text, keep="\t\n\r")))).strip()


def many_lines(text: str) -> str:
    """Clean running text: composed, Unix line ends; bidi and zero-width signs shown as marks."""
    clean = _checked(text, keep="\t\n\r").replace("\r\n", "\n").replace("\r", "\n")
    return ZERO_WIDTH.sub("\u25cc", BIDI.sub("\u25cc", clean)).strip()


def words(text: str) -> int:
    """How many Vietnamese words (chữ): runs between spaces."""
    return len(text.split())


def _untoned(sign: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", sign)
    tone = "".join(mark for mark in parts if mark in TONES)
    return nfc("".join(mark for mark in parts if mark not in TONES)), tone


def _checked(text: str, *, keep: str) -> str:
    text = nfc(text)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in keep for sign in text):
        raise UncleanText(text)
    return text

"""The written form and the hashes, against the vector of the security file (JR-04)."""

import random
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from journal.canonical import (
    NotCanonical,
    anchor_hash,
    canonical,
    entry_hash,
    moment,
    parsed,
    plain,
    read_moment,
)
from journal.merkle import EMPTY_ROOT, inclusion_proof, merkle_root, proves
from organisation.stages import Role
from tests.journal.vector import ANCHOR, ANCHOR_HASH, BODIES, FACTS, HASHES, ROOT

SIGNS = (
    [chr(code) for code in range(0x80)]
    + list("ăâđêôơưĂÂĐÊÔƠƯạảãàáằắẳẵặệộợựỵ")
    + list('"\\/\u2028\u2029\u00a0\ufeff\u200b€😀𐍈\x7f\x85')
)


def test_vector_is_reproduced_byte_for_byte():
    written = [canonical(facts) for facts in FACTS]

    assert written == BODIES
    assert [entry_hash(body) for body in written] == HASHES
    assert merkle_root(HASHES) == ROOT
    assert anchor_hash(canonical(ANCHOR)) == ANCHOR_HASH


def test_vector_proof_of_the_second_entry():
    proof = inclusion_proof(HASHES, 1)

    assert proof == [HASHES[0], HASHES[2]]
    assert proves(HASHES[1], 1, 3, proof, ROOT)


def test_ten_thousand_random_documents_agree_with_a_second_implementation():
    source = random.Random(58)  # noqa: S311 (repeatable)
    documents = [_random_object(source, depth=3) for _ in range(10_000)]

    differing = [doc for doc in documents if canonical(doc) != _second_implementation(doc)]

    assert differing == []
    assert len({canonical(doc) for doc in documents}) > 8_000


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        "e\u0302",  # ê decomposed
        "\ud800",
        b"bytes",
        {"đ": 1},
        {1: "number as a key"},
        {"set"},
        object(),
    ],
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical({"a": [value]})


@pytest.mark.parametrize("value", [2**53 - 1, -(2**53 - 1), True, None, "ê", [], {}, ()])
def test_what_has_a_form_is_written(value):
    assert canonical({"a": value}) == _second_implementation({"a": value})


def test_plain_turns_decomposed_text_into_composed():
    assert plain({"a": ["e\u0302", 1]}) == {"a": ["ê", 1]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (date(2026, 1, 5), "2026-01-05"),
        (
            datetime(2026, 1, 5, 8, 2, tzinfo=timezone(timedelta(hours=7))),
            "2026-01-05T01:02:00.000000Z",
        ),
        (Decimal("1200000.50"), "1200000.50"),
        (Decimal("1E+3"), "1000"),
        (Role.ADMIN, "admin"),
        ((1, 2), [1, 2]),
    ],
)
def test_plain_writes_other_types_as_text(value, text):
    assert plain({"a": value}) == {"a": text}
    assert canonical(plain({"a": value})) == canonical({"a": text})


def test_moment_is_read_back():
    at = datetime(2026, 1, 5, 1, 2, 3, 4, tzinfo=UTC)

    assert (moment(at), read_moment(moment(at))) == ("2026-01-05T01:02:03.000004Z", at)


@pytest.mark.parametrize(
    "text", ["[1]", "{", '{"a": 1}', '{"b":1,"a":1}', "[" * 99_999, '{"a":1.5}']
)
def test_text_that_is_no_canonical_object_is_none(text):
    assert parsed(text) is None


def test_canonical_text_is_parsed():
    assert parsed('{"a":[1,null,"ê"]}') == {"a": [1, None, "ê"]}


def test_root_of_nothing_is_the_hash_of_nothing():
    assert merkle_root([]) == EMPTY_ROOT
    assert EMPTY_ROOT == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 34))
def test_each_leaf_is_proved_and_no_other_passes(size):
    leaves = [entry_hash(str(number)) for number in range(size)]
    root = merkle_root(leaves)

    for place, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, place)
        assert proves(leaf, place, size, proof, root)
        assert not proves(entry_hash("another"), place, size, proof, root)
        assert not proves(leaf, (place + 1) % size, size, proof, root) or size == 1
        assert not proves(leaf, place, size, [*proof, leaf], root)


def _random_object(source, depth):
    keys = {
        "".join(source.choices('abcXYZ_09 "\\\n~', k=source.randint(0, 6)))
        for _ in range(source.randint(0, 5))
    }
    return {key: _random_value(source, depth) for key in keys}


def _random_value(source, depth):
    kinds = ["text", "number", "constant", *(["list", "object"] if depth else [])]
    match source.choice(kinds):
        case "text":
            signs = "".join(source.choices(SIGNS, k=source.randint(0, 12)))
            return unicodedata.normalize("NFC", signs)
        case "number":
            return source.randint(-(2**53) + 1, 2**53 - 1) >> source.randint(0, 53)
        case "constant":
            return source.choice([True, False, None])
        case "list":
            return [_random_value(source, depth - 1) for _ in range(source.randint(0, 4))]
        case _:
            return _random_object(source, depth - 1)


ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def _second_implementation(value):
    """RFC 8785 written out by hand, without the json module."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_second_sign(sign) for sign in value) + '"'
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        members = (f"{_second_implementation(k)}:{_second_implementation(v)}" for k, v in pairs)
        return "{" + ",".join(members) + "}"
    return "[" + ",".join(_second_implementation(item) for item in value) + "]"


def _second_sign(sign):
    if sign in ESCAPES:
        return ESCAPES[sign]
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x20 else sign

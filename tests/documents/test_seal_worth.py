"""What signature and stamp are worth: trusted, expired, altered; inside the file and beside it."""

import asyncio
import hashlib
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from freezegun import freeze_time

from documents import agency_key
from documents.render import render_pdf
from documents.seal_worth import state_of
from documents.sealing import KeyUnusable, seal
from documents.stages import Sealing, Trust, Worth
from documents.stamp_trust import judged
from tests.documents.test_sealing import MUTATIONS, mutants
from tests.factories.authority import AGENCY, PASSWORD, make_key, make_root, make_stamper
from tests.factories.documents import LETTER

LAST_YEAR = "2025-06-16 02:00"


@pytest.fixture(scope="module")
def pdf():
    return render_pdf("cong_van", LETTER)


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Keys and authorities, some of which were good last year only."""
    folder = tmp_path_factory.mktemp("authority")
    root, trusted = make_root(folder)
    _, another = make_root(folder, "Gốc khác")
    with freeze_time(LAST_YEAR):
        old_root, old_trusted = make_root(folder, "Gốc cũ")
        old_key = make_key(folder, days=30)
        old = make_stamper(root=old_root, days=30, at=datetime.now(UTC))
        long_lived = make_stamper(root=old_root, days=3650, at=datetime.now(UTC))
    (folder / "nay").mkdir()
    return SimpleNamespace(
        key=make_key(folder / "nay"),
        old_key=old_key,
        trusted=trusted,
        another=another,
        old_trusted=old_trusted,
        good=make_stamper(root=root),
        lying=make_stamper(root=root, lies=True),
        old=old,
        long_lived=long_lived,
    )


@pytest.fixture(autouse=True)
def key(settings, given):
    settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD = given.key, PASSWORD
    return settings


def worth_inside(pdf, stamper):
    stamped, sealing = seal(pdf, reason="Thử", timestamper=stamper)
    state = state_of(stamped)
    assert (sealing, state.is_stamped, state.signer) == (Sealing.STAMPED, True, AGENCY)
    return state.trust


def worth_beside(pdf, stamper):
    digest = hashlib.sha256(pdf).digest()
    return judged(asyncio.run(stamper.async_timestamp(digest, "sha256")).dump(), digest)


@pytest.mark.parametrize("worth", [worth_inside, worth_beside])
@pytest.mark.parametrize(
    ("stamper", "roots", "trust"),
    [
        ("good", "trusted", Trust.TRUSTED),
        ("good", "another", Trust.UNTRUSTED),
        ("good", "", Trust.UNKNOWN),
        ("good", "khong-co.pem", Trust.UNKNOWN),  # the file that is named is not there
        ("old", "old_trusted", Trust.EXPIRED),
        ("old", "trusted", Trust.UNTRUSTED),
    ],
)
def test_a_stamp_is_held_against_the_roots_that_are_named(
    pdf, given, key, worth, stamper, roots, trust
):
    key.SIGNING_TSA_ROOTS = getattr(given, roots, roots)

    assert worth(pdf, getattr(given, stamper)) == trust


def test_an_altered_stamp_is_none(pdf, given, key):
    key.SIGNING_TSA_ROOTS = given.trusted
    digest = hashlib.sha256(pdf).digest()
    token = asyncio.run(given.good.async_timestamp(digest, "sha256"))
    signature = token["content"]["signer_infos"][0]["signature"].native
    altered = token.dump().replace(signature, bytes([signature[0] ^ 1]) + signature[1:])
    stamped, _ = seal(pdf, reason="Thử", timestamper=given.good)
    inside = stamp_in(stamped)["signer_infos"][0]["signature"].native
    changed = stamped.replace(hexed(inside), hexed(bytes([inside[0] ^ 1]) + inside[1:]))

    assert judged(token.dump(), digest) == Trust.TRUSTED
    assert judged(altered, digest) == Trust.BROKEN
    assert judged(token.dump(), b"x" * 32) == Trust.BROKEN
    assert judged(b"no token", digest) == Trust.BROKEN
    assert changed != stamped
    assert (state_of(stamped).trust, state_of(changed).trust) == (Trust.TRUSTED, Trust.BROKEN)


def hexed(content):
    return content.hex().upper().encode()


def stamp_in(pdf):
    from pyhanko.pdf_utils.reader import PdfFileReader

    signer = PdfFileReader(BytesIO(pdf)).embedded_signatures[0].signer_info
    attributes = {one["type"].native: one["values"] for one in signer["unsigned_attrs"]}
    return attributes["signature_time_stamp_token"][0]["content"]


def test_a_stamp_that_does_not_fit_is_not_taken(pdf, given):
    signed, sealing = seal(pdf, reason="Thử", timestamper=given.lying)

    assert (sealing, state_of(signed).is_stamped) == (Sealing.SIGNED, False)


def test_nothing_is_signed_with_a_certificate_that_ended(pdf, given, key):
    key.SIGNING_P12 = given.old_key

    with pytest.raises(KeyUnusable, match="not valid today"):
        seal(pdf, reason="Thử")


def test_a_certificate_that_ended_later_holds_by_its_trusted_stamp_only(pdf, given, key):
    key.SIGNING_P12, key.SIGNING_TSA_ROOTS = given.old_key, given.old_trusted
    with freeze_time(LAST_YEAR):
        plain, _ = seal(pdf, reason="Thử")
        stamped, _ = seal(pdf, reason="Thử", timestamper=given.long_lived)
        assert state_of(plain).worth == Worth.SOUND

    assert (state_of(plain).worth, state_of(stamped).worth) == (Worth.EXPIRED, Worth.SOUND)
    key.SIGNING_TSA_ROOTS = given.another
    assert state_of(stamped).worth == Worth.EXPIRED


def test_a_key_that_is_gone_leaves_the_signature_to_its_root(pdf, given, key, tmp_path):
    signed, _ = seal(pdf, reason="Thử")
    _, roots = agency_key._key(given.key, PASSWORD)
    (tmp_path / "goc.der").write_bytes(roots[0].dump())

    for password, root, worth in (
        ("sai", "", Worth.UNTRUSTED),
        ("sai", str(tmp_path / "goc.der"), Worth.SOUND),
        (PASSWORD, "", Worth.SOUND),
    ):
        key.SIGNING_P12_PASSWORD, key.SIGNING_ROOTS = password, root
        assert state_of(signed).worth == worth


def test_two_hundred_mutations_leave_no_sound_signature(pdf):
    """Those of the signature's own bytes may say the same in other letters; its digest does not."""
    signed, _ = seal(pdf, reason="Thử")
    begin, end = signed.index(b"/Contents <"), signed.index(b">", signed.index(b"/Contents <"))
    own = hashlib.sha256(signed).digest()

    changed = [
        one for one in mutants(signed) if one[:begin] + one[end:] != signed[:begin] + signed[end:]
    ]
    sound = [one for one in changed if state_of(one).is_sound]

    assert state_of(signed).is_sound
    assert len(changed) > MUTATIONS * 0.6
    assert sound == []
    assert all(hashlib.sha256(one).digest() != own for one in mutants(signed))

"""What an agency settles: rows of numbers, pictures of signature and seal."""

import struct
import uuid
import zlib

import pytest
from django.urls import reverse

from documents.models import AgencySeal, NumberSeries, SignaturePicture
from documents.stages import PaperKind
from documents.tasks import draw_waiting, pictures_of
from tests.factories.documents import chunk, make_issued, make_upload, png
from tests.factories.organisation import make_province, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_province()


def see_through(width=2, height=2):
    """A small PNG with an alpha channel."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0\0\xff\x80" * width) * height)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, body) for kind, body in parts)


def post(client, user, route, **said):
    said |= {"key": str(uuid.uuid4())}
    return sign_in(client, user).post(reverse(f"documents:{route}"), said)


def test_signature_and_seal_stand_on_what_is_issued(client, house):
    picture = make_upload("chu-ky.png", see_through())
    assert post(client, house.head, "signature", picture=picture).status_code == 302
    seal = make_upload("dau.png", see_through(3))
    assert post(client, house.clerk, "seal", picture=seal, width_mm="40").status_code == 302

    paper = make_issued(house)
    draw_waiting()

    paper.refresh_from_db()
    signature = paper.facts["signature"]
    assert signature["picture"] == SignaturePicture.objects.get().file.sha256
    assert (signature["seal"], signature["seal_mm"]) == (AgencySeal.objects.get().file.sha256, 40)
    assert set(pictures_of(paper.facts)) == {signature["picture"], signature["seal"]}
    assert paper.drawing == "drawn"


def test_a_picture_without_a_transparent_ground_is_not_taken(client, house):
    answer = post(client, house.head, "signature", picture=make_upload("chu-ky.png", png()))

    assert answer.status_code == 422
    assert "nền trong suốt" in answer.content.decode()
    assert not SignaturePicture.objects.exists()


def test_a_newer_picture_replaces_the_older(client, house):
    for width in (2, 3):
        post(client, house.head, "signature", picture=make_upload("ky.png", see_through(width)))

    assert SignaturePicture.objects.filter(valid_to=None).count() == 1


def test_kinds_that_leave_a_row_go_on_with_its_numbers(client, house):
    for _ in range(2):
        make_issued(house)

    answer = post(
        client,
        house.clerk,
        "series",
        name="Công văn",
        kinds=[PaperKind.OFFICIAL_LETTER],
        basis_document="Quyết định số 02/QĐ-STNMT",
    )

    assert answer.status_code == 302
    assert "Công văn" in client.get(answer.url).content.decode()
    older = NumberSeries.objects.get(name="Dãy chung")
    assert PaperKind.OFFICIAL_LETTER not in older.kinds
    assert make_issued(house).full_number == "03/STNMT-VP"


def test_only_the_clerk_settles_numbers_and_seal(client, house):
    for name in ("series", "seal"):
        assert sign_in(client, house.head).get(reverse(f"documents:{name}")).status_code == 404

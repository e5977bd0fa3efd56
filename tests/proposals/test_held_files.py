"""A file chosen once stays chosen when its form comes back (no text, no file is lost)."""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone
from freezegun import freeze_time

from documents.models import StoredFile
from documents.tasks import sweep_files
from organisation import held
from organisation.heldfields import HeldFileInput
from tests.factories.organisation import make_user, sign_in
from tests.proposals.flows import make_checked, make_seeded_province, refuse, reread

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
TEXT = "Số liệu kèm theo cho thấy vướng mắc nêu trong lý do đã được tháo gỡ từ tháng trước."
SEVERAL = {"FilesForm"}  # of part 6: its files are stored at once, whatever else is to be mended
HELD_BY_NOBODY = {"CheckForm"}  # a file is compared, as the page says, and not kept


def pdf(content=PDF):
    return SimpleUploadedFile("Số liệu.pdf", content, content_type="application/pdf")


def opened(client, user, proposal):
    """The page of the answer, and what its form carries along."""
    page = sign_in(client, user).get(reverse("proposals:answer", args=[proposal.ref]))
    return carried(page)


def carried(page):
    hidden = re.findall(r'type="hidden"\s+name="([\w-]+)"\s+value="([^"]*)"', page.content.decode())
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def folder_of(user):
    return Path(settings.MEDIA_ROOT) / "held" / str(user.ref)


@pytest.fixture
def world():
    province = make_seeded_province()
    proposal = make_checked(province)
    refuse(proposal, province)
    return province, reread(proposal)


def test_a_file_is_bound_when_its_form_is_sent_again(client, world):
    province, refused = world
    url = reverse("proposals:answer", args=[refused.ref])
    sent = opened(client, province.official, refused)

    first = client.post(url, sent | {"text": "", "attached": pdf()})
    second = client.post(url, carried(first) | {"text": "ngắn"})
    last = client.post(url, carried(second) | {"text": TEXT})

    assert "Đã chọn <b>Số liệu.pdf</b>" in first.content.decode()
    assert "Đã chọn <b>Số liệu.pdf</b>" in second.content.decode()
    assert last.status_code == 302
    assert [(row.name, row.path.read_bytes()) for row in StoredFile.objects.all()] == [
        ("Số liệu.pdf", PDF)
    ]
    assert len(list(folder_of(province.official).iterdir())) == 1


def test_a_file_is_dropped_by_its_tick(client, world):
    province, refused = world
    url = reverse("proposals:answer", args=[refused.ref])
    first = client.post(
        url, opened(client, province.official, refused) | {"text": "", "attached": pdf()}
    )

    client.post(url, carried(first) | {"text": TEXT, "attached-drop": "1"})

    refused.refresh_from_db()
    assert refused.answered_at is not None
    assert not StoredFile.objects.exists()


def test_a_bad_file_is_refused_with_the_rest_and_not_held(client, world):
    province, refused = world
    url = reverse("proposals:answer", args=[refused.ref])
    sent = opened(client, province.official, refused)

    page = client.post(url, sent | {"text": "", "attached": pdf(b"MZ no paper")}).content.decode()

    assert "Nhập nội dung phản hồi." in page
    assert "vì tệp có mã độc hoặc bị hỏng" in page
    assert "Đã chọn" not in page
    assert not folder_of(province.official).exists()


def test_a_seal_is_worth_nothing_to_another_person_or_too_late():
    owner, other = make_user(), make_user()
    kept = held.hold(pdf(), owner)

    assert held.find(kept.seal, owner).read() == PDF
    assert held.find(kept.seal, other) is None
    assert held.find(kept.seal[:-2] + "xx", owner) is None
    with freeze_time(timezone.now() + timedelta(hours=13)):
        assert held.find(kept.seal, owner) is None


def test_what_is_never_sent_again_is_swept():
    owner = make_user()
    old, new = (held.hold(pdf(), owner) for _ in range(2))
    oldest = min(folder_of(owner).iterdir(), key=lambda path: path.stat().st_mtime_ns)
    os.utime(oldest, (time.time() - 25 * 3600,) * 2)

    sweep_files()

    assert (held.find(old.seal, owner), held.find(new.seal, owner).read()) == (None, PDF)


def test_one_person_fills_no_disk(monkeypatch):
    monkeypatch.setattr(held, "MOST_BYTES", 3 * len(PDF))
    owner = make_user()

    seals = [held.hold(pdf(), owner).seal for _ in range(5)]

    assert [held.find(seal, owner) is not None for seal in seals] == [False] * 2 + [True] * 3


def test_every_input_of_a_file_holds_what_was_chosen():
    assert get_resolver().url_patterns  # every view, and so every form, is imported by now
    inputs = {
        form.__name__: type(field.widget)
        for form in all_below(forms.Form)
        for field in form.base_fields.values()
        if isinstance(field, forms.FileField) and not form.__module__.startswith("tests")
    }

    assert len(inputs) > 12
    others = {name for name, kind in inputs.items() if kind is not HeldFileInput}
    assert others == SEVERAL | HELD_BY_NOBODY


def all_below(kind):
    return {one for child in kind.__subclasses__() for one in {child, *all_below(child)}}

"""Files of a proposal: taken with part 6, seen by whoever sees the proposal, taken out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deadlines.seeds import seed_rules
from documents import uploads
from documents.models import StoredFile
from proposals.actions import sending
from proposals.stages import Part
from tests.factories.organisation import make_province, sign_in
from tests.factories.proposals import make_draft
from tests.proposals.filling import open_part, part_url, typed

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def province():
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province):
    return make_draft(proposer=province.official, agency=province.department)


def upload(client, draft, *files, then="luu"):
    posted = open_part(client, draft, Part.COMMITMENT) | typed(Part.COMMITMENT)
    return client.post(
        part_url(draft, Part.COMMITMENT), posted | {"files": list(files), "then": then}
    )


def pdf(name="Số liệu năm 2021.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def said(response) -> str:
    return response.content.decode()


def test_files_are_kept_with_their_names_and_digests(client, province, draft):
    sign_in(client, province.official)

    upload(client, draft, pdf(), pdf("Phụ lục.pdf"))

    page = said(client.get(part_url(draft, Part.COMMITMENT)))
    assert "Số liệu năm 2021.pdf" in page
    assert "Phụ lục.pdf" in page
    assert draft.attachments.count() == 2


def test_a_file_chosen_before_going_on_is_kept_too(client, province, draft):
    response = upload(sign_in(client, province.official), draft, pdf(), then="")

    assert response["Location"] == reverse("proposals:check", args=[draft.ref])
    assert draft.attachments.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "declared"),
    [
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        ("trang.html", b"<html></html>", "text/html"),
        ("chuong-trinh.exe", b"MZ", "application/octet-stream"),
        ("bao-cao.pdf.exe", PDF, "application/pdf"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(
    client, province, draft, name, content, declared
):
    wrong = SimpleUploadedFile(name, content, content_type=declared)

    response = upload(sign_in(client, province.official), draft, wrong)

    assert response.status_code == 422
    assert "Chọn tệp PDF, Word, Excel hoặc ảnh (JPG, PNG)." in said(response)
    assert not draft.attachments.exists()


def test_a_good_file_beside_a_bad_one_is_kept(client, province, draft):
    bad = SimpleUploadedFile("anh.svg", b"<svg/>", content_type="image/svg+xml")

    upload(sign_in(client, province.official), draft, pdf(), bad)

    assert [row.stored.name for row in draft.attachments.all()] == ["Số liệu năm 2021.pdf"]


def test_the_browser_is_told_what_may_be_chosen(client, province, draft):
    page = said(sign_in(client, province.official).get(part_url(draft, Part.COMMITMENT)))

    assert 'accept=".pdf,.docx,.xlsx,.pptx,.odt,.ods,.jpg,.png,.jpeg"' in page
    assert f'data-max-size="{25 * 1024 * 1024}"' in page


def test_saving_by_itself_never_stores_a_file(client, province, draft):
    upload(sign_in(client, province.official), draft, pdf(), then="tu-dong")

    assert not StoredFile.objects.exists()


@pytest.fixture
def attached(client, province, draft):
    upload(sign_in(client, province.official), draft, pdf())
    return draft.attachments.get()


def file_url(attached, route="proposals:file"):
    return reverse(route, args=[attached.proposal.ref, attached.ref])


def test_authors_download_what_they_attached(client, attached):
    response = client.get(file_url(attached))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("who", ["head", "focal", "colleague", "inspector", "district_official"])
def test_files_of_a_draft_are_out_of_sight(client, province, attached, who):
    response = sign_in(client, province.people[who]).get(file_url(attached))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("focal", 200), ("inspector", 200), ("colleague", 404), ("admin", 404)],
)
def test_files_of_a_sent_proposal_have_its_visibility(client, province, attached, who, status):
    sending.send(attached.proposal_id, by=province.official)

    response = sign_in(client, province.people[who]).get(file_url(attached))
    response.close()

    assert response.status_code == status


def test_a_file_is_not_reached_through_another_proposal(client, province, attached):
    other = make_draft(proposer=province.official, agency=province.department)

    response = client.get(reverse("proposals:file", args=[other.ref, attached.ref]))

    assert response.status_code == 404


def test_a_file_is_taken_out_of_the_next_version(client, attached):
    client.post(file_url(attached, "proposals:remove_file"))

    page = said(client.get(part_url(attached.proposal, Part.COMMITMENT)))
    attached.refresh_from_db()
    assert attached.removed_at
    assert "Số liệu năm 2021.pdf" not in page


def test_the_version_and_the_entry_name_the_bytes(province, attached):
    sent = sending.send(attached.proposal_id, by=province.official)

    digest = attached.stored.sha256
    assert sent.entry.data["files_sha256"] == [digest]
    assert sent.proposal.versions.get().content.facts["files"][0]["sha256"] == digest


def test_nothing_is_taken_out_after_sending(client, province, attached):
    sending.send(attached.proposal_id, by=province.official)

    response = client.post(file_url(attached, "proposals:remove_file"))

    attached.refresh_from_db()
    assert response.status_code == 409
    assert attached.removed_at is None


def test_a_file_that_was_taken_out_makes_room_for_another(client, province, draft, monkeypatch):
    monkeypatch.setattr(uploads, "STREAM_FILES", 1)
    sign_in(client, province.official)
    upload(client, draft, pdf())
    first = draft.attachments.get()

    client.post(reverse("proposals:remove_file", args=[draft.ref, first.ref]))
    upload(client, draft, pdf("Phụ lục.pdf"))

    kept = draft.attachments.filter(removed_at=None).select_related("stored")
    assert [row.stored.name for row in kept] == ["Phụ lục.pdf"]

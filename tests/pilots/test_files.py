"""Evidence has the visibility of its case and is checked on every download (AZ-05)."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import uploads
from documents.models import StoredFile
from documents.stages import Shelf
from organisation.stages import Role
from pilots.actions.figures import Value, enter_value
from pilots.models import IndicatorEntry
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import in_days, make_indicator, make_pilot, make_team
from tests.pilots.pages import posted, url

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_pdf(name="bien-ban.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def an_entry(client, team):
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    sign_in(client, team.member)
    posted(
        client,
        url("indicator", pilot, indicator.ref),
        {"value": "80", "as_of": f"{in_days(-1):%d/%m/%Y}"},
        evidence=a_pdf(),
    )
    return pilot, IndicatorEntry.objects.get(indicator=indicator)


def test_evidence_is_kept_with_its_value_and_in_the_journal(client):
    pilot, entry = an_entry(client, make_team())

    stored = StoredFile.objects.get()
    assert entry.evidence == stored
    assert stored.stream == pilot.stream
    assert stored.shelf == Shelf.EVIDENCE


def test_evidence_does_not_share_the_limit_of_the_proposals_files(client, monkeypatch):
    monkeypatch.setattr(uploads, "STREAM_FILES", 0)

    _, entry = an_entry(client, make_team())

    assert entry.evidence is not None


@pytest.mark.parametrize(
    ("role", "status"), [("leader", 200), ("head", 200), ("clerk", 200), ("stranger", 404)]
)
def test_each_download_is_checked(client, role, status):
    team = make_team()
    pilot, entry = an_entry(client, team)
    StoredFile.objects.filter(pk=entry.evidence_id).update(state="clean")
    person = make_user(role=Role.AGENCY_HEAD) if role == "stranger" else getattr(team, role)

    response = sign_in(client, person).get(url("entry_evidence", pilot, entry.ref))

    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")


def test_evidence_of_one_case_is_not_reached_through_another(client):
    team = make_team()
    _, entry = an_entry(client, team)
    other = make_pilot(team=make_team(team.agency))
    address = reverse("pilots:entry_evidence", args=[other.proposal.ref, entry.ref])

    assert sign_in(client, team.head).get(address).status_code == 404


def test_who_left_no_longer_downloads(client):
    team = make_team()
    pilot, entry = an_entry(client, team)
    pilot.members.update(left_on=in_days(-1))

    response = sign_in(client, team.member).get(url("entry_evidence", pilot, entry.ref))

    assert response.status_code == 404


def test_a_value_without_a_file_has_nothing_to_download(client):
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    entry = enter_value(indicator.pk, Value(Decimal("80"), in_days(-1)), by=team.member)

    response = sign_in(client, team.head).get(url("entry_evidence", pilot, entry.ref))

    assert response.status_code == 404


def test_a_file_that_is_refused_says_why_and_enters_nothing(client):
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    sign_in(client, team.member)

    page = posted(
        client,
        url("indicator", pilot, indicator.ref),
        {"value": "80", "as_of": f"{in_days(-1):%d/%m/%Y}"},
        evidence=SimpleUploadedFile("lenh.exe", b"MZ", content_type="application/octet-stream"),
    )

    assert "Chọn tệp PDF, Word, Excel hoặc ảnh (JPG, PNG)." in page.content.decode()
    assert not indicator.entries.exists()

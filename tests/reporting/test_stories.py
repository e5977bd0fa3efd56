"""The stories of the demo province: loaded once, read by all tests here."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from deadlines.models import Clock
from documents.models import OfficialDocument
from documents.stages import PaperKind
from journal.models import Anchor
from organisation.models import User
from proposals.models import Proposal
from proposals.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        run("load_demo")
        yield
        transaction.set_rollback(True)


def run(name, **options):
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def test_the_stories_stand_at_every_stage_that_somebody_works_at(demo):
    stages = set(Proposal.objects.values_list("stage", flat=True))

    assert stages == {
        Stage.DRAFT,
        Stage.SUBMITTED,
        Stage.UNDER_REVIEW,
        Stage.RETURNED,
        Stage.ESCALATED,
        Stage.REFUSED,
        Stage.APPROVED_PILOT,
        Stage.MONITORED,
        Stage.EVALUATED,
        Stage.CONCLUDED,
    }


def test_the_demo_loaded_again_adds_nothing(demo):
    before = Proposal.objects.count()

    assert run("load_demo").endswith(", 0 đề xuất.\n")
    assert Proposal.objects.count() == before


def test_the_journal_of_the_demo_is_sound(demo):
    report = json.loads(run("journal_verify", json=True))

    assert (report["result"], report["findings"]) == ("sound", [])
    assert Anchor.objects.count() > 100


@pytest.mark.parametrize(
    "username",
    [
        "mau.nguyen",
        "vidu.tran",
        "giamdoc.stnmt",
        "daumoi.stnmt",
        "capuy.stnmt",
        "chutich",
        "phochutich",
        "daumoi.stc",
        "daumoi.stttt",
        "thidua.snv",
        "thanhtra.ttt",
        "giamdoc.syt",
        "chutich.ninhson",
        "capuy.ninhson",
    ],
)
def test_homes_of_the_demo_have_something_to_do(demo, username):
    user = User.objects.get(username=username)

    assert Clock.objects.running().held_by(user).exists()


def test_codes_of_the_demo_run_in_the_order_of_sending(demo):
    sent = Proposal.objects.exclude(code=None).order_by("code")
    moments = list(sent.values_list("submitted_at", flat=True))

    assert moments == sorted(moments)
    assert len(moments) == 16


def test_the_order_of_the_province_is_the_first_letter(demo):
    letter = OfficialDocument.objects.get(kind=PaperKind.OFFICIAL_LETTER)

    assert letter.title.startswith("triển khai thực hiện Kết luận số 14-KL/TW")
    assert len(letter.facts["parts"][0]["paragraphs"]) == 11
    assert letter.facts["addressees"][0] == "Các Sở, ban, ngành"


def test_letters_of_the_past_count_as_waiting_since_now(demo, client):
    assert client.get("/suc-khoe/").json()["ok"] is True

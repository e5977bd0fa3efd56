"""The stories of the demo province: loaded once, read by all tests here."""

import json
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from deadlines.models import Clock
from documents.models import OfficialDocument
from documents.stages import PaperKind
from journal.models import Anchor
from organisation.models import User
from proposals.models import Proposal
from proposals.stages import Stage
from reporting.directives import STREAMS, dated, paragraphs_of
from reporting.models import UrgingDispatch
from tests.factories.journal import lifted_guards
from tests.factories.organisation import sign_in
from tests.reporting.edits import EDITS

FIGURES = [
    "đề xuất chờ xem xét",
    "hồ sơ quá hạn",
    "đang thí điểm",
    "thí điểm chậm tiến độ",
    "thí điểm có sự cố chưa khắc phục",
]
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


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_edit_by_sql_is_found_in_its_stream(demo, edit):
    rows = edit.model.objects.filter(**edit.fits).order_by("pk")
    pk, ref = rows.values_list("pk", edit.stream)[0]
    out = StringIO()

    with transaction.atomic():
        with lifted_guards(), connection.cursor() as cursor:
            cursor.execute(edit.statement.format(table=edit.model._meta.db_table, pk=pk))
            assert cursor.rowcount == 1
        with pytest.raises(SystemExit) as left:
            call_command("journal_verify", stream=f"{edit.prefix}:{ref}", stdout=out)
        transaction.set_rollback(True)

    assert left.value.code == 1
    assert f"broken: {edit.prefix}:{ref}" in out.getvalue()


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
        "pho.stnmt",
        "theodoi.vpub",
        "chuyenvien.snv",
        "lanhdao.snv",
        "daumoi.sct",
    ],
)
def test_homes_of_the_demo_have_something_to_do(demo, username):
    user = User.objects.get(username=username)

    assert Clock.objects.running().held_by(user).exists()


def test_what_fell_short_in_the_demo_waits_for_its_case_to_be_opened(demo, client):
    focal = User.objects.get(username="daumoi.sct")

    page = sign_in(client, focal).get("/viec-cua-toi/").content.decode()

    assert "Lập hồ sơ xem xét trách nhiệm" in page
    task = Clock.objects.running().held_by(focal).get(rule__code="LIABILITY_OPEN")
    assert client.get(task.url).status_code == 200


@pytest.mark.parametrize(
    ("username", "found"),
    [("chuyenvien.snv", True), ("lanhdao.snv", True), ("thanhtra2.ttt", True), ("vanthu.stnmt", 0)],
)
def test_who_follows_the_province_sees_it_at_home_each_figure_as_long_as_its_list(
    demo, client, username, found
):
    sign_in(client, User.objects.get(username=username))

    province = client.get("/viec-cua-toi/").context["province"]

    figures = province.figures if province else []
    assert [figure.label for figure in figures] == FIGURES * bool(found)
    for figure in figures:
        shown = client.get(figure.url).context
        rows = shown["cases"] if "cases" in shown else shown["rows"]
        assert (figure.label, len(rows)) == (figure.label, figure.count)


def test_every_first_page_is_where_its_account_lands(demo, client):
    """One account of each role: the door leads to the page that is announced, and it is there."""
    accounts = {row["role"]: row for row in json.loads(run("demo_accounts", json=True))}

    for row in accounts.values():
        sign_in(client, User.objects.get(username=row["username"]))
        assert (row["role"], client.get("/")["Location"]) == (row["role"], row["first_page"])
        assert client.get(row["first_page"]).status_code == 200


def test_everybody_finds_the_order_of_the_province_and_reads_it(demo, client):
    sign_in(client, User.objects.get(username="canbo1.bacai"))
    guide = client.get("/huong-dan/").content.decode()
    address = re.search(r'href="(/huong-dan/chi-dao/[^"]+)"', guide)[1]

    page = client.get(address).content.decode()

    assert "Ninh Thuận, ngày … tháng … năm 2021" in page
    assert "Kính gửi: Các Sở, ban, ngành; " in page
    assert "1. Nâng cao nhận thức, tăng cường trách nhiệm" in page
    assert client.get(f"{address}tep/")["Location"] == address  # not drawn yet


def test_codes_of_the_demo_run_in_the_order_of_sending(demo):
    sent = Proposal.objects.exclude(code=None).order_by("code")
    moments = list(sent.values_list("submitted_at", flat=True))

    assert moments == sorted(moments)
    assert len(moments) == 18


def test_the_order_of_the_province_is_the_first_letter(demo):
    letters = OfficialDocument.objects.filter(kind=PaperKind.OFFICIAL_LETTER)
    letter = letters.get(stream__startswith=STREAMS)

    assert letter.title.startswith("triển khai thực hiện Kết luận số 14-KL/TW")
    assert len(paragraphs_of(letter)) == 11
    assert dated(letter) == "Ninh Thuận, ngày … tháng … năm 2021"
    assert letter.facts["addressees"][0] == "Các Sở, ban, ngành"


def test_letters_of_the_past_count_as_waiting_since_now(demo, client, settings):
    settings.EMBEDDED = True  # as a demo runs: nobody has made a backup of it

    assert client.get("/suc-khoe/").json()["ok"] is True


def test_the_department_of_home_affairs_urges_in_the_demo(demo, client):
    sign_in(client, User.objects.get(username="chuyenvien.snv"))
    late = client.get("/don-doc/").content.decode()
    letters = UrgingDispatch.objects.for_list()

    assert [(one.number, one.state, one.answered) for one in letters] == [
        ("02/SNV", "sent", 0),
        ("01/SNV", "answered", 1),
    ]
    assert "Công văn lần 2" in late  # what was answered was not done
    assert "Chưa hết hạn trả lời" in late

"""A long list is taken over by a worker; first passwords are given when asked for."""

import pytest

from jobs import running
from jobs.actions import working
from jobs.models import LongJob
from jobs.running import run_waiting
from jobs.stages import Stage
from journal.actions import entries_of
from organisation import doorbell
from organisation.models import ImportDraft, User
from organisation.sheets import write_sheet
from organisation.views import imports
from tests.factories.organisation import make_province, sign_in
from tests.organisation.test_imports import (
    PEOPLE_HEAD,
    PERSON,
    UNIT,
    UNITS_HEAD,
    confirm,
    upload,
    with_,
)

pytestmark = pytest.mark.django_db
NAMES = ["vidu.mot", "vidu.hai", "vidu.ba"]


@pytest.fixture
def province(client, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda tasks: None)
    monkeypatch.setattr(imports, "LARGE", 3)
    province = make_province()
    sign_in(client, province.admin)
    return province


def start_import(client):
    rows = [PEOPLE_HEAD, *(with_(PERSON, c0=name, c4=f"{name}@vidu.test") for name in NAMES)]
    return confirm(client, upload(client, "people", write_sheet(rows)))


def opened() -> int:
    return User.objects.filter(username__in=NAMES).count()


def test_a_long_list_is_taken_over_by_a_worker(client, province):
    answer = start_import(client)
    job = LongJob.objects.get()
    assert (answer.url, job.owner, opened()) == (job.get_absolute_url(), province.admin, 0)

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, job.result_label, opened()) == (Stage.DONE, "Cấp mật khẩu lần đầu", 3)
    assert entries_of("settings").get().action == "import.take_over"
    assert not ImportDraft.objects.exists()


def test_the_page_says_which_row_is_looked_at(client, province, monkeypatch):
    """The check tells each row; the taking over, which nobody sees before its end, how many."""
    heard = []
    monkeypatch.setattr(running, "OFTEN", 0)
    monkeypatch.setattr(
        working, "tell", lambda job, **said: heard.append((said["words"], said["percent"]))
    )
    start_import(client)

    run_waiting(20)

    rows = [one for one in heard if "dòng 1/3" in one[0] or "dòng 2/3" in one[0]]
    assert rows == [("Đang kiểm tra dòng 1/3", 16), ("Đang kiểm tra dòng 2/3", 33)]
    assert ("Đang nhập 3 dòng, tất cả trong một lần", 50) in heard


def test_first_passwords_are_given_to_those_who_have_not_signed_in(client, province):
    start_import(client)
    run_waiting(20)
    url = LongJob.objects.get().result_url
    question = client.get(url)
    assert "Cấp mật khẩu lần đầu cho 3 tài khoản?" in question.content.decode()
    User.objects.filter(username="vidu.ba").update(must_change_password=False)

    page = confirm(client, question)
    again = confirm(client, question)

    shown = {one.user.username: one.first_password for one in page.context["opened"]}
    assert sorted(shown) == ["vidu.hai", "vidu.mot"]
    assert User.objects.get(username="vidu.mot").check_password(shown["vidu.mot"])
    assert shown["vidu.mot"] in page.content.decode()
    entry = entries_of("settings").latest("seq")
    assert (entry.action, entry.data["accounts"]) == ("user.first_passwords", 2)
    assert (again.status_code, again.url) == (302, LongJob.objects.get().get_absolute_url())
    sign_in(client, province.head)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("what", ["replaced", "right lost", "no longer sound", "refused"])
def test_what_changed_meanwhile_ends_it_with_nothing_done(client, province, monkeypatch, what):
    start_import(client)
    spoil(what, province, monkeypatch)
    before = User.objects.count()

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, User.objects.count()) == (Stage.FAILED, before)
    assert job.parts.exclude(failure="").count() == 1


def spoil(what: str, province, monkeypatch) -> None:
    if what == "replaced":
        ImportDraft.objects.all().delete()
    elif what == "right lost":
        province.admin.appointments.all().delete()
    elif what == "no longer sound":
        draft = ImportDraft.objects.get()
        draft.rows[2] = draft.rows[1]
        draft.save()
    else:
        monkeypatch.setattr("jobs.imports.take_over", refuse)


def refuse(*handed, **named):
    raise imports.NotSound


def test_a_list_that_opens_no_account_leads_to_what_it_changed(client, province, monkeypatch):
    monkeypatch.setattr(imports, "LARGE", 1)
    confirm(client, upload(client, "units", write_sheet([UNITS_HEAD, UNIT])))

    run_waiting(20)

    job = LongJob.objects.get()
    assert (job.stage, job.result_label) == (Stage.DONE, "Xem danh sách")
    assert job.result_url == "/quan-tri/co-quan/"
    assert client.get(f"{job.get_absolute_url()}mat-khau/").status_code == 404


def test_a_short_list_is_taken_over_at_once(client, province, monkeypatch):
    monkeypatch.setattr(imports, "LARGE", 200)

    answer = start_import(client)

    assert (opened(), LongJob.objects.count()) == (3, 0)
    assert "Mật khẩu lần đầu của 3 tài khoản" in answer.content.decode()

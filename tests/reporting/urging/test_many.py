"""Hundreds of agencies at once: drafted and laid by a worker, and what that costs."""

import time
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from freezegun import freeze_time

from documents.actions import signing
from documents.models import OfficialDocument
from jobs.models import LongJob
from jobs.running import run_waiting
from organisation.days import today
from organisation.models import OrgUnit
from reporting.urging.actions import drafting, drafting_many
from reporting.urging.actions.drafting import Choice, draft
from reporting.urging.late import tallies
from reporting.urging.models import UrgedAgency, UrgingDispatch
from tests.deadlines.crowded import many_clocks, spent
from tests.factories.organisation import sign_in
from tests.factories.urging import make_late, make_office
from tests.reporting.urging.test_pages import words_of

NOW = "2021-11-04 02:15"
UNTIL = date(2021, 11, 11)
LATE, CREATE = reverse("reporting:urging"), reverse("reporting:urging_create")
pytestmark = pytest.mark.django_db


@freeze_time(NOW)
def test_letters_to_many_are_drafted_by_a_worker_and_what_fails_is_named(client, monkeypatch):
    monkeypatch.setattr(drafting_many, "FEW", 1)
    house = make_office()
    agencies = [house.department, house.district]
    for agency in agencies:
        make_late(agency)
    officer = sign_in(client, house.home_affairs_officer)
    chosen = {"co_quan": [str(one.ref) for one in agencies]}
    assert "Sở Tài nguyên và Môi trường" in words_of(officer.post(CREATE, chosen))
    said = {"key": str(uuid.uuid4()), "way": "rieng", "answer_by": "11/11/2021", "note": "Gấp."}

    answers = {officer.post(CREATE, chosen | said)["Location"] for _ in range(2)}
    job = LongJob.objects.get()
    draft(Choice([house.district], UNTIL), by=house.home_affairs_officer)  # faster than the worker
    run_waiting(30)

    job = LongJob.objects.get()
    assert answers == {job.get_absolute_url()}
    page = words_of(officer.get(job.get_absolute_url()))
    assert "Soạn 2 văn bản đôn đốc" in page
    failure = job.parts.exclude(failure="").get()
    assert failure.failure.startswith(f"{house.home_affairs_officer.full_name} đã soạn dự thảo: ")
    made = UrgingDispatch.objects.get(batch=job.params["batch"])
    assert (made.note, made.answer_by) == ("Gấp.", UNTIL)
    assert [row.agency for row in made.urged.all()] == [house.department]
    assert "Trình ký 1 văn bản" in words_of(officer.get(job.result_url))


@freeze_time(NOW)
def test_a_letter_to_many_is_split_where_its_annexes_would_be_too_long(monkeypatch):
    monkeypatch.setattr(drafting, "MOST_LINES", 2)
    house = make_office()
    for agency in [house.department, house.department, house.district]:
        make_late(agency)

    choice = Choice([house.department, house.district], UNTIL, together=True)
    letters = draft(choice, by=house.home_affairs_officer)

    assert [[row.agency for row in one.urged.all()] for one in letters] == [
        [house.department],
        [house.district],
    ]


@pytest.mark.slow
@freeze_time(NOW, tick=True)
def test_three_hundred_agencies_and_a_hundred_thousand_late_tasks(client, capsys):
    """The whole way of one press of *Soạn cho cả danh sách*; figures in docs/urging.md."""
    house = make_office()
    many_clocks(100_000, people=5_000, agencies=300)
    officer = sign_in(client, house.home_affairs_officer)
    told = {}

    def clocked(name, do):
        begin = time.perf_counter()
        with spent() as cost:
            answer = do()
        whole = time.perf_counter() - begin
        told[name] = f"{whole:.2f} s, of it database {cost.seconds:.2f} s, {cost.statements}"
        return answer

    clocked("warm", lambda: officer.get(LATE))
    page = clocked("list", lambda: officer.get(LATE))
    assert "300 cơ quan, 100000 việc quá hạn" in words_of(page).replace(".", "")
    one = tallies(today())[0]
    clocked("one agency", lambda: officer.get(reverse("reporting:urging_items", args=[one.ref])))
    clocked("step 2", lambda: officer.post(CREATE, {"ca_danh_sach": "1", "q": "", "nhom": ""}))
    refs = list(OrgUnit.objects.filter(pk__in=[t.agency_id for t in tallies(today())]))
    said = {"key": str(uuid.uuid4()), "way": "rieng", "answer_by": "11/11/2021", "note": ""}
    said["co_quan"] = [str(unit.ref) for unit in refs]
    asked = clocked("ask", lambda: officer.post(CREATE, said))
    clocked("draft 300", lambda: run_waiting(600))
    job = LongJob.objects.get()
    assert job.stage == "done", job.parts.exclude(failure="").first()
    assert (asked["Location"], UrgedAgency.objects.count()) == (job.get_absolute_url(), 300)
    clocked("batch page", lambda: officer.get(job.result_url))
    laid = {"key": str(uuid.uuid4()), "signer": str(house.home_affairs_head.ref)}
    clocked("ask to lay", lambda: officer.post(job.result_url, laid))
    clocked("lay 300", lambda: run_waiting(600))
    paper = OfficialDocument.objects.filter(state="waiting_signature").order_by("pk")[0]
    clocked("sign one", lambda: signing.sign(paper.pk, by=house.home_affairs_head))
    dispatch = UrgingDispatch.objects.get(paper=paper)
    row = dispatch.urged.get()
    lines = {t.agency_id: t.count for t in tallies(today())}
    assert row.items.count() == lines[row.agency_id]  # the annex equals the dashboard
    assert UNTIL > today() + timedelta(days=1)
    with capsys.disabled():
        print("\n".join(f"{name}: {said}" for name, said in told.items()))

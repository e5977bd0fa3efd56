"""Hundreds of agencies at once: drafted and laid by a worker, and what that costs."""

import time
import uuid
from datetime import date

import pytest
from django.urls import reverse
from freezegun import freeze_time

from documents.actions import signing
from documents.models import OfficialDocument
from jobs.models import LongJob
from jobs.running import run_waiting
from organisation.days import today
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
def test_three_hundred_agencies_and_a_hundred_thousand_late_tasks(client):
    """One press of *Soạn cho cả danh sách*, to the end; its figures stand in docs/urging.md."""
    house = make_office()
    many_clocks(100_000, people=5_000, agencies=300)
    officer = sign_in(client, house.home_affairs_officer)
    took = {}

    def clocked(name, do):
        begin = time.perf_counter()
        with spent() as cost:
            answer = do()
        took[name] = round(time.perf_counter() - begin, 2), cost.statements
        return answer

    officer.get(LATE)
    page = clocked("list", lambda: officer.get(LATE))
    assert "300 cơ quan, 100000 việc quá hạn" in words_of(page)
    late = {one.agency_id: one for one in tallies(today())}
    one = reverse("reporting:urging_items", args=[next(iter(late.values())).ref])
    clocked("one agency", lambda: officer.get(one))
    clocked("step 2", lambda: officer.post(CREATE, {"ca_danh_sach": "1", "q": "", "nhom": ""}))
    said = {"key": str(uuid.uuid4()), "way": "rieng", "answer_by": "11/11/2021", "note": ""}
    said["co_quan"] = [tally.ref for tally in late.values()]
    clocked("ask", lambda: officer.post(CREATE, said))
    clocked("draft", lambda: run_waiting(600))
    job = LongJob.objects.get()
    assert (job.stage, UrgedAgency.objects.count()) == ("done", 300)
    clocked("batch", lambda: officer.get(job.result_url))
    laid = {"key": str(uuid.uuid4()), "signer": str(house.home_affairs_head.ref)}
    clocked("ask to lay", lambda: officer.post(job.result_url, laid))
    clocked("lay", lambda: run_waiting(600))
    paper = OfficialDocument.objects.filter(state="waiting_signature").order_by("pk")[0]
    clocked("sign", lambda: signing.sign(paper.pk, by=house.home_affairs_head))
    row = UrgingDispatch.objects.get(paper=paper).urged.get()

    assert row.items.count() == tallies(today(), [row.agency_id])[0].count
    pages = [took[name] for name in ("list", "one agency", "step 2", "ask", "batch", "ask to lay")]
    assert max(seconds for seconds, _ in pages) < 2, took
    assert max(statements for _, statements in pages) < 50, took
    assert took["draft"][0] < 200, took

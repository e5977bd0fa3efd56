"""Long papers are drawn by a worker that may be killed, with a page that says how far it is."""

import os
import signal
import time
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from documents import children, render
from documents.actions import compose, draw_again, hand_over_long, lease_drawing
from documents.actions.base import say
from documents.long_papers import LongDrawing, Told
from documents.models import OfficialDocument
from documents.samples.blocks import paragraph
from documents.sealing import KeyUnusable
from documents.stages import Drawing
from documents.tasks import draw_waiting
from documents.told import page_told
from jobs import running
from jobs.actions import working
from jobs.models import LongJob
from jobs.running import run_waiting
from jobs.stages import Stage
from journal.models import Entry
from organisation import doorbell
from tests.factories.documents import OFFICIAL, make_paper
from tests.factories.jobs import without_a_beat
from tests.factories.organisation import make_user
from tests.journal.crowd import CONTEXT

TEXT = "Thực hiện Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị. " * 8


@pytest.fixture(autouse=True)
def _nobody_is_rung(monkeypatch):
    """The rows wait: in tests a ring would do the work at once."""
    monkeypatch.setattr(doorbell, "ring", lambda tasks: None)
    monkeypatch.setattr(running, "OFTEN", 0)


def long_paper(paragraphs: int = 90) -> OfficialDocument:
    facts = OFFICIAL | {"kind": "official_letter", "locked": []}
    facts["body"] = [paragraph(TEXT) for _ in range(paragraphs)]
    return compose("official_letter", stream="proposal:x", facts=facts, by=make_user())


def watched(monkeypatch) -> list:
    """What is said to the page, as it is said."""
    seen, tell = [], working.tell

    def note(job, **said):
        seen.append((said["words"], said["percent"]))
        tell(job, **said)

    monkeypatch.setattr(working, "tell", note)
    return seen


@pytest.mark.django_db
def test_a_long_paper_becomes_long_work_and_is_drawn(monkeypatch):
    paper, short = long_paper(), make_paper(by=make_user())

    draw_waiting()
    hand_over_long()  # looked at twice
    short.refresh_from_db()
    assert (short.drawing, LongJob.objects.count(), lease_drawing()) == (Drawing.DRAWN, 1, None)
    seen = watched(monkeypatch)
    assert run_waiting(60) is False

    paper.refresh_from_db()
    job = LongJob.objects.get()
    assert (paper.drawing, paper.file.path.read_bytes()[:5]) == (Drawing.DRAWN, b"%PDF-")
    assert (job.stage, job.owner, job.result_label) == (Stage.DONE, paper.created_by, "Xem văn bản")
    assert job.result_url == paper.get_absolute_url()
    assert Entry.objects.filter(action="paper.draw").count() == 2
    assert [words for words, _ in seen if words.startswith("Đang dàn trang ")]
    percents = [percent for _, percent in seen]
    assert percents == sorted(percents)
    assert 50 < percents[-1] < 100


@pytest.mark.django_db
def test_what_is_said_again_is_drawn_again_and_what_is_signed_unchanged_is_not():
    paper = long_paper(66)
    draw_waiting()
    assert run_waiting(60) is False
    paper.refresh_from_db()
    say(paper, paper.facts)
    assert paper.drawing == Drawing.DRAWN

    for _ in range(2):  # edited, and edited back before anybody drew it
        say(paper, paper.facts | {"title": f"{paper.facts['title']} khác"})
    say(paper, paper.facts | {"title": OFFICIAL["title"]})
    paper.version += 1
    paper.save()
    draw_waiting()
    assert run_waiting(60) is False

    paper.refresh_from_db()
    assert (paper.drawing, LongJob.objects.count()) == (Drawing.DRAWN, 2)


@pytest.mark.django_db
def test_a_killed_drawing_child_is_replaced(monkeypatch):
    paper, killed = long_paper(), []

    def kill_first(words: bytes) -> None:
        if words.startswith(b"page") and not killed:
            killed.append(hired[-1].pid)
            os.kill(killed[0], signal.SIGKILL)

    hired, hire = [], children._hire
    monkeypatch.setattr(children, "_hire", lambda *limits: hired.append(hire(*limits)) or hired[-1])
    monkeypatch.setattr(Told, "hear", lambda told, words: kill_first(words))
    hand_over_long()

    run_waiting(60)

    paper.refresh_from_db()
    assert (paper.drawing, len(killed), len(hired)) == (Drawing.DRAWN, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_is_followed_and_the_paper_drawn_once(monkeypatch):
    ours, theirs = CONTEXT.Pipe()
    hear = Told.hear

    def hang_at_page_five(told, words: bytes) -> None:
        hear(told, words)
        if page_told(words) == 5:
            theirs.send("page 5")
            time.sleep(600)

    monkeypatch.setattr(Told, "hear", hang_at_page_five)
    paper = long_paper()
    hand_over_long()
    job = LongJob.objects.get()
    render.draw_apart(paper.template, paper.facts)  # warm, as a worker that has drawn before
    worker = started()
    assert ours.poll(60), worker.exitcode

    os.kill(worker.pid, signal.SIGKILL)
    worker.join(30)

    monkeypatch.setattr(Told, "hear", hear)
    paper.refresh_from_db()
    assert (paper.drawing, run_waiting(60)) == (Drawing.LEASED, False)
    assert LongJob.objects.get().words == "Đang dàn trang 5"
    without_a_beat(job, 61)
    draw_waiting()  # the sweep of short papers keeps its hands off
    run_waiting(60)
    paper.refresh_from_db()
    assert (paper.drawing, LongJob.objects.get().stage) == (Drawing.DRAWN, Stage.DONE)
    assert Entry.objects.filter(action="paper.draw").count() == 1


@pytest.mark.django_db
def test_a_key_that_cannot_be_used_is_told(monkeypatch, caplog):
    def unusable(paper, pdf):
        raise KeyUnusable("the key of the agency")

    paper = long_paper()
    monkeypatch.setattr("documents.long_papers.sealed", unusable)
    monkeypatch.setattr(render, "draw_apart", lambda *facts, **how: b"%PDF")
    hand_over_long()

    run_waiting(60)

    paper.refresh_from_db()
    assert (paper.drawing, paper.draw_error) == (Drawing.FAILED, "the key of the agency")


@pytest.mark.django_db
def test_a_worker_lost_after_the_laying_out_does_not_lay_out_again(monkeypatch):
    paper = long_paper()
    hand_over_long()
    monkeypatch.setattr(LongDrawing, "seal", broken)
    with pytest.raises(ZeroDivisionError):
        run_waiting(60)
    monkeypatch.undo()
    monkeypatch.setattr(render, "draw_apart", broken)

    run_waiting(60)

    paper.refresh_from_db()
    assert paper.drawing == Drawing.DRAWN


def broken(*handed, **named):
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_limit_that_was_passed_is_told_and_can_be_tried_again(monkeypatch, caplog):
    paper = long_paper()
    monkeypatch.setattr(render, "MAX_PAGES", 3)
    children.dismiss()
    hand_over_long()

    run_waiting(60)

    paper.refresh_from_db()
    assert (paper.drawing, paper.draw_error) == (Drawing.FAILED, "more than 3 pages")
    assert LongJob.objects.get().stage == Stage.FAILED
    monkeypatch.undo()
    children.dismiss()
    draw_again(paper.pk)
    run_waiting(60)
    paper.refresh_from_db()
    assert (paper.drawing, LongJob.objects.get().stage) == (Drawing.DRAWN, Stage.DONE)


@pytest.mark.django_db
def test_an_edited_paper_is_drawn_as_it_stands_now():
    paper = long_paper()
    hand_over_long()
    OfficialDocument.objects.update(facts_sha256="ab" * 32)
    hand_over_long()

    run_waiting(60)

    assert set(LongJob.objects.values_list("stage", flat=True)) == {Stage.DONE}
    assert Entry.objects.filter(action="paper.draw").count() == 1
    paper.refresh_from_db()
    assert paper.drawing == Drawing.DRAWN


@pytest.mark.django_db
def test_its_page_says_how_far_it_is_and_how_to_go_on(client):
    paper = long_paper()
    hand_over_long()
    job = LongJob.objects.get()
    LongJob.objects.update(percent=57, words="Đang dàn trang 34")
    client.force_login(paper.created_by)
    address = reverse("documents:preview", args=[paper.ref])

    html = client.get(address).content.decode()

    assert "Đang dàn trang 34" in html
    assert f'href="{job.get_absolute_url()}">Tiến độ công việc</a>' in html
    assert '<meta http-equiv="refresh" content="5">' in html
    client.post(reverse("jobs:stop", args=[job.ref]))
    html = client.get(address).content.decode()
    assert "Chưa lập được tệp." in html
    assert "http-equiv" not in html
    client.post(reverse("documents:draw_again", args=[paper.ref]))
    assert LongJob.objects.get().stage == Stage.WAITING


def with_logs_set_up(seconds: float) -> None:
    """Setting up logs empties the handlers of every logger beneath those it names."""
    dictConfig(settings.LOGGING)
    run_waiting(seconds)


def started():
    """A worker of its own, as Celery would fork one."""
    connection.close()
    worker = CONTEXT.Process(target=with_logs_set_up, args=(60,))
    worker.start()
    return worker

"""The page of long work: its owner's alone, quiet when it ends, of use without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs import actions
from jobs.kinds import Part, PartFailed
from jobs.models import LongJob
from jobs.running import run_waiting
from jobs.shown import in_words
from jobs.stages import Stage
from notifications.models import Notice
from organisation import doorbell
from tests.factories.jobs import KIND, known_as, make_job, plan_of, without_a_beat
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
RELOAD = '<meta http-equiv="refresh" content="5">'


@pytest.fixture(autouse=True)
def _nobody_is_rung(monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda tasks: None)


@pytest.fixture
def job(client):
    job = make_job()
    client.force_login(job.owner)
    return job


def page(client, job, **query):
    headers = {"HX-Request": "true"} if query else {}
    return client.get(job.get_absolute_url(), query, headers=headers).content.decode()


def running_since(job, seconds_ago: int = 0, percent: int = 57) -> None:
    """As a worker would have left the row."""
    facts = {"percent": percent, "words": "Đang tổng hợp 34/60 cơ quan", "holder": "host:1:a"}
    steps = [{"label": "Tổng hợp số liệu", "done": 34, "all": 60, "failed": 0, "now": True}]
    now = timezone.now()
    LongJob.objects.filter(pk=job.pk).update(
        stage=Stage.RUNNING, steps=steps, started=now, beat_at=now, **facts
    )
    without_a_beat(job, seconds_ago)


def test_it_says_how_far_the_work_is_and_asks_again(client, job):
    running_since(job)

    html = page(client, job)

    assert "<h1" in html
    assert "Đang tổng hợp 34/60 cơ quan" in html
    assert 'value="57"' in html
    assert "34/60" in html.partition("Tổng hợp số liệu</span>")[2]
    assert f'hx-get="{job.get_absolute_url()}?da-doc=50" hx-trigger="every 2s"' in html
    assert RELOAD in html.partition("</head>")[0].partition("<noscript>")[2]
    for label in ("Chạy nền", "Dừng"):
        assert f">{label}</button>" in html


def test_a_mark_that_was_passed_is_read_aloud_once(client, job):
    running_since(job)

    first, second = page(client, job, **{"da-doc": 25}), page(client, job, **{"da-doc": 50})

    assert f'<div hx-swap-oob="innerHTML:#loi-bao">{job.title}: 50%.</div>' in first
    assert "hx-swap-oob" not in second
    assert "<html" not in first


def test_after_a_minute_it_asks_more_seldom(client, job):
    running_since(job)
    LongJob.objects.update(asked_at="2022-03-01T00:00:00Z")

    assert 'hx-trigger="every 10s"' in page(client, job)


def test_it_is_quiet_when_the_work_has_ended(client, job, monkeypatch):
    known_as(KIND, plan_of([Part("a")]), monkeypatch)
    run_waiting(20)

    html = page(client, job, **{"da-doc": 75})
    whole = page(client, job)

    assert "Đã xong sau" in html
    assert '<a class="btn btn-primary" href="/bao-cao/1/" data-primary>Mở dự thảo</a>' in html
    assert 'hx-swap-oob="innerHTML:#loi-bao">Đã xong sau' in html
    assert "hx-trigger" not in html
    assert RELOAD not in whole
    assert "Dừng</button>" not in whole


def test_a_lost_worker_is_told_with_a_way_on(client, job):
    running_since(job, seconds_ago=61)
    lost = timezone.localtime(LongJob.objects.get().beat_at)

    html = page(client, job)

    assert f"Công việc bị gián đoạn lúc {lost:%H:%M}.</b> Không mất dữ liệu." in html
    assert ">Chạy lại</button>" in html


def test_parts_that_failed_are_named_and_tried_again(client, job, monkeypatch):
    def fail(course):
        raise PartFailed("Cơ quan chưa có số liệu.")

    known_as(KIND, plan_of([Part("a", work=fail, name="Sở Nội vụ"), Part("b")]), monkeypatch)
    run_waiting(20)
    html = " ".join(page(client, job).split())
    assert "<li> Sở Nội vụ: Cơ quan chưa có số liệu. </li>" in html
    assert ">Thử lại phần lỗi</button>" in html
    known_as(KIND, plan_of([Part("a"), Part("b")]), monkeypatch)

    answer = client.post(reverse("jobs:again", args=[job.ref]))

    assert answer.url == job.get_absolute_url()
    run_waiting(20)
    assert "chưa làm được" not in page(client, job)


def test_stop_is_asked_and_done(client, job):
    running_since(job)

    client.post(reverse("jobs:stop", args=[job.ref]))

    assert "Đang dừng." in page(client, job)
    running_since(job, seconds_ago=61)  # its worker is gone: nobody would stop it
    client.post(reverse("jobs:stop", args=[job.ref]))
    assert "Đã dừng ở 57%." in page(client, job)


def test_work_in_the_background_tells_when_it_is_done(client, job, monkeypatch):
    known_as(KIND, plan_of([Part("a")]), monkeypatch)

    answer = client.post(reverse("jobs:background", args=[job.ref]), follow=True)
    run_waiting(20)

    assert "Sẽ báo khi xong. Có thể đóng trang này." in answer.content.decode()
    notice = Notice.objects.get()
    assert (notice.recipient, notice.url) == (job.owner, job.get_absolute_url())
    assert notice.subject == "Đã xong việc chạy nền"


def test_work_that_was_watched_tells_nothing_more(client, job, monkeypatch):
    known_as(KIND, plan_of([Part("a")]), monkeypatch)
    run_waiting(20)

    answer = client.post(reverse("jobs:background", args=[job.ref]))

    assert (Notice.objects.count(), answer.url) == (0, job.get_absolute_url())


@pytest.mark.parametrize("name", ["detail", "stop", "again", "background"])
def test_others_find_nothing(client, name):
    job = make_job()
    client.force_login(make_user())
    send = client.get if name == "detail" else client.post

    assert send(reverse(f"jobs:{name}", args=[job.ref])).status_code == 404
    assert LongJob.objects.get().is_stop_asked is False
    assert actions.again(job.pk).stage == Stage.WAITING


@pytest.mark.parametrize(
    ("stage", "shown", "said"),
    [
        (Stage.INTERRUPTED, "Công việc bị gián đoạn lúc", "Bị gián đoạn."),
        (Stage.FAILED, "Chưa làm được.</b> Nội dung đã lưu không bị mất.", "Chưa làm được."),
    ],
)
def test_an_end_without_a_result_is_said_too(client, job, stage, shown, said):
    running_since(job)
    LongJob.objects.update(stage=stage, holder="", ended=timezone.now())

    html = page(client, job, **{"da-doc": 50})

    assert shown in html
    assert f'innerHTML:#loi-bao">{said}</div>' in html
    assert ">Chạy lại</button>" in html


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 giây"),
        (59, "59 giây"),
        (125, "2 phút 5 giây"),
        (180, "3 phút"),
        (3905, "1 giờ 5 phút"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words

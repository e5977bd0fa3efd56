"""Entries as people read them."""

from uuid import uuid4

import pytest
from django.db.transaction import atomic
from django.urls import reverse

from journal import timeline as timelines
from journal.actions import keep, record
from journal.timeline import Label, Page, register_labels, timeline
from organisation.stages import Role
from tests.factories.journal import make_entry, make_stream
from tests.factories.organisation import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    monkeypatch.setattr(timelines, "labels", {})
    monkeypatch.setattr(timelines, "gates", {})
    register_labels(
        {
            "proposal.submit": ("gửi đề xuất", "send", "blue", "decision"),
            "opinion.give": Label("cho ý kiến", kind="opinion"),
        }
    )


@pytest.fixture
def stream():
    """Seven entries: five by the system, then one sent, then one opinion."""
    name = make_stream()
    person = make_user(role=Role.AGENCY_HEAD, unit=make_unit(), full_name="Trần Thị Ví Dụ")
    for _ in range(5):
        make_entry(stream=name, action="deadline.remind")
    make_entry(stream=name, by=person, before="draft", after="submitted")
    opinion = keep("opinion", name, {"quote": "Đồng ý cho làm thử."})
    record("opinion.give", stream=name, by=person, content=opinion)
    return name


def test_item_says_who_did_what_when_in_whose_words(stream):
    opinion, sent, *rest = timeline(stream).items

    assert opinion.who == "Trần Thị Ví Dụ (Giám đốc Sở)"
    assert (opinion.verb, opinion.quote) == ("cho ý kiến", "Đồng ý cho làm thử.")
    assert sent.label == Label("gửi đề xuất", "send", "blue", "decision")
    assert (sent.before, sent.after, sent.quote) == ("draft", "submitted", "")
    assert [item.who for item in rest] == ["Hệ thống"] * 3
    assert [item.is_system for item in (opinion, rest[0])] == [False, True]
    assert rest[0].verb == "cập nhật hồ sơ"


def test_five_newest_then_the_older_ones(stream):
    first = timeline(stream)
    second = timeline(stream, before=first.older)

    assert ([item.seq for item in first.items], first.total) == ([7, 6, 5, 4, 3], 7)
    assert ([item.seq for item in second.items], second.older) == ([2, 1], None)


def test_what_the_reader_may_not_know_is_neither_shown_nor_counted(stream):
    page = timeline(stream, hidden={"opinion.give"})

    assert ([item.seq for item in page.items], page.total) == ([6, 5, 4, 3, 2], 6)


def test_words_the_reader_may_not_read_are_left_out(stream):
    [opinion, *_] = timeline(stream, unquoted={"opinion.give"}).items

    assert (opinion.seq, opinion.quote) == (7, "")


def test_one_kind_of_events(stream):
    assert [item.seq for item in timeline(stream, kind="decision").items] == [6]


def test_empty_stream_is_an_empty_page():
    assert timeline(make_stream()) == Page([], 0, None)


@pytest.mark.parametrize(("size", "queries"), [(1, 3), (3, 3), (7, 2)])
def test_statements_do_not_grow_with_the_page(stream, size, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):  # the last page knows how many there are
        assert len(timeline(stream, size=size).items) == size


@pytest.fixture
def reported():
    """A report that its entry numbers, in the stream of a case with a page for it."""
    name = f"proposal:{uuid4()}"
    register_labels(
        {
            "report.send": Label(
                lambda data: f"gửi báo cáo kỳ {data['number']}", link=("pilots:report", "number")
            )
        },
        opens=lambda user, stream: stream == name and user.username.startswith("doc"),
    )
    with atomic():
        record("report.send", stream=name, by=None, number=3)
    return name


def test_words_name_the_numbers_of_the_entry(reported):
    [item] = timeline(reported).items

    assert (item.verb, item.url) == ("gửi báo cáo kỳ 3", "")


def test_an_entry_leads_to_its_page_for_those_who_may_open_it(reported):
    reader, other = make_user(username="doc.gia"), make_user(username="nguoi.ngoai")
    [open_to] = timeline(reported, reader=reader).items
    [closed_to] = timeline(reported, reader=other).items

    case = reported.partition(":")[2]
    assert open_to.url == reverse("pilots:report", args=[case, 3])
    assert closed_to.url == ""


def test_an_entry_that_does_not_name_its_object_leads_nowhere(reported):
    label = Label("gửi báo cáo", link=("pilots:report", "number"))

    assert label.address(reported, {}) == ""

"""After a letter was sent: tasks of the agencies, answers, reminders, the end."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from freezegun import freeze_time

from deadlines.models import Clock
from documents.actions import store_upload
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.stages import Role
from reporting.urging.actions import drafting
from reporting.urging.actions.answering import Answer, answer, close, remind
from reporting.urging.actions.base import UrgingRefused
from tests.factories.documents import make_upload
from tests.factories.organisation import sign_in
from tests.factories.urging import make_drafts, make_late, make_office, make_sent, reread

pytestmark = pytest.mark.django_db
FIRST = "2021-11-04 02:15"
DONE = Answer("Đã thực hiện xong cả hai việc.", "15/STNMT-VP")


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with freeze_time(FIRST):
        return make_office()


@pytest.fixture
def sent(house):
    """One letter to the department and the district."""
    with freeze_time(FIRST):
        for agency in (house.department, house.district):
            make_late(agency)
        until = date(2021, 11, 11)
        return make_sent(house, house.department, house.district, answer_by=until, together=True)


def row_of(dispatch, agency):
    return dispatch.urged.get(agency=agency)


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("subject", flat=True))


@freeze_time(FIRST)
def test_each_agency_gets_a_task_until_the_day_and_is_told(house, sent):
    tasks = Clock.objects.of_subject("urging", sent.ref).open().order_by("pk")

    assert [(one.holder_unit, one.holder_role, one.due_on) for one in tasks] == [
        (house.department, Role.AGENCY_FOCAL, date(2021, 11, 11)),
        (house.district, Role.AGENCY_FOCAL, date(2021, 11, 11)),
    ]
    assert [one.url for one in tasks] == [sent.get_absolute_url()] * 2
    for person in (house.head, house.focal, house.district_head):
        assert "Công văn đôn đốc số 01/SNV" in told(person)
    assert told(house.official) == []


@freeze_time(FIRST)
def test_answering_closes_the_task_and_the_last_answer_ends_the_waiting(house, sent):
    file = store_upload(make_upload(), stream=sent.stream, by=house.clerk)

    answer(row_of(sent, house.department).pk, Answer(DONE.text, files=[file]), by=house.clerk)

    first = row_of(sent, house.department)
    assert (reread(sent).state, first.clock.outcome) == ("sent", "answered")
    assert (first.answered_by, list(first.files.all())) == (house.clerk, [file])
    assert row_of(sent, house.district).clock.is_open
    answer(row_of(sent, house.district).pk, DONE, by=house.district_head)
    assert reread(sent).state == "answered"
    assert told(house.home_affairs_officer).count("Đã có trả lời công văn đôn đốc số 01/SNV") == 2


@freeze_time(FIRST)
def test_an_answer_is_given_once_and_by_the_agency_alone(house, sent):
    row = row_of(sent, house.department)
    for stranger in (house.official, house.district_head, house.home_affairs_officer, house.admin):
        with pytest.raises(PermissionDenied):
            answer(row.pk, DONE, by=stranger)

    answer(row.pk, DONE, by=house.focal)

    with pytest.raises(Conflict) as conflict:
        answer(row.pk, DONE, by=house.head)
    assert conflict.value.who == house.focal.full_name


def test_reminded_once_a_week_at_most_and_only_who_is_silent(house, sent):
    officer = house.home_affairs_officer
    with freeze_time(FIRST):
        answer(row_of(sent, house.district).pk, DONE, by=house.district_head)
        assert remind(sent.pk, by=officer) == 1
    with freeze_time("2021-11-10 09:00"), pytest.raises(UrgingRefused, match="từ ngày 11/11/2021"):
        remind(sent.pk, by=officer)
    with freeze_time("2021-11-11 09:00"):
        assert remind(sent.pk, by=officer) == 1

    assert told(house.head).count("Nhắc lại công văn đôn đốc số 01/SNV") == 2
    assert "Nhắc lại công văn đôn đốc số 01/SNV" not in told(house.district_head)


@freeze_time(FIRST)
def test_closing_stops_what_is_open(house, sent):
    close(sent.pk, by=house.home_affairs_officer)

    assert not Clock.objects.of_subject("urging", sent.ref).open().exists()
    with pytest.raises(Conflict):
        answer(row_of(sent, house.department).pk, DONE, by=house.head)


@freeze_time(FIRST)
def test_only_the_officer_drafts_changes_cancels_reminds_and_closes(house, sent):
    make_late(house.section)
    people = [house.home_affairs_lead, house.home_affairs_head, house.head, house.admin]
    for person in people:
        with pytest.raises(PermissionDenied):
            drafting.draft(drafting.Choice([house.department], date(2021, 11, 11)), by=person)
        for deed in (remind, close):
            with pytest.raises(PermissionDenied):
                deed(sent.pk, by=person)


@freeze_time(FIRST)
def test_an_agency_sees_its_own_answer_and_no_other(client, house, sent):
    answer(row_of(sent, house.department).pk, DONE, by=house.clerk)

    own = sign_in(client, house.head).get(sent.get_absolute_url()).content.decode()
    other = sign_in(client, house.district_head).get(sent.get_absolute_url()).content.decode()
    office = sign_in(client, house.home_affairs_lead).get(sent.get_absolute_url()).content.decode()

    assert DONE.text in own
    assert DONE.text not in other
    assert DONE.text in office
    assert "Đã trả lời 1/2" in office
    assert "Đã trả lời 1/2" not in other


@freeze_time(FIRST)
@pytest.mark.parametrize("name", ["dispatch", "answer", "change", "remind"])
def test_a_draft_is_there_for_the_office_alone(client, house, name):
    make_late(house.department)
    draft = make_drafts(house, house.department)[0]
    page = reverse(f"reporting:urging_{name}", args=[draft.ref])
    file = reverse("documents:paper", args=[draft.paper.ref])

    for person in (house.head, house.clerk, house.official, house.chairman, house.inspector):
        sign_in(client, person)
        assert client.get(page).status_code == 404
        assert client.get(file).status_code == 404
    sign_in(client, house.home_affairs_head)
    assert client.get(file).status_code == 200

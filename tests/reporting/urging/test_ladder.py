"""Letter, second letter, report to the Chairman: nobody gets a rung twice, none is left out."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from freezegun import freeze_time

from deadlines.actions import stop
from documents.actions import issuing, recalling, signing
from documents.stages import PaperKind
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.days import today
from organisation.stages import Role
from reporting.urging.actions import drafting
from reporting.urging.actions.answering import Answer, answer, close
from reporting.urging.actions.base import UrgingRefused
from reporting.urging.ladder import standings
from reporting.urging.models import UrgedAgency, UrgingDispatch
from tests.factories.organisation import make_user, sign_in
from tests.factories.urging import (
    make_drafts,
    make_late,
    make_office,
    make_sent,
    reread,
)
from tests.journal.crowd import CONTEXT, LIMIT_SECONDS, all_at_once
from tests.reading import words_of

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "2021-11-04 02:15", "2021-11-15 02:15", "2021-11-26 02:15"
CROWD = 6
ASKED = {FIRST: date(2021, 11, 11), SECOND: date(2021, 11, 22), THIRD: date(2021, 12, 3)}


@pytest.fixture
def house():
    with freeze_time(FIRST):
        return make_office()


def rung_of(house, agency=None):
    agency = agency or house.department
    stand = standings([agency.pk], today())[agency.pk]
    return stand.series, stand.rung, stand.why_not


def send_at(moment, house, *agencies, **over):
    with freeze_time(moment):
        return make_sent(house, *(agencies or [house.department]), answer_by=ASKED[moment], **over)


def test_second_names_first_and_the_third_goes_to_the_chairman(house):
    with freeze_time(FIRST):
        late = make_late(house.department)
        assert rung_of(house) == (1, 1, "")
    first = send_at(FIRST, house)
    with freeze_time(FIRST):
        assert rung_of(house) == (1, 2, "Chưa hết hạn trả lời (11/11/2021).")

    second = send_at(SECOND, house)
    third = send_at(THIRD, house)

    assert [one.rung for one in (first, second, third)] == [1, 2, 3]
    assert [one.number for one in (first, second)] == ["01/SNV", "02/SNV"]
    said = words_of(second.paper)
    assert "(lần 2)" in said
    assert (
        "Sở Nội vụ đã đôn đốc tại Công văn số 01/SNV ngày 04 tháng 11 năm 2021; đến nay chưa nhận "
        "được trả lời." in said
    )
    assert (third.paper.kind, third.number) == (PaperKind.REPORT, "03/BC-SNV")
    said = words_of(third.paper)
    assert third.paper.facts["addressees"] == ["Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận"]
    assert "Công văn số 01/SNV ngày 04 tháng 11 năm 2021; Công văn số 02/SNV" in said
    assert "- Sở Tài nguyên và Môi trường (để thực hiện);" in said
    assert late.title in said
    assert list(UrgingDispatch.objects.visible_to(house.chairman)) == [third]
    told = Notice.objects.of(house.chairman).values_list("subject", flat=True)
    assert list(told) == ["Báo cáo số 03/BC-SNV"]
    with freeze_time(THIRD):
        assert rung_of(house) == (1, 3, "Đã báo cáo Chủ tịch ngày 26/11/2021.")
        with pytest.raises(UrgingRefused, match="Đã báo cáo Chủ tịch"):
            make_drafts(house, house.department)


def test_a_report_to_the_chairman_asks_for_no_answer_and_offers_no_way(house, client):
    with freeze_time(FIRST):
        make_late(house.department)
    send_at(FIRST, house)
    send_at(SECOND, house)
    chosen = {"co_quan": [str(house.department.ref)]}
    with freeze_time(THIRD):
        officer = sign_in(client, house.home_affairs_officer)
        page = officer.post(reverse("reporting:urging_create"), chosen).text
        said = {"key": str(uuid.uuid4()), "way": "rieng", "note": ""}
        officer.post(reverse("reporting:urging_create"), chosen | said)

    assert 'name="answer_by"' not in page
    assert 'type="hidden" name="way" value="rieng"' in page
    third = UrgingDispatch.objects.latest("pk")
    assert (third.is_report, third.answer_by) == (True, None)


def test_what_was_answered_and_not_done_is_urged_again_and_said_so(house):
    with freeze_time(FIRST):
        make_late(house.department)
    first = send_at(FIRST, house)
    with freeze_time("2021-11-08 03:00"):
        answer(first.urged.get().pk, Answer("Sẽ hoàn thành trong tuần."), by=house.clerk)

    second = send_at(SECOND, house)

    said = words_of(second.paper)
    assert "đã nhận được trả lời ngày 08/11/2021 nhưng các việc sau chưa hoàn thành" in said


def test_a_new_series_begins_when_what_was_urged_is_settled_or_closed(house):
    with freeze_time(FIRST):
        settled, other = make_late(house.department), make_late(house.district)
    send_at(FIRST, house)
    to_close = send_at(FIRST, house, house.district)
    with freeze_time(SECOND), transaction.atomic():
        assert rung_of(house) == (1, 2, "")
        stop(settled, today(), "decided")
        make_late(house.department)
        close(to_close.pk, by=house.home_affairs_officer)

        assert rung_of(house) == (2, 1, "")
        assert rung_of(house, house.district) == (2, 1, "")
        assert other.stopped_on is None


def test_a_recalled_letter_gives_its_rung_back(house):
    with freeze_time(FIRST):
        make_late(house.department)
    first = send_at(FIRST, house)
    with freeze_time(FIRST):
        task = first.urged.get().clock
        recalling.recall(first.paper_id, "Ghi sai nơi nhận.", by=house.home_affairs_clerk)
        task.refresh_from_db()

        assert (reread(first).state, task.outcome) == ("cancelled", "recalled")
        assert rung_of(house) == (1, 1, "")


@freeze_time(FIRST)
def test_a_letter_replaced_by_another_stays_on_its_rung(house):
    make_late(house.department)
    dispatch = make_sent(house, house.department, answer_by=ASKED[FIRST])
    officer, head = house.home_affairs_officer, house.home_affairs_head
    better = recalling.draft_replacement(dispatch.paper_id, by=officer)
    signing.send(better.pk, by=officer, signer=head)
    signing.sign(better.pk, by=head)
    issuing.issue(better.pk, by=house.home_affairs_clerk)

    dispatch = reread(dispatch)

    assert (dispatch.state, dispatch.number) == ("sent", "02/SNV")
    assert rung_of(house)[:2] == (1, 2)
    assert dispatch.urged.get().items.count() == 1


@freeze_time(FIRST)
def test_the_rungs_of_a_batch_are_letters_of_their_own(house):
    for agency in (house.department, house.district, house.section):
        make_late(agency)

    apart = make_drafts(house, house.department, house.district)
    for one in apart:
        drafting.cancel(one.pk, by=house.home_affairs_officer)
    together = make_drafts(house, house.department, house.district, together=True)

    assert [one.urged.count() for one in apart] == [1, 1]
    assert len({one.batch for one in apart}) == 1
    assert [one.urged.count() for one in together] == [2]


@freeze_time(FIRST)
def test_the_superior_the_office_itself_and_who_is_not_late_get_no_letter(house):
    for agency in (house.unit, house.home_affairs):
        make_late(agency)

    for agency, why in (
        (house.unit, "Cơ quan cấp trên"),
        (house.home_affairs, "Cơ quan đôn đốc"),
        (house.department, "không còn việc quá hạn"),
    ):
        with pytest.raises(UrgingRefused, match=why):
            make_drafts(house, agency)
    assert not UrgingDispatch.objects.exists()


@freeze_time(FIRST)
def test_an_officer_who_comes_second_learns_who_was_first(house):
    make_late(house.department)
    make_drafts(house, house.department)

    with pytest.raises(Conflict) as conflict:
        make_drafts(house, house.department)

    assert conflict.value.who == house.home_affairs_officer.full_name
    assert UrgedAgency.objects.count() == 1


@freeze_time(FIRST)
def test_the_database_gives_nobody_a_rung_twice(house):
    make_late(house.department)
    row = make_drafts(house, house.department)[0].urged.get()
    other = make_drafts(house, *_late_at(house.district))[0]
    again = {"agency": row.agency, "agency_name": row.agency_name, "series": 1, "rung": 1}

    with pytest.raises(IntegrityError, match="urging_rung_once"), transaction.atomic():
        UrgedAgency.objects.create(dispatch=other, **again)
    UrgedAgency.objects.create(dispatch=other, **again, is_dropped=True)  # given up: no rung


def _late_at(agency):
    make_late(agency)
    return [agency]


def _unlocked(agencies):
    return sorted(agencies, key=lambda one: one.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="locks are proven on PostgreSQL")
class TestAtOnce:
    """Two officers choose the same agencies in the same moment."""

    def crowd(self):
        house = make_office()
        for agency in (house.department, house.district):
            make_late(agency)
        second = make_user(role=Role.HOME_AFFAIRS_OFFICER, unit=house.home_affairs)
        agencies = [house.department, house.district]
        until = date(2100, 1, 4)

        def by(officer, chosen):
            return lambda: len(drafting.draft(drafting.Choice(chosen, until), by=officer))

        ways = (agencies, agencies[::-1])  # in the other order too: no deadlock
        officers = (house.home_affairs_officer, second)
        return all_at_once([by(one, ways[n % 2]) for n, one in enumerate(officers * (CROWD // 2))])

    def test_one_of_them_drafts_and_the_others_are_told(self):
        answers = self.crowd()

        assert [one for one in answers if one == 2] == [2]
        assert [type(one) for one in answers if one != 2] == [Conflict] * 5
        rungs = UrgedAgency.objects.values_list("agency_id", "series", "rung")
        assert len(rungs) == len(set(rungs)) == 2

    def test_control_without_the_lock_the_constraint_refuses(self, monkeypatch):
        gate = CONTEXT.Barrier(CROWD)

        def seen(agencies, on):
            found = standings(agencies, on)
            gate.wait(LIMIT_SECONDS)  # nobody writes before all have read
            return found

        monkeypatch.setattr(drafting, "_locked_agencies", _unlocked)
        monkeypatch.setattr(drafting, "standings", seen)

        answers = self.crowd()

        assert sorted(str(type(one)) for one in answers if one != 2) == [str(IntegrityError)] * 5
        rungs = UrgedAgency.objects.values_list("agency_id", "series", "rung")
        assert len(rungs) == len(set(rungs)) == 2

"""What a letter says: the annex is the list of the page at the minute of the signature."""

import re
from datetime import date

import pytest
from django.urls import reverse
from freezegun import freeze_time

from deadlines.actions import pause, stop
from deadlines.models import DeadlineRule
from deadlines.parties import Holder
from documents.actions import issuing, signing
from documents.actions.base import Refused
from organisation.days import today
from organisation.templatetags.portal import vn_date
from reporting.urging.actions.drafting import cancel
from reporting.urging.models import UrgedItem
from reporting.urging.stages import UrgingState
from tests.documents.measuring import paper as drawn
from tests.factories.deadlines import make_subject
from tests.factories.organisation import sign_in
from tests.factories.urging import (
    make_drafts,
    make_late,
    make_office,
    make_waiting,
    reread,
    sign,
)
from tests.reading import words_of

pytestmark = pytest.mark.django_db
NOVEMBER_4 = "2021-11-04 02:15"  # 09:15 in Vietnam
OWN_RULE = "Quy định của dự án, chờ tỉnh ban hành"
HEAD = "Người đứng đầu"


@pytest.fixture
def house():
    return make_office()


def rows(dispatch, annex=0):
    """The lines of an annex of the paper: number, what, case, who, by when, days late, ground."""
    return dispatch.paper.facts["annexes"][annex]["body"][0]["rows"]


def named(clock):
    return f"{clock.code} – {clock.title}"


def shown_on(page):
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def done(clock):
    return stop(clock, today(), "decided")


@freeze_time(NOVEMBER_4)
def test_the_annex_is_the_page_at_the_minute_of_the_signature(client, house):
    stays = make_late(house.department, on=date(2021, 10, 20))
    settled = make_late(house.department, on=date(2021, 10, 18))
    dispatch = make_waiting(house, house.department)
    assert [row[2] for row in rows(dispatch)] == [named(settled), named(stays)]
    done(settled)
    came = make_late(house.department, "INTAKE", on=date(2021, 10, 26), verb="Tiếp nhận đề xuất")
    page = sign_in(client, house.home_affairs_officer).get(
        reverse("reporting:urging_items", args=[house.department.ref])
    )

    dispatch = sign(house, dispatch)

    assert rows(dispatch) == [
        ["1", "Tiếp nhận đề xuất", named(came), HEAD, "28/10/2021", "5"],
        ["2", "Quyết định đề xuất", named(stays), HEAD, "29/10/2021", "4"],
    ]
    assert OWN_RULE not in str(dispatch.paper.facts)  # no letter cites what the project set
    shown = shown_on(page)
    places = [shown.index(f"{clock.code} · {clock.title}") for clock in (came, stays)]
    assert places == sorted(places)
    for row, clock in zip(rows(dispatch), (came, stays), strict=True):
        assert f"Quá {row[5]} ngày" in shown
        assert vn_date(clock.due_on) == row[4]
    assert settled.code not in shown
    kept = UrgedItem.objects.filter(urged__dispatch=dispatch).order_by("place")
    assert [(item.clock, item.days_late) for item in kept] == [(came, 5), (stays, 4)]
    said = words_of(dispatch.paper)
    assert "Tính đến 09 giờ 15, ngày 04 tháng 11 năm 2021" in said
    assert "có 02 việc quá hạn, việc quá hạn lâu nhất là 05 ngày làm việc" in said


@freeze_time(NOVEMBER_4)
def test_an_agency_that_settled_all_is_left_out_of_a_letter_to_many(house):
    first, second = make_late(house.department), make_late(house.district)
    dispatch = make_waiting(house, house.department, house.district, together=True)
    assert dispatch.paper.facts["addressees"] == [
        "Sở Tài nguyên và Môi trường",
        "Ủy ban nhân dân huyện Ninh Sơn",
    ]
    done(first)

    dispatch = sign(house, dispatch)

    assert dispatch.paper.facts["addressees"] == ["Ủy ban nhân dân huyện Ninh Sơn"]
    assert [row[2] for row in rows(dispatch)] == [named(second)]
    assert len(dispatch.paper.facts["annexes"]) == 1
    assert [row.agency for row in dispatch.urged.live()] == [house.district]
    copies = issuing.issue(dispatch.paper_id, by=house.home_affairs_clerk).sent_copies.all()
    assert [copy.unit for copy in copies.order_by("place")] == [house.district, house.unit]


def test_where_nothing_is_late_any_more_nobody_signs(house):
    late = make_late(house.department)
    dispatch = make_waiting(house, house.department)
    done(late)

    with pytest.raises(Refused, match="không còn việc quá hạn"):
        signing.sign(dispatch.paper_id, by=house.home_affairs_head)

    assert not UrgedItem.objects.exists()
    assert reread(dispatch).state == UrgingState.WAITING


def test_what_is_given_back_after_the_signature_is_counted_anew(house):
    settled, stays = make_late(house.department), make_late(house.department)
    dispatch = sign(house, make_waiting(house, house.department))
    assert UrgedItem.objects.count() == 2
    signing.send_back(dispatch.paper_id, "Sai tên cơ quan nhận.", by=house.home_affairs_clerk)
    assert not UrgedItem.objects.exists()
    done(settled)

    signing.send(dispatch.paper_id, by=house.home_affairs_officer, signer=house.home_affairs_head)
    dispatch = sign(house, dispatch)

    assert [row[2] for row in rows(dispatch)] == [named(stays)]


def test_no_letter_names_what_is_personal_sealed_paused_or_of_nobody(house):
    shown = make_late(house.department)
    make_late(house.department, "SUPPLEMENT", holder=Holder.person(house.official))
    make_late(house.department, "ABUSE_VERIFY", subject=make_subject("abuse"))
    make_late(house.department, "LIABILITY_DECISION", subject=make_subject("liability"))
    make_late(house.department, "LIABILITY_FACTS", subject=make_subject("evaluation"))
    pause(make_late(house.department), "chờ bổ sung", today())
    in_the_section = make_late(house.section)

    dispatch = make_drafts(house, house.department)[0]

    assert {row[2] for row in rows(dispatch)} == {named(shown), named(in_the_section)}


def test_a_term_that_nobody_verified_is_shown_and_chosen_only_by_hand(client, house):
    DeadlineRule.objects.filter(code="OPINION").update(source_status="unverified")
    sure, unsure = make_late(house.department), make_late(house.department, "OPINION")
    make_late(house.district, "OPINION")

    plain = make_drafts(house, house.department)[0]
    sign_in(client, house.home_affairs_officer)
    page = client.get(reverse("reporting:urging_items", args=[house.department.ref]))
    everything = client.get(reverse("reporting:urging_create"), {"ca_danh_sach": 1})

    assert [row[2] for row in rows(plain)] == [named(sure)]
    assert "Chưa xác minh: không tự đưa vào phụ lục" in shown_on(page)
    assert everything.status_code == 302  # no agency of the list urges by itself
    by_hand = make_drafts(house, house.district, with_unverified=True)[0]
    assert rows(by_hand)[0][6] == f"{OWN_RULE} (chưa xác minh)"
    assert unsure.code not in str(plain.paper.facts)


def test_a_letter_to_many_tells_no_agency_the_cases_of_another(house):
    titles = [make_late(one).title for one in (house.department, house.district)]

    apart = make_drafts(house, house.department)[0]
    assert titles[0] in str(apart.paper.facts)
    cancel(apart.pk, by=house.home_affairs_officer)
    assert reread(apart).paper.state == "cancelled"
    together = make_drafts(house, house.department, house.district, together=True)[0]

    assert not [title for title in titles if title in str(together.paper.facts)]
    assert [len(rows(together, annex)[0]) for annex in (0, 1)] == [6, 6]


@freeze_time(NOVEMBER_4)
def test_the_letter_as_it_is_drawn(house):
    make_late(house.department, on=date(2021, 10, 20))
    make_late(house.department, "INTAKE", on=date(2021, 10, 26), verb="Tiếp nhận đề xuất")
    dispatch = sign(house, make_waiting(house, house.department))

    letter = drawn("urging letter", dispatch.paper.facts)

    assert letter.row("Kính gửi:").text == "Kính gửi: Sở Tài nguyên và Môi trường"
    assert letter.row("Số:").text.endswith("/SNV")
    assert letter.row("V/v đôn đốc").is_bold is False
    annex = letter.row("Phụ lục")
    assert (annex.is_bold, annex.page) == (True, 2)
    wide, high = letter.pages[1]
    assert wide > high  # the annex lies on its side
    assert letter.text.count("./.") == 2  # once for the letter, once for the annex
    assert "29/10/2021" in letter.text

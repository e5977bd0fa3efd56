"""The menu: only pages that exist, only for those who have business there."""

import pytest
from django.urls import reverse

from organisation.days import today
from organisation.models import Delegation
from organisation.stages import DelegationSubject, Role
from reporting.navigation import MENU
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.reporting import make_task

pytestmark = pytest.mark.django_db

OWN = ["Việc của tôi", "Đề xuất của tôi", "Tạo đề xuất"]
ENTRIES = {
    Role.PROPOSER: [*OWN, "Hướng dẫn"],
    Role.AGENCY_FOCAL: [
        "Việc của tôi",
        "Tiếp nhận",
        "Đề xuất của tôi",
        "Hồ sơ của cơ quan",
        "Thí điểm",
        "Yêu cầu hỗ trợ",
        "Báo cáo định kỳ",
        "Xét trách nhiệm",
        "Khen thưởng",
        "Hướng dẫn",
    ],
    Role.AGENCY_HEAD: [
        "Việc của tôi",
        "Chờ quyết định",
        "Đề xuất của tôi",
        "Hồ sơ của cơ quan",
        "Thí điểm",
        "Yêu cầu hỗ trợ",
        "Báo cáo định kỳ",
        "Xét trách nhiệm",
        "Khen thưởng",
        "Hướng dẫn",
    ],
    Role.CLERK: [
        *("Việc của tôi", "Chờ cấp số", "Sổ văn bản", "Đề xuất của tôi", "Tạo đề xuất"),
        *("Hồ sơ của cơ quan", "Văn bản", "Thí điểm", "Công văn đôn đốc", "Hướng dẫn"),
    ],
    Role.HOME_AFFAIRS_OFFICER: [
        *OWN[:2],
        "Văn bản",
        "Thí điểm",
        "Tất cả hồ sơ",
        "Đôn đốc",
        "Báo cáo định kỳ",
        "Xét trách nhiệm",
        "Khen thưởng",
        "Hướng dẫn",
    ],
    Role.INSPECTOR: [*OWN, "Tất cả hồ sơ", "Xét trách nhiệm", "Hướng dẫn"],
    Role.COMMENDATION_OFFICER: [*OWN, "Khen thưởng", "Hướng dẫn"],
    Role.ADMIN: [
        *("Cơ quan", "Tài khoản", "Lịch làm việc", "Thời hạn, nhắc việc", "Tình trạng hệ thống"),
        "Hướng dẫn",
    ],
}


def menu_of(client, user, page="/huong-dan/"):
    shown = sign_in(client, user).get(page).context["navigation"]
    return [entry for group in shown for entry in group["entries"]]


def test_every_entry_leads_to_a_page():
    routes = [entry.route for _, entries in MENU for entry in entries]

    assert all(reverse(route).startswith("/") for route in routes)
    assert len(routes) == len(set(routes))


@pytest.mark.parametrize("role", list(ENTRIES))
def test_entries_of_each_role_open(client, role):
    entries = menu_of(client, make_user(role=role))

    assert [entry["label"] for entry in entries] == ENTRIES[role]
    assert len(entries) <= 10
    assert {client.get(entry["url"]).status_code for entry in entries} == {200}


def test_who_has_no_post_may_propose_all_the_same(client):
    entries = menu_of(client, make_user())

    assert [entry["label"] for entry in entries] == OWN


def test_the_page_one_is_on_is_marked(client):
    entries = menu_of(client, make_user(role=Role.PROPOSER), "/viec-cua-toi/")

    assert [entry["label"] for entry in entries if entry["current"]] == ["Việc của tôi"]


def test_counters_stop_at_ninety_nine(client):
    user = make_user(role=Role.AGENCY_HEAD)
    for _ in range(100):
        make_task(user, "COLLECTIVE_MEETING")
    make_task(user)

    shown = [entry["count"] for entry in menu_of(client, user) if entry["count"]]

    assert shown == ["99+", "99+"]


def test_counters_are_red_only_when_something_is_late(client):
    user = make_user(role=Role.AGENCY_HEAD)
    make_task(user, "COLLECTIVE_MEETING", days=2)
    first = menu_of(client, user)
    make_task(user, "COLLECTIVE_MEETING", days=-1)
    then = menu_of(client, user)

    assert [(e["count"], e["hot"]) for e in first if e["count"]] == [(1, False), (1, False)]
    assert [(e["count"], e["hot"]) for e in then if e["count"]] == [(2, True), (2, False)]


def test_a_phone_shows_four_entries(client):
    user = make_user(role=Role.AGENCY_HEAD)

    shown = sign_in(client, user).get("/huong-dan/").context["bottom_navigation"]

    labels = [entry["label"] for entry in shown]
    assert labels == ["Việc của tôi", "Quyết định", "Hồ sơ", "Tạo"]


def test_nobody_signed_in_sees_a_menu(client):
    assert "navigation" not in client.get(reverse("organisation:sign_in")).context


def test_whoever_reviews_in_the_place_of_a_head_finds_no_empty_pages(client):
    """What is lent is the review of proposals: its queue, and nothing else of the head's."""
    unit = make_unit()
    head = make_user(role=Role.AGENCY_HEAD, unit=unit)
    deputy = make_user(role=Role.PROPOSER)
    Delegation.objects.create(
        from_appointment=head.appointments.get(),
        to_person=deputy,
        subject=DelegationSubject.REVIEW,
        valid_from=today(),
        valid_to=today(),
    )

    labels = [entry["label"] for entry in menu_of(client, deputy)]

    assert labels == ["Việc của tôi", "Chờ quyết định", *OWN[1:], "Hướng dẫn"]

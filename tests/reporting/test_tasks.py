"""Clocks as the tasks of a person: grouped, counted one by one, shown together where many."""

from datetime import timedelta

import pytest

from deadlines.models import Clock
from deadlines.wording import button_of
from organisation.days import WorkingDays, today
from reporting.tasks_at_hand import at_hand, grouped, tally_columns, tasks_of, together
from tests.factories.organisation import make_user
from tests.factories.reporting import make_task

pytestmark = pytest.mark.django_db


def tasks_for(user):
    counted = WorkingDays(today() - timedelta(days=60), today() + timedelta(days=60))
    return tasks_of(at_hand(user, today()), today(), counted)


def test_tasks_stand_in_three_groups_by_deadline():
    user = make_user()
    make_task(user, days=12, verb="Sau")
    make_task(user, days=-1, verb="Quá hạn")
    make_task(user, days=5, verb="Sớm")
    make_task(user, days=0, verb="Hôm nay")

    groups = grouped(tasks_for(user))

    assert [(group.label, [task.title for task in group.tasks]) for group in groups] == [
        ("Quá hạn", ["Quá hạn"]),
        ("Trong 5 ngày làm việc tới", ["Hôm nay", "Sớm"]),
        ("Sau đó", ["Sau"]),
    ]


def test_a_group_without_tasks_is_not_shown():
    user = make_user()
    make_task(user, days=2)

    assert [group.key for group in grouped(tasks_for(user))] == ["soon"]


def test_a_task_says_what_for_which_case_and_by_when():
    user = make_user()
    clock = make_task(user, days=2, detail="Nêu số liệu năm trước.")

    task = tasks_for(user)[0]

    assert task.title == "Cho ý kiến"
    assert task.subject == f"{clock.code} · {clock.title}"
    assert task.text == "Nêu số liệu năm trước."
    assert (task.due_on, task.days_left, task.verb) == (clock.due_on, 2, "Cho ý kiến")


@pytest.mark.parametrize(
    ("amount", "titles"),
    [
        (3, ["Quyết định đề xuất"] * 3),
        (4, ["4 đề xuất chờ quyết định"]),
    ],
)
def test_more_than_three_of_a_kind_are_one_row(amount, titles):
    user = make_user()
    for number in range(amount):
        make_task(user, "COLLECTIVE_MEETING", days=number + 1, verb="Quyết định đề xuất")

    assert [task.title for task in together(tasks_for(user))] == titles


def test_many_of_a_kind_that_has_no_list_stay_rows():
    user = make_user()
    for _ in range(5):
        make_task(user, "MILESTONE")

    assert len(together(tasks_for(user))) == 5


def test_the_row_of_many_stands_where_the_first_stood_and_leads_to_their_list():
    user = make_user()
    make_task(user, days=2, verb="Trước")
    for _ in range(4):
        make_task(user, "INTAKE", days=3, verb="Tiếp nhận")
    make_task(user, days=4, verb="Sau")

    rows = together(tasks_for(user))

    assert [row.title for row in rows] == ["Trước", "4 đề xuất chờ tiếp nhận", "Sau"]
    assert (rows[1].url, rows[1].verb, rows[1].may_wait) == ("/tiep-nhan/", "Tiếp nhận", False)


def test_only_what_is_not_late_may_wait():
    user = make_user()
    make_task(user, days=-1)
    make_task(user, days=1)

    assert [task.may_wait for task in tasks_for(user)] == [False, True]


def test_tally_counts_what_is_late_and_what_stands_in_the_two_queues():
    user = make_user()
    make_task(user, "INTAKE", days=-1)
    make_task(user, "COLLECTIVE_MEETING", days=1)
    make_task(user, "HIGHER_REVIEW", days=1)
    make_task(user, "ANSWER_REVIEW", days=1)
    make_task(make_user(), "INTAKE")

    found = Clock.objects.running().held_by(user).aggregate(**tally_columns(today()))

    assert found == {"waiting": 4, "late": 1, "deciding": 3, "intake": 1}


def test_a_deadline_of_friday_is_late_on_saturday():
    user = make_user()
    make_task(user, due_on=today() - timedelta(days=1))

    assert tasks_for(user)[0].is_late


@pytest.mark.parametrize(
    ("rule", "verb", "button"),
    [
        ("INTAKE", "Tiếp nhận đề xuất", "Tiếp nhận"),
        ("OPINION", "Biểu quyết", "Biểu quyết"),
        ("OPINION", "Ghi ý kiến của cấp ủy về kết quả", "Cho ý kiến"),
        ("ABUSE_VERIFY", "Xác minh phản ánh có dấu hiệu vụ lợi", "Mở hồ sơ"),
    ],
)
def test_the_button_is_named_after_the_act(rule, verb, button):
    assert button_of(rule, verb) == button

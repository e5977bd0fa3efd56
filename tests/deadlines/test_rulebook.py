"""The page of rules and of the ladder: who changes what, from which day on."""

from datetime import date

import pytest
from django.urls import reverse
from freezegun import freeze_time

from deadlines.actions import rule_on
from deadlines.models import DeadlineRule, LadderRung
from deadlines.rulebook import HolderAlone, add_rung
from deadlines.seeds import RUNGS, seed_ladder
from journal.models import Entry
from organisation.stages import Role
from tests.factories.deadlines import make_clock, make_rules
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.organisation.pages import carried

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/thoi-han/"
NOW = "2026-03-02 03:00"


@pytest.fixture
def lead(client):
    make_rules()
    seed_ladder()
    user = make_user(role=Role.HOME_AFFAIRS_LEAD, unit=make_unit())
    sign_in(client, user)
    return user


@freeze_time(NOW)
def test_the_ladder_starts_as_the_procedure_says_and_is_seeded_once(client, lead):
    assert seed_ladder() == 0
    rows = LadderRung.objects.values_list("offset", "audience")
    assert set(rows) == set(RUNGS)

    page = client.get(PAGE).content.decode()

    for words in (
        "Trước hạn 3 ngày làm việc",
        "Đúng ngày hết hạn",
        "Quá hạn 5 ngày làm việc",
        "Người đứng đầu cấp trên",
        "Chưa xác minh",
        "Có thời hạn chưa xác minh.",
    ):
        assert words in page


@freeze_time(NOW)
def test_a_rung_is_added_once_and_taken_off_again(client, lead):
    form = PAGE + "nhac-viec/them/"
    said = {"rule_code": "OPINION", "offset": "2", "audience": "head", "valid_from": "03/03/2026"}

    assert client.post(form, said | carried(client, form)).status_code == 302
    again = client.post(form, said | carried(client, form))
    assert "Bậc nhắc này đã có." in again.content.decode()
    rung = LadderRung.objects.get(rule_code="OPINION")
    assert (rung.offset, rung.audience, rung.valid_from) == (2, "head", date(2026, 3, 3))

    end = f"{PAGE}nhac-viec/{rung.ref}/dung/"
    assert client.post(end, carried(client, end)).status_code == 302
    rung.refresh_from_db()
    assert rung.valid_to == date(2026, 3, 3)  # it never held
    actions = (
        Entry.objects.filter(stream="settings").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["deadline.add_rung", "deadline.end_rung"]


def test_nobody_else_is_ever_told_of_what_is_confidential(lead):
    with pytest.raises(HolderAlone):
        add_rung(
            by=lead,
            rule_code="LIABILITY_DECISION",
            offset=1,
            audience="home_affairs",
            valid_from=date(2026, 3, 2),
        )


@freeze_time(NOW)
def test_a_rule_is_another_from_a_day_on_and_running_clocks_keep_theirs(client, lead):
    running = make_clock("COUNCIL_REVIEW", on=date(2026, 3, 2))
    form = reverse("deadlines:rule", args=["COUNCIL_REVIEW"])
    said = {
        "amount": "20",
        "unit": "calendar_day",
        "legal_ground": "Khoản 2 Điều 8 Nghị định 73/2023/NĐ-CP",
        "source_status": "verified",
        "valid_from": "05/03/2026",
    }
    stale = carried(client, form)

    assert client.post(form, said | carried(client, form)).status_code == 302
    assert client.post(form, said | stale).status_code == 409

    before, after = (rule_on("COUNCIL_REVIEW", date(2026, 3, day)) for day in (4, 5))
    assert (before.amount, after.amount, after.may_urge) == (None, 20, True)
    assert after.label == before.label
    running.refresh_from_db()
    assert (running.rule, running.due_on) == (before, None)
    assert Entry.objects.get(action="deadline.change_rule").data["amount"] == 20


@freeze_time(NOW)
def test_a_rule_does_not_begin_before_its_last_version(client, lead):
    DeadlineRule.objects.filter(code="OPINION").update(valid_from=date(2026, 4, 1))
    form = reverse("deadlines:rule", args=["OPINION"])
    said = {
        "amount": "4",
        "unit": "working_day",
        "legal_ground": "Quyết định",
        "source_status": "partial",
        "valid_from": "20/03/2026",
    }

    answer = client.post(form, said | carried(client, form))

    assert "Ngày có hiệu lực phải sau ngày 01/04/2026." in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "changes"),
    [
        (Role.ADMIN, 200, 200),
        (Role.HOME_AFFAIRS_OFFICER, 200, 404),
        (Role.AGENCY_HEAD, 404, 404),
    ],
)
def test_who_reads_and_who_changes(client, role, reads, changes):
    make_rules()
    sign_in(client, make_user(role=role, unit=make_unit()))

    assert client.get(PAGE).status_code == reads
    assert client.get(reverse("deadlines:rule", args=["OPINION"])).status_code == changes
    assert client.get(PAGE + "nhac-viec/them/").status_code == changes

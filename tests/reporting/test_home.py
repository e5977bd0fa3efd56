"""*Việc của tôi*: greeting, counters, tasks, what waits elsewhere, drafts, notices."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from deadlines.actions import pause
from organisation.days import today
from organisation.stages import Role
from proposals.actions.lifecycle import subject_of
from proposals.stages import Stage
from tests.factories.documents import make_issued
from tests.factories.notifications import make_notice
from tests.factories.organisation import make_province, make_user, sign_in
from tests.factories.pilots import make_pilot, make_report, make_team
from tests.factories.proposals import make_draft, make_proposal
from tests.factories.reporting import make_task

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"
QUERIES = 11  # session, person, powers; seven of its own; what the menu counts


def home(client, user):
    return sign_in(client, user).get(HOME)


def tally(client, user):
    return home(client, user).context["tally"]


def test_who_has_nothing_to_do_reads_so(client):
    user = make_user(role=Role.PROPOSER, full_name="Nguyễn Văn Mẫu")

    page = home(client, user).content.decode()

    assert "Đồng chí Nguyễn Văn Mẫu không có việc nào đang chờ." in page
    assert "Không có việc nào đang chờ. Việc mới được báo tại đây và qua thư điện tử." in page


def test_every_task_is_counted_also_where_many_are_one_row(client):
    user = make_user(role=Role.AGENCY_HEAD)
    for number in range(-2, 3):
        make_task(user, "COLLECTIVE_MEETING", days=number)

    answer = home(client, user)

    assert answer.context["task_count"] == 5
    assert answer.context["tally"] == {"late": 2, "soon": 3, "waiting": 0, "drafts": 0}
    assert "5 đề xuất chờ quyết định" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "late", "soon"),
    [((-2, -1, -1), "2+", None), ((-1, 2, 3), 1, "1+"), ((-1, 20, 25), 1, 0)],
)
def test_what_is_not_shown_is_not_counted_as_if_it_were_not_there(
    client, monkeypatch, days, late, soon
):
    monkeypatch.setattr("reporting.home.MOST_SHOWN", 2)
    user = make_user()
    for number in days:
        make_task(user, "MILESTONE", days=number)

    answer = home(client, user)

    assert (answer.context["tally"]["late"], answer.context["tally"]["soon"]) == (late, soon)
    assert "có hơn 2 việc cần làm" in answer.content.decode()


def test_what_stands_still_is_nobodys_task(client):
    user = make_user(role=Role.PROPOSER)
    clock = make_task(user)
    with transaction.atomic():
        pause(clock, "Chờ bổ sung", today())

    assert home(client, user).context["task_count"] == 0


def test_what_waits_elsewhere_leaves_out_what_waits_for_me(client):
    user = make_user(role=Role.PROPOSER)
    elsewhere = make_proposal(Stage.UNDER_REVIEW, proposer=user)
    mine = make_proposal(Stage.RETURNED, proposer=user)
    make_task(user, "SUPPLEMENT", subject=subject_of(mine))

    answer = home(client, user)

    assert [row.proposal for row in answer.context["waiting"]] == [elsewhere]
    assert answer.context["tally"]["waiting"] == 1


def test_the_draft_counter_leads_to_a_list_of_as_many(client):
    user = make_user(role=Role.PROPOSER)
    for _ in range(3):
        make_draft(proposer=user)

    assert tally(client, user)["drafts"] == 3
    assert client.get(f"{reverse('proposals:list')}?muc=ban-nhap").context["total"] == 3
    assert f"{reverse('proposals:list')}?muc=ban-nhap" in home(client, user).content.decode()


def test_a_draft_says_how_far_it_is_and_goes_on_where_it_was_left(client):
    user = make_user(role=Role.PROPOSER)
    draft = make_draft(proposer=user)
    draft.part_versions.filter(part__in=["van-de", "cam-ket"]).update(is_done=False)

    page = home(client, user).content.decode()

    assert "Đã xong 4/6 phần." in page
    assert reverse("proposals:edit", args=[draft.ref, "van-de"]) in page


def test_only_the_first_overdue_task_has_a_filled_button(client):
    user = make_user(role=Role.PROPOSER)
    make_task(user, days=-2, verb="Việc đầu")
    make_task(user, days=-1, verb="Việc sau")

    page = home(client, user).content.decode()

    assert page.count("btn-primary") == 1
    assert 'aria-label="Việc đầu: Việc đầu"' in page


def test_notices_are_those_of_the_person(client):
    user = make_user(role=Role.PROPOSER)
    make_notice(user, text="Đã tiếp nhận đề xuất.")
    make_notice(make_user(), text="Của người khác.")

    page = home(client, user).content.decode()

    assert "Đã tiếp nhận đề xuất." in page
    assert "Của người khác." not in page


def test_a_task_waits_for_three_days_when_asked_to(client):
    user = make_user(role=Role.PROPOSER)
    clock = make_task(user, days=8, verb="Việc để sau")

    assert f"Nhắc lại sau 3 ngày: {clock.verb}" in home(client, user).content.decode()
    client.post(reverse("deadlines:snooze", args=[clock.ref]), {"days": "3"})

    assert home(client, user).context["task_count"] == 0


def test_an_overdue_task_offers_no_way_to_wait(client):
    user = make_user(role=Role.PROPOSER)
    make_task(user, days=-1)

    assert "Nhắc lại sau" not in home(client, user).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three_of_each(
    client, rows, django_assert_num_queries
):
    user = make_user(role=Role.PROPOSER)
    for number in range(rows):
        make_task(user, days=number)
        make_proposal(Stage.UNDER_REVIEW, proposer=user)
        make_draft(proposer=user)
        make_notice(user, text=f"Tin số {number}.")
    home(client, user)  # the first page of a session writes when it was used last

    with django_assert_num_queries(QUERIES):
        page = client.get(HOME).content.decode()

    assert page.count('class="task"') == rows
    assert page.count("Tin số") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_head_sees_the_pilots_at_risk_few_or_many_in_one_question(
    client, rows, django_assert_num_queries
):
    team = make_team()
    for number in range(rows):
        late = make_pilot(team=team, behind_from=today() - timedelta(days=2 + number))
    make_report(late, due_on=today() - timedelta(days=1))
    sound = make_pilot(team=team)
    home(client, team.head)  # no drafts: one question less, and this one more

    with django_assert_num_queries(QUERIES):
        page = client.get(HOME)

    lines = page.context["beside"].lines
    assert (page.context["beside"].heading, len(lines)) == ("Thí điểm cần chú ý", rows)
    told = {line.url: line.more for line in lines}
    assert told[late.get_absolute_url()].endswith("chậm tiến độ, báo cáo quá hạn")
    assert sound.get_absolute_url() not in told


def test_a_clerk_sees_the_last_numbers_of_the_own_agency_alone(client):
    house = make_province()
    issued = make_issued(house, title="việc thứ nhất")
    stranger = make_user(role=Role.CLERK)

    lines = home(client, house.clerk).context["beside"].lines

    assert [line.label for line in lines] == [issued.full_number]
    assert lines[0].more.endswith("việc thứ nhất")
    assert home(client, stranger).context["beside"] is None


def test_home_needs_a_person(client):
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.ADMIN, "/quan-tri/co-quan/"), (Role.PROPOSER, HOME), (Role.AGENCY_HEAD, HOME)],
)
def test_people_land_at_their_work(client, role, address):
    sign_in(client, make_user(role=role))

    assert client.get("/")["Location"] == address

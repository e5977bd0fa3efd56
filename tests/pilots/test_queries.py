"""Lists and tabs cost the same with one row and with three."""

from decimal import Decimal

import pytest
from django.urls import reverse

from organisation.stages import Role
from pilots.actions.figures import Value, enter_value
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import (
    in_days,
    make_indicator,
    make_milestone,
    make_pilot,
    make_report,
    make_team,
)

pytestmark = pytest.mark.django_db
LIST, DETAIL, INDICATOR = 9, 24, 17


def a_full_pilot(team):
    pilot = make_pilot(team=team)
    make_indicator(pilot, current=80, current_on=in_days(-1))
    make_report(pilot)
    return pilot


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list(client, django_assert_num_queries, rows):
    pilots = [a_full_pilot(make_team()) for _ in range(rows)]
    sign_in(client, make_user(role=Role.HOME_AFFAIRS_OFFICER))

    with django_assert_num_queries(LIST):
        response = client.get(reverse("pilots:index"))

    assert all(p.proposal.code in response.content.decode() for p in pilots)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_follow_up_tab(client, django_assert_num_queries, rows):
    team = make_team()
    pilot = make_pilot(team=team)
    for number in range(1, rows + 1):
        make_indicator(pilot, name=f"Chỉ tiêu {number}")
        make_milestone(pilot, name=f"Mốc {number}")
        make_report(pilot, number)
    sign_in(client, team.leader)

    with django_assert_num_queries(DETAIL):
        response = client.get(reverse("pilots:detail", args=[pilot.proposal.ref]))

    assert all(f"Mốc {n}" in response.content.decode() for n in range(1, rows + 1))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_indicator_page(client, django_assert_num_queries, rows):
    team = make_team()
    pilot = make_pilot(team=team)
    indicator = make_indicator(pilot)
    for number in range(rows):
        enter_value(indicator.pk, Value(Decimal(80 + number), in_days(-1 - number)), by=team.member)
    sign_in(client, team.leader)

    with django_assert_num_queries(INDICATOR):
        response = client.get(reverse("pilots:indicator", args=[pilot.proposal.ref, indicator.ref]))

    assert response.content.decode().count(">Sửa</a>") == rows

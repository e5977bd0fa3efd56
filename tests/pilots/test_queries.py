"""Lists and tabs cost the same with one row and with three."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.stages import Role
from pilots.actions import findings, helping, incidents
from pilots.actions.figures import Value, enter_value
from pilots.stages import HelpKind, IncidentLevel
from tests.factories.organisation import make_unit, make_user, sign_in
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


def tell_of_incidents(pilot, team, rows):
    for number in range(rows):
        told = incidents.Told(
            f"Thất lạc hồ sơ {number}", timezone.now(), IncidentLevel.MINOR, False
        )
        incidents.report_incident(pilot.pk, told, by=team.member)


def ask_for_help(pilot, team, rows):
    unit = make_unit()
    for number in range(rows):
        asked = helping.Asked(HelpKind.MONEY, f"Hỗ trợ {number} triệu đồng", unit, in_days(9))
        helping.ask_help(pilot.pk, asked, by=team.member)


def find_faults(pilot, team, rows):
    for number in range(rows):
        said = {"what": f"Chưa niêm yết {number}", "details": "Tại xã.", "due_on": in_days(9)}
        findings.open_finding(pilot.pk, by=team.monitor, **said)


def write_reports(pilot, team, rows):
    for number in range(1, rows + 1):
        make_report(pilot, number)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("tab", "make", "queries"),
    [
        ("incidents", tell_of_incidents, 13),
        ("help", ask_for_help, 13),
        ("findings", find_faults, 13),
        ("reports", write_reports, 13),
    ],
)
def test_the_tabs(client, django_assert_num_queries, rows, tab, make, queries):
    team = make_team()
    pilot = make_pilot(team=team)
    make(pilot, team, rows)
    url = reverse(f"pilots:{tab}", args=[pilot.proposal.ref])
    sign_in(client, team.leader).get(url)  # what was told of the case is read now

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200

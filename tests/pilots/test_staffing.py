"""People join and leave a running pilot; the lead is handed over with its tasks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organisation.stages import Role
from pilots.actions.base import Incomplete
from pilots.actions.planning import MemberLine, save_plan
from pilots.actions.staffing import change_team
from pilots.actions.starting import prepare
from pilots.models import Pilot
from tests.factories.organisation import make_user, sign_in
from tests.factories.pilots import (
    a_plan,
    fresh,
    in_days,
    make_approved,
    make_started,
    make_team,
    open_clocks,
)
from tests.pilots.pages import posted, text_of, url

pytestmark = pytest.mark.django_db


def test_the_new_leader_takes_over_the_tasks():
    team = make_team()
    pilot = make_started(team)
    new = make_user(role=Role.PROPOSER, unit=team.agency)

    change_team(pilot.pk, new, [MemberLine(team.member, "Nhập số liệu")], by=team.head)

    assert fresh(pilot).leader == new
    assert {clock.holder_user for clock in open_clocks(pilot)} == {new}
    assert Pilot.objects.visible_to(new).exists()


def test_who_is_no_longer_named_left_today_and_stays_in_the_record():
    team = make_team()
    pilot = make_started(team)
    new = make_user(role=Role.PROPOSER, unit=team.agency)

    change_team(pilot.pk, team.leader, [MemberLine(new, "Đối soát")], by=team.leader)

    members = {row.person: row.left_on for row in pilot.members.all()}
    assert members == {team.member: in_days(0), new: None}


def test_the_leader_does_not_name_another_leader():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(PermissionDenied):
        change_team(pilot.pk, team.member, [], by=team.leader)


def test_the_monitor_does_not_become_leader():
    team = make_team()
    pilot = make_started(team)

    with pytest.raises(Incomplete):
        change_team(pilot.pk, team.monitor, [], by=team.head)


def test_the_page_offers_the_lead_to_the_head_only(client):
    team = make_team()
    pilot = make_started(team)
    address = url("team", pilot)

    leader = text_of(sign_in(client, team.leader).get(address))
    head = text_of(sign_in(client, team.head).get(address))

    assert "Chỉ người đứng đầu thay trưởng nhóm." in leader
    assert 'name="leader"' not in leader
    assert 'name="leader"' in head


def test_the_team_is_changed_through_the_page(client):
    team = make_team()
    pilot = make_started(team)
    sign_in(client, team.head)
    data = {
        "version": fresh(pilot).version,
        "leader": team.member.pk,
        "thanh-vien-TOTAL_FORMS": "1",
        "thanh-vien-INITIAL_FORMS": "0",
        "thanh-vien-0-person": team.leader.pk,
        "thanh-vien-0-duty": "Cố vấn",
    }

    page = posted(client, url("team", pilot), data)

    assert "Đã lưu nhóm thực hiện." in text_of(page)
    assert fresh(pilot).leader == team.member
    assert pilot.members.get(left_on=None).person == team.leader


def opens(client, user, pilot):
    """The answers of the case's own tabs to a person."""
    tabs = [
        reverse(f"proposals:{tab}", args=[pilot.proposal.ref])
        for tab in ("content", "papers", "timeline")
    ]
    return {sign_in(client, user).get(tab).status_code for tab in tabs}


def test_leader_and_members_who_are_no_authors_open_the_case_itself(client):
    team = make_team()
    proposal = make_approved(team)
    leader = make_user(role=Role.PROPOSER, unit=team.agency)
    proposal.decisions.update(implementer=leader)
    pilot = prepare(proposal.pk, by=leader)

    save_plan(pilot.pk, a_plan(team, leader=leader), by=leader)

    assert opens(client, leader, pilot) == {200}
    assert opens(client, team.member, pilot) == {200}


def test_who_left_the_team_no_longer_opens_the_case_and_who_came_does(client):
    team = make_team()
    pilot = make_started(team)
    new = make_user(role=Role.PROPOSER, unit=team.agency)
    assert opens(client, team.member, pilot) == {200}
    assert opens(client, new, pilot) == {404}

    change_team(pilot.pk, team.leader, [MemberLine(new, "Đối soát")], by=team.leader)

    assert opens(client, team.member, pilot) == {404}
    assert opens(client, new, pilot) == {200}

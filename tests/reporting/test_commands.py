"""list_routes, load_demo, seed_scale: what they leave behind, and where they refuse."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from deadlines.models import Clock
from organisation.models import User
from organisation.stages import Role
from proposals.models import Proposal
from proposals.stages import Stage
from tests.routes import all_routes

pytestmark = pytest.mark.django_db


def run(name, *words, **options):
    out = StringIO()
    call_command(name, *words, stdout=out, **options)
    return out.getvalue()


def test_list_routes_names_every_route_and_its_answer():
    listed = json.loads(run("list_routes", json=True))

    assert {route["name"] for route in listed} == {route.name for route in all_routes()}
    assert [route["name"] for route in listed if route["answer"] == "undeclared"] == []
    by_name = {route["name"]: route for route in listed}
    assert by_name["reporting:health"]["answer"] == "anybody"
    assert by_name["reporting:status"]["answer"] == "holders of: admin"
    assert by_name["reporting:home"]["methods"] == ["GET", "HEAD"]


def test_list_routes_prints_a_table():
    lines = run("list_routes").splitlines()

    assert any("/viec-cua-toi/" in line and "reporting:home" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "options"), [("load_demo", {}), ("seed_scale", {"proposals": 1, "users": 1})]
)
def test_outside_the_demo_nothing_is_loaded(settings, name, options):
    settings.DEMO = False

    with pytest.raises(CommandError):
        run(name, **options)
    assert not User.objects.exists()


def test_load_demo_can_leave_out_the_stories(settings):
    settings.DEMO = True

    assert run("load_demo", no_stories=True) == "Đã nạp 420 người, 0 đề xuất.\n"
    assert not Proposal.objects.exists()


def test_seed_scale_writes_a_sound_province_and_adds_what_is_missing(settings):
    settings.DEMO = True
    run("seed_scale", proposals=30, users=5)
    run("seed_scale", proposals=40, users=5)

    assert Proposal.objects.count() == 40
    assert User.objects.filter(username__startswith="nguoi-").count() == 5
    assert json.loads(run("journal_verify", json=True))["result"] == "sound"
    waiting = Proposal.objects.filter(stage__in=[Stage.SUBMITTED, Stage.UNDER_REVIEW]).count()
    assert Clock.objects.open().count() == waiting
    assert Clock.objects.filter(holder_role=Role.AGENCY_FOCAL).exists()

"""The demo province: complete, invented, repeatable, and only where DEMO is set."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.demo.load import PASSWORD, NotADemo, load_province
from organisation.models import Appointment, OrgUnitVersion, User
from organisation.stages import Role

pytestmark = pytest.mark.django_db
INVENTED = ("Mẫu", "Ví Dụ", "Minh Họa", "Thí Dụ", "Giả Định", "Tham Khảo")
EVERY_AGENCY = {Role.AGENCY_HEAD, Role.DEPUTY_HEAD, Role.AGENCY_FOCAL, Role.CLERK, Role.PROPOSER}


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    return load_province()


def test_no_default_accounts(settings):
    settings.DEMO = False

    with pytest.raises(NotADemo):
        load_province()
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_about_sixty_agencies(demo):
    kinds = Counter(OrgUnitVersion.objects.values_list("kind", flat=True))

    assert kinds == {
        "province": 1,
        "department": 19,
        "district": 7,
        "public_service_unit": 8,
        "special_association": 11,
        "vertical": 9,
        "party": 4,
        "council": 1,
        "sub_unit": 10,
    }


def test_each_agency_is_staffed(demo):
    roles: dict[int, Counter] = {}
    for unit, role in Appointment.objects.values_list("unit", "position__role"):
        roles.setdefault(unit, Counter())[role] += 1
    working = OrgUnitVersion.objects.exclude(kind__in=["province", "party", "council", "sub_unit"])

    for version in working:
        assert roles[version.unit_id].keys() >= EVERY_AGENCY, version.name
        assert roles[version.unit_id][Role.PROPOSER] >= 2, version.name


def test_every_role_is_held(demo):
    held = set(Appointment.objects.values_list("position__role", flat=True))

    assert held == {role.value for role in Role}


def test_people_are_invented(demo):
    names = [user.full_name for user in demo.people.values()]

    assert all(name.endswith(INVENTED) for name in names)
    assert len(names) == len(set(names))


def test_the_province_has_its_people(demo):
    chairman = demo.people["chutich"].powers
    office = demo.people["theodoi.vpub"].powers

    assert chairman.holds(Role.AGENCY_HEAD, demo.units["ubnd"].pk)
    assert chairman.is_provincial_leader
    assert demo.people["phochutich"].powers.holds(Role.DEPUTY_HEAD, demo.units["ubnd"].pk)
    assert office.main.role == Role.PROVINCIAL_OFFICE
    assert office.holds(Role.AGENCY_FOCAL, demo.units["ubnd"].pk)


def test_a_department_covers_its_sections_and_the_province_no_department(demo):
    units = demo.units

    assert demo.people["giamdoc.stnmt"].powers.units(Role.AGENCY_HEAD) == {
        units[code].pk for code in ("stnmt", "qldd", "vpdkdd", "ccbvmt")
    }
    assert demo.people["chutich"].powers.units(Role.AGENCY_HEAD) == {units["ubnd"].pk}


def test_loading_again_changes_nothing(demo):
    before = (User.objects.count(), Appointment.objects.count(), OrgUnitVersion.objects.count())

    again = load_province()

    assert again.people["mau.nguyen"].ref == demo.people["mau.nguyen"].ref
    assert before == (
        User.objects.count(),
        Appointment.objects.count(),
        OrgUnitVersion.objects.count(),
    )


def test_loading_is_quick(settings):
    settings.DEMO = True
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load_province()

    assert len(queries) < 60


def test_accounts_are_listed_for_machines(demo):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    accounts = {row["username"]: row for row in json.loads(out.getvalue())}

    assert accounts.keys() == demo.people.keys()
    assert accounts["quantri"]["first_page"] == "/quan-tri/co-quan/"
    assert accounts["chutich"] == {
        "username": "chutich",
        "password": PASSWORD,
        "full_name": demo.people["chutich"].full_name,
        "role": "agency_head",
        "role_label": "Chủ tịch UBND tỉnh",
        "agency": "Ủy ban nhân dân tỉnh Ninh Thuận",
        "first_page": "/viec-cua-toi/",
    }


def test_accounts_are_listed_for_people(demo):
    out = StringIO()
    call_command("demo_accounts", stdout=out)

    assert "mau.nguyen" in out.getvalue()
    assert PASSWORD in out.getvalue()


def test_a_demo_password_opens_the_door(demo, client):
    answer = client.post("/dang-nhap/", {"username": "mau.nguyen", "password": PASSWORD})

    assert answer.status_code == 302

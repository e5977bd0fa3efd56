"""Commands and daily work: the first administrator, the seeds, what is forgotten in time."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from freezegun import freeze_time

from organisation.models import (
    CalendarDay,
    ImportDraft,
    OrgSuccession,
    OrgUnitVersion,
    Position,
    Session,
    SignInDelay,
    User,
)
from organisation.stages import Role
from organisation.tasks import follow_the_calendar, forget_old_access
from tests.factories.organisation import make_appointment, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
PROVINCE = "Ủy ban nhân dân tỉnh Ninh Thuận"


def create(*args: str) -> str:
    out = StringIO()
    call_command("create_administrator", *args, stdout=out)
    return out.getvalue()


def test_the_first_administrator_of_an_empty_portal(client):
    username, password = create("Quan.Tri", "Cao Quản Trị Mẫu", "--agency", PROVINCE).split()

    user = User.objects.get(username="quan.tri")
    assert username == "quan.tri"
    assert user.check_password(password)
    assert user.must_change_password
    assert user.powers.has(Role.ADMIN)
    assert OrgUnitVersion.objects.get().name == PROVINCE


def test_an_administrator_of_a_known_agency():
    unit = make_unit(PROVINCE, kind="province")

    create("quan.tri", "Cao Quản Trị Mẫu", "--agency", "uy ban nhan dan tinh ninh thuan")

    assert User.objects.get().powers.holds(Role.ADMIN, unit.pk)


def test_what_the_command_refuses():
    make_unit(PROVINCE, kind="province")
    make_user(username="co.roi")

    with pytest.raises(CommandError, match="exists already"):
        create("co.roi", "x", "--agency", PROVINCE)
    with pytest.raises(CommandError, match="no agency"):
        create("moi", "x", "--agency", "Sở Không Có")
    assert User.objects.count() == 1


def test_seeding(capsys):
    call_command("seed_organisation")
    call_command("seed_organisation")

    assert "0 days added" in capsys.readouterr().out.splitlines()[-1]
    assert set(Position.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert CalendarDay.objects.filter(day=date(2026, 1, 10)).exists()


def test_a_succession_shows_on_its_day():
    before, after = make_unit("Sở Cũ"), make_unit("Sở Mới")
    OrgSuccession.objects.create(
        from_unit=before,
        to_unit=after,
        kind="merge",
        effective_on=date(2030, 1, 1),
        basis_document="x",
    )

    with freeze_time("2029-12-31"):
        follow_the_calendar()
        early = after.covers.count()
    with freeze_time("2030-01-01"):
        follow_the_calendar()
        follow_the_calendar()

    assert (early, after.covers.count()) == (1, 2)


def test_old_access_is_forgotten_and_the_rest_kept(client):
    now = timezone.now()
    user = make_user()
    sign_in(client, user)
    old = {"expire_date": now - timedelta(days=3), "session_data": ""}
    Session.objects.create(session_key="a" * 32, user=user, **old)
    for key, age in (("alt", 3), ("neu", 0)):
        SignInDelay.objects.create(key=key, counted_from=now, waits_until=now - timedelta(days=age))
    with freeze_time(now - timedelta(days=3)):
        ImportDraft.objects.create(kind="units", by=user, file_name="x", rows=[])

    forget_old_access()
    forget_old_access()

    assert Session.objects.get().session_key == client.session.session_key
    assert list(SignInDelay.objects.values_list("key", flat=True)) == ["neu"]
    assert not ImportDraft.objects.exists()


def test_people_holding_a_role_come_once_and_in_order_of_rank():
    unit = make_unit()
    head = make_user(role=Role.AGENCY_HEAD, unit=unit, full_name="Lê Văn Mẫu")
    deputy = make_user(role=Role.DEPUTY_HEAD, unit=unit, full_name="An Văn Mẫu")
    make_appointment(head, Role.DEPUTY_HEAD, unit)
    make_user(role=Role.AGENCY_HEAD, unit=make_unit())
    make_user(role=Role.AGENCY_HEAD, unit=unit, is_active=False)

    found = User.objects.holding(Role.AGENCY_HEAD, Role.DEPUTY_HEAD, unit=unit)

    assert list(found) == [head, deputy]
    assert found.count() == 2

"""What is late at an agency, as the letters that urge it and the dashboards read it."""

from datetime import date

import pytest
from django.db.models import Count
from freezegun import freeze_time

from deadlines.actions import pause, stop
from deadlines.models import Clock, DeadlineRule
from deadlines.parties import Holder
from deadlines.showing import with_days_left
from organisation.actions import rebuild_scopes
from organisation.actions.units import succeed
from organisation.stages import Role, SuccessionKind
from tests.factories.deadlines import make_clock, make_rules
from tests.factories.organisation import make_unit, make_user

pytestmark = pytest.mark.django_db
ON = date(2021, 11, 4)


@freeze_time("2021-11-04 03:00")
def test_late_items_lie_at_the_agency_that_answers_for_them_today(django_assert_num_queries):
    make_rules()
    agency, old, other = make_unit(), make_unit(), make_unit()
    section = make_unit(kind="sub_unit", parent=agency)
    by_post = make_clock(holder=Holder.post(Role.AGENCY_HEAD, section))
    by_name = make_clock(holder=Holder.person(make_user(role=Role.PROPOSER, unit=section)))
    inherited = make_clock(holder=Holder.post(Role.CLERK, old))
    elsewhere = make_clock("OPINION", holder=Holder.post(Role.CLERK, other))
    homeless = make_clock(holder=Holder.person(make_user()))
    succeed(
        old,
        agency,
        by=None,
        kind=SuccessionKind.MERGE,
        effective_on=date(2021, 11, 1),
        basis_document="Nghị quyết 01",
    )
    rebuild_scopes()

    with django_assert_num_queries(2):
        rows = with_days_left(Clock.objects.late(ON).order_by("pk"), ON)

    assert [(row.pk, row.agency_id, row.days_left, row.urges) for row in rows] == [
        (by_post.pk, agency.pk, -4, True),
        (by_name.pk, agency.pk, -4, True),
        (inherited.pk, agency.pk, -4, True),
        (elsewhere.pk, other.pk, -6, True),
        (homeless.pk, None, -4, True),
    ]
    counts = Clock.objects.late(ON).values("agency_id").annotate(n=Count("pk"))
    assert {row["agency_id"]: row["n"] for row in counts} == {agency.pk: 3, other.pk: 1, None: 1}


def test_what_is_paused_settled_or_due_today_is_not_late():
    paused, done = make_clock(), make_clock()
    make_clock(on=date(2021, 10, 26))  # due on 04/11
    pause(paused, "chờ bổ sung", date(2021, 10, 21))
    stop(done, date(2021, 10, 21))

    assert not Clock.objects.late(ON).exists()


def test_a_rule_whose_source_nobody_read_is_late_but_does_not_urge():
    make_rules()
    DeadlineRule.objects.filter(code="OPINION").update(source_status="unverified")
    make_clock("OPINION")

    assert [row.urges for row in Clock.objects.late(ON)] == [False]

"""A new portal gets its rules from one command, and keeps what was changed since."""

import pytest
from django.core.management import call_command

from accountability.models import OutcomeRule
from deadlines.models import DeadlineRule
from proposals.models import Field, ReviewRule

pytestmark = pytest.mark.django_db
TABLES = (DeadlineRule, ReviewRule, Field, OutcomeRule)


def counts():
    return [table.objects.count() for table in TABLES]


def test_one_command_fills_every_table_and_twice_adds_nothing():
    call_command("seed_tables", verbosity=0)
    first = counts()
    Field.objects.order_by("pk").update(order_number=99)

    call_command("seed_tables", verbosity=0)

    assert min(first) > 0
    assert counts() == first
    assert set(Field.objects.values_list("order_number", flat=True)) == {99}

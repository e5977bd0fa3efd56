"""The database itself refuses a text that no form would let through (TP-01)."""

import pytest
from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import IntegrityError, models, transaction

from organisation.columns import LongText
from proposals.models import ProposalPlan
from tests.factories.proposals import make_proposal

pytestmark = pytest.mark.django_db
NOT_TYPED = {"journal", "django"}  # canonical JSON, as long as what it repeats; Django's own


def test_every_text_of_a_person_has_a_length_in_the_database():
    unlimited = [
        str(field)
        for model in apps.get_models()
        if model.__module__.split(".")[0] not in NOT_TYPED
        and not issubclass(model, AbstractBaseSession)
        for field in model._meta.fields
        if isinstance(field, models.TextField) and not isinstance(field, LongText)
    ]

    assert unlimited == []


def test_the_database_counts_characters_not_bytes():
    plan = ProposalPlan.objects.get(proposal=make_proposal())
    longest = ProposalPlan._meta.get_field("problem").max_length
    rows = ProposalPlan.objects.filter(pk=plan.pk)

    rows.update(problem="ệ" * longest)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(problem="ệ" * (longest + 1))

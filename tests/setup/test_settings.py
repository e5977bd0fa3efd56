import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.factories.organisation import make_user, sign_in

OLD = "old-key-" + "0123456789" * 5
NEW = "new-key-" + "9876543210" * 5


@pytest.mark.django_db
@pytest.mark.parametrize(("fallbacks", "is_signed_in"), [([OLD], True), ([], False)])
def test_key_rotation(settings, fallbacks, is_signed_in):
    """HT-05: a new key signs nobody out while the old one is named as a fallback."""
    settings.SECRET_KEY = OLD
    client = sign_in(Client(), make_user())

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, fallbacks
    response = client.get("/khong-co/")

    assert response.context["user"].is_authenticated == is_signed_in


def test_celery_settings():
    """SJ-06: a task is a wish that may come twice or never; no truth lives in the queue."""
    assert settings.CELERY_TASK_ACKS_LATE is True
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST is True
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert settings.CELERY_TASK_IGNORE_RESULT is True
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_TIME_LIMIT == 180
    assert settings.CELERY_TASK_PUBLISH_RETRY is False


@pytest.mark.postgres
def test_the_database_waits_for_nobody_for_ever(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        assert cursor.fetchone() == ("5s", "15s")

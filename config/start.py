"""Refuse to serve from an unsafe set-up: run once by each process of the portal at its start."""

import logging
import time

from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, run_checks
from django.db import OperationalError, connections

PATIENCE_SECONDS = 60

logger = logging.getLogger("portal.start")


def refuse_unsafe() -> None:
    """Leave the process with the reasons, when production is set up unsafely (HT-01)."""
    if settings.EMBEDDED:
        return
    troubles = [trouble for trouble in _checked() if trouble.is_serious(WARNING)]
    connections.close_all()  # the workers forked from here open their own
    if troubles:
        for trouble in troubles:
            logger.critical("unsafe start refused: %s", trouble.msg)
        raise SystemExit("\n".join(f"{trouble.id}: {trouble.msg}" for trouble in troubles))


def _checked() -> list[CheckMessage]:
    """All deploy checks; a database that is only just starting is waited for."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return run_checks(include_deployment_checks=True, databases=["default"])
        except OperationalError:
            if time.monotonic() > limit:
                return [Error("The database does not answer.", id="portal.E007")]
            time.sleep(1)

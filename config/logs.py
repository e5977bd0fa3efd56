"""One line of JSON for each thing worth knowing, in UTC, without personal data (LG-01).

An exception is told by its type and the lines it passed, never by its message: the database puts
the offending values there.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
FACTS = ("user", "method", "path", "status", "ms", "task", "job", "alarm", "count")


class JsonFormatter(logging.Formatter):
    """Everything but ASCII is escaped, so no line break or control character gets through."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().partition("?")[0],
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= {name: record.__dict__[name] for name in FACTS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, default=str)


def _places(record: logging.LogRecord) -> list[str]:
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-20:]]


def logging_settings(level: str) -> dict[str, Any]:
    """What Django, gunicorn and Celery all log with."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "celery.beat": {"level": "WARNING"},  # a line for each tick would hide the others
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "pyhanko": {"level": "ERROR"},  # its warnings name the signer (LG-01)
            "pyhanko_certvalidator": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }

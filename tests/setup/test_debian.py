import os

import pytest

from scripts import debian
from scripts.say import Stop


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """A Debian whose package list is empty, and an operator without the rights of root."""
    query = tmp_path / "dpkg-query"
    query.write_text("#!/bin/sh\nexit 1\n")
    query.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return query


def test_what_may_not_be_installed_is_named_with_the_command(bare_machine):
    with pytest.raises(Stop) as stop:
        debian.ensure(("libpango-1.0-0", "fonts-liberation2"))

    wanted = "sudo apt-get install -y --no-install-recommends libpango-1.0-0 fonts-liberation2"
    assert wanted in str(stop.value)
    assert "Thiếu gói hệ thống" in str(stop.value)


def test_only_what_is_missing_is_named(bare_machine):
    bare_machine.write_text('#!/bin/sh\n[ "$3" = redis-server ] && printf installed\n')

    with pytest.raises(Stop) as stop:
        debian.ensure(("redis-server", "chromium"))

    assert "redis-server" not in str(stop.value)


def test_nothing_is_asked_for_when_nothing_is_missing(bare_machine, capsys):
    bare_machine.write_text("#!/bin/sh\nprintf installed\n")

    debian.ensure(debian.TESTS)

    assert capsys.readouterr().out == ""


def test_another_system_is_told_what_to_have(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))

    debian.ensure(("libpango-1.0-0",))

    assert "libpango-1.0-0" in capsys.readouterr().out

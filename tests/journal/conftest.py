"""The journal by itself: what the apps above registered is put aside."""

import pytest

from journal import subjects


@pytest.fixture(autouse=True)
def _no_apps_above():
    before, files = dict(subjects.subjects), list(subjects.file_checkers)
    subjects.subjects.clear()
    subjects.file_checkers.clear()
    yield
    subjects.subjects.clear()
    subjects.subjects.update(before)
    subjects.file_checkers[:] = files

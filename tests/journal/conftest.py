"""The journal by itself: what the apps above registered is put aside."""

import pytest

from journal import records, subjects


@pytest.fixture(autouse=True)
def _no_apps_above():
    registries = (subjects.subjects, records.rows_of, records.same_of)
    before, files = [dict(one) for one in registries], list(subjects.file_checkers)
    for registry in registries:
        registry.clear()
    subjects.file_checkers.clear()
    yield
    for registry, found in zip(registries, before, strict=True):
        registry.clear()
        registry.update(found)
    subjects.file_checkers[:] = files

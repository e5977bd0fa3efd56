import pytest

from documents import children


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Each test has a store of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _a_fresh_child():
    """No test is answered by a child that was forked before it."""
    children.dismiss()
    yield
    children.dismiss()

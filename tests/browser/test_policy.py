import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_inline_script_never_runs(live_server, page):
    """The strict policy is on the pages and the browser keeps it."""
    page.goto(f"{live_server.url}/khong-co-trang-nay/")

    page.evaluate(
        "() => { const s = document.createElement('script');"
        " s.textContent = 'window.ran = true'; document.head.append(s); }"
    )

    assert page.evaluate("() => window.ran === undefined")

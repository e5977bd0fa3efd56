"""A browser of few lines: one session, forms filled in as they came, over one kept connection."""

import http.client
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tests.bench.counting import HEADER


@dataclass(frozen=True)
class Page:
    status: int
    body: bytes
    path: str
    queries: int | None


class Browser:
    """Signs in and keeps its cookies; follows redirects only where it is asked to."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, count: bool = False) -> Page:
        return self._send("GET", path, None, count=count)

    def post(self, path: str, data: dict[str, str], *, count: bool = False) -> Page:
        return self._send("POST", path, urlencode(data).encode(), count=count)

    def fill(self, page: Page, data: dict[str, str], *, button: str = "") -> dict[str, str]:
        """The fields of the page's form that holds the named fields, with these answers."""
        for form in _Forms(page.body.decode()).forms:
            if set(data) <= set(form) or button in form:
                return form | data
        raise LookupError(f"no form with {sorted(data)} on {page.path}")

    def sign_in(self, username: str, password: str) -> None:
        page = self.get("/dang-nhap/")
        form = self.fill(page, {"username": username, "password": password})
        done = self.post("/dang-nhap/", form)
        if done.status != 302:
            raise LookupError(f"{username} cannot sign in: {done.status}")

    def _send(self, method: str, path: str, body: bytes | None, *, count: bool) -> Page:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://127.0.0.1:{self.port}{path}"
        if count:
            headers[HEADER] = "1"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {k: m.value for k, m in SimpleCookie(value).items()}
        landed = urlsplit(urljoin(path, answer.headers.get("Location", path)))
        queries = answer.headers.get(HEADER)
        return Page(answer.status, text, landed.path, int(queries) if queries else None)


class _Forms(HTMLParser):
    """Each form of a page as {field: value}, as a browser would send it unchanged."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select = ""
        self.area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif self.forms and found.get("name"):
            self._field(tag, found)
        elif self.forms and tag == "option" and self.select and "selected" in found:
            self.forms[-1][self.select] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data

    def _field(self, tag: str, found: dict[str, str]) -> None:
        name, kind = found["name"], found.get("type", "text")
        if tag == "select":
            self.select = name
            self.forms[-1][name] = ""
        elif tag == "textarea":
            self.area = name
            self.forms[-1][name] = ""
        elif tag == "input" and (kind not in {"radio", "checkbox"} or "checked" in found):
            self.forms[-1][name] = found.get("value", "")

"""What each route answers to whom. A view without one of these does not pass the build (AZ-03).

`@public`            anybody
`@signed_in`         whoever has an account
`@roles(Role.ADMIN)` whoever holds one of the roles today; others get the 404 of a page that is not
`@case("proposal")`  signed in; the view fetches through `visible_to`, which answers 404
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from organisation.models import User
from organisation.stages import Role

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request behind one of the decorators below, except `public`."""

    user: User
    htmx: Any


@dataclass(frozen=True)
class Access:
    """What a route declares of itself; `manage.py list_routes` prints it."""

    kind: str
    roles: tuple[str, ...] = ()
    subject: str = ""


def public(view: View) -> View:
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    return _guarded(view, Access("signed_in"))


def roles(*allowed: Role) -> Callable[[View], View]:
    return lambda view: _guarded(view, Access("roles", roles=tuple(allowed)))


def case(subject: str) -> Callable[[View], View]:
    return lambda view: _guarded(view, Access("case", subject=subject))


def _to_sign_in(request: SignedInRequest) -> HttpResponseBase:
    """To the sign-in page and back; from a piece of a page, the whole page goes there (htmx)."""
    if getattr(request, "htmx", False):
        page = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(page)["Location"])
    is_read = request.method in {"GET", "HEAD"}
    return redirect_to_login(request.get_full_path() if is_read else _form_of(request))


def _form_of(request: HttpRequest) -> str:
    """The page of ours on which a form was filled in, where its text is still kept; else none."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


def _guarded(view: View, access: Access) -> View:
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if access.roles and not request.user.powers.has(*access.roles):
            raise Http404
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded

"""What a list that is shown page by page says of where one is."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import QueryDict

from organisation.lists import MOST_PAGES, PAGES, PLACES, goes_on, pages_counted

register = template.Library()


@dataclass(frozen=True)
class More:
    """The next rows of a list: their page, the piece that a script takes from it, and the address
    that then shows all that is on the screen; empty where none does."""

    page: str
    piece: str
    address: str


@register.simple_tag(takes_context=True)
def this_page(context: Any) -> str:
    """The address of the page without what is asked of it."""
    request = getattr(context, "request", None)
    return request.path if request else ""


@register.simple_tag(takes_context=True)
def start_of_list(context: Any) -> str:
    """The address of the first page of this list with the same filters; empty where the rows on
    the screen begin with it."""
    request = getattr(context, "request", None)
    if request is None or not goes_on(request.GET) or PAGES in request.GET:
        return ""
    return _address(request.path, request.GET)


@register.simple_tag(takes_context=True)
def more_of_list(context: Any, url: str) -> More:
    """The ways to the next rows, which stand on the page `url`."""
    request = getattr(context, "request", None)
    asked = request.GET if request else QueryDict()
    begins_later = goes_on(asked) and PAGES not in asked  # by the plain link, as without a script
    count = pages_counted(asked) + 1
    if begins_later or count > MOST_PAGES:
        return More(url, url, "")
    path, _, query = url.partition("?")
    known = QueryDict(query, mutable=True)
    known.pop(PAGES, None)
    piece = known.copy()
    piece[PAGES] = str(count)
    address = _address(path or (request.path if request else ""), known, pages=count)
    return More(f"{path}?{known.urlencode()}", f"{path}?{piece.urlencode()}", address)


def _address(path: str, query: QueryDict, *, pages: int = 1) -> str:
    """The list from its beginning, that many pages of it."""
    kept = query.copy()
    for name in (*PLACES, PAGES):
        kept.pop(name, None)
    if pages > 1:
        kept[PAGES] = str(pages)
    return f"{path}?{kept.urlencode()}".removesuffix("?")

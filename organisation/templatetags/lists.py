"""What a list that is shown page by page says of where one is."""

from typing import Any

from django import template

register = template.Library()

PLACES = ("sau", "truoc")  # the words of an address that say after which row a list goes on


@register.simple_tag(takes_context=True)
def start_of_list(context: Any) -> str:
    """The address of the first page of this list with the same filters; empty on that page."""
    request = getattr(context, "request", None)
    if request is None or not any(request.GET.get(name) for name in PLACES):
        return ""
    query = request.GET.copy()
    for name in PLACES:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}".removesuffix("?")

"""Lists shown page by page: how many pages stand on the screen, so that a reload shows the same."""

from django.http import QueryDict

PLACES = ("sau", "truoc")  # the words of an address that say after which row a list goes on
PAGES = "trang"  # how many pages are shown, the last that was brought among them
MOST_PAGES = 10  # a reload brings no more at once; what lies beyond is asked for again


def pages_shown(query: QueryDict) -> int:
    """How many pages a list begins with: more than one where "Xem thêm" was used before a reload.

    A page that goes on after a row is always one.
    """
    return 1 if goes_on(query) else pages_counted(query)


def pages_counted(query: QueryDict) -> int:
    """How many pages the address speaks of; one where it says nothing that we wrote."""
    word = query.get(PAGES, "")
    is_number = word.isascii() and word.isdigit() and len(word) <= len(str(MOST_PAGES))
    return min(max(int(word), 1), MOST_PAGES) if is_number else 1


def goes_on(query: QueryDict) -> bool:
    """Whether the address asks for the rows after one."""
    return any(query.get(name) for name in PLACES)

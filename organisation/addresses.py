"""Addresses of pages that stand on every row of a list.

Django finds an address anew for each row; here the words around the reference are found once.
"""

from functools import cache
from uuid import UUID

from django.urls import reverse

NOBODY = UUID(int=0)


def address_of(route: str, ref: UUID) -> str:
    """What `reverse` answers for a route that takes one reference and nothing else."""
    before, after = _around(route)
    return f"{before}{ref}{after}"


@cache
def _around(route: str) -> tuple[str, str]:
    before, _, after = reverse(route, args=[NOBODY]).partition(str(NOBODY))
    return before, after

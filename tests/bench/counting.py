"""Says in a header how many queries a request took, when it is asked to."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Queries"


class QueryCount:
    """Counts only where the header is sent: counting itself costs CPU."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.count = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if HEADER not in request.headers:
            return self.get_response(request)
        self.count = 0
        with connection.execute_wrapper(self._count):
            response = self.get_response(request)
        response[HEADER] = str(self.count)
        return response

    def _count(self, execute: Callable, sql: str, params: object, many: bool, context: dict):
        self.count += 1
        return execute(sql, params, many, context)

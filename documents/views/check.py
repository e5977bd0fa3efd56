"""Anybody may ask whether a paper is the portal's, by its code or its file; no more is told."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from documents.actions.checking import TooMany, count_try
from documents.checking import by_code, by_file
from documents.forms.deeds import CheckForm
from documents.views.base import GET_AND_POST
from organisation.access import public


@public
@require_http_methods(GET_AND_POST)
def check(request: HttpRequest) -> HttpResponse:
    """A code from the QR code, or a file in hand, or both: the file is then held against it."""
    asked = request.method == "POST" or "ma" in request.GET
    form = CheckForm(request.POST or request.GET, request.FILES) if asked else CheckForm()
    context: dict[str, Any] = {"form": form}
    if not asked or not form.is_valid():
        return _page(request, context, 422 if form.errors else 200)
    try:
        count_try(request.META["REMOTE_ADDR"])
    except TooMany as early:
        form.add_error(None, f"Thao tác quá nhanh. Thử lại sau {early.seconds} giây.")
        return _page(request, context, 429)
    code, upload = form.cleaned_data["ma"], form.cleaned_data["tep"]
    digest = _digest(upload) if upload else ""
    found = by_code(code, digest) if code else by_file(digest)
    return _page(request, context | {"found": found, "asked": True, "has_file": bool(upload)}, 200)


def _digest(upload: Any) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "documents/check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response

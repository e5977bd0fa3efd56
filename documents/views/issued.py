"""What lies beside an issued paper: annexes in files of their own, a time stamp that came late."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import PaperStamp
from documents.reading import paper_for
from documents.responses import file_response
from organisation.access import SignedInRequest, case

MEDIA_TYPE = "application/timestamp-token"


@require_safe
@case("paper")
def annex(request: SignedInRequest, ref: UUID, number: int) -> HttpResponseBase:
    paper = paper_for(request.user, ref)
    row = get_object_or_404(paper.annex_files.select_related("file"), place=number)
    return file_response(row.file, inline=True)


@require_safe
@case("paper")
def time_stamp(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The token over the issued file, for whoever verifies it."""
    stamp = PaperStamp.objects.filter(paper=paper_for(request.user, ref)).first()
    if stamp is None:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="dau-thoi-gian-{ref}.tst"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(bytes(stamp.token), content_type=MEDIA_TYPE, headers=headers)

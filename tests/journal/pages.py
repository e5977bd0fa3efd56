"""Pages that meet a conflict, as a URL configuration for the tests of this folder."""

from django import forms
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as portal
from journal.actions import record
from journal.conflicts import Conflict
from journal.once import OnceForm, run_once
from organisation.access import public, signed_in

STREAM = "proposal:00000000-0000-4000-8000-000000000001"


class NoteForm(OnceForm):
    text = forms.CharField(label="Ý kiến")


@signed_in
def note(request):
    form = NoteForm(request.POST or None, version=3)
    if not form.is_valid():
        return HttpResponse(str(form.hidden_fields()[0]) + str(form.hidden_fields()[1]))

    def do():
        if form.cleaned_data["version"] != 3:
            raise Conflict(who="Trần Thị Ví Dụ", at=timezone.now(), url="/de-xuat/")
        entry = record("note.add", stream=STREAM, by=request.user)
        return f"/ghi/{entry.seq}/"

    return HttpResponseRedirect(run_once(request.user, form, do))


@public
def stuck(request):
    """Waits for longer than PostgreSQL lets it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)")


@public
def gone(request):
    raise OperationalError("server closed the connection unexpectedly")


urlpatterns = [path("ghi/", note), path("ket/", stuck), path("mat/", gone), *portal]

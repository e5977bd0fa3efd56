"""One form, one effect: double clicks, retries and the back button (TX-03, TX-04)."""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from journal.canonical import canonical, content_hash, plain
from journal.conflicts import Busy, Conflict, is_deadlock
from journal.deeds import deed
from journal.models import OnceKey
from journal.sql import insert_new
from organisation.fields import WordedForm
from organisation.issued import is_issued, new_key
from organisation.models import User

TRIES = 3
OTHER_CONTENT = "Biểu mẫu này đã được gửi với nội dung khác. Tải lại hồ sơ trước khi gửi tiếp."
BUSY = "Nhiều người đang cùng xử lý hồ sơ này. Thao tác chưa được thực hiện, đề nghị gửi lại."
RIGHT_LOST = "Quyền xử lý hồ sơ này vừa thay đổi. Thao tác chưa được thực hiện."
UNSAID = {"csrfmiddlewaretoken", "key"}  # not part of what a form says
done_now: ContextVar[bool] = ContextVar("done_now", default=False)  # by this very request


class OnceForm(WordedForm):
    """Adds the hidden `key` of this rendering and the `version` of the record it was made from.

    The view passes `version=`; the template prints `form.hidden_fields` (crispy does by itself).
    """

    key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"id": False}), initial=new_key, label="", required=True
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"id": False}), label="", required=False, min_value=0
    )

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        helper = getattr(self, "helper", None)
        if helper is not None:  # an empty layout makes it false
            helper.render_hidden_fields = True


def run_once(by: User, form: OnceForm, do: Callable[[], str], *, url: str = "") -> str:
    """Do it and return the URL it answers with; sent again, return the first answer only.

    Where it will lead is said beforehand as `url` where that is known: it spares a statement. One
    transaction holds the key and the effect. Raises Conflict for the same key with other content,
    Busy when a deadlock came back three times.
    """
    try:
        return retried(lambda: _claim_and_do(by, form, do, url))
    except Conflict as conflict:
        conflict.form = conflict.form or form
        raise
    except PermissionDenied:
        deny(by, form)


def deny(by: User, form: forms.Form) -> NoReturn:
    """Refuse a deed; where the form was made for this person, a right was lost since (TX-04)."""
    if any(is_issued(key, by) for key in keys_in(form.data)):
        raise Conflict(RIGHT_LOST, form=form)
    raise PermissionDenied


def once(key: UUID, *, by: User | None, content: str, url: str = "") -> OnceKey:
    """Claim the key in the running transaction; `is_first` when it was not claimed before.

    Whoever comes with the same key meanwhile waits here for the first to commit.
    """
    digest, who = content_hash(content), by.ref if by else None
    claim = OnceKey(key=key, by=who, content_sha256=digest, url=url)
    if insert_new(claim):
        claim.is_first = True
        return claim
    first = OnceKey.objects.get(key=key)
    if (first.by, first.content_sha256) != (who, digest):
        raise Conflict(OTHER_CONTENT)
    return first


def answer(claim: OnceKey, url: str) -> None:
    """Remember where the first answer led."""
    if not url:
        raise ValueError("An effect without an answer would be had again by the next click.")
    if claim.url != url:
        claim.url = url
        OnceKey.objects.filter(pk=claim.pk).update(url=url)


def sweep_keys(*, older_than: datetime) -> None:
    OnceKey.objects.filter(at__lt=older_than).delete()


def first_answer(by: User, data: QueryDict, files: MultiValueDict) -> str:
    """Where this very form led this person when it was sent before; empty when it was not."""
    keys = [key for key in map(_uuid, keys_in(data)) if key]
    found = OnceKey.objects.filter(key__in=keys, by=by.ref).first() if keys else None
    if found is None or found.content_sha256 != content_hash(_said(data, files)):
        return ""
    return found.url


def keys_in(data: Any) -> list[str]:
    """The keys of the forms that were posted."""
    return [str(value) for name, value in data.items() if name.rpartition("-")[2] == "key"]


def posted(form: forms.Form) -> str:
    """All that the form says, files by their bytes, as one text to compare."""
    return _said(form.data, form.files)


def _said(data: Any, files: Any) -> str:
    said = [[name, _values(data, name)] for name in sorted(data) if is_said(name)]
    sent = [[name, [_digest(file) for file in files.getlist(name)]] for name in sorted(files)]
    return canonical({"said": plain(said), "files": plain(sent)})


def retried(do: Callable[[], str]) -> str:
    """Try again after a deadlock, up to three times, where this is the outermost transaction."""
    if connection.in_atomic_block:
        return do()
    for _ in range(TRIES):
        try:
            return do()
        except OperationalError as error:
            if not is_deadlock(error):
                raise
    raise Busy(BUSY)


@deed()
def _claim_and_do(by: User, form: OnceForm, do: Callable[[], str], url: str) -> str:
    claim = once(form.cleaned_data["key"], by=by, content=posted(form), url=url)
    if claim.is_first:
        answer(claim, do())
        done_now.set(True)
    return claim.url


def is_said(name: str) -> bool:
    last = name.rpartition("-")[2]
    return last not in UNSAID and "password" not in last


def _values(data: Any, name: str) -> Any:
    return data.getlist(name) if isinstance(data, MultiValueDict) else str(data[name])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()

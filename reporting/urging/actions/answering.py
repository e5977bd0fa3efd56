"""After a letter was sent: the agencies answer, Sở Nội vụ reminds and closes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from deadlines.actions import stop, stop_all
from documents.models import StoredFile
from journal.actions import keep
from journal.conflicts import Conflict
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.templatetags.portal import vn_date
from reporting.urging import rules
from reporting.urging.actions.base import (
    UrgingRefused,
    live_rows,
    locked,
    raise_conflict,
    tell,
    write,
)
from reporting.urging.actions.paperwork import answerers, subject_of
from reporting.urging.models import UrgedAgency, UrgingDispatch
from reporting.urging.stages import UrgingState

ONCE_A_WEEK = "Đã nhắc ngày {last}. Được nhắc lại từ ngày {day}."


@dataclass(frozen=True)
class Answer:
    text: str
    number: str = ""  # of the agency's own letter
    files: Sequence[StoredFile] = ()


@deed()
def answer(row_id: int, said: Answer, *, by: User) -> UrgedAgency:
    """The agency answers: its task is done. The last of all answers ends the letter's waiting.

    Raises Conflict where a colleague answered first, PermissionDenied.
    """
    dispatch = locked(UrgedAgency.objects.values_list("dispatch_id", flat=True).get(pk=row_id))
    row = dispatch.urged.select_related("clock", "answered_by").get(pk=row_id)
    row.dispatch = dispatch
    if row.answered_at and row.answered_by:
        raise _answered(row)
    if not rules.may_answer(row, by):
        if dispatch.state not in (UrgingState.DRAFT, UrgingState.SENT):
            raise_conflict(dispatch)
        raise PermissionDenied
    row.answer, row.answer_number = said.text, said.number
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()
    row.files.set(said.files)
    if row.clock:
        stop(row.clock, today(), "answered")
    _heard(dispatch, row, said, by)
    return row


@deed()
def remind(dispatch_id: int, *, by: User, version: int | None = None) -> int:
    """Remind those who have not answered, once a week at most; answers how many agencies.

    Raises Conflict, PermissionDenied, UrgingRefused.
    """
    dispatch = locked(dispatch_id, version=version)
    if not rules.may_remind(dispatch, by):
        _refuse(dispatch, by)
    if dispatch.remind_from and dispatch.remind_from > today():
        last, day = vn_date(dispatch.reminded_on), vn_date(dispatch.remind_from)
        raise UrgingRefused(ONCE_A_WEEK.format(last=last, day=day))
    silent = [row for row in live_rows(dispatch) if row.answered_at is None]
    dispatch.reminded_on = today()
    entry = write(dispatch, "remind", by=by, agencies=len(silent))
    people = [person for row in silent for person in answerers(row)]
    number = dispatch.number
    text = f"Công văn đôn đốc số {number} chưa được trả lời, hạn {vn_date(dispatch.answer_by)}."
    tell(dispatch, entry, people, subject=f"Nhắc lại công văn đôn đốc số {number}", text=text)
    return len(silent)


@deed()
def close(dispatch_id: int, *, by: User, version: int | None = None) -> UrgingDispatch:
    """End the urging: open tasks stop, and the agency's ladder begins anew.

    Raises Conflict, PermissionDenied.
    """
    dispatch = locked(dispatch_id, version=version)
    if not rules.may_close(dispatch, by):
        _refuse(dispatch, by)
    before = dispatch.state
    dispatch.close()
    stop_all(subject_of(dispatch), today(), "closed")
    write(dispatch, "close", by=by, before=before)
    return dispatch


def _heard(dispatch: UrgingDispatch, row: UrgedAgency, said: Answer, by: User) -> None:
    before = dispatch.state
    silent = dispatch.urged.live().filter(answered_at=None)
    if not silent.exists():
        dispatch.finish()
    facts = {"agency": row.agency_name, "number": said.number, "quote": said.text}
    content = keep("urging_answer", dispatch.stream, facts)
    entry = write(
        dispatch,
        "answer",
        by=by,
        before=before,
        content=content,
        agency=str(row.agency.ref),
        files_sha256=[one.sha256 for one in said.files],
    )
    subject = f"Đã có trả lời công văn đôn đốc số {dispatch.number}"
    text = f"{row.agency_name} đã trả lời công văn đôn đốc số {dispatch.number}."
    to = [dispatch.created_by]
    tell(dispatch, entry, to, subject=subject, text=text, event="urging-answered")


def _answered(row: UrgedAgency) -> Conflict:
    dispatch = row.dispatch
    who = row.answered_by.full_name if row.answered_by else ""
    return Conflict(
        who=who,
        at=row.answered_at,
        label=UrgingState.ANSWERED.label,
        url=dispatch.get_absolute_url(),
        stream=dispatch.stream,
        action="urging.answer",
    )


def _refuse(dispatch: UrgingDispatch, by: User) -> None:
    """An officer's form came too late; anybody else's was never theirs."""
    if rules.is_officer(by):
        raise_conflict(dispatch)
    raise PermissionDenied

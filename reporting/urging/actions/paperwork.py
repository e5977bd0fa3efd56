"""What the paper of a letter does to the letter: it follows it from the draft to the register.

Documents call these in the transaction of the deed on the paper.
"""

from typing import Any

from deadlines.actions import UnknownRule, start, stop_all
from deadlines.parties import Holder, Subject
from documents.actions.base import Refused
from documents.hooks import Moved
from documents.stages import PaperState
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from organisation.templatetags.portal import vn_date
from reporting.urging.actions.base import (
    late_now,
    live_rows,
    locked_row,
    tell,
    this_minute,
    told_of,
    write,
)
from reporting.urging.late import days_late
from reporting.urging.models import STREAM, UrgedAgency, UrgedItem, UrgingDispatch
from reporting.urging.papers import refreshed
from reporting.urging.rules import LEADING
from reporting.urging.stages import UrgingState

ALL_SETTLED = "Các cơ quan trong văn bản không còn việc quá hạn. Trả lại để hủy dự thảo."
TOO_LATE = "Hạn trả lời {day} phải sau ngày gửi. Trả lại để sửa hạn trả lời."
GIVEN_UP = "Công văn đôn đốc này đã hủy."
ANSWER = "URGING_ANSWER"


def not_yet(paper_id: int) -> str:
    """Why the paper may not go on now: nothing is late any more, or the answer is due already."""
    dispatch = UrgingDispatch.objects.filter(paper=paper_id).select_related("paper").first()
    if dispatch is None:
        return ""
    if dispatch.state == UrgingState.CANCELLED:
        return GIVEN_UP
    if dispatch.answer_by and dispatch.answer_by <= today():
        return TOO_LATE.format(day=vn_date(dispatch.answer_by))
    rows = live_rows(dispatch)
    is_signed = dispatch.paper is not None and dispatch.paper.state == PaperState.SIGNED
    return "" if is_signed or late_now(dispatch, rows, this_minute()) else ALL_SETTLED


def at_signature(paper_id: int, facts: Any) -> Any:
    """The paper with what is late at this minute, and the same kept as the lines of its annexes.

    An agency that has settled all is left out. Raises Refused where nothing is left.
    """
    found = UrgingDispatch.objects.filter(paper=paper_id, state=UrgingState.WAITING).first()
    if found is None:
        return facts
    dispatch, at = locked_row(found), this_minute()
    rows = live_rows(dispatch)
    items = late_now(dispatch, rows, at)
    if not items:
        raise Refused(ALL_SETTLED)
    late = [row for row in rows if row.agency_id in items]
    dispatch.urged.exclude(pk__in=[row.pk for row in late]).update(is_dropped=True)
    UrgedItem.objects.bulk_create(
        UrgedItem(urged=row, clock=clock, place=place, days_late=days_late(clock))
        for row in late
        for place, clock in enumerate(items[row.agency_id], start=1)
    )
    return refreshed(dict(facts), dispatch, told_of(late, items), at)


def on_moved(moved: Moved) -> None:
    kind, _, ref = moved.paper.stream.partition(":")
    if kind != STREAM:
        return
    dispatch = locked_row(UrgingDispatch.objects.get(ref=ref))
    if moved.deed == "issue" and moved.paper.replaces_id == dispatch.paper_id:
        dispatch.paper = moved.paper  # the same letter in better words
        write(dispatch, "replace", by=moved.by, paper=str(moved.paper.ref))
    elif moved.paper.pk == dispatch.paper_id and moved.deed in FOLLOWS:
        dispatch.paper = moved.paper
        FOLLOWS[moved.deed](dispatch, moved)


def subject_of(dispatch: UrgingDispatch) -> Subject:
    title = dispatch.paper.title if dispatch.paper else dispatch.get_rung_display()
    return Subject(STREAM, dispatch.ref, dispatch.number[:24], title, dispatch.stream)


def answerers(row: UrgedAgency) -> list[User]:
    """Who is told at an agency: its head, its deputies, its focal point."""
    return list(User.objects.holding(*LEADING, Role.AGENCY_FOCAL, unit=row.agency_id))


def _laid(dispatch: UrgingDispatch, moved: Moved) -> None:
    before = dispatch.state
    dispatch.lay()
    write(dispatch, "lay", by=moved.by, before=before)


def _given_back(dispatch: UrgingDispatch, moved: Moved) -> None:
    before = dispatch.state
    dispatch.take_back()
    UrgedItem.objects.filter(urged__dispatch=dispatch).delete()
    write(dispatch, "take_back", by=moved.by, before=before)


def _signed(dispatch: UrgingDispatch, moved: Moved) -> None:
    items = UrgedItem.objects.filter(urged__dispatch=dispatch).count()
    left_out = dispatch.urged.filter(is_dropped=True).count()
    agencies = dispatch.urged.live().count()
    write(dispatch, "sign", by=moved.by, items=items, agencies=agencies, left_out=left_out)


def _issued(dispatch: UrgingDispatch, moved: Moved) -> None:
    before = dispatch.state
    dispatch.send(on=today())
    entry = write(
        dispatch,
        "send",
        by=moved.by,
        before=before,
        number=moved.paper.number,
        notation=moved.paper.notation,
    )
    number, office = dispatch.number, dispatch.unit.at(today()).name
    if dispatch.is_report:
        people = User.objects.holding(*LEADING, unit=dispatch.reported_to or 0)
        text = f"{office} báo cáo các cơ quan vẫn có việc quá hạn sau hai lần đôn đốc."
        tell(dispatch, entry, people, subject=f"Báo cáo số {number}", text=text)
        return
    rows = live_rows(dispatch)
    for row in rows:
        _ask(dispatch, row)
    people = [person for row in rows for person in answerers(row)]
    text = f"{office} đôn đốc việc quá hạn. Trả lời trước hết ngày {vn_date(dispatch.answer_by)}."
    tell(dispatch, entry, people, subject=f"Công văn đôn đốc số {number}", text=text)


def _recalled(dispatch: UrgingDispatch, moved: Moved) -> None:
    before = dispatch.state
    dispatch.recall()
    dispatch.urged.update(is_dropped=True)
    stop_all(subject_of(dispatch), today(), "recalled")
    write(dispatch, "recall", by=moved.by, before=before)


FOLLOWS = {
    "send": _laid,
    "send_back": _given_back,
    "sign": _signed,
    "issue": _issued,
    "recall": _recalled,
}


def _ask(dispatch: UrgingDispatch, row: UrgedAgency) -> None:
    """The agency's task: of its focal point, else of its head."""
    focal = User.objects.holding(Role.AGENCY_FOCAL, unit=row.agency_id).exists()
    role = Role.AGENCY_FOCAL if focal else Role.AGENCY_HEAD
    try:
        row.clock = start(
            ANSWER,
            subject=subject_of(dispatch),
            holder=Holder.post(role, row.agency_id),
            on=today(),
            verb="Trả lời công văn đôn đốc",
            url=dispatch.get_absolute_url(),
            due_on=dispatch.answer_by,
        )
    except UnknownRule:  # a portal whose rules are not seeded
        return
    row.save(update_fields=["clock"])

"""Requests for help: asked by the team, answered or passed on by the agency that was asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from journal.deeds import deed
from journal.models import Content
from organisation.days import today
from organisation.models import OrgUnit, User
from pilots import people, rules
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked,
    locked_row,
    next_code,
    note,
    permit,
    raise_conflict,
    step,
    tell,
)
from pilots.models import HelpForward, HelpRequest
from pilots.stages import HELP_OPEN, HelpState

PAST = "Chọn ngày từ hôm nay trở đi."
NO_ANSWER = "Nhập nội dung trả lời."
NO_REASON = "Nêu lý do không giải quyết được."
NO_REASON_TO_FORWARD = "Nêu lý do chuyển."
SAME_UNIT = "Chọn cơ quan khác với cơ quan đang được đề nghị."


@dataclass(frozen=True)
class Asked:
    kind: str
    what: str
    unit: OrgUnit
    needed_by: date
    details: str = ""


@deed()
def ask_help(pilot_id: int, asked: Asked, *, by: User) -> HelpRequest:
    """Ask an agency for help; its focal point has a clock for the answer.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id)
    permit(pilot, "ask_help", by)
    if asked.needed_by < today():
        raise Incomplete([PAST])
    request = HelpRequest(
        pilot=pilot,
        code=next_code("HT"),
        kind=asked.kind,
        what=asked.what,
        details=asked.details,
        unit=asked.unit,
        unit_name=asked.unit.at(today()).name,
        needed_by=asked.needed_by,
        requested_by=by,
    )
    request.content = keep_text(
        pilot,
        "help_request",
        code=request.code,
        kind=asked.kind,
        unit=request.unit_name,
        needed_by=asked.needed_by,
        details=asked.details,
        quote=asked.what,
    )
    request.clock = _clock(request)
    request.save()
    entry = note(
        pilot, "help.ask", by=by, content=request.content, after=request.state, **_named(request)
    )
    tell(
        pilot,
        entry,
        people.helpers(request.unit_id),
        event="help-asked",
        subject=f"Yêu cầu hỗ trợ {request.code}, cần trước {asked.needed_by:%d/%m/%Y}",
        text=asked.what,
        url=answer_url(request),
        outside=True,
    )
    return request


@deed()
def receive_help(
    request_id: int, *, by: User, promised_on: date | None = None, version: int | None = None
) -> HelpRequest:
    """The agency takes the request on, and may say by when it answers."""
    request = _at_agency(request_id, by, version)
    if promised_on and promised_on < today():
        raise Incomplete([PAST])
    before = request.state
    step(request, "receive", request.pilot)
    request.received_by, request.promised_on = by, promised_on
    content = keep_text(request.pilot, "help_receipt", code=request.code, promised_on=promised_on)
    return _finished(request, "help.receive", by, content, before)


@deed()
def work_on_help(request_id: int, *, by: User, version: int | None = None) -> HelpRequest:
    request = _at_agency(request_id, by, version)
    before = request.state
    step(request, "work_on", request.pilot)
    request.received_by = request.received_by or by
    content = keep_text(request.pilot, "help_work", code=request.code)
    return _finished(request, "help.work_on", by, content, before)


@deed()
def answer_help(
    request_id: int,
    *,
    by: User,
    answer: str,
    is_solved: bool = True,
    version: int | None = None,
) -> HelpRequest:
    """Answer: solved, or not, with the reason. Raises Conflict, PermissionDenied, Incomplete."""
    request = _at_agency(request_id, by, version)
    if not answer.strip():
        raise Incomplete([NO_ANSWER if is_solved else NO_REASON])
    before = request.state
    step(request, "solve" if is_solved else "decline", request.pilot)
    request.answer, request.answered_by = answer, by
    holding.stop(request.clock, request.state)
    content = keep_text(
        request.pilot, "help_answer", code=request.code, state=request.state, quote=answer
    )
    return _finished(
        request, "help.solve" if is_solved else "help.decline", by, content, before, text=answer
    )


@deed()
def forward_help(
    request_id: int, unit: OrgUnit, *, by: User, reason: str, version: int | None = None
) -> HelpRequest:
    """Pass the request on to another agency: its clock starts anew there.

    Whoever was asked may, and Sở Nội vụ. Raises Conflict, PermissionDenied, Incomplete.
    """
    request = locked_row(HelpRequest, request_id, version=version)
    pilot = request.pilot
    if not rules.may_answer_help(request.unit_id, by):
        permit(pilot, "forward_help", by)
    if not reason.strip():
        raise Incomplete([NO_REASON_TO_FORWARD])
    if unit.pk == request.unit_id:
        raise Incomplete([SAME_UNIT])
    before, old_name = request.state, request.unit_name
    step(request, "forward", pilot)
    request.unit, request.unit_name = unit, unit.at(today()).name
    request.received_by = request.promised_on = None
    HelpForward.objects.create(
        request=request,
        from_unit_name=old_name,
        to_unit_name=request.unit_name,
        reason=reason,
        by=by,
    )
    holding.stop(request.clock, "forwarded")
    request.clock = _clock(request)
    content = keep_text(
        pilot, "help_forward", code=request.code, to=request.unit_name, quote=reason
    )
    _finished(request, "help.forward", by, content, before, text=reason)
    return request


def answer_url(request: HelpRequest) -> str:
    """Where the agency that was asked answers: outside of the case."""
    return reverse("pilots:help_answer", args=[request.ref])


def _at_agency(request_id: int, by: User, version: int | None) -> HelpRequest:
    request = locked_row(HelpRequest, request_id, version=version)
    if not rules.may_answer_help(request.unit_id, by):
        raise PermissionDenied
    if request.state not in HELP_OPEN:
        raise_conflict(request.pilot)
    return request


def _finished(
    request: HelpRequest, action: str, by: User, content: Content, before: str, *, text: str = ""
) -> HelpRequest:
    """Save, write down, and tell both sides."""
    pilot = request.pilot
    request.version += 1
    request.save()
    entry = note(
        pilot, action, by=by, content=content,
        before=before, after=request.state, **_named(request),
    )  # fmt: skip
    label = HelpState(request.state).label.lower()
    tell(
        pilot,
        entry,
        people.team(pilot),
        event=action.replace(".", "-"),
        subject=f"Yêu cầu hỗ trợ {request.code}: {label}",
        text=text or f"{request.unit_name}: {label}.",
        url=reverse("pilots:help_request", args=[pilot.proposal.ref, request.ref]),
    )
    if action == "help.forward":
        tell(
            pilot,
            entry,
            people.helpers(request.unit_id),
            event="help-asked",
            subject=f"Yêu cầu hỗ trợ {request.code}, cần trước {request.needed_by:%d/%m/%Y}",
            text=request.what,
            url=answer_url(request),
            outside=True,
        )
    return request


def _clock(request: HelpRequest) -> Clock:
    return holding.give_to_role(
        request.pilot,
        "HELP_ANSWER",
        people.helper_role(request.unit_id),
        unit_id=request.unit_id,
        verb=f"Trả lời yêu cầu hỗ trợ {request.code}",
        url=answer_url(request),
        detail=request.what,
    )


def _named(request: HelpRequest) -> dict[str, Any]:
    """What the journal calls it: its code, and the ref that leads to its page."""
    return {"code": request.code, "request": str(request.ref)}

"""Suspension, going on, early stop, end of a pilot; the last two open its evaluation."""

from django.urls import reverse

from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from journal.models import Content, Entry
from organisation.days import today
from organisation.models import User
from pilots import papers, people
from pilots.actions import holding
from pilots.actions.base import Incomplete, check, keep_text, locked, move, position_of, tell
from pilots.models import Evaluation, Halt, Pilot
from pilots.stages import EvaluationKind, HaltKind

NO_REASON = "Nêu lý do."
NO_HAND_BACK = "Nhập phương án trả lại như cũ."
PAUSED = "Tạm dừng thí điểm"


@deed()
def suspend(pilot_id: int, *, by: User, reason: str, version: int | None = None) -> Halt:
    """Stop the work for a time: clocks of reports and milestones pause, Sở Nội vụ is told.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    pilot = locked(pilot_id, version=version)
    check(pilot, "suspend", by)
    _need(reason, NO_REASON)
    halt = _halt(pilot, HaltKind.SUSPENSION, by, reason)
    entry = move(pilot, "suspend", by=by, content=halt.content)
    holding.pause_work(pilot, pilot.worded(PAUSED))
    halt.clock = holding.give_to_head(
        pilot,
        "SUSPENSION_REVIEW",
        verb=pilot.worded("Xem xét việc tạm dừng thí điểm"),
        url=reverse("pilots:resume", args=[pilot.proposal.ref]),
        detail=reason,
    )
    _draw(halt, by)
    holding.show(pilot)
    _tell(pilot, entry, "pilot-suspended", "Thí điểm tạm dừng", reason, also=people.home_affairs())
    return halt


@deed()
def resume(pilot_id: int, *, by: User, reason: str, version: int | None = None) -> Pilot:
    """Go on: paused clocks count again, and their days move by the time of the pause."""
    pilot = locked(pilot_id, version=version)
    check(pilot, "resume", by)
    _need(reason, NO_REASON)
    content = keep_text(pilot, "resumption", quote=reason)
    entry = move(pilot, "resume", by=by, content=content)
    _end_suspension(pilot, by, reason)
    compose(
        PaperKind.DECISION,
        stream=pilot.stream,
        facts=papers.resumption_decision(pilot, reason, today()),
        by=by,
        unit=pilot.deciding_unit,
    )
    holding.resume_work(pilot)
    holding.show(pilot)
    _tell(pilot, entry, "pilot-resumed", "Thí điểm tiếp tục", reason, also=people.home_affairs())
    return pilot


@deed()
def terminate(
    pilot_id: int, *, by: User, reason: str, hand_back: str, version: int | None = None
) -> Halt:
    """Stop early, with the plan to put things back as they were; the evaluation begins."""
    pilot = locked(pilot_id, version=version)
    check(pilot, "terminate", by)
    _need(reason, NO_REASON)
    _need(hand_back, NO_HAND_BACK)
    _end_suspension(pilot, by, reason)
    halt = _halt(pilot, HaltKind.TERMINATION, by, reason, hand_back)
    entry = move(pilot, "terminate", by=by, content=halt.content)
    _draw(halt, by)
    _begin_evaluation(pilot, "terminated")
    _tell(pilot, entry, "pilot-stopped", "Thí điểm dừng trước hạn", reason,
          also=people.home_affairs())  # fmt: skip
    return halt


@deed()
def complete(pilot_id: int, *, by: User, summary: str = "", version: int | None = None) -> Pilot:
    """End the work: the leader reports its result within the clock (Nghị định 73/2023, Điều 18)."""
    pilot = locked(pilot_id, version=version)
    content = keep_text(pilot, "completion", ended_on=today(), quote=summary)
    entry = move(pilot, "complete", by=by, content=content)
    _begin_evaluation(pilot, "completed")
    _tell(pilot, entry, "pilot-completed", "Thí điểm kết thúc, chờ báo cáo kết quả",
          summary or pilot.worded(f"{by.display} kết thúc thí điểm."))  # fmt: skip
    return pilot


@deed()
def close(pilot_id: int, *, by: User) -> Pilot:
    """Close the file of an evaluated pilot; the room above calls it when the case is concluded."""
    pilot = locked(pilot_id)
    move(pilot, "close", by=by)
    return pilot


def _begin_evaluation(pilot: Pilot, outcome: str) -> None:
    """The final evaluation opens with the clock of the result report."""
    holding.stop_work(pilot, outcome)
    evaluation = Evaluation(pilot=pilot, kind=EvaluationKind.FINAL)
    evaluation.clock = holding.give_to_person(
        pilot,
        "RESULT_REPORT",
        pilot.leader,
        verb="Lập báo cáo kết quả",
        url=reverse("pilots:evaluation", args=[pilot.proposal.ref]),
    )
    evaluation.save()
    holding.show(pilot)


def _halt(pilot: Pilot, kind: HaltKind, by: User, reason: str, hand_back: str = "") -> Halt:
    content: Content = keep_text(
        pilot, kind.value, from_on=today(), hand_back=hand_back, quote=reason
    )
    return Halt.objects.create(
        pilot=pilot,
        kind=kind,
        reason=reason,
        hand_back=hand_back,
        decided_by=by,
        decided_by_position=position_of(by),
        content=content,
    )


def _draw(halt: Halt, by: User) -> None:
    """Draw up the decision for the clerk."""
    pilot = halt.pilot
    halt.document = compose(
        PaperKind.DECISION,
        stream=pilot.stream,
        facts=papers.halt_decision(halt),
        by=by,
        unit=pilot.deciding_unit,
    )
    halt.save()


def _end_suspension(pilot: Pilot, by: User, reason: str) -> None:
    halt = Halt.objects.filter(pilot=pilot, ended_on=None).select_related("clock").first()
    if halt is None:
        return
    holding.stop(halt.clock, "decided")
    halt.ended_on, halt.ended_by, halt.end_reason = today(), by, reason
    halt.save()


def _need(text: str, message: str) -> None:
    if not text.strip():
        raise Incomplete([message])


def _tell(
    pilot: Pilot, entry: Entry, event: str, subject: str, text: str, also: list[User] | None = None
) -> None:
    recipients = {*people.team(pilot), *people.heads(pilot), *(also or [])}
    if pilot.monitor:
        recipients.add(pilot.monitor)
    tell(
        pilot,
        entry,
        recipients,
        event=event,
        subject=pilot.worded(subject),
        text=text,
        url=pilot.get_absolute_url(),
    )

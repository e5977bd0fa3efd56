"""Evaluations: the report of those who did the work, what others say of it, and the conclusion."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from pilots import meeting_papers, papers, people
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
    keep_text,
    locked,
    locked_row,
    note,
    permit,
    raise_conflict,
    step,
    tell,
)
from pilots.hooks import result_told
from pilots.models import Evaluation, Evaluator, Pilot
from pilots.stages import (
    EvaluationKind,
    EvaluationState,
    EvaluatorSeat,
    Opinion,
)

NO_REPORT = "Nhập báo cáo kết quả."
NO_PARTY_OPINION = "Nhập ý kiến của cấp ủy."
NO_OPINION = "Chọn ý kiến về kết quả."
NO_TEXT = "Nêu lý do của ý kiến."


@deed()
def open_interim(pilot_id: int, *, by: User, version: int | None = None) -> Evaluation:
    """Open an interim review (sơ kết) of a running pilot: it goes straight to the meeting."""
    pilot = locked(pilot_id, version=version)
    permit(pilot, "open_interim", by)
    if pilot.evaluations.exclude(state=EvaluationState.CONCLUDED).exists():
        raise_conflict(pilot)
    evaluation = Evaluation(pilot=pilot, kind=EvaluationKind.INTERIM)
    step(evaluation, "go_to_meeting", pilot)
    evaluation.clock = _meeting_clock(evaluation)
    evaluation.save()
    note(pilot, "evaluation.open_interim", by=by, after=evaluation.state)
    _seat(evaluation)
    return evaluation


@deed()
def report_result(
    evaluation_id: int, *, by: User, report: str, version: int | None = None
) -> Evaluation:
    """Send the result report: its clock stops, that of the evaluation starts for the head.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    evaluation = locked_row(Evaluation, evaluation_id, version=version)
    pilot = evaluation.pilot
    permit(pilot, "submit_result", by)
    if not report.strip():
        raise Incomplete([NO_REPORT])
    step(evaluation, "report_result", pilot)
    evaluation.report, evaluation.reported_by = report, by
    evaluation.report_content = keep_text(
        pilot, "result_report", figures=papers.figures(pilot), text=report
    )
    evaluation.report_document = compose(
        PaperKind.REPORT,
        stream=pilot.stream,
        facts=papers.result_report(evaluation),
        by=by,
        unit=pilot.agency,
    )
    compose(
        PaperKind.OFFICIAL_LETTER,
        stream=pilot.stream,
        facts=meeting_papers.party_letter(evaluation),
        by=None,  # of the unit that decides, not of those who report
        unit=pilot.deciding_unit,
    )
    holding.stop(evaluation.clock, "reported")
    evaluation.clock = _meeting_clock(evaluation)
    evaluation.party_clock = _party_clock(evaluation)
    _save(evaluation)
    entry = note(
        pilot, "evaluation.report", by=by, content=evaluation.report_content,
        before=EvaluationState.REPORTING, after=evaluation.state,
    )  # fmt: skip
    holding.show(pilot)
    tell(
        pilot,
        entry,
        {*people.heads(pilot), *people.liaisons(pilot), *people.desk(pilot)},
        event="result-reported",
        subject="Đã có báo cáo kết quả, chờ đánh giá",
        text=f"{by.display} đã gửi báo cáo kết quả.",
        url=url_of(evaluation),
    )
    return evaluation


@deed()
def record_party_opinion(
    evaluation_id: int, *, by: User, opinion: str, document: str = "", version: int | None = None
) -> Evaluation:
    """Write down what the party committee said, before the meeting (Nghị định 73/2023, Điều 4)."""
    evaluation = locked_row(Evaluation, evaluation_id, version=version)
    pilot = evaluation.pilot
    permit(pilot, "record_party_opinion", by)
    if not opinion.strip():
        raise Incomplete([NO_PARTY_OPINION])
    step(evaluation, "hear_party", pilot)
    evaluation.party_opinion, evaluation.party_document = opinion, document
    evaluation.party_recorded_by = by
    evaluation.party_content = keep_text(
        pilot, "evaluation_party_opinion", text=opinion, document=document
    )
    holding.stop(evaluation.party_clock, "heard")
    _save(evaluation)
    note(
        pilot, "evaluation.party_opinion", by=by, content=evaluation.party_content,
        before=EvaluationState.PARTY_OPINION, after=evaluation.state,
    )  # fmt: skip
    _seat(evaluation)
    holding.show(pilot)
    return evaluation


@deed()
def give_opinion(
    evaluation_id: int, *, by: User, opinion: str, text: str, version: int | None = None
) -> Evaluator:
    """A member says what they think; once, and before the conclusion.

    Raises Conflict, PermissionDenied (also where the person has no seat), Incomplete.
    """
    evaluation = locked_row(Evaluation, evaluation_id, version=version)
    pilot = evaluation.pilot
    permit(pilot, "evaluate", by)
    if evaluation.state != EvaluationState.MEETING:
        raise_conflict(pilot)
    seat = evaluation.evaluators.select_for_update(of=("self",)).filter(person=by).first()
    if seat is None:
        raise PermissionDenied
    if seat.opinion:
        raise_conflict(pilot)
    lacking = [NO_OPINION] * (opinion not in Opinion.values) + [NO_TEXT] * (not text.strip())
    if lacking:
        raise Incomplete(lacking)
    seat.opinion, seat.text = opinion, text
    seat.content = keep_text(pilot, "evaluation_opinion", opinion=opinion, text=text)
    entry = note(pilot, "evaluation.opinion", by=by, content=seat.content)
    seat.given_at = entry.at
    seat.save()
    holding.stop(seat.clock, "given")
    return seat


@deed()
def issue_notice(evaluation_id: int, *, by: User, version: int | None = None) -> Evaluation:
    """Record that the notice of the result went to those concerned; its clock stops."""
    evaluation = locked_row(Evaluation, evaluation_id, version=version)
    pilot = evaluation.pilot
    permit(pilot, "issue_notice", by)
    if not evaluation.is_concluded or evaluation.notified_on:
        raise_conflict(pilot)
    evaluation.notified_on = today()
    holding.stop(evaluation.clock, "issued")
    _save(evaluation)
    entry = note(pilot, "evaluation.notify", by=by)
    holding.show(pilot)
    tell(
        pilot,
        entry,
        people.team(pilot),
        event="evaluation-notified",
        subject="Kết quả đánh giá",
        text=f"{pilot.deciding_unit_name} thông báo kết quả đánh giá.",
        url=url_of(evaluation),
    )
    if evaluation.is_final:
        for ask in result_told:
            ask(pilot)
    return evaluation


def url_of(evaluation: Evaluation) -> str:
    name = "pilots:evaluation" if evaluation.is_final else "pilots:interim"
    return reverse(name, args=[evaluation.pilot.proposal.ref])


def _seat(evaluation: Evaluation) -> None:
    """Seat the collective that evaluates: the head in the chair, and the deputies.

    Nobody whose own case it is has a seat (AZ-07; Nghị định 73/2023, Điều 18).
    """
    pilot = evaluation.pilot
    heads, deputies = people.heads(pilot)[:1], people.deputies(pilot)
    for person in heads:
        _add_seat(evaluation, person, EvaluatorSeat.CHAIR)
    for person in _others(deputies, heads):
        _add_seat(evaluation, person, EvaluatorSeat.MEMBER)


def _add_seat(evaluation: Evaluation, person: User, seat: EvaluatorSeat) -> None:
    clock = None
    if seat == EvaluatorSeat.MEMBER:  # the chair holds the clock of the meeting itself
        clock = holding.give_to_person(
            evaluation.pilot,
            "EVALUATION_MEETING",
            person,
            verb="Cho ý kiến đánh giá kết quả",
            url=url_of(evaluation),
            due_on=evaluation.clock.due_on if evaluation.clock else None,
        )
    Evaluator.objects.create(evaluation=evaluation, person=person, seat=seat, clock=clock)


def _others(people_found: Iterable[User], without: list[User]) -> list[User]:
    return [user for user in people_found if user not in without]


def _meeting_clock(evaluation: Evaluation) -> Clock:
    return holding.give_to_head(
        evaluation.pilot,
        "EVALUATION_MEETING",
        verb="Đánh giá kết quả" if evaluation.is_final else "Sơ kết thí điểm",
        url=url_of(evaluation),
    )


def _party_clock(evaluation: Evaluation) -> Clock:
    """The liaison of the party committee has it; where there is none, the focal point."""
    pilot: Pilot = evaluation.pilot
    words: dict[str, Any] = {"verb": "Ghi ý kiến của cấp ủy về kết quả", "url": url_of(evaluation)}
    if people.liaisons(pilot):
        return holding.give_to_role(pilot, "OPINION", Role.PARTY_LIAISON, **words)
    return holding.give_to_desk(pilot, "OPINION", **words)


def _save(evaluation: Evaluation) -> None:
    evaluation.version += 1
    evaluation.save()

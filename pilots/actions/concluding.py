"""The conclusion of an evaluation is written down, and what follows from it."""

from decimal import Decimal
from typing import Any

from documents.actions import compose
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.models import User
from pilots import meeting_papers, papers, people, progress
from pilots.actions import holding
from pilots.actions.base import (
    keep_text,
    locked_row,
    move,
    note,
    permit,
    position_of,
    raise_conflict,
    step,
    tell,
)
from pilots.actions.conclusions import Conclusion, Unfinished, missing
from pilots.actions.evaluating import url_of
from pilots.models import Cause, Damage, Evaluation, FinalValue, Indicator
from pilots.stages import EvaluationState, Result
from proposals.actions import lifecycle


@deed()
def conclude(
    evaluation_id: int, said: Conclusion, *, by: User, version: int | None = None
) -> Evaluation:
    """The chair concludes; a final evaluation moves the pilot and its proposal on.

    Raises Conflict, PermissionDenied, Unfinished.
    """
    evaluation = locked_row(Evaluation, evaluation_id, version=version)
    pilot = evaluation.pilot
    permit(pilot, "conclude", by)
    if evaluation.is_concluded:
        raise_conflict(pilot)
    lacking = missing(evaluation, said)
    if lacking:
        raise Unfinished(lacking)
    step(evaluation, "conclude", pilot)
    _write(evaluation, said, by)
    evaluation.content = keep_text(pilot, "evaluation", **_facts(evaluation))
    evaluation.document = compose(
        PaperKind.NOTICE,
        stream=pilot.stream,
        facts=papers.evaluation_notice(evaluation),
        by=by,
        unit=pilot.deciding_unit,
    )
    compose(
        PaperKind.MINUTES,
        stream=pilot.stream,
        facts=meeting_papers.evaluation_minutes(evaluation),
        by=by,
        unit=pilot.deciding_unit,
    )
    _stop_clocks(evaluation)
    evaluation.save()
    if evaluation.is_final:
        _move_on(evaluation, by)
    else:
        note(
            pilot, "evaluation.conclude_interim", by=by, content=evaluation.content,
            before=EvaluationState.MEETING, after=evaluation.state,
        )  # fmt: skip
    return evaluation


def _write(evaluation: Evaluation, said: Conclusion, by: User) -> None:
    for name in ("result", "recommendation", "lessons", "assessment", "has_damage"):
        setattr(evaluation, name, getattr(said, name))
    evaluation.concluded_by, evaluation.concluded_by_position = by, position_of(by)
    evaluation.version += 1
    for row in evaluation.pilot.indicators.in_plan().filter(pk__in=said.values):
        _write_value(evaluation, row, said.values[row.pk])
    Cause.objects.bulk_create(
        Cause(
            evaluation=evaluation,
            kind=line.kind,
            text=line.text,
            weight=line.weight,
            evidence=line.evidence,
        )
        for line in sorted(said.causes, key=lambda line: line.kind)  # objective first
    )
    Damage.objects.bulk_create(
        Damage(
            evaluation=evaluation,
            kind=line.kind,
            amount=line.amount,
            bearer=line.bearer,
            note=line.note,
        )
        for line in said.damages
    )


def _write_value(evaluation: Evaluation, row: Indicator, value: Decimal) -> None:
    FinalValue.objects.create(
        evaluation=evaluation,
        indicator=row,
        value=value,
        target=row.target,
        percent=progress.percent(row.share_of(value)),
    )


def _facts(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "kind": evaluation.kind,
        "result": evaluation.result,
        "assessment": evaluation.assessment,
        "lessons": evaluation.lessons,
        "recommendation": evaluation.recommendation,
        "has_damage": evaluation.has_damage,
        "values": [
            {
                "indicator": row.indicator.ref,
                "value": row.value,
                "target": row.target,
                "percent": row.percent,
            }
            for row in evaluation.final_values.select_related("indicator").order_by("pk")
        ],
        "causes": [
            {
                "kind": row.kind,
                "text": row.text,
                "weight": row.weight,
                "file_sha256": row.evidence.sha256 if row.evidence else None,
            }
            for row in evaluation.causes.select_related("evidence").order_by("pk")
        ],
        "damages": [
            {"kind": row.kind, "amount": row.amount, "bearer": row.bearer, "note": row.note}
            for row in evaluation.damages.order_by("pk")
        ],
        "quote": evaluation.assessment or Result(evaluation.result).label,
    }


def _stop_clocks(evaluation: Evaluation) -> None:
    holding.stop(evaluation.clock, "concluded")
    for seat in evaluation.evaluators.exclude(clock=None).select_related("clock"):
        holding.stop(seat.clock, "concluded")


def _move_on(evaluation: Evaluation, by: User) -> None:
    """The pilot is evaluated, so is its proposal; the notice has its own clock."""
    pilot = evaluation.pilot
    pilot.result = evaluation.result
    entry = move(pilot, "evaluate", by=by, content=evaluation.content, result=evaluation.result)
    pilot.proposal = lifecycle.move(pilot.proposal_id, "evaluate", by=by).proposal
    evaluation.clock = holding.give_to_desk(
        pilot,
        "EVALUATION_NOTICE",
        verb="Thông báo kết quả đánh giá",
        url=url_of(evaluation),
    )
    evaluation.save()
    if evaluation.needs_case:
        holding.ask_for_case(evaluation)
    holding.show(pilot)
    tell(
        pilot,
        entry,
        {*people.team(pilot), *people.desk(pilot), *people.home_affairs()},
        event="pilot-evaluated",
        subject="Đã có kết luận đánh giá",
        text=f"{pilot.deciding_unit_name} kết luận: {Result(evaluation.result).label.lower()}.",
        url=url_of(evaluation),
    )

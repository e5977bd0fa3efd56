"""The conclusion of an evaluation: what it needs, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from documents.actions import compose
from documents.models import StoredFile
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.models import User
from organisation.text import words
from pilots import meeting_papers, papers, people, progress
from pilots.actions import holding
from pilots.actions.base import (
    Incomplete,
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
from pilots.actions.evaluating import url_of
from pilots.models import Cause, Damage, Evaluation, FinalValue, Indicator, Pilot
from pilots.stages import (
    EvaluationState,
    EvaluatorSeat,
    Recommendation,
    Result,
)
from proposals.actions import lifecycle

MIN_ASSESSMENT = 10  # words, where the conclusion differs from the figures


@dataclass(frozen=True)
class CauseLine:
    kind: str
    text: str
    weight: str
    evidence: StoredFile | None = None


@dataclass(frozen=True)
class DamageLine:
    kind: str
    amount: int
    bearer: str
    note: str = ""


@dataclass(frozen=True)
class Conclusion:
    """All that the chair concludes."""

    result: str
    recommendation: str
    lessons: str
    assessment: str = ""
    has_damage: bool | None = None
    values: Mapping[int, Decimal] = field(default_factory=dict)  # by id of the indicator
    causes: Sequence[CauseLine] = field(default_factory=list)
    damages: Sequence[DamageLine] = field(default_factory=list)


@dataclass(frozen=True)
class Lack:
    """One thing that a conclusion lacks, in words for the chair, and the part that asks for it:
    a field of `Conclusion`, or the id of the indicator that has no value."""

    words: str
    part: str | int = ""


class Unfinished(Incomplete):
    """A conclusion lacks something; `lacks` says each thing and where it is asked for."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__([lack.words for lack in lacks])
        self.lacks = lacks


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


def suggested(pilot: Pilot, values: Mapping[int, Decimal]) -> Result | None:
    """What the figures say: every target reached, none of the way gone, or something between."""
    measured = pilot.indicators.in_plan().filter(pk__in=values)
    shares = [row.share_of(values[row.pk]) for row in measured]
    if not shares:
        return None
    if min(shares) >= progress.WHOLE:
        return Result.COMPLETED
    return Result.PARTIALLY_COMPLETED if max(shares) > 0 else Result.NOT_COMPLETED


def missing(evaluation: Evaluation, said: Conclusion) -> list[Lack]:
    """What a conclusion still lacks."""
    found = [*_unheard(evaluation), *_without_figures(evaluation, said)]
    if said.result not in Result.values:
        found.append(Lack("Chọn kết quả.", "result"))
    else:
        found += _unexplained(evaluation, said)
    found += _damage_unclear(said)
    if not said.lessons.strip():
        found.append(Lack("Nhập bài học.", "lessons"))
    if said.recommendation not in Recommendation.values:
        found.append(Lack("Chọn kiến nghị.", "recommendation"))
    return found


def _unheard(evaluation: Evaluation) -> list[Lack]:
    found = []
    if evaluation.is_final and not evaluation.report_content_id:
        found.append(Lack("Chưa có báo cáo kết quả của người thực hiện."))
    if evaluation.is_final and not evaluation.party_content_id:
        found.append(Lack("Chưa có ý kiến của cấp ủy cùng cấp."))
    silent = evaluation.evaluators.filter(seat=EvaluatorSeat.MEMBER, opinion="").count()
    if silent:
        found.append(Lack(f"Còn {silent} thành viên chưa cho ý kiến."))
    return found


def _without_figures(evaluation: Evaluation, said: Conclusion) -> list[Lack]:
    rows = evaluation.pilot.indicators.in_plan().order_by("place", "pk")
    return [
        Lack(f"Nhập số cuối cùng của chỉ tiêu “{row.name}”.", row.pk)
        for row in rows
        if row.pk not in said.values
    ]


def _unexplained(evaluation: Evaluation, said: Conclusion) -> list[Lack]:
    found = []
    if said.result != Result.COMPLETED and not said.causes:
        cause = "Nêu ít nhất một nguyên nhân: khách quan trước, chủ quan sau."
        found.append(Lack(cause, "causes"))
    figures = suggested(evaluation.pilot, said.values)
    if figures and figures != said.result and words(said.assessment) < MIN_ASSESSMENT:
        reason = (
            f"Theo số liệu, kết quả là “{figures.label}”. Nêu nhận định, ít nhất "
            f"{MIN_ASSESSMENT} chữ, khi kết luận khác."
        )
        found.append(Lack(reason, "assessment"))
    return found


def _damage_unclear(said: Conclusion) -> list[Lack]:
    if said.has_damage is None:
        return [Lack("Chọn có hay không có thiệt hại.", "has_damage")]
    if said.has_damage and not said.damages:
        return [Lack("Nhập loại, giá trị và bên chịu thiệt hại.", "damages")]
    if not said.has_damage and said.damages:
        both = "Đã chọn không có thiệt hại. Bỏ các dòng thiệt hại, hoặc chọn có."
        return [Lack(both, "has_damage")]
    return []


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

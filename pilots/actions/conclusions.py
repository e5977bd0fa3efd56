"""What the chair of an evaluation concludes, what the figures say of it, what it still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from documents.models import StoredFile
from organisation.text import words
from pilots import progress
from pilots.actions.base import Incomplete
from pilots.models import Evaluation, Pilot
from pilots.stages import EvaluatorSeat, Recommendation, Result

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

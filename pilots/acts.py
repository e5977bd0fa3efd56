"""What this person may do with a pilot now: one primary act, and the others (pages.md §1)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from organisation.days import today
from organisation.models import User
from pilots import rules
from pilots.actions import holding
from pilots.actions.planning import missing
from pilots.asking import asked_of
from pilots.models import Evaluation
from pilots.stages import (
    ENDED,
    AdjustmentState,
    EvaluationKind,
    EvaluationState,
    PilotState,
    ReportState,
)
from proposals.acts import Act, link

# deed of the table, words, route, icon
ALSO = (
    ("report_incident", "Báo sự cố", "pilots:new_incident", "exclamation-triangle"),
    ("ask_help", "Gửi yêu cầu hỗ trợ", "pilots:ask_help", "life-preserver"),
    ("ask_adjustment", "Đề nghị điều chỉnh", "pilots:ask_adjustment", "sliders"),
    ("edit_team", "Thay đổi nhóm thực hiện", "pilots:team", "people"),
    ("open_finding", "Ghi nội dung cần khắc phục", "pilots:open_finding", "flag"),
    ("open_interim", "Lập sơ kết", "pilots:open_interim", "clipboard-check"),
    ("complete", "Kết thúc thí điểm", "pilots:complete", "check-lg"),
    ("resume", "Tiếp tục thí điểm", "pilots:resume", "play-fill"),
)
DANGEROUS = (
    ("suspend", "Tạm dừng thí điểm", "pilots:suspend", "pause"),
    ("terminate", "Dừng thí điểm", "pilots:terminate", "x-circle"),
)
WRITABLE = (ReportState.NOT_STARTED, ReportState.WRITING, ReportState.NEEDS_CHANGES)


class Acts:
    """The acts of one viewer on one pilot, which was fetched `with_waiting`."""

    def __init__(self, pilot: Any, user: User) -> None:
        self.pilot, self.ref, self.user = pilot, pilot.proposal.ref, user
        self.deeds = rules.actions_of(pilot, user)
        self.primary = next((self._worded(act) for act in self._primary() if act), None)

    @property
    def others(self) -> list[Act]:
        found = [self._worded(act) for act in self._others() if act]
        return [act for act in found if act != self.primary]

    def _worded(self, act: Act) -> Act:
        return replace(act, label=self.pilot.worded(act.label))

    def _primary(self) -> Iterator[Act | None]:
        if self.pilot.state == PilotState.PLANNED:
            yield from self._before_start()
        if self.pilot.state in ENDED:
            yield from self._evaluating()
        yield from self._deciding()
        if "write_report" in self.deeds:
            yield self._report()
        if self.pilot.state == PilotState.EVALUATED:
            yield from self._evaluated()

    def _before_start(self) -> Iterator[Act | None]:
        if "start" in self.deeds and not missing(self.pilot):
            yield link("Bắt đầu thí điểm", "pilots:start", self.ref, icon="play-fill")
        if "edit_plan" in self.deeds:
            yield link("Lập kế hoạch thí điểm", "pilots:plan", self.ref, icon="pencil-square")

    def _deciding(self) -> Iterator[Act | None]:
        if "decide_adjustment" in self.deeds:
            waiting = self.pilot.adjustments.filter(state=AdjustmentState.WAITING).first()
            if waiting:
                args = (self.ref, waiting.number)
                yield link("Duyệt điều chỉnh", "pilots:adjustment", *args, icon="sliders")
        if "resume" in self.deeds:
            yield link("Tiếp tục thí điểm", "pilots:resume", self.ref, icon="play-fill")
        if "accept_report" in self.deeds:
            sent = self.pilot.reports.filter(state=ReportState.SENT).order_by("number").first()
            if sent:
                args = (self.ref, sent.number)
                yield link("Xem báo cáo tiến độ", "pilots:report", *args, icon="file-earmark-check")

    def _report(self) -> Act | None:
        begun = self.pilot.reports.filter(state__in=WRITABLE, period_from__lte=today())
        report = begun.order_by("number").first()
        if report is None:
            return None
        args = (self.ref, report.number)
        return link("Lập báo cáo tiến độ", "pilots:report", *args, icon="file-earmark-plus")

    def _evaluating(self) -> Iterator[Act | None]:
        """What the evaluation waits for, where this viewer is the one who gives it."""
        final = self._final()
        if final is not None:
            yield self._asked(final)

    def _asked(self, final: Evaluation) -> Act | None:
        is_meeting = final.state == EvaluationState.MEETING
        seats = list(final.evaluators.all()) if is_meeting else []
        found = asked_of(self.user, self.deeds, final, seats)
        return found.act if found else None

    def _evaluated(self) -> Iterator[Act | None]:
        """After the conclusion: it is told, and a case is opened where the result asks for one."""
        final = self._final()
        if final is None:
            return
        yield self._asked(final)
        if final.needs_case and holding.asks_for_case(final, self.user):
            yield link(
                "Lập hồ sơ xem xét", "accountability:liability_open", self.ref, icon="shield-check"
            )

    def _final(self) -> Evaluation | None:
        final = self.pilot.evaluations.filter(kind=EvaluationKind.FINAL).first()
        if final is not None:
            final.pilot = self.pilot
        return final

    def _others(self) -> Iterator[Act | None]:
        if self.pilot.state == PilotState.PLANNED:
            yield from self._before_start()
        for deed, label, route, icon in ALSO:
            if deed in self.deeds:
                yield link(label, route, self.ref, icon=icon)
        yield link("Nội dung cần khắc phục", "pilots:findings", self.ref, icon="flag")
        yield link("Điều chỉnh, các bản kế hoạch", "pilots:adjustments", self.ref, icon="sliders")
        if self.pilot.has_interim:
            yield link("Sơ kết thí điểm", "pilots:interim", self.ref, icon="clipboard-check")
        if self.pilot.state not in (PilotState.PLANNED, PilotState.RUNNING, PilotState.SUSPENDED):
            yield link("Đánh giá kết quả", "pilots:evaluation", self.ref, icon="clipboard-check")
        for deed, label, route, icon in DANGEROUS:
            if deed in self.deeds:
                yield link(label, route, self.ref, icon=icon, danger=True)

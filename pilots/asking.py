"""What an evaluation waits for from one viewer: on its page, and in the head of the case."""

from collections.abc import Iterable
from dataclasses import dataclass

from deadlines.lengths import within
from organisation.models import User
from pilots.actions.evaluating import url_of
from pilots.models import Evaluation, Evaluator
from pilots.stages import EvaluationState, EvaluatorSeat
from proposals.acts import Act, link

E = EvaluationState
REPORT = "Báo cáo đầy đủ, trung thực."


@dataclass(frozen=True)
class Asked:
    """What is waited for in words, and the act that gives it."""

    title: str
    text: str
    act: Act | None


def report_in_full() -> str:
    """What a report of results has to be, and by when by the rule of today."""
    when = within("RESULT_REPORT")
    return f"Báo cáo đầy đủ, trung thực {when} từ ngày kết thúc." if when else REPORT


def asked_of(
    user: User, deeds: frozenset[str], evaluation: Evaluation, seats: Iterable[Evaluator]
) -> Asked | None:
    """What this person is asked for now; `deeds` are those that are open to them on the pilot."""
    if evaluation.state == E.REPORTING and "submit_result" in deeds:
        return Asked(
            "Chờ báo cáo kết quả.",
            report_in_full(),
            _act(evaluation, "Lập báo cáo kết quả", "pilots:result_report"),
        )
    if evaluation.state == E.PARTY_OPINION and "record_party_opinion" in deeds:
        return Asked(
            "Chờ ý kiến của cấp ủy.",
            "Cấp ủy cùng cấp cho ý kiến trước khi đánh giá.",
            _act(evaluation, "Ghi ý kiến của cấp ủy", "pilots:party_opinion"),
        )
    if evaluation.state == E.MEETING:
        return _in_meeting(user, deeds, evaluation, silent_of(seats))
    if evaluation.is_final and not evaluation.notified_on and "issue_notice" in deeds:
        return Asked(
            "Chờ thông báo kết quả.",
            "Văn bản thông báo gửi đến những người liên quan, sau đó ghi nhận tại đây.",
            _act(evaluation, "Ghi nhận đã thông báo", "pilots:issue_notice", "check-lg"),
        )
    return None


def silent_of(seats: Iterable[Evaluator]) -> list[Evaluator]:
    """The members who have not said what they think."""
    return [seat for seat in seats if seat.seat == EvaluatorSeat.MEMBER and not seat.opinion]


def _in_meeting(
    user: User, deeds: frozenset[str], evaluation: Evaluation, silent: list[Evaluator]
) -> Asked | None:
    """Members say what they think first; then the chair concludes."""
    if "evaluate" in deeds and any(seat.person_id == user.pk for seat in silent):
        return Asked(
            "Chờ ý kiến của đồng chí.",
            "Ý kiến của từng thành viên được giữ riêng. Người chủ trì kết luận.",
            _act(evaluation, "Cho ý kiến đánh giá", "pilots:opinion", "chat-left-text"),
        )
    if "conclude" not in deeds:
        return None
    if silent:
        return Asked(
            f"Còn {len(silent)} thành viên chưa cho ý kiến.",
            "Kết luận sau khi các thành viên cho ý kiến.",
            Act(_kind(evaluation), url_of(evaluation), "clipboard-check"),
        )
    label = "Kết luận đánh giá" if evaluation.is_final else "Kết luận sơ kết"
    return Asked(
        "Chờ kết luận.",
        "Các thành viên đã cho ý kiến.",
        _act(evaluation, label, "pilots:conclude"),
    )


def _kind(evaluation: Evaluation) -> str:
    return str(evaluation.get_kind_display())


def _act(
    evaluation: Evaluation, label: str, route: str, icon: str = "clipboard-check"
) -> Act | None:
    return link(label, route, evaluation.pilot.proposal.ref, evaluation.ref, icon=icon)

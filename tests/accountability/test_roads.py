"""The roads of a case and of a commendation: what moves them, what they leave behind."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.actions import appealing, deciding, finding, hearing, opening
from accountability.actions.base import Incomplete
from accountability.actions.finding import FindingSaid
from accountability.models import LiabilityCase
from accountability.stages import CaseState, Condition, Finding, Outcome, StatementKind
from deadlines.models import Clock
from documents.models import OfficialDocument
from journal.conflicts import Conflict
from journal.models import Entry
from journal.verify import verify
from notifications.models import Notice, OutboxMessage
from pilots.actions import holding
from pilots.stages import Result
from tests.factories.accountability import (
    CHARGES,
    REASON,
    fresh,
    make_case,
    make_cast,
    make_evaluated,
    weigh,
)

S = CaseState


def open_clocks(case) -> dict[str, Clock]:
    clocks = Clock.objects.of_subject("liability", case.ref).open().select_related("rule")
    return {clock.rule.code: clock for clock in clocks}


def lapse(case, code: str) -> None:
    """As if the time of a clock had gone by."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Clock.objects.of_subject("liability", case.ref).filter(rule__code=code).update(due_on=yesterday)


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_is_reached_and_its_stream_verifies(state):
    case = make_case(state)

    assert case.state == state
    report = verify(stream=case.stream)
    assert [str(finding) for finding in report.findings] == []


def test_opening_tells_the_person_and_gives_the_desk_its_clock():
    cast = make_cast()
    case = make_case(cast=cast)

    clock = open_clocks(case)["LIABILITY_FACTS"]
    assert (clock.holder_role, clock.holder_unit) == ("agency_focal", cast.team.agency)
    assert Notice.objects.of(cast.leader).filter(stream=case.stream).count() == 1
    assert case.notice.kind == "notice"
    assert case.causes.get().evidence.startswith("Kết luận đánh giá kết quả")


def test_opening_ends_the_task_of_opening():
    cast = make_cast()
    pilot = make_evaluated(cast)
    evaluation = pilot.evaluations.get()
    with transaction.atomic():
        holding.ask_for_case(evaluation)
    waiting = Clock.objects.of_subject("evaluation", evaluation.ref).open()
    assert waiting.held_by(cast.focal).count() == 1

    make_case(cast=cast, pilot=pilot)

    assert waiting.count() == 0


def test_letters_say_nothing_but_the_code():
    case = make_case(S.DECIDED)

    subjects = set(OutboxMessage.objects.values_list("context__subject", flat=True))
    assert subjects == {f"Hồ sơ {case.code} có cập nhật. Đăng nhập để xem."}


def test_each_person_has_one_case():
    cast = make_cast()
    case = make_case(cast=cast)

    with pytest.raises(Incomplete, match="Mỗi người có một hồ sơ"):
        opening.open_case(case.pilot_id, person=cast.leader, charges=CHARGES, by=cast.focal)
    other = opening.open_case(case.pilot_id, person=cast.coauthor, charges=CHARGES, by=cast.focal)
    assert other.code != case.code


def test_only_people_of_the_pilot_can_be_concerned():
    cast = make_cast()
    pilot = make_evaluated(cast)

    with pytest.raises(Incomplete, match="trong danh sách"):
        opening.open_case(pilot.pk, person=cast.colleague, charges=CHARGES, by=cast.focal)


def test_hearing_waits_until_all_conditions_are_weighed():
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)

    with pytest.raises(Incomplete) as caught:
        finding.open_hearing(case.pk, by=cast.focal)
    assert caught.value.items == [
        "Còn 6/6 điều kiện chưa đánh giá. Đánh giá đủ rồi gửi người liên quan cho ý kiến."
    ]


def test_nothing_is_concluded_before_the_person_was_heard():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)

    with pytest.raises(Incomplete, match="Chưa có ý kiến của người liên quan"):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)


def test_the_database_refuses_a_conclusion_without_a_hearing():
    case = make_case(S.HEARING)

    with pytest.raises(IntegrityError), transaction.atomic():
        LiabilityCase.objects.filter(pk=case.pk).update(
            state=S.DECIDED, outcome=Outcome.EXEMPTED, decided_at=timezone.now()
        )


def test_the_database_knows_the_outcomes():
    case = make_case(S.HEARING)

    with pytest.raises(IntegrityError), transaction.atomic():
        LiabilityCase.objects.filter(pk=case.pk).update(outcome="forgiven")


@pytest.mark.parametrize(
    "outcome", [Outcome.EXCLUDED, Outcome.NOT_HELD_LIABLE, Outcome.REFERRED, "forgiven", ""]
)
def test_a_forbidden_outcome_cannot_be_chosen(outcome):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")

    with pytest.raises(Incomplete, match="được phép"):
        deciding.decide(case.pk, outcome=outcome, reason=REASON, by=cast.head)
    assert not case.decisions.exists()


def test_an_unclear_criterion_stops_the_conclusion():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast, conditions={Condition.PURE_MOTIVE: Finding.UNCLEAR})
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")

    with pytest.raises(Incomplete, match="cần làm rõ"):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)


def test_a_sign_of_abuse_leaves_only_referral():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast, conditions={Condition.NO_ABUSE: Finding.NOT_MET})
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")

    assert deciding.choices(fresh(case)) == {Outcome.REFERRED}
    with pytest.raises(Incomplete):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)


def test_the_decision_holds_only_once_confirmed():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome=Outcome.MITIGATED, reason=REASON, by=cast.head)

    waiting = fresh(case)
    assert (waiting.state, waiting.outcome) == (S.HEARING, "")
    assert not OfficialDocument.objects.of_stream(case.stream).filter(kind="decision").exists()
    assert set(open_clocks(case)) == {"SECOND_PERSON"}

    deciding.confirm(case.pk, by=cast.deputy)
    done = fresh(case)
    assert (done.state, done.outcome) == (S.DECIDED, Outcome.MITIGATED)
    paper = done.conclusions[0].document
    assert paper.facts["body"][0]["text"].startswith("Giảm nhẹ trách nhiệm đối với")
    clock = open_clocks(case)["LIABILITY_APPEAL"]
    assert clock.holder_user == cast.leader


def test_findings_rest_while_a_decision_waits():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)

    said = FindingSaid(Finding.NOT_MET, "Khác.", "Khác.")
    with pytest.raises(Incomplete, match="chờ xác nhận"):
        finding.assess(case.pk, Condition.COMMON_GOOD, said, by=cast.focal)


def test_what_is_not_confirmed_is_decided_anew():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome=Outcome.MITIGATED, reason=REASON, by=cast.head)
    deciding.decline(case.pk, "Chưa rõ căn cứ.", by=cast.deputy)

    assert open_clocks(case)["LIABILITY_DECISION"].holder_user == cast.head
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)
    deciding.confirm(case.pk, by=cast.deputy)
    assert fresh(case).outcome == Outcome.EXEMPTED


def test_the_person_may_decline_in_writing():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)

    with pytest.raises(Incomplete, match="lý do không nêu"):
        hearing.give_statement(case.pk, by=cast.leader, text=" ", declines=True)
    hearing.give_statement(case.pk, by=cast.leader, text="Không có ý kiến thêm.", declines=True)
    assert fresh(case).statement_kind == StatementKind.DECLINED


def test_a_lapse_is_recorded_by_a_person_after_the_day():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)

    with pytest.raises(Incomplete, match="còn thời hạn"):
        hearing.record_lapse(case.pk, by=cast.focal)
    lapse(case, "LIABILITY_STATEMENT")
    hearing.record_lapse(case.pk, by=cast.focal)
    assert fresh(case).statement_kind == StatementKind.LAPSED
    assert set(open_clocks(case)) == {"LIABILITY_DECISION"}


def test_the_person_is_heard_once():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")

    with pytest.raises(Conflict):
        hearing.give_statement(case.pk, by=cast.leader, text="Thêm nữa.")


def test_an_appeal_is_settled_by_the_superior_and_ends_the_case():
    cast = make_cast()
    case = make_case(S.APPEALED, cast=cast, outcome=Outcome.MITIGATED)

    clock = open_clocks(case)["LIABILITY_APPEAL_DECISION"]
    assert (clock.holder_role, clock.holder_unit) == ("agency_head", cast.province)
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.chairman)
    deciding.confirm(case.pk, by=cast.vice_chairman)

    done = fresh(case)
    assert (done.state, done.outcome) == (S.CLOSED, Outcome.EXEMPTED)
    assert [row.outcome for row in done.conclusions] == [Outcome.MITIGATED, Outcome.EXEMPTED]
    assert open_clocks(case) == {}
    assert verify(stream=case.stream).exit_code == 0


def test_an_appeal_comes_in_time_and_once():
    cast = make_cast()
    case = make_case(S.DECIDED, cast=cast)
    lapse(case, "LIABILITY_APPEAL")

    with pytest.raises(Incomplete, match="Đã hết thời hạn khiếu nại"):
        appealing.appeal(case.pk, by=cast.leader, text="Đề nghị xem xét lại.")
    appealing.close(case.pk, by=cast.focal)
    assert fresh(case).state == S.CLOSED
    with pytest.raises(Conflict):
        appealing.appeal(case.pk, by=cast.leader, text="Đề nghị xem xét lại.")


def test_the_case_is_not_closed_over_the_time_for_an_appeal():
    cast = make_cast()
    case = make_case(S.DECIDED, cast=cast)

    with pytest.raises(Incomplete, match="còn thời hạn khiếu nại"):
        appealing.close(case.pk, by=cast.focal)


def test_a_stale_form_is_a_conflict_and_writes_nothing():
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    seen = case.version
    weigh(case, cast.focal)
    before = Entry.objects.of(case.stream).count()

    with pytest.raises(Conflict):
        finding.open_hearing(case.pk, by=cast.focal, version=seen)
    assert Entry.objects.of(case.stream).count() == before


def test_verify_finds_a_state_that_nobody_wrote():
    case = make_case(S.FACT_FINDING)
    LiabilityCase.objects.filter(pk=case.pk).update(state=S.OPENED)

    report = verify(stream=case.stream)
    assert report.exit_code == 1
    assert any("its entries say fact_finding" in str(found) for found in report.findings)


def test_verify_finds_a_case_that_is_gone():
    case = make_case()
    LiabilityCase.objects.filter(pk=case.pk).update(journal_length=99)

    assert verify(stream=case.stream).exit_code == 1


@pytest.mark.parametrize(
    ("result", "damage", "needs"),
    [
        (Result.COMPLETED, False, False),
        (Result.COMPLETED, True, True),
        (Result.PARTIALLY_COMPLETED, False, True),
        (Result.NOT_COMPLETED, False, True),
    ],
)
def test_the_body_opens_a_case_where_the_result_asks_for_it(result, damage, needs, client):
    cast = make_cast()
    pilot = make_evaluated(cast, result=result, has_damage=damage)
    client.force_login(cast.focal)

    answer = client.get(f"/de-xuat/{pilot.proposal.ref}/xem-xet-trach-nhiem/")
    assert answer.status_code == (200 if needs else 404)

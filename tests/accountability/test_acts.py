"""What each viewer is offered next, and why what they would expect must wait."""

from datetime import timedelta

from django.utils import timezone

from accountability.actions import deciding, finding, hearing
from accountability.models import LiabilityCase
from accountability.stages import CaseState, Condition, Finding, Outcome
from accountability.workspace import workspace
from deadlines.models import Clock
from organisation.models import User
from organisation.templatetags.portal import vn_date
from tests.factories.accountability import REASON, fresh, make_case, make_cast, weigh
from tests.factories.organisation import sign_in

S = CaseState
LAPSE, CLOSE = "Ghi hết thời hạn nêu ý kiến", "Kết thúc hồ sơ"


def offered(case: LiabilityCase, user: User) -> list[str]:
    """The labels of all acts on the page of a case, the primary one first."""
    seen = workspace(fresh(case), user)
    return [act.label for act in (seen["primary"], *seen["others"]) if act]


def told(case: LiabilityCase, user: User) -> str:
    return " ".join(workspace(fresh(case), user)["waits"])


def clock_of(case: LiabilityCase, rule: str) -> Clock:
    return Clock.objects.of_subject("liability", case.ref).get(rule__code=rule)


def lapse(case: LiabilityCase, rule: str) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Clock.objects.filter(pk=clock_of(case, rule).pk).update(due_on=yesterday)


def test_what_is_not_weighed_comes_before_the_hearing():
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)

    assert offered(case, cast.focal) == [
        f"Đánh giá điều kiện: {Condition.RIGHT_POLICY.label}",
        "Thêm nguyên nhân",
    ]
    assert "Còn 6/6 điều kiện chưa đánh giá." in told(case, cast.focal)
    weigh(case, cast.focal)
    assert offered(case, cast.focal) == ["Gửi người liên quan cho ý kiến", "Thêm nguyên nhân"]


def test_a_lapse_is_offered_once_the_day_is_over(client):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    day = vn_date(clock_of(case, "LIABILITY_STATEMENT").due_on)
    page = f"{case.get_absolute_url()}viec/het-han/"
    sign_in(client, cast.focal)

    assert LAPSE not in offered(case, cast.focal)
    assert f"thời hạn nêu ý kiến đến hết ngày {day}" in told(case, cast.focal)
    assert "Ghi kết luận sau khi người liên quan nêu ý kiến" in told(case, cast.head)
    assert client.get(page)["Location"] == case.get_absolute_url()
    lapse(case, "LIABILITY_STATEMENT")
    assert offered(case, cast.focal)[0] == LAPSE
    assert told(case, cast.focal) == ""
    assert client.get(page).status_code == 200


def test_the_end_of_the_time_for_an_appeal_changes_what_is_offered():
    cast = make_cast()
    case = make_case(S.DECIDED, cast=cast)
    day = vn_date(clock_of(case, "LIABILITY_APPEAL").due_on)

    assert (offered(case, cast.head), CLOSE) == ([], CLOSE)
    assert f"thời hạn khiếu nại đến hết ngày {day}" in told(case, cast.head)
    assert offered(case, cast.leader) == ["Đồng ý với kết luận", "Khiếu nại kết luận"]
    lapse(case, "LIABILITY_APPEAL")
    assert offered(case, cast.head) == [CLOSE]
    assert offered(case, cast.leader) == ["Đồng ý với kết luận"]
    assert "Đã hết thời hạn khiếu nại" in told(case, cast.leader)


def test_an_unclear_criterion_is_named_and_made_clear_before_the_conclusion():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast, conditions={Condition.PURE_MOTIVE: Finding.UNCLEAR})
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")

    assert offered(case, cast.head) == []
    assert "còn tiêu chí cần làm rõ (động cơ trong sáng)" in told(case, cast.head)
    assert offered(case, cast.focal)[0] == "Làm rõ điều kiện: Động cơ trong sáng"


def test_who_weighed_is_told_why_they_do_not_confirm():
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    weigh(case, cast.deputy)
    finding.open_hearing(case.pk, by=cast.deputy)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)

    assert offered(case, cast.deputy) == []
    assert "không xác nhận kết luận. Người khác thực hiện." in told(case, cast.deputy)
    assert offered(case, cast.home_affairs_lead) == ["Xác nhận kết luận"]

"""The proposer's one answer to a refusal, and what the head makes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from journal.conflicts import Conflict
from journal.verify import verify
from organisation.days import add_working_days, today
from proposals.actions import answering, deciding
from proposals.actions.lifecycle import MoveRefused
from proposals.models import RefusalAnswer
from proposals.stages import DecisionKind, Stage
from tests.factories.organisation import sign_in
from tests.proposals.flows import LONG, make_checked, make_seeded_province, refuse, reread

pytestmark = pytest.mark.django_db
WORDS = "Đề nghị xem lại vì đã có kinh phí và người làm ở cả hai xã."


@pytest.fixture
def province():
    return make_seeded_province()


@pytest.fixture
def refused(province):
    proposal = make_checked(province)
    refuse(proposal, province)
    return reread(proposal)


def answer(proposal, province, text=WORDS):
    return answering.answer_refusal(proposal.pk, text, by=province.official)


def test_an_answer_becomes_the_heads_task(province, refused):
    answer(refused, province)

    now = reread(refused)
    clock = Clock.objects.open().get()
    assert now.stage == Stage.REFUSED
    assert now.answered_at is not None
    assert clock.rule.code == "ANSWER_REVIEW"
    assert clock.due_on == add_working_days(today(), 5)
    assert now.holder == province.head.display
    assert RefusalAnswer.objects.get().content.facts["quote"] == WORDS


def test_a_refusal_is_answered_once(province, refused):
    answer(refused, province)

    with pytest.raises(MoveRefused, match="một lần"):
        answer(refused, province)


def test_an_answer_comes_in_time(province, refused):
    Clock.objects.filter(rule__code="REFUSAL_ANSWER").update(due_on=today() - timedelta(days=1))

    with pytest.raises(MoveRefused, match="Đã hết thời hạn phản hồi ngày"):
        answer(refused, province)


def test_an_answer_says_something(province, refused):
    with pytest.raises(MoveRefused, match="ít nhất 10 chữ"):
        answer(refused, province, "Xem lại.")


@pytest.mark.parametrize("role", ["head", "focal", "colleague", "deputy"])
def test_only_the_proposer_answers(province, refused, role):
    with pytest.raises(PermissionDenied):
        answering.answer_refusal(refused.pk, WORDS, by=province.people[role])


def test_the_head_looks_again(province, refused):
    answer(refused, province)

    answering.reopen(refused.pk, by=province.head, text="Xem lại theo phản hồi.")

    now = reread(refused)
    assert now.stage == Stage.UNDER_REVIEW
    assert now.closed_at is None
    assert Clock.objects.open().get(rule__code="COLLECTIVE_MEETING").started_on == today()
    assert verify(stream=refused.stream).findings == []


def test_a_kept_refusal_goes_to_the_superior(province, refused):
    answer(refused, province)

    answering.keep_refusal(refused.pk, by=province.head)

    now = reread(refused)
    assert now.stage == Stage.ESCALATED
    assert now.deciding_unit == province.unit
    assert "HIGHER_REVIEW" in Clock.objects.open().values_list("rule__code", flat=True)


def test_above_the_province_a_kept_refusal_is_final(province, refused):
    answer(refused, province)
    answering.keep_refusal(refused.pk, by=province.head)
    facts = {"ground": "not_feasible", "reason": LONG}
    deciding.decide(refused.pk, DecisionKind.REFUSE, by=province.chairman, **facts)

    now = reread(refused)
    assert now.stage == Stage.REFUSED
    with pytest.raises(MoveRefused, match="một lần"):
        answer(refused, province)
    answering.keep_refusal(refused.pk, by=province.chairman)
    assert reread(refused).stage == Stage.REFUSED
    assert not Clock.objects.open().exists()


def test_nothing_is_reopened_without_an_answer(province, refused):
    with pytest.raises(MoveRefused, match="chưa phản hồi"):
        answering.reopen(refused.pk, by=province.head)


def test_an_answer_is_reviewed_once(province, refused):
    answer(refused, province)
    answering.reopen(refused.pk, by=province.head)

    with pytest.raises(Conflict):
        answering.keep_refusal(refused.pk, by=province.head)


def post(client, user, route, proposal, **typed):
    url = reverse(f"proposals:{route}", args=[proposal.ref])
    form = sign_in(client, user).get(url).context["form"]
    hidden = {"key": form["key"].value(), "version": form["version"].value()}
    return client.post(url, hidden | typed)


def test_answering_by_the_pages(client, province, refused):
    page = sign_in(client, province.official).get(reverse("proposals:answer", args=[refused.ref]))
    assert LONG[:40] in page.content.decode()

    sent = post(client, province.official, "answer", refused, text=WORDS)
    assert sent.status_code == 302
    looked = sign_in(client, province.head).get(
        reverse("proposals:answer_review", args=[refused.ref])
    )
    assert WORDS in looked.content.decode()
    kept = post(client, province.head, "answer_review", refused, giu="1", text="Giữ ý kiến.")

    assert kept.status_code == 302
    assert reread(refused).stage == Stage.ESCALATED


def test_a_late_page_says_since_when(client, province, refused):
    Clock.objects.filter(rule__code="REFUSAL_ANSWER").update(due_on=today() - timedelta(days=1))

    url = reverse("proposals:answer", args=[refused.ref])
    page = sign_in(client, province.official).get(url).content.decode()

    assert f"Đã hết thời hạn phản hồi ngày {today() - timedelta(days=1):%d/%m/%Y}." in page
    assert "<textarea" not in page

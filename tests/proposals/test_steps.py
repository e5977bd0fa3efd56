"""Intake, legal check, the party committee's opinion, other agencies' opinions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from journal.conflicts import Conflict
from journal.models import Entry
from notifications.models import Notice
from organisation.days import add_working_days, today
from organisation.stages import Role
from proposals.actions import consulting, intake, steps
from proposals.actions.lifecycle import MoveRefused
from proposals.models import ReviewRule
from proposals.seeds import RULES, seed_review_rules
from proposals.stages import Stage, StepConclusion, StepKind, Track
from tests.factories.organisation import make_user, sign_in
from tests.proposals.flows import (
    check_legally,
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    open_step,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_seeded_province()


def tasks_of(user):
    return sorted(Clock.objects.open().held_by(user).values_list("verb", flat=True))


def test_taking_in_starts_the_heads_clock_from_the_day_of_sending(province):
    proposal = make_sent(province)

    intake.receive(proposal.pk, by=province.focal)

    now = reread(proposal)
    clock = Clock.objects.get(rule__code="COLLECTIVE_MEETING")
    assert now.stage == Stage.UNDER_REVIEW
    assert clock.started_on == now.received_on == today()
    assert now.due_on == clock.due_on == add_working_days(today(), 7)
    assert now.holder == "Nguyễn Giám Đốc Mẫu (Giám đốc Sở)"
    assert not Clock.objects.open().filter(rule__code="INTAKE").exists()


def test_taking_in_tells_the_head_and_the_authors(province):
    proposal = make_sent(province)

    intake.receive(proposal.pk, by=province.focal)

    told = Notice.objects.exclude(key__startswith="sent").values_list(
        "recipient__username", "subject"
    )
    due = f"{add_working_days(today(), 7):%d/%m/%Y}"
    assert set(told) == {
        ("head", f"[{proposal.code}] Chờ đồng chí xem xét trước {due}"),
        ("official", f"[{proposal.code}] Cơ quan đã tiếp nhận đề xuất"),
    }


def test_a_letter_names_no_title_and_no_person(province):
    """The subject goes out by mail: the code and the act alone (OB-05)."""
    proposal = make_received(province)
    check_legally(proposal, by=province.focal)

    for subject in Notice.objects.values_list("subject", flat=True):
        assert proposal.title not in subject
        assert province.official.full_name not in subject


@pytest.mark.parametrize("role", ["official", "colleague", "deputy", "clerk", "district_focal"])
def test_only_the_desk_and_the_head_take_in(province, role):
    proposal = make_sent(province)

    with pytest.raises(PermissionDenied):
        intake.receive(proposal.pk, by=province.people[role])


def test_a_proposal_is_taken_in_once(province):
    proposal = make_received(province)

    with pytest.raises(Conflict):
        intake.receive(proposal.pk, by=province.focal)

    assert Entry.objects.filter(action="proposal.receive").count() == 1


def test_the_policy_track_needs_a_legal_check(province):
    proposal = make_received(province)

    assert list(proposal.steps.values_list("kind", "is_required")) == [("legal_check", True)]
    assert reread(proposal).required_steps_left == 1
    assert "Kiểm tra pháp lý" in tasks_of(province.focal)


@pytest.mark.parametrize(("budget", "needs_council"), [(4_999_999_999, False), (10**10, True)])
def test_a_large_budget_needs_a_council(province, budget, needs_council):
    proposal = make_sent(province, track=Track.ND73, plan={"budget": budget})

    kinds = {kind.value for kind in steps.required_kinds(proposal)}

    assert kinds >= {"legal_check", "party_opinion", "collective_vote"}
    assert ("appraisal_council" in kinds) is needs_council


def test_rules_come_once_and_what_was_changed_stays(province):
    rule = ReviewRule.objects.filter(kind=StepKind.APPRAISAL_COUNCIL).get()
    ReviewRule.objects.filter(pk=rule.pk).update(budget_from=10**9)

    assert seed_review_rules() == 0

    rule.refresh_from_db()
    assert rule.budget_from == 10**9
    assert ReviewRule.objects.count() == len(RULES)


def test_a_legal_check_closes_its_step_and_task(province):
    proposal = make_received(province)

    check_legally(proposal, by=province.focal)

    step = proposal.steps.get()
    assert step.conclusion == StepConclusion.FAVOURABLE
    assert step.content.facts["conditions"] == {"a": "met", "b": "met", "c": "met", "d": "met"}
    assert reread(proposal).required_steps_left == 0
    assert "Kiểm tra pháp lý" not in tasks_of(province.focal)


@pytest.mark.parametrize("role", ["head", "deputy", "official", "clerk"])
def test_the_legal_check_is_the_desks(province, role):
    proposal = make_received(province)

    with pytest.raises(PermissionDenied):
        check_legally(proposal, by=province.people[role])


def test_a_concluded_step_is_not_concluded_again(province):
    proposal = make_received(province)
    step = open_step(proposal, StepKind.LEGAL_CHECK)
    check_legally(proposal, by=province.focal)

    with pytest.raises(MoveRefused, match="đã kết thúc"):
        steps.conclude(step.pk, by=province.focal, conclusion=StepConclusion.UNFAVOURABLE, facts={})


def test_the_party_committee_is_asked_and_its_liaison_answers(province):
    liaison = make_user(role=Role.PARTY_LIAISON, unit=province.department)
    proposal = make_checked(province)

    steps.request_party_opinion(proposal.pk, "Xin ý kiến về chủ trương.", by=province.head)
    step = open_step(proposal, StepKind.PARTY_OPINION)
    assert tasks_of(liaison) == ["Ghi ý kiến cấp ủy"]
    facts = {"number": "12-CV/ĐU", "issued_on": today(), "quote": "Đồng ý về chủ trương."}
    steps.conclude(step.pk, by=liaison, conclusion=StepConclusion.FAVOURABLE, facts=facts)

    step.refresh_from_db()
    assert step.content.facts["number"] == "12-CV/ĐU"
    assert tasks_of(liaison) == []


def test_without_a_liaison_the_desk_copies_the_answer(province):
    proposal = make_checked(province)
    steps.request_party_opinion(proposal.pk, "Xin ý kiến.", by=province.head)
    step = open_step(proposal, StepKind.PARTY_OPINION)

    assert "Ghi ý kiến cấp ủy" in tasks_of(province.focal)
    with pytest.raises(PermissionDenied):
        steps.conclude(step.pk, by=province.head, conclusion="favourable", facts={"quote": "x"})
    steps.conclude(step.pk, by=province.focal, conclusion="favourable", facts={"quote": "Đồng ý."})


# Other agencies


def test_another_agency_is_asked_and_answers_once(province):
    proposal = make_received(province)

    asked = consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)

    assert tasks_of(province.district_focal) == ["Cho ý kiến"]
    assert asked.due_on == add_working_days(today(), 5)
    answer = {"conclusion": StepConclusion.WITH_CHANGES, "text": "Thêm một xã."}
    consulting.answer(asked.pk, by=province.district_focal, **answer)
    asked.refresh_from_db()
    assert asked.content.facts["quote"] == "Thêm một xã."
    assert tasks_of(province.district_focal) == []
    with pytest.raises(MoveRefused, match="đã được gửi"):
        consulting.answer(asked.pk, by=province.district_head, **answer)


@pytest.mark.parametrize("role", ["head", "official", "district_clerk", "home_affairs_officer"])
def test_only_the_agency_that_was_asked_answers(province, role):
    proposal = make_received(province)
    asked = consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)

    with pytest.raises(PermissionDenied):
        consulting.answer(asked.pk, by=province.people[role], conclusion="favourable", text="Được.")


def test_an_agency_is_not_asked_twice_at_once_nor_itself(province):
    proposal = make_received(province)
    consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)

    with pytest.raises(MoveRefused, match="đang được xin ý kiến"):
        consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)
    with pytest.raises(MoveRefused, match="Chọn cơ quan khác"):
        consulting.ask(proposal.pk, province.department, "Có vướng gì?", by=province.focal)


def test_the_agency_that_is_asked_sees_the_dossier_while_it_is_reviewed(client, province):
    proposal = make_received(province)
    asked = consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)
    sign_in(client, province.district_focal)

    page = client.get(reverse("proposals:give_opinion", args=[asked.ref]))
    case = client.get(reverse("proposals:detail", args=[proposal.ref]))

    assert "Có vướng gì?" in page.content.decode()
    assert case.status_code == 200
    assert client.get(reverse("proposals:opinions", args=[proposal.ref])).status_code == 404


def test_the_question_is_no_page_for_others(client, province):
    proposal = make_received(province)
    asked = consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)

    for role in ("head", "official", "district_clerk", "home_affairs_officer"):
        sign_in(client, province.people[role])
        response = client.get(reverse("proposals:give_opinion", args=[asked.ref]))
        assert response.status_code == 404, role


def test_an_answer_by_the_page(client, province):
    proposal = make_received(province)
    asked = consulting.ask(proposal.pk, province.district, "Có vướng gì?", by=province.focal)
    url = reverse("proposals:give_opinion", args=[asked.ref])
    page = sign_in(client, province.district_focal).get(url)
    typed = {
        "key": page.context["form"]["key"].value(),
        "version": proposal.version,
        "conclusion": "favourable",
        "text": "Không vướng.",
    }

    response = client.post(url, typed)

    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.conclusion == StepConclusion.FAVOURABLE


def test_a_legal_check_by_the_page(client, province):
    proposal = make_received(province)
    url = reverse("proposals:legal_check", args=[proposal.ref])
    page = sign_in(client, province.focal).get(url)
    typed = {f"condition_{letter}": "met" for letter in "abcd"}
    typed |= {"conclusion": "favourable", "text": "Không trái quy định."}
    typed |= {
        "key": page.context["form"]["key"].value(),
        "version": page.context["proposal"].version,
    }

    unfinished = client.post(url, typed | {"condition_c": ""})
    assert "Chọn kết quả của điều kiện c." in unfinished.content.decode()
    finished = client.post(url, typed)
    written = Entry.objects.count()
    again = client.post(url, typed)  # from a second click, after the move (TX-03)

    assert (finished.status_code, again.url) == (302, finished.url)
    assert Entry.objects.count() == written
    assert reread(proposal).required_steps_left == 0

"""Returned for supplement, and back again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.models import Clock
from journal.verify import verify
from notifications.models import Notice
from organisation.days import add_working_days, today
from proposals.actions import supplement, votes
from proposals.actions.lifecycle import MoveRefused
from proposals.actions.supplement import Item
from proposals.models import ProposalPlan
from proposals.stages import Ballot, Part, Stage, StepKind
from tests.factories.organisation import sign_in
from tests.proposals.flows import (
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    reread,
)

pytestmark = pytest.mark.django_db
ASKED = [Item(Part.PROBLEM, "Nêu số liệu năm trước.", "figures")]


@pytest.fixture
def province():
    return make_seeded_province()


def send_back(proposal, province, **over):
    return supplement.send_back(proposal.pk, ASKED, **({"by": province.head} | over))


def mend(proposal):
    ProposalPlan.objects.filter(proposal=proposal).update(figures="1.204 hồ sơ năm 2025.")


def test_a_return_pauses_the_heads_clock_and_starts_the_proposers(province):
    proposal = make_checked(province)

    asked = send_back(proposal, province)

    now = reread(proposal)
    head = Clock.objects.get(rule__code="COLLECTIVE_MEETING")
    own = Clock.objects.get(rule__code="SUPPLEMENT")
    assert now.stage == Stage.RETURNED
    assert now.returned_from == Stage.UNDER_REVIEW
    assert (head.is_open, head.paused_on) == (True, today())
    assert (own.holder_user, own.detail) == (province.official, "Yêu cầu: Nêu số liệu năm trước.")
    assert own.due_on == asked.due_on == add_working_days(today(), 5)
    assert now.holder == province.official.display
    assert asked.number == now.times_returned == 1


def test_what_is_asked_stands_field_by_field(client, province):
    proposal = make_checked(province)

    asked = send_back(proposal, province)

    item = asked.items.get()
    assert (item.part, item.field_name) == (Part.PROBLEM, "figures")
    assert asked.content.facts["quote"] == "Vấn đề: Nêu số liệu năm trước."
    page = sign_in(client, province.official).get(reverse("proposals:detail", args=[proposal.ref]))
    assert "<b>Vấn đề:</b> Nêu số liệu năm trước." in page.content.decode()
    told = Notice.objects.get(key__startswith="returned", recipient=province.official)
    assert told.subject.startswith(f"[{proposal.code}] Cần bổ sung 1 nội dung trước ")


def test_the_supplemented_version_is_frozen_anew_and_goes_back(province):
    proposal = make_checked(province)
    asked = send_back(proposal, province)
    mend(proposal)

    supplement.resubmit(proposal.pk, by=province.official)

    now = reread(proposal)
    asked.refresh_from_db()
    assert now.stage == Stage.UNDER_REVIEW
    assert now.returned_from == ""
    assert asked.answered_version.number == 2
    assert asked.answered_version.content.facts["figures"] == "1.204 hồ sơ năm 2025."
    head = Clock.objects.get(rule__code="COLLECTIVE_MEETING")
    assert head.paused_on is None
    assert not Clock.objects.open().filter(rule__code="SUPPLEMENT").exists()
    assert now.holder == province.head.display
    assert now.due_on == head.due_on
    assert verify(stream=proposal.stream).findings == []


def test_the_desk_may_ask_before_it_takes_in(province):
    proposal = make_sent(province)
    send_back(proposal, province, by=province.focal)
    mend(proposal)

    supplement.resubmit(proposal.pk, by=province.official)

    now = reread(proposal)
    assert now.stage == Stage.SUBMITTED
    assert now.holder == "Đầu mối Sở Tài nguyên và Môi trường"
    assert Clock.objects.open().get().rule.code == "INTAKE"


def test_a_vote_on_the_old_text_is_held_anew(province):
    proposal = make_checked(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, Ballot.AGAINST, by=province.head)
    votes.close_vote(step.pk, by=province.head, without_silent=True)
    assert reread(proposal).vote_passed is False

    send_back(proposal, province)

    step.refresh_from_db()
    assert step.cancelled_at is not None
    assert reread(proposal).vote_passed is None


def test_a_legal_check_is_kept(province):
    proposal = make_checked(province)
    send_back(proposal, province)
    mend(proposal)
    supplement.resubmit(proposal.pk, by=province.official)

    kinds = list(proposal.steps.filter(cancelled_at=None).values_list("kind", flat=True))

    assert kinds == [StepKind.LEGAL_CHECK]
    assert reread(proposal).required_steps_left == 0


def test_a_third_return_needs_a_reason_that_home_affairs_reads(province):
    proposal = make_checked(province)
    for _ in range(2):
        send_back(proposal, province)
        supplement.resubmit(proposal.pk, by=province.official)

    with pytest.raises(MoveRefused, match="Sở Nội vụ đọc được"):
        send_back(proposal, province)
    send_back(proposal, province, reason="Bản bổ sung vẫn chưa có số liệu.")

    assert reread(proposal).times_returned == 3
    told = Notice.objects.filter(key__startswith="returned-again")
    assert sorted(told.values_list("recipient__username", flat=True)) == [
        "home_affairs_lead",
        "home_affairs_officer",
    ]
    assert "vẫn chưa có số liệu" in told[0].text


@pytest.mark.parametrize("items", [[], [Item(Part.PROBLEM, "  ")]])
def test_a_return_says_what_is_missing(province, items):
    proposal = make_checked(province)

    with pytest.raises(MoveRefused, match="Chọn ít nhất một phần"):
        supplement.send_back(proposal.pk, items, by=province.head)


def test_a_return_is_due_in_the_future(province):
    proposal = make_checked(province)

    with pytest.raises(MoveRefused, match="từ hôm nay"):
        send_back(proposal, province, due_on=today() - timedelta(days=1))


@pytest.mark.parametrize("role", ["deputy", "official", "clerk", "district_head"])
def test_who_may_not_return(province, role):
    proposal = make_received(province)

    with pytest.raises(PermissionDenied):
        send_back(proposal, province, by=province.people[role])


@pytest.mark.parametrize("role", ["head", "focal", "colleague"])
def test_only_the_proposer_sends_the_supplement(province, role):
    proposal = make_checked(province)
    send_back(proposal, province)

    with pytest.raises(PermissionDenied):
        supplement.resubmit(proposal.pk, by=province.people[role])


def test_the_page_shows_each_request_beside_the_old_and_the_new_text(client, province):
    proposal = make_checked(province, plan={"figures": "900 hồ sơ."})
    send_back(proposal, province)
    mend(proposal)

    url = reverse("proposals:supplement", args=[proposal.ref])
    page = sign_in(client, province.official).get(url).content.decode()

    assert "Nêu số liệu năm trước." in page
    assert "900 hồ sơ." in page
    assert "1.204 hồ sơ năm 2025." in page
    assert "Gửi bản bổ sung" in page


def test_the_page_sends_once(client, province):
    proposal = make_checked(province)
    send_back(proposal, province)
    url = reverse("proposals:supplement", args=[proposal.ref])
    form = sign_in(client, province.official).get(url).context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}

    first, second = client.post(url, typed), client.post(url, typed)

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert proposal.versions.count() == 2

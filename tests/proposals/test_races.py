"""Two at once, on PostgreSQL with real processes: one decision, one ballot each, one effect."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from journal.conflicts import Conflict
from journal.deeds import found_once
from journal.models import Entry
from notifications.models import Notice
from organisation.models import User
from organisation.stages import Role
from proposals import voting
from proposals.actions import deciding, lifecycle, votes
from proposals.actions.lifecycle import MoveRefused
from proposals.models import Decision, Proposal, ReviewStep
from proposals.stages import Ballot, DecisionKind, Stage
from tests.factories.organisation import make_user
from tests.journal.crowd import CONTEXT, all_at_once
from tests.proposals.flows import (
    LONG,
    delegate,
    make_checked,
    make_received,
    make_seeded_province,
    pilot_facts,
    reread,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks are proven on PostgreSQL"),
]
ACTIONS = ("proposal.approve_pilot", "proposal.refuse")


@pytest.fixture
def province():
    return make_seeded_province()


def one_head(user_id: int, proposals: list[int], meet, kind: str, facts: dict) -> Callable:
    """Decides each proposal the moment the other head does; says how it went."""

    def decide_all() -> list[str]:
        answers = []
        for pk in proposals:
            meet.wait(60)
            try:
                deciding.decide(pk, kind, by=User.objects.get(pk=user_id), **facts)
                answers.append("decided")
            except Conflict as conflict:
                answers.append(f"conflict with {conflict.who}")
        return answers

    return decide_all


def make_several(province, rounds: int) -> list[Proposal]:
    """Proposals that only wait for the decision, of the head or of the deputy by delegation."""
    delegate(province, province.deputy)
    return [make_checked(province) for _ in range(rounds)]


def let_two_heads_decide(province, proposals: list[Proposal]) -> list:
    """The head would pilot and the deputy refuse: each proposal at once."""
    keys = [proposal.pk for proposal in proposals]
    facts = pilot_facts(province) | {"monitor": province.vice_chairman}
    meet = CONTEXT.Barrier(2)
    refusal = {"ground": "not_feasible", "reason": LONG}
    return all_at_once(
        [
            one_head(province.head.pk, keys, meet, DecisionKind.PILOT, facts),
            one_head(province.deputy.pk, keys, meet, DecisionKind.REFUSE, refusal),
        ]
    )


def assert_one_decision_each(proposals: list[Proposal], answers: list) -> None:
    for place, proposal in enumerate(proposals):
        pair = sorted(answer[place] for answer in answers)
        assert pair[0].startswith("conflict with "), pair
        assert pair[1] == "decided"
        assert Decision.objects.filter(proposal=proposal).count() == 1
        assert Entry.objects.of(proposal.stream).filter(action__in=ACTIONS).count() == 1
        told = Notice.objects.filter(recipient=proposal.proposer, stream=proposal.stream)
        decided = told.exclude(key__startswith="received")
        assert decided.count() == 1


def test_two_heads_race(province):
    proposals = make_several(province, rounds=20)

    assert_one_decision_each(proposals, let_two_heads_decide(province, proposals))


@pytest.mark.slow
def test_two_heads_race_two_hundred_times(province):
    proposals = make_several(province, rounds=200)

    assert_one_decision_each(proposals, let_two_heads_decide(province, proposals))


def read_by_both() -> Callable:
    """`locked` without its lock: neither head writes before both have read the proposal."""
    meet = CONTEXT.Barrier(2)

    def read(proposal_id: int) -> Proposal:
        proposal = Proposal.objects.select_related("proposer").get(pk=proposal_id)
        meet.wait(60)
        return proposal

    return lambda pk, *, version=None: found_once(("proposal", pk), lambda: read(pk))


def test_control_without_the_lock_of_the_proposal_both_heads_decide(province, monkeypatch):
    """What the lock is for: without it both decide, both are told so, and the journal has both.

    Behind it stands django-fsm, which saves no stage over another; it is taken away here too.
    """
    proposals = make_several(province, rounds=3)
    unlocked = read_by_both()
    monkeypatch.setattr(lifecycle, "locked", unlocked)
    monkeypatch.setattr(deciding, "locked", unlocked)
    monkeypatch.setattr(Proposal, "_do_update", Model._do_update)

    answers = let_two_heads_decide(province, proposals)

    assert answers == [["decided"] * 3] * 2
    for proposal in proposals:
        kinds = set(Decision.objects.filter(proposal=proposal).values_list("kind", flat=True))
        entries = Entry.objects.of(proposal.stream).filter(action__in=ACTIONS)
        assert kinds == {DecisionKind.PILOT, DecisionKind.REFUSE}
        assert set(entries.values_list("action", flat=True)) == set(ACTIONS)


def voter(user_id: int, steps: list[int], meet) -> Callable:
    """Votes for, then changes to against, in each vote while it is being closed."""

    def vote_all() -> list[list[str]]:
        answers = []
        for pk in steps:
            meet.wait(60)
            accepted = []
            for ballot in (Ballot.FOR, Ballot.AGAINST):
                try:
                    votes.cast(pk, ballot, by=User.objects.get(pk=user_id))
                    accepted.append(ballot.value)
                except MoveRefused:
                    break
            answers.append(accepted)
        return answers

    return vote_all


def closer(user_id: int, steps: list[int], meet) -> Callable:
    def close_all() -> list[int]:
        for pk in steps:
            meet.wait(60)
            votes.close_vote(pk, by=User.objects.get(pk=user_id), without_silent=True)
        return steps

    return close_all


def let_them_vote(province, voters: int, rounds: int) -> tuple[list[ReviewStep], list]:
    deputies = [
        make_user(role=Role.DEPUTY_HEAD, unit=province.department) for _ in range(voters - 1)
    ]
    people = [province.deputy, *deputies]
    steps = []
    for _ in range(rounds):
        step = votes.open_vote(make_received(province).pk, by=province.head)
        votes.cast(step.pk, Ballot.FOR, by=province.head)
        steps.append(step)
    keys = [step.pk for step in steps]
    meet = CONTEXT.Barrier(voters + 1)
    crowd = [voter(person.pk, keys, meet) for person in people]
    answers = all_at_once([*crowd, closer(province.head.pk, keys, meet)])
    assert [a for a in answers if isinstance(a, Exception)] == []
    return steps, answers[:-1]


def assert_every_accepted_vote_counted(steps: list[ReviewStep], answers: list) -> None:
    for place, step in enumerate(steps):
        step.refresh_from_db()
        last = Counter(answer[place][-1] for answer in answers if answer[place])
        assert step.content is not None
        said = step.content.facts
        assert said["in_favour"] == last[Ballot.FOR] + 1  # the head's own
        assert said["against"] == last[Ballot.AGAINST]
        again = voting.tally(step.members.values_list("seat", "ballot"))
        assert (again.in_favour, again.against) == (said["in_favour"], said["against"])
        assert again.passed == reread(step.proposal).vote_passed


def test_vote_race(province):
    """Closing and voting at once: what was accepted is counted, and nothing after (TX-10)."""
    assert_every_accepted_vote_counted(*let_them_vote(province, voters=5, rounds=8))


@pytest.mark.slow
def test_vote_race_of_twenty(province):
    assert_every_accepted_vote_counted(*let_them_vote(province, voters=20, rounds=25))


def poster(cookies: str, url: str, typed: dict) -> Callable:
    def post() -> tuple[int, str]:
        client = Client()
        client.cookies.load(cookies)
        response = client.post(url, typed)
        return response.status_code, response.get("Location", "")

    return post


def test_double_submit(province, client):
    """The same form twenty times in parallel: one decision, and one answer for all (TX-03)."""
    proposal = make_checked(province)
    client.force_login(province.head)
    page = client.get(reverse("proposals:decide", args=[proposal.ref]))
    form = page.context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}
    typed |= {"kind": "implement", "do_by": province.official.pk}
    url = reverse("proposals:confirm", args=[proposal.ref])
    cookies = client.cookies.output(header="")

    answers = all_at_once([poster(cookies, url, typed) for _ in range(20)])

    assert set(answers) == {(302, proposal.get_absolute_url())}
    assert reread(proposal).stage == Stage.APPROVED_IMPLEMENT
    assert Decision.objects.count() == 1
    entries = Entry.objects.of(proposal.stream).filter(action="proposal.approve_implement")
    assert entries.count() == 1
    assert Notice.objects.filter(key__startswith="approved").count() == 1

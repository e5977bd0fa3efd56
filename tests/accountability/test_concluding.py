"""The end of the road: outcomes, the pilot closed, the proposal concluded."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accountability.actions import awarding, concluding
from accountability.actions.base import Incomplete
from accountability.stages import CaseState, CommendationState, Outcome
from deadlines.models import Clock
from journal.conflicts import Conflict
from journal.models import Entry
from notifications.models import Notice
from pilots.models import Pilot
from pilots.stages import PilotState, Result
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.accountability import (
    make_case,
    make_cast,
    make_commendation,
    make_evaluated,
)

S, C = CaseState, CommendationState


def kinds(pilot) -> list[str]:
    return sorted(pilot.proposal.outcomes.values_list("kind", flat=True))


def test_completed_without_a_case_is_not_held_liable():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    concluding.conclude(pilot.proposal_id, by=cast.head)

    proposal = Proposal.objects.get(pk=pilot.proposal_id)
    assert (proposal.stage, proposal.holder, proposal.due_on) == (Stage.CONCLUDED, "–", None)
    assert kinds(pilot) == ["not_held_liable"]
    assert Pilot.objects.get(pk=pilot.pk).state == PilotState.CLOSED
    assert {n.recipient for n in Notice.objects.filter(stream=proposal.stream)} == {
        cast.leader,
        cast.coauthor,
    }
    assert not Clock.objects.of_subject("proposal", proposal.ref).open().exists()


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [(Outcome.EXEMPTED, "exempted"), (Outcome.MITIGATED, "mitigated")],
)
def test_a_closed_case_gives_its_outcome(outcome, kind):
    cast = make_cast()
    pilot = make_evaluated(cast)
    make_case(S.CLOSED, cast=cast, pilot=pilot, outcome=outcome)
    concluding.conclude(pilot.proposal_id, by=cast.head)

    assert kinds(pilot) == [kind]


@pytest.mark.parametrize("state", [s for s in CaseState if s != S.CLOSED])
def test_an_open_case_stands_in_the_way(state):
    cast = make_cast()
    pilot = make_evaluated(cast)
    make_case(state, cast=cast, pilot=pilot)

    with pytest.raises(Incomplete, match="Còn 1 hồ sơ"):
        concluding.conclude(pilot.proposal_id, by=cast.head)


@pytest.mark.parametrize(
    ("result", "damage"), [(Result.NOT_COMPLETED, False), (Result.COMPLETED, True)]
)
def test_what_was_not_reached_or_did_damage_is_weighed_first(result, damage):
    cast = make_cast()
    pilot = make_evaluated(cast, result=result, has_damage=damage)

    with pytest.raises(Incomplete, match="lập hồ sơ xem xét trách nhiệm trước"):
        concluding.conclude(pilot.proposal_id, by=cast.head)


@pytest.mark.parametrize(
    "name", ["leader", "coauthor", "deputy", "focal", "home_affairs_lead", "chairman", "admin"]
)
def test_only_the_head_of_the_body_concludes(name):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)

    with pytest.raises(PermissionDenied):
        concluding.conclude(pilot.proposal_id, by=getattr(cast, name))


def test_it_is_concluded_once():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    concluding.conclude(pilot.proposal_id, by=cast.head)

    with pytest.raises(Conflict):
        concluding.conclude(pilot.proposal_id, by=cast.head)


def test_a_commendation_decided_before_and_one_after_both_stand():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    before = make_commendation(C.DECIDED, cast=cast, pilot=pilot)
    concluding.conclude(pilot.proposal_id, by=cast.head)
    assert kinds(pilot) == ["commended", "not_held_liable"]

    after = make_commendation(C.DECIDED, cast=cast, pilot=pilot, code="bang-khen")
    assert kinds(pilot) == ["commended", "commended", "not_held_liable"]
    refs = set(
        pilot.proposal.outcomes.filter(kind="commended").values_list("source_ref", flat=True)
    )
    assert refs == {before.ref, after.ref}
    today = timezone.localdate()
    awarding.award(before.pk, number="1/QĐ", decided_on=today, awarded_on=today, by=cast.officer)
    assert len(kinds(pilot)) == 3


def test_a_case_after_the_conclusion_adds_its_outcome():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED, has_damage=False)
    concluding.conclude(pilot.proposal_id, by=cast.head)
    make_case(S.CLOSED, cast=cast, pilot=pilot, by=cast.inspector, outcome=Outcome.NOT_HELD_LIABLE)

    assert kinds(pilot) == ["not_held_liable", "not_held_liable"]


def test_the_stream_tells_the_kinds_and_no_case():
    cast = make_cast()
    pilot = make_evaluated(cast)
    case = make_case(S.CLOSED, cast=cast, pilot=pilot)
    concluding.conclude(pilot.proposal_id, by=cast.head)

    last = Entry.objects.of(pilot.stream).order_by("-seq")[0]
    assert (last.action, last.data["outcomes"]) == ("proposal.conclude", ["exempted"])
    bodies = "".join(Entry.objects.of(pilot.stream).values_list("body", flat=True))
    assert str(case.ref) not in bodies
    assert case.code not in bodies


def test_award_says_its_day_and_number():
    cast = make_cast()
    row = make_commendation(C.DECIDED, cast=cast)
    today = timezone.localdate()

    for over, words in (
        ({"number": " "}, "số quyết định"),
        ({"awarded_on": today + timezone.timedelta(days=1)}, "không sau hôm nay"),
        ({"awarded_on": today - timezone.timedelta(days=1)}, "không trước ngày quyết định"),
    ):
        facts = {"number": "1/QĐ", "decided_on": today, "awarded_on": today} | over
        with pytest.raises(Incomplete, match=words):
            awarding.award(row.pk, by=cast.officer, **facts)

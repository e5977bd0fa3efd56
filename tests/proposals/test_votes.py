"""The vote of the collective and the appraisal council (quy-trinh.md §5, TX-10)."""

import pytest
from django.core.exceptions import PermissionDenied

from deadlines.models import Clock
from journal.models import Entry
from organisation.stages import Role
from proposals import voting
from proposals.actions import intake, steps, votes
from proposals.actions.lifecycle import MoveRefused
from proposals.models import StepMember
from proposals.stages import Ballot, Seat, Stage, StepConclusion, StepKind, Track
from tests.factories.organisation import make_user
from tests.factories.proposals import make_coauthor
from tests.proposals.flows import (
    make_received,
    make_seeded_province,
    make_sent,
    open_step,
    reread,
)

FOR, AGAINST = Ballot.FOR, Ballot.AGAINST
HEAD, DEPUTY = Seat.HEAD, Seat.DEPUTY


@pytest.fixture
def province():
    return make_seeded_province()


def ballots(head, in_favour, against):
    """So many ballots of each kind in all, the head's among them."""
    own = [(HEAD, head)]
    rest = [(DEPUTY, FOR)] * (in_favour - (head == FOR))
    return own + rest + [(DEPUTY, AGAINST)] * (against - (head == AGAINST))


@pytest.mark.parametrize(
    ("head", "in_favour", "against", "passed"),
    [
        (FOR, 3, 1, True),
        (FOR, 2, 2, True),  # a tie goes with the head
        (AGAINST, 2, 2, False),
        (FOR, 1, 3, False),
        (AGAINST, 1, 3, False),
        (FOR, 2, 1, True),
        (AGAINST, 2, 1, True),
        (FOR, 1, 0, True),
        (AGAINST, 0, 1, False),
    ],
)
def test_vote_table(head, in_favour, against, passed):
    counted = voting.tally(ballots(head, in_favour, against))

    assert (counted.in_favour, counted.against) == (in_favour, against)
    assert counted.passed is passed
    assert counted.is_tie == (in_favour == against)
    assert counted.is_alone == (in_favour + against == 1)


def test_the_share_is_of_those_who_voted():
    counted = voting.tally([(HEAD, FOR), (DEPUTY, FOR), (DEPUTY, AGAINST), (DEPUTY, "")])

    assert counted.passed is True
    assert counted.absent == 1
    assert counted.voted == 3


def test_a_tie_waits_for_the_head():
    with pytest.raises(voting.HeadMustVote):
        voting.tally([(HEAD, ""), (DEPUTY, FOR), (DEPUTY, AGAINST)])


def test_without_a_head_a_tie_does_not_pass():
    assert voting.tally([(DEPUTY, FOR), (DEPUTY, AGAINST)]).passed is False


def test_no_ballot_is_no_result():
    with pytest.raises(voting.NobodyVoted):
        voting.tally([(HEAD, ""), (DEPUTY, "")])


@pytest.mark.django_db
def test_the_collective_is_the_head_and_the_deputies(province):
    other = make_user(role=Role.DEPUTY_HEAD, unit=province.department)
    proposal = make_received(province)

    step = votes.open_vote(proposal.pk, by=province.head)

    seats = set(step.members.values_list("person", "seat"))
    assert seats == {(province.head.pk, HEAD), (province.deputy.pk, DEPUTY), (other.pk, DEPUTY)}


@pytest.mark.django_db
def test_a_proposing_deputy_has_no_vote(province):
    """Neither as proposer nor as co-author (Nghị định 73/2023/NĐ-CP, Điều 8.1)."""
    other = make_user(role=Role.DEPUTY_HEAD, unit=province.department)
    proposal = make_sent(province, proposer=province.deputy)
    make_coauthor(proposal, other)
    received = intake.receive(proposal.pk, by=province.focal)

    step = votes.open_vote(received.pk, by=province.head)

    assert list(step.members.values_list("person", flat=True)) == [province.head.pk]
    with pytest.raises(PermissionDenied):
        votes.cast(step.pk, FOR, by=province.deputy)


@pytest.mark.django_db
def test_a_ballot_is_changed_until_the_vote_is_closed(province):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)

    votes.cast(step.pk, AGAINST, by=province.deputy)
    votes.cast(step.pk, FOR, by=province.deputy)
    votes.cast(step.pk, FOR, by=province.head)
    votes.close_vote(step.pk, by=province.head)

    assert reread(proposal).vote_passed is True
    with pytest.raises(MoveRefused, match="đã kết thúc"):
        votes.cast(step.pk, AGAINST, by=province.deputy)
    assert StepMember.objects.get(person=province.deputy).ballot == FOR


@pytest.mark.django_db
def test_the_result_is_recomputed_from_the_stored_ballots(province):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, AGAINST, by=province.deputy)
    votes.cast(step.pk, FOR, by=province.head)

    made = votes.close_vote(step.pk, by=province.head)

    step.refresh_from_db()
    again = voting.tally(step.members.values_list("seat", "ballot"))
    assert step.conclusion == StepConclusion.FAVOURABLE
    assert step.content.facts["in_favour"] == again.in_favour == 1
    assert step.content.facts["quote"] == (
        "1 tán thành, 1 không tán thành, theo phía người đứng đầu: thông qua."
    )
    assert made.proposal.vote_passed is True


@pytest.mark.django_db
def test_each_voter_has_a_task_until_they_voted(province):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    tasks = Clock.objects.open().filter(verb="Biểu quyết")
    due = Clock.objects.get(rule__code="COLLECTIVE_MEETING").due_on
    assert set(tasks.values_list("holder_user", "due_on")) == {
        (province.head.pk, due),
        (province.deputy.pk, due),
    }

    votes.cast(step.pk, FOR, by=province.deputy)
    assert list(tasks.values_list("holder_user", flat=True)) == [province.head.pk]

    votes.close_vote(step.pk, by=province.head, without_silent=True)
    assert not tasks.exists()


@pytest.mark.django_db
def test_a_vote_nobody_cast_is_not_closed(province):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)

    with pytest.raises(MoveRefused, match="Chưa có ai biểu quyết"):
        votes.close_vote(step.pk, by=province.head)

    assert reread(proposal).vote_passed is None


@pytest.mark.django_db
def test_a_tie_without_the_head_is_not_closed(province):
    make_user(role=Role.DEPUTY_HEAD, unit=province.department)
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)
    deputies = [m.person for m in step.members.filter(seat=DEPUTY).order_by("pk")]
    votes.cast(step.pk, FOR, by=deputies[0])
    votes.cast(step.pk, AGAINST, by=deputies[1])

    with pytest.raises(MoveRefused, match="người đứng đầu cần biểu quyết"):
        votes.close_vote(step.pk, by=province.head)
    assert reread(proposal).vote_passed is None


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["focal", "official", "clerk", "chairman", "inspector"])
def test_who_is_no_member_does_not_vote(province, role):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)

    with pytest.raises(PermissionDenied):
        votes.cast(step.pk, FOR, by=province.people[role])


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["deputy", "focal", "official"])
def test_only_the_head_calls_and_closes(province, role):
    proposal = make_received(province)
    with pytest.raises(PermissionDenied):
        votes.open_vote(proposal.pk, by=province.people[role])
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, FOR, by=province.head)

    with pytest.raises(PermissionDenied):
        votes.close_vote(step.pk, by=province.people[role])


@pytest.mark.django_db
def test_the_entry_of_a_ballot_does_not_say_how(province):
    proposal = make_received(province)
    step = votes.open_vote(proposal.pk, by=province.head)

    votes.cast(step.pk, AGAINST, by=province.deputy)

    body = Entry.objects.of(proposal.stream).get(action="proposal.vote").body
    assert "against" not in body


@pytest.mark.django_db
def test_a_track_of_the_decree_needs_its_vote(province):
    proposal = make_sent(province, track=Track.ND73)
    received = intake.receive(proposal.pk, by=province.focal)

    kinds = set(received.steps.values_list("kind", flat=True))

    assert kinds == {StepKind.LEGAL_CHECK, StepKind.PARTY_OPINION, StepKind.COLLECTIVE_VOTE}
    assert reread(received).required_steps_left == 3
    votes.open_vote(received.pk, by=province.head)
    step = open_step(received, StepKind.COLLECTIVE_VOTE)
    votes.cast(step.pk, FOR, by=province.head)
    votes.close_vote(step.pk, by=province.head, without_silent=True)
    assert reread(received).required_steps_left == 2


# The appraisal council


def council(province, size):
    """So many people of the department, the head in the chair."""
    members = [make_user(role=Role.PROPOSER, unit=province.department) for _ in range(size - 1)]
    return [(province.head, Seat.CHAIR.value), *((m, Seat.MEMBER.value) for m in members)]


@pytest.mark.django_db
def test_a_council_of_five_is_heard_and_concludes(province):
    proposal = make_received(province)
    seats = council(province, 5)
    step = votes.form_council(proposal.pk, seats, by=province.head)
    member = seats[1][0]
    own = Clock.objects.open().get(rule__code="COUNCIL_REVIEW")
    assert (own.holder_role, own.due_on) == (Role.AGENCY_HEAD, None)

    votes.give_appraisal(
        step.pk, by=member, conclusion=StepConclusion.FAVOURABLE, text="Cần thiết, khả thi."
    )
    votes.conclude_council(
        step.pk, by=province.head, conclusion=StepConclusion.WITH_CHANGES, text="Thu hẹp phạm vi."
    )

    step.refresh_from_db()
    assert step.conclusion == StepConclusion.WITH_CHANGES
    assert step.members.get(person=member).content.facts["quote"] == "Cần thiết, khả thi."
    assert not Clock.objects.open().filter(verb="Cho ý kiến thẩm định").exists()
    assert not Clock.objects.open().filter(rule__code="COUNCIL_REVIEW").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 4, 10])
def test_a_council_has_five_to_nine_members(province, size):
    proposal = make_received(province)

    with pytest.raises(MoveRefused, match="từ 5 đến 9 người"):
        votes.form_council(proposal.pk, council(province, size), by=province.head)


@pytest.mark.django_db
def test_how_many_sit_in_a_council_is_data(province):
    proposal = make_received(province)
    proposal.track = Track.ND73
    proposal.received_on = proposal.received_on.replace(year=2026)
    rule = votes.ReviewRule.objects.get(kind=StepKind.APPRAISAL_COUNCIL)
    rule.seats_from, rule.seats_to = 3, 4
    rule.save()

    assert votes.council_size(proposal) == (3, 4)


@pytest.mark.django_db
def test_authors_do_not_appraise_their_own_proposal(province):
    proposal = make_received(province)
    seats = [*council(province, 4), (province.official, Seat.MEMBER.value)]

    with pytest.raises(MoveRefused, match="Người đề xuất không tham gia"):
        votes.form_council(proposal.pk, seats, by=province.head)


@pytest.mark.django_db
def test_a_member_of_another_case_gives_no_appraisal(province):
    proposal = make_received(province)
    step = votes.form_council(proposal.pk, council(province, 5), by=province.head)

    with pytest.raises(PermissionDenied):
        votes.give_appraisal(
            step.pk, by=province.deputy, conclusion=StepConclusion.FAVOURABLE, text="Được."
        )


@pytest.mark.django_db
def test_a_vote_of_the_province_is_cast_by_its_leaders(province):
    """What went up is voted on above, by the chairman and the vice chairmen."""
    proposal = make_sent(province, proposer=province.head, deciding_unit=province.unit)
    received = intake.receive(proposal.pk, by=province.provincial_officer)

    step = votes.open_vote(received.pk, by=province.chairman)

    people = set(step.members.values_list("person", flat=True))
    assert people == {province.chairman.pk, province.vice_chairman.pk}
    assert received.stage == Stage.UNDER_REVIEW


@pytest.mark.django_db
def test_a_step_opens_once(province):
    proposal = make_received(province)

    with pytest.raises(MoveRefused, match="đang mở"):
        steps.open_step(proposal.pk, StepKind.LEGAL_CHECK, by=province.head)

"""The one lifecycle: who may make which move from where, and that nothing else moves it."""

import re
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from deadlines.models import Clock
from documents.models import OfficialDocument
from journal.conflicts import Conflict
from journal.models import Content, Entry
from journal.verify import verify
from notifications.models import Notice, OutboxMessage
from proposals import drawing
from proposals.actions import holding, lifecycle, rulings
from proposals.actions.lifecycle import MoveRefused, move
from proposals.models import Decision, Proposal
from proposals.stages import Stage
from proposals.timeline import LABELS
from tests.factories.organisation import make_province
from tests.factories.proposals import make_coauthor, make_proposal
from tests.proposals.flows import decide_pilot, make_checked, make_seeded_province, reread

S = Stage
ROLES = ["proposer", "coauthor", "focal", "head", "deputy", "clerk", "snv", "inspector", "stranger"]
REVIEW = {"send_back", "escalate", "redirect", "approve_implement", "approve_pilot", "refuse"}
# who, from where, may make which move; everything not written here is forbidden
MAY_MOVE = {
    ("proposer", S.DRAFT): {"submit"},
    ("proposer", S.SUBMITTED): {"withdraw"},
    ("proposer", S.UNDER_REVIEW): {"withdraw"},
    ("proposer", S.ESCALATED): {"withdraw"},
    ("proposer", S.RETURNED): {"resubmit_to_review", "withdraw"},
    ("focal", S.SUBMITTED): {"receive", "send_back"},
    ("focal", S.UNDER_REVIEW): {"send_back"},
    ("focal", S.ESCALATED): {"send_back"},
    ("head", S.SUBMITTED): {"receive", "send_back", "redirect"},
    ("head", S.UNDER_REVIEW): REVIEW,
    ("head", S.ESCALATED): REVIEW,
    ("head", S.APPROVED_IMPLEMENT): {"revoke_decision"},
    ("head", S.APPROVED_PILOT): {"revoke_decision"},
    ("head", S.REFUSED): {"revoke_decision"},
}
FROM_ABOVE = {  # made by the rooms above on evidence of their own
    S.APPROVED_IMPLEMENT: {"begin"},
    S.APPROVED_PILOT: {"begin"},
    S.MONITORED: {"evaluate"},
    S.EVALUATED: {"conclude"},
}
SOURCES = {
    "submit": {S.DRAFT},
    "receive": {S.SUBMITTED},
    "send_back": {S.SUBMITTED, S.UNDER_REVIEW, S.ESCALATED},
    "resubmit": {S.RETURNED},
    "resubmit_to_review": {S.RETURNED},
    "resubmit_to_superior": {S.RETURNED},
    "escalate": {S.UNDER_REVIEW, S.ESCALATED},
    "redirect": {S.SUBMITTED, S.UNDER_REVIEW, S.ESCALATED},
    "withdraw": {S.SUBMITTED, S.UNDER_REVIEW, S.ESCALATED, S.RETURNED},
    "approve_implement": {S.UNDER_REVIEW, S.ESCALATED},
    "approve_pilot": {S.UNDER_REVIEW, S.ESCALATED},
    "override_implement": {S.UNDER_REVIEW, S.ESCALATED},
    "override_pilot": {S.UNDER_REVIEW, S.ESCALATED},
    "refuse": {S.UNDER_REVIEW, S.ESCALATED},
    "reopen": {S.REFUSED},
    "forward_answer": {S.REFUSED},
    "revoke_decision": {S.APPROVED_IMPLEMENT, S.APPROVED_PILOT, S.REFUSED},
    "begin": {S.APPROVED_IMPLEMENT, S.APPROVED_PILOT},
    "evaluate": {S.MONITORED},
    "conclude": {S.EVALUATED},
}


@pytest.fixture
def province():
    return make_province()


def cast(province, proposal):
    """One person for each part in the matrix."""
    people = province.people
    coauthor = make_coauthor(proposal, people["colleague"]).person
    return {
        "proposer": people["official"],
        "coauthor": coauthor,
        "focal": people["focal"],
        "head": people["head"],
        "deputy": people["deputy"],
        "clerk": people["clerk"],
        "snv": people["home_affairs_officer"],
        "inspector": people["inspector"],
        "stranger": people["district_official"],
    }


def open_moves(proposal, user):
    return {t.name for t in proposal.get_available_user_stage_transitions(user)}


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(Stage))
def test_moves_open_to_each_role_at_each_stage(province, stage):
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)
    people = cast(province, proposal)

    for role in ROLES:
        own = MAY_MOVE.get((role, stage), set())
        assert open_moves(proposal, people[role]) == own | FROM_ABOVE.get(stage, set()), role


@pytest.mark.django_db
def test_against_the_vote_only_a_second_person_moves(province):
    proposal = make_proposal(
        S.UNDER_REVIEW, proposer=province.official, agency=province.department, vote_passed=False
    )

    override = {"override_implement", "override_pilot"}
    assert open_moves(proposal, province.head) == REVIEW - {"approve_implement", "approve_pilot"}
    assert open_moves(proposal, province.deputy) == override
    assert open_moves(proposal, province.focal) == override | {"send_back"}


@pytest.mark.django_db
def test_an_answered_refusal_is_looked_at_and_not_revoked(province):
    proposal = make_proposal(
        S.REFUSED,
        proposer=province.official,
        agency=province.department,
        answered_at=timezone.now(),
    )

    assert open_moves(proposal, province.head) == {"reopen", "forward_answer"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "way"),
    [
        (S.SUBMITTED, "resubmit"),
        (S.UNDER_REVIEW, "resubmit_to_review"),
        (S.ESCALATED, "resubmit_to_superior"),
    ],
)
def test_a_supplement_goes_back_to_whoever_asked(province, came_from, way):
    proposal = make_proposal(
        S.RETURNED, proposer=province.official, agency=province.department, returned_from=came_from
    )

    assert open_moves(proposal, province.official) == {way, "withdraw"}


def test_the_moves_are_those_of_the_specification():
    found: dict[str, set[str]] = {}
    for step in Proposal.stage.field.get_all_transitions(Proposal):
        found.setdefault(step.name, set()).add(Stage(step.source))

    assert found == SOURCES


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(Stage))
def test_illegal_transitions_all(province, stage):
    """At each stage every move that does not start there is refused and leaves no trace (TX-05)."""
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)
    entries = Entry.objects.count()

    for name, user in product(
        [n for n in SOURCES if stage not in SOURCES[n]], [province.official, province.head]
    ):
        with pytest.raises(Conflict), transaction.atomic():
            move(proposal.pk, name, by=user)

    assert reread(proposal).stage == stage
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_a_stale_version_is_refused(province):
    proposal = make_proposal(S.SUBMITTED, proposer=province.official, agency=province.department)
    move(proposal.pk, "receive", by=province.focal)

    with pytest.raises(Conflict) as conflict:
        move(proposal.pk, "redirect", by=province.head, version=proposal.version)

    assert conflict.value.label == "Chờ xem xét"
    assert conflict.value.who == province.focal.full_name


@pytest.mark.django_db
def test_a_move_that_needs_something_says_what(province):
    proposal = make_proposal(
        S.UNDER_REVIEW,
        proposer=province.official,
        agency=province.department,
        required_steps_left=1,
    )

    with pytest.raises(MoveRefused) as refused:
        move(proposal.pk, "approve_pilot", by=province.head)

    assert refused.value.needs == "Còn bước xem xét bắt buộc chưa hoàn thành."


@pytest.mark.django_db
def test_no_other_path(province):
    """The stage is not a column that one may set."""
    proposal = make_proposal(S.SUBMITTED, proposer=province.official, agency=province.department)

    with pytest.raises(AttributeError):
        proposal.stage = S.APPROVED_PILOT


def test_nothing_in_the_code_updates_the_stage_aside():
    code = [*Path(settings.BASE_DIR, "proposals").rglob("*.py")]
    aside = re.compile(r"update\([^)]*stage=|\.stage = |stage=Stage\.\w+\)\.save")

    assert [path.name for path in code if aside.search(path.read_text())] == []


def test_every_move_has_a_label_and_words_for_the_timeline():
    for step in drawing.moves():
        assert step.custom["label"]
        assert LABELS[f"proposal.{step.name}"].verb


def test_every_action_written_down_has_words_for_the_timeline():
    named = re.compile(r'"(proposal\.[a-z_]+)"')
    actions = Path(settings.BASE_DIR, "proposals", "actions").glob("*.py")
    written = {name for path in actions for name in named.findall(path.read_text())}

    assert written <= set(LABELS)


def test_the_picture_is_not_stale():
    page = Path(settings.BASE_DIR, "docs", "lifecycle.md").read_text(encoding="utf-8")

    assert page == drawing.document(), "run manage.py draw_lifecycle"


def counted(proposal):
    """All that a decision writes, counted."""
    clocks_of = Clock.objects.of_subject("proposal", proposal.ref)
    return {
        "stage": reread(proposal).stage,
        "version": reread(proposal).version,
        "decisions": Decision.objects.count(),
        "entries": Entry.objects.count(),
        "contents": Content.objects.count(),
        "open clocks": clocks_of.open().count(),
        "clocks": clocks_of.count(),
        "papers": OfficialDocument.objects.count(),
        "notices": Notice.objects.count(),
        "letters": OutboxMessage.objects.count(),
    }


class Broken(Exception):
    """Whatever may go wrong at that point."""


POINTS = [(lifecycle, "touch"), (rulings, "compose"), (holding, "notify_each")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("module", "name"), POINTS)
def test_transition_atomic(monkeypatch, module, name):
    """All or nothing, with real commits; tests/test_all_or_nothing.py has every point (TX-01)."""
    province = make_seeded_province()
    proposal = make_checked(province)
    before = counted(proposal)

    def breaks(*args, **kwargs):
        raise Broken

    with monkeypatch.context() as patched:
        patched.setattr(module, name, breaks)
        with pytest.raises(Broken):
            decide_pilot(proposal, province)

    assert counted(proposal) == before
    decide_pilot(proposal, province)
    assert counted(proposal) != before


@pytest.mark.django_db
def test_every_transition_has_entry():
    """A road from sending to decision replays from its stream alone (JR-01, JR-05)."""
    province = make_seeded_province()
    proposal = make_checked(province)
    decide_pilot(proposal, province)

    report = verify(stream=proposal.stream)

    assert report.findings == []
    moves = Entry.objects.of(proposal.stream).exclude(after=None).order_by("seq")
    assert list(moves.values_list("before", "after")) == [
        ("draft", "submitted"),
        ("submitted", "under_review"),
        ("under_review", "approved_pilot"),
    ]


@pytest.mark.django_db
def test_verification_finds_a_stage_that_was_never_written_down():
    province = make_seeded_province()
    proposal = make_checked(province)
    Proposal.objects.filter(pk=proposal.pk).update(stage=S.WITHDRAWN)

    report = verify(stream=proposal.stream)

    assert [f.what for f in report.findings] == [
        "the proposal is withdrawn, its entries say under_review"
    ]


@pytest.mark.django_db
def test_verification_finds_what_was_sent_without_an_entry():
    """A row that took another name by SQL has no stream of that name; a draft needs none."""
    province = make_seeded_province()
    facts = {"proposer": province.official, "agency": province.department}
    make_checked(province)
    other = uuid4()
    for stage in (S.UNDER_REVIEW, S.DRAFT):
        row = make_proposal(stage, **facts)
        Proposal.objects.filter(pk=row.pk).update(ref=other if stage != S.DRAFT else uuid4())

    found = [(f.where, f.what) for f in verify().findings if "has no entries" in f.what]

    assert found == [(f"proposal:{other}", "the proposal was sent and has no entries")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [({"journal_length": 1}, "counts 1 of"), ({"journal_head": "0" * 64}, "another last entry")],
)
def test_verification_finds_a_row_that_does_not_fit_its_stream(change, said):
    province = make_seeded_province()
    proposal = make_checked(province)
    Proposal.objects.filter(pk=proposal.pk).update(**change)

    report = verify(stream=proposal.stream)

    assert len(report.findings) == 1
    assert said in report.findings[0].what


@pytest.mark.django_db
def test_a_person_without_the_right_is_refused(province):
    proposal = make_proposal(S.SUBMITTED, proposer=province.official, agency=province.department)

    with pytest.raises(PermissionDenied):
        move(proposal.pk, "receive", by=province.deputy)

"""Separation of duties: four eyes (AZ-08), nobody in an own case (AZ-07), who does it instead."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accountability import people, readership
from accountability.actions import awarding, deciding, hearing, nominating, opening
from accountability.actions.base import Incomplete
from accountability.actions.nominating import Nomination
from accountability.models import LiabilityCase
from accountability.people import setting_of
from accountability.stages import CaseState, CommendationState, Nominee, Origin, Outcome
from organisation.stages import Role
from pilots.models import PilotMember
from pilots.stages import Result
from tests.factories.accountability import (
    CHARGES,
    REASON,
    fresh,
    incentive,
    make_case,
    make_cast,
    make_commendation,
    make_evaluated,
)
from tests.factories.organisation import make_appointment, make_user

S, C = CaseState, CommendationState


def heard(cast, **over) -> LiabilityCase:
    """A case that waits for its decision."""
    case = make_case(S.HEARING, cast=cast, **over)
    hearing.give_statement(case.pk, by=case.person, text="Đã làm đúng.")
    return fresh(case)


def test_who_decides_does_not_confirm():
    cast = make_cast()
    make_appointment(cast.head, Role.DEPUTY_HEAD, cast.team.agency)
    case = heard(cast)
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)

    with pytest.raises(PermissionDenied):
        deciding.confirm(case.pk, by=cast.head)


def test_the_database_wants_two_people():
    cast = make_cast()
    case = heard(cast)
    decision = deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)

    rows = type(decision).objects.filter(pk=decision.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(second_person=cast.head)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="in_force")


def test_who_weighed_neither_decides_nor_confirms():
    cast = make_cast()
    make_appointment(cast.focal, Role.AGENCY_HEAD, cast.team.agency)
    make_appointment(cast.focal, Role.DEPUTY_HEAD, cast.team.agency)
    case = heard(cast)

    with pytest.raises(PermissionDenied):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.focal)
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)
    with pytest.raises(PermissionDenied):
        deciding.confirm(case.pk, by=cast.focal)


def test_who_confirmed_does_not_settle_the_appeal():
    cast = make_cast()
    make_appointment(cast.deputy, Role.AGENCY_HEAD, cast.province)
    case = make_case(S.APPEALED, cast=cast)

    with pytest.raises(PermissionDenied):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.deputy)


@pytest.mark.parametrize("name", ["leader", "coauthor", "member"])
def test_nobody_opens_a_case_of_a_pilot_they_had_a_part_in(name):
    cast = make_cast()
    pilot = make_evaluated(cast)
    user = getattr(cast, name)
    for role in (Role.AGENCY_FOCAL, Role.HOME_AFFAIRS_LEAD, Role.INSPECTOR):
        make_appointment(user, role, cast.team.agency)

    with pytest.raises(PermissionDenied):
        opening.open_case(pilot.pk, person=cast.leader, charges=CHARGES, by=user)


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("head", Origin.EVALUATION),
        ("focal", Origin.EVALUATION),
        ("home_affairs_lead", Origin.HOME_AFFAIRS),
        ("inspector", Origin.INSPECTION),
    ],
)
def test_who_may_open_a_case(name, origin):
    cast = make_cast()
    case = make_case(cast=cast, by=getattr(cast, name))

    assert case.origin == origin


@pytest.mark.parametrize(
    "name", ["deputy", "monitor", "colleague", "home_affairs_officer", "chairman", "stranger"]
)
def test_who_may_not_open_a_case(name):
    cast = make_cast()
    pilot = make_evaluated(cast)

    with pytest.raises(PermissionDenied):
        opening.open_case(pilot.pk, person=cast.leader, charges=CHARGES, by=getattr(cast, name))


def test_a_head_who_took_part_is_replaced_by_the_superior():
    cast = make_cast()
    pilot = make_evaluated(cast)
    PilotMember.objects.create(pilot=pilot, person=cast.head, duty="Chỉ đạo")
    case = make_case(pilot=pilot, cast=cast, by=cast.home_affairs_lead)

    assert case.competent_unit == cast.province
    [recusal] = readership.recusals(case)
    assert (recusal.user, recusal.instead) == (cast.head, cast.chairman.display)
    assert not LiabilityCase.objects.visible_to(cast.head).exists()


def test_a_head_who_is_concerned_is_replaced_by_the_superior():
    cast = make_cast()
    pilot = make_evaluated(cast)
    case = opening.open_case(pilot.pk, person=cast.head, charges=CHARGES, by=cast.home_affairs_lead)

    assert case.competent_unit == cast.province
    assert case.appeal_unit == cast.province  # nobody stands above: a deputy settles an appeal
    assert cast.head.pk in case.barred_ids


def test_whoever_is_concerned_judges_no_other_case_of_the_proposal():
    cast = make_cast()
    pilot = make_evaluated(cast)
    opening.open_case(pilot.pk, person=cast.monitor, charges=CHARGES, by=cast.home_affairs_lead)
    make_appointment(cast.monitor, Role.DEPUTY_HEAD, cast.team.agency)
    case = make_case(pilot=pilot, cast=cast)

    assert not LiabilityCase.objects.visible_to(cast.monitor).filter(pk=case.pk).exists()


def test_without_another_deputy_home_affairs_confirms():
    cast = make_cast()
    case = heard(cast)
    cast.deputy.appointments.all().delete()
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)

    post = people.confirmers(fresh(case), case.competent_unit, cast.head)
    assert post[0] == Role.HOME_AFFAIRS_LEAD
    deciding.confirm(case.pk, by=cast.home_affairs_lead)
    assert fresh(case).state == S.DECIDED


@pytest.mark.parametrize("name", ["leader", "coauthor", "member"])
def test_nobody_reviews_decides_or_confirms_an_own_commendation(name):
    cast = make_cast()
    row = make_commendation(C.NOMINATED, cast=cast)
    user = getattr(cast, name)
    for role in (Role.COMMENDATION_OFFICER, Role.AGENCY_HEAD, Role.DEPUTY_HEAD):
        make_appointment(user, role, cast.team.agency)

    with pytest.raises(PermissionDenied):
        nominating.review(row.pk, "Đủ điều kiện.", by=user)
    nominating.review(row.pk, "Đủ điều kiện.", by=cast.officer)
    nominating.submit(row.pk, by=cast.officer)
    with pytest.raises(PermissionDenied):
        awarding.decide(row.pk, "Đồng ý.", by=user)
    awarding.decide(row.pk, "Đồng ý.", by=cast.head)
    with pytest.raises(PermissionDenied):
        awarding.confirm(row.pk, by=user)


def test_nominating_reviewing_deciding_confirming_are_four_people():
    cast = make_cast()
    for user in (cast.head, cast.officer):
        make_appointment(user, Role.DEPUTY_HEAD, cast.team.agency)
        make_appointment(user, Role.COMMENDATION_OFFICER, cast.team.agency)
    row = make_commendation(C.SUBMITTED, cast=cast)

    with pytest.raises(PermissionDenied):
        awarding.decide(row.pk, "Đồng ý.", by=cast.focal)
    awarding.decide(row.pk, "Đồng ý.", by=cast.head)
    for user in (cast.head, cast.officer, cast.focal):
        with pytest.raises(PermissionDenied):
            awarding.confirm(row.pk, by=user)
    awarding.confirm(row.pk, by=cast.deputy)


def test_what_a_head_nominates_is_decided_one_level_up():
    cast = make_cast()
    row = make_commendation(C.SUBMITTED, cast=cast, by=cast.head)

    assert row.deciding_unit == cast.province


@pytest.mark.parametrize(
    ("code", "unit"), [("giay-khen", "agency"), ("bang-khen", "province"), ("bieu-duong", "agency")]
)
def test_the_form_says_who_decides(code, unit):
    cast = make_cast()
    row = make_commendation(C.SUBMITTED, cast=cast, code=code)

    expected = cast.province if unit == "province" else cast.team.agency
    assert row.deciding_unit == expected


def test_only_what_was_completed_is_commended():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.PARTIALLY_COMPLETED)

    with pytest.raises(PermissionDenied):
        make_commendation(cast=cast, pilot=pilot)


def test_a_team_is_nominated_with_its_members():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    said = Nomination(
        incentive=incentive(),
        nominee=Nominee.TEAM,
        merit="Hoàn thành đề xuất, vượt chỉ tiêu.",
        team_name="Nhóm thí điểm",
        members=(cast.leader, cast.member),
    )
    row = nominating.nominate(pilot.pk, said, by=cast.focal)

    assert row.nominee_ids == {cast.leader.pk, cast.member.pk}
    assert row.who == "Nhóm thí điểm"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"nominee": Nominee.TEAM, "team_name": "", "members": ()}, "tên tập thể"),
        ({"person": None}, "Chọn cá nhân"),
        ({"merit": " "}, "Nhập thành tích"),
    ],
)
def test_a_nomination_is_whole(over, words):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    facts = {
        "incentive": incentive(),
        "nominee": Nominee.PERSON,
        "merit": "Hoàn thành đề xuất.",
        "person": cast.leader,
    } | over

    with pytest.raises(Incomplete, match=words):
        nominating.nominate(pilot.pk, Nomination(**facts), by=cast.focal)


def test_who_had_no_part_is_not_commended_for_it():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)

    with pytest.raises(Incomplete, match="đã đề xuất hoặc thực hiện"):
        make_commendation(cast=cast, pilot=pilot, person=cast.colleague)


def test_a_person_is_nominated_once_for_a_form():
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    make_commendation(cast=cast, pilot=pilot)

    with pytest.raises(Incomplete, match="cùng hình thức"):
        make_commendation(cast=cast, pilot=pilot)
    make_commendation(cast=cast, pilot=pilot, code="bieu-duong")


def test_readers_of_a_case_are_named_before_and_after_the_conclusion():
    cast = make_cast()
    case = make_case(cast=cast)
    before = {reader.user for reader in readership.readers(case)}
    assert before == {
        cast.leader,
        cast.head,
        cast.deputy,
        cast.focal,
        cast.home_affairs_lead,
        cast.inspector,
    }

    make_user(role=Role.INSPECTOR, unit=cast.province)
    assert len(readership.readers(case)) == 7


def test_readers_are_those_who_can_read():
    cast = make_cast()
    for state in (S.OPENED, S.DECIDED):
        other = make_cast_like(cast, state)
        named = {reader.user.pk for reader in readership.readers(other)}
        for user in (*cast.team.all.values(), cast.chairman, cast.home_affairs_officer, cast.admin):
            knows = LiabilityCase.objects.visible_to(user).filter(pk=other.pk).exists()
            assert knows == (user.pk in named), user


def make_cast_like(cast, state) -> LiabilityCase:
    return make_case(state, cast=cast, pilot=make_evaluated(cast))


def test_setting_is_blind_to_nobody():
    cast = make_cast()
    pilot = make_evaluated(cast)
    setting = setting_of(pilot)

    assert setting.barred_ids == {cast.leader.pk, cast.member.pk, cast.coauthor.pk}
    assert setting.competent_unit == cast.team.agency

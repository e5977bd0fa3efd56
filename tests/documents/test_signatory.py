"""Who signs, and the block above the name: the table of van-ban-nd30.md §5, written by hand."""

from datetime import date, datetime, timedelta

import pytest

from documents.signatory import Asked, NotLawful, signers, signing_of
from documents.stages import SigningAuthority, SigningKind
from documents.titles import bare, full
from organisation.models import Appointment, Delegation
from organisation.stages import Acting, DelegationKind, DelegationSubject, Role, UnitKind
from tests.factories.organisation import (
    make_appointment,
    make_province,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

DAY = date(2022, 6, 6)
COLLECTIVE = SigningAuthority.COLLECTIVE


@pytest.fixture
def house():
    return make_province()


@pytest.fixture
def office(house):
    """The province's office, with its chief and the chief's deputy."""
    unit = make_unit("Văn phòng Ủy ban nhân dân tỉnh", parent=house.unit, abbrev="VPUB")
    people = {
        "chief": make_user(role=Role.AGENCY_HEAD, unit=unit, position="chanh-van-phong"),
        "vice": make_user(role=Role.DEPUTY_HEAD, unit=unit, position="pho-chanh-van-phong"),
    }
    return house.people | people


def lend(giver, to, kind, *, subject=DelegationSubject.SIGN, days=(0, 30), **over):
    first, last = (DAY + timedelta(days=n) for n in days)
    return Delegation.objects.create(
        kind=kind,
        from_appointment=giver.appointments.get(position__role=Role.AGENCY_HEAD),
        to_person=to,
        subject=subject,
        valid_from=first,
        valid_to=last,
        basis_document="Quyết định số 01/QĐ-UBND",
        **over,
    )


def act(person, **changes):
    Appointment.objects.filter(person=person).update(**changes)


def lines_of(unit, person, authority=SigningAuthority.HEAD):
    signing = signing_of(Asked(unit, DAY, authority), person)
    return (signing.kind, list(signing.lines))


def reason_of(unit, person, authority=SigningAuthority.HEAD, barred=frozenset()):
    with pytest.raises(NotLawful) as refused:
        signing_of(Asked(unit, DAY, authority, barred), person)
    return str(refused.value)


def test_the_head_of_a_department_signs_alone(house):
    assert lines_of(house.department, house.head) == (SigningKind.OWN, ["GIÁM ĐỐC"])


def test_the_chairman_signs_for_the_committee(house):
    assert lines_of(house.unit, house.chairman, COLLECTIVE) == (
        SigningKind.TM,
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    )


def test_the_chairman_signs_in_his_own_right(house):
    assert lines_of(house.unit, house.chairman) == (SigningKind.OWN, ["CHỦ TỊCH"])


def test_a_vice_chairman_signs_for_the_committee_and_the_chairman(house):
    act(house.vice_chairman, field="Văn hóa - Xã hội")

    assert lines_of(house.unit, house.vice_chairman, COLLECTIVE) == (
        SigningKind.TM_KT,
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    )


def test_a_deputy_signs_for_the_director_by_delegation(house):
    lend(house.head, house.deputy, DelegationKind.KT)

    assert lines_of(house.department, house.deputy) == (
        SigningKind.KT,
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    )


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_whoever_is_in_charge_signs_as_a_deputy(house, who):
    act(getattr(house, who), acting=Acting.IN_CHARGE)

    assert lines_of(house.department, getattr(house, who)) == (
        SigningKind.KT,
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    )


def test_an_acting_director_says_so(house):
    act(house.head, acting=Acting.ACTING_HEAD)

    assert lines_of(house.department, house.head) == (SigningKind.Q, ["Q. GIÁM ĐỐC"])


def test_an_acting_chairman_says_so_for_the_committee(house):
    act(house.chairman, acting=Acting.ACTING_HEAD)

    assert lines_of(house.unit, house.chairman, COLLECTIVE) == (
        SigningKind.Q,
        ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"],
    )


def test_the_chief_of_office_signs_by_order(house, office):
    lend(house.chairman, office["chief"], DelegationKind.TL)

    assert lines_of(house.unit, office["chief"]) == (
        SigningKind.TL,
        ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
    )


def test_the_chiefs_deputy_signs_an_order_for_the_chief(house, office):
    lend(house.chairman, office["chief"], DelegationKind.TL)
    lend(office["chief"], office["vice"], DelegationKind.KT)

    assert lines_of(house.unit, office["vice"]) == (
        SigningKind.TL_KT,
        ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
    )


def test_a_director_signs_by_the_chairmans_authority(house):
    lend(house.chairman, house.home_affairs_head, DelegationKind.TUQ)

    assert lines_of(house.unit, house.home_affairs_head) == (
        SigningKind.TUQ,
        ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"],
    )


def test_a_districts_committee_is_led_together(house):
    assert lines_of(house.district, house.district_head, COLLECTIVE)[1] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_a_department_has_no_papers_in_the_name_of_all(house):
    assert lines_of(house.department, house.head, COLLECTIVE) == (SigningKind.OWN, ["GIÁM ĐỐC"])


def test_a_term_that_ended_is_refused(house):
    act(house.head, valid_to=DAY)

    said = reason_of(house.department, house.head)

    assert said == "Giám đốc Sở Nguyễn Giám Đốc Mẫu đã hết nhiệm kỳ từ ngày 06/06/2022."


def test_a_term_that_has_not_begun_is_refused(house):
    act(house.head, valid_from=DAY + timedelta(days=1))

    assert "giữ chức vụ từ ngày 07/06/2022" in reason_of(house.department, house.head)


def test_a_deputy_signs_nothing_that_was_not_given_to_them(house):
    said = reason_of(house.department, house.deputy)

    assert "chưa được giao ký thay (KT.) vào ngày 06/06/2022" in said


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({"days": (-30, -1)}, "đã hết hạn ngày 05/06/2022"),
        ({"days": (1, 30)}, "có hiệu lực từ ngày 07/06/2022"),
        ({"subject": DelegationSubject.REVIEW}, "không gồm ký văn bản"),
        ({"revoked_at": datetime.fromisoformat("2022-06-05T00:00+07:00")}, "đã được thu hồi"),
    ],
)
def test_a_delegation_outside_its_time_or_subject_is_refused(house, over, reason):
    lend(house.chairman, house.home_affairs_head, DelegationKind.TUQ, **over)

    assert reason in reason_of(house.unit, house.home_affairs_head)


def test_a_delegation_ends_with_the_post_of_its_giver(house):
    lend(house.chairman, house.home_affairs_head, DelegationKind.TUQ)
    act(house.chairman, valid_to=DAY)

    assert "không còn giữ chức vụ" in reason_of(house.unit, house.home_affairs_head)


def test_a_tuq_is_never_passed_on(house):
    lend(house.chairman, house.home_affairs_head, DelegationKind.TUQ)
    other = make_user(role=Role.DEPUTY_HEAD, unit=house.home_affairs)
    lend(house.home_affairs_head, other, DelegationKind.KT)

    assert "không ủy quyền lại" in reason_of(house.unit, other)


def test_by_order_nobody_signs_in_the_name_of_all(house, office):
    lend(house.chairman, office["chief"], DelegationKind.TL)

    assert "không ký TL." in reason_of(house.unit, office["chief"], COLLECTIVE)


def test_nobody_signs_in_their_own_case(house):
    barred = frozenset({house.head.pk})

    assert "có liên quan" in reason_of(house.department, house.head, barred=barred)
    assert signers(Asked(house.department, DAY, barred=barred)) == []


def test_others_are_refused_by_name_and_day(house):
    assert reason_of(house.department, house.district_head) == (
        "Dương Huyện Mẫu không có bổ nhiệm hoặc ủy quyền ký văn bản của "
        "Sở Tài nguyên và Môi trường vào ngày 06/06/2022."
    )


def test_all_who_may_sign_are_listed_once_the_head_first(house):
    lend(house.head, house.deputy, DelegationKind.KT)
    lend(house.head, house.section_head, DelegationKind.TL, days=(0, 1))
    make_appointment(house.deputy, Role.DEPUTY_HEAD, house.department, position="pho-giam-doc")

    found = [(one.person, one.words) for one in signers(Asked(house.department, DAY))]

    assert found == [
        (house.head, "GIÁM ĐỐC"),
        (house.deputy, "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"),
        (house.section_head, "TL. GIÁM ĐỐC / TRƯỞNG PHÒNG"),
    ]


@pytest.mark.parametrize(
    ("title", "inside", "agency", "outside"),
    [
        ("Giám đốc Sở", "Giám đốc", "Sở Nội vụ", "Giám đốc Sở Nội vụ"),
        ("Chủ tịch UBND huyện", "Chủ tịch", "Ủy ban nhân dân huyện Bác Ái", None),
        ("Chánh Thanh tra tỉnh", "Chánh Thanh tra", "Thanh tra tỉnh", "Chánh Thanh tra tỉnh"),
        ("Chánh Văn phòng", "Chánh Văn phòng", "Văn phòng UBND tỉnh", "Chánh Văn phòng"),
        ("Trưởng ban", "Trưởng ban", "Ban Dân tộc", "Trưởng ban"),
        ("Chủ tịch Hội", "Chủ tịch", "Hội Nhà báo", "Chủ tịch Hội Nhà báo"),
    ],
)
def test_titles_inside_and_outside_of_their_agency(title, inside, agency, outside):
    assert bare(title) == inside
    assert full(title, agency) == (outside or f"{inside} {agency}")


def test_a_commune_is_led_together(house):
    commune = make_unit("Ủy ban nhân dân xã Phước Hà", kind=UnitKind.COMMUNE, parent=house.unit)
    head = make_user(role=Role.AGENCY_HEAD, unit=commune, position="chu-tich-ubnd-huyen")

    assert lines_of(commune, head, COLLECTIVE)[1] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]

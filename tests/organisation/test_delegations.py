"""Delegations: who may lend what to whom, and when it holds (AZ-12)."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from journal.actions import entries_of
from organisation.actions import delegations
from organisation.actions.refusals import AlreadyDelegated, NotForLending, NotTheirDeputy
from organisation.days import today
from organisation.models import Delegation, User
from organisation.stages import Role
from organisation.trail import stream_of
from tests.factories.organisation import make_appointment, make_province, make_user, sign_in

pytestmark = pytest.mark.django_db
URL = "/tai-khoan/uy-quyen/"
START, END = date(2022, 6, 15), date(2022, 6, 30)


def give(province, to: str = "deputy", by: str = "head", **over) -> Delegation:
    post = delegations.headships(province.people[by])[0]
    facts = {
        "to": province.people[to],
        "kind": "KT",
        "subject": "review",
        "valid_from": START,
        "valid_to": END,
        "basis_document": "12/QĐ-STNMT ngày 14/06/2022",
    } | over
    return delegations.delegate(post, by=province.people[by], **facts)


def decides_on(day: date, person: User, unit) -> bool:
    with freeze_time(day):
        return User.objects.get(pk=person.pk).powers.holds(Role.AGENCY_HEAD, unit.pk)


def test_delegation_window():
    """Powers hold from the first day to the end of the last, and not a day more."""
    province = make_province()
    with freeze_time("2022-06-14"):
        give(province)

    days = [START - timedelta(1), START, END, END + timedelta(1)]

    assert [decides_on(day, province.deputy, province.department) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_revoking_ends_it_at_once():
    province = make_province()
    with freeze_time("2022-06-16"):
        given = give(province, valid_from=date(2022, 6, 16))
        assert decides_on(date(2022, 6, 16), province.deputy, province.department)
        delegations.revoke_delegation(given, by=province.head)

    assert not decides_on(date(2022, 6, 16), province.deputy, province.department)


def test_it_ends_with_the_post_of_the_giver():
    province = make_province()
    with freeze_time("2022-06-14"):
        given = give(province)
    post = given.from_appointment
    post.valid_to = date(2022, 6, 20)
    post.save()

    assert decides_on(date(2022, 6, 19), province.deputy, province.department)
    assert not decides_on(date(2022, 6, 20), province.deputy, province.department)


def test_what_was_lent_is_not_passed_on():
    province = make_province()
    with freeze_time("2022-06-16"):
        given = give(province, kind="TUQ", to="section_head", valid_from=date(2022, 6, 16))

        with pytest.raises(NotForLending):
            delegations.delegate(
                given.from_appointment,
                by=province.section_head,
                to=province.deputy,
                kind="TUQ",
                subject="review",
                valid_from=date(2022, 7, 1),
                valid_to=date(2022, 7, 2),
                basis_document="1/UQ",
            )


@pytest.mark.parametrize(
    ("to", "kind", "subject", "is_allowed"),
    [
        ("deputy", "KT", "review", True),
        ("deputy", "KT", "sign", True),
        ("section_head", "KT", "sign", False),
        ("section_head", "TL", "sign", True),
        ("section_head", "TL", "review", False),
        ("section_head", "TUQ", "review", True),
        ("official", "TUQ", "sign", False),
        ("district_deputy", "TUQ", "sign", False),
        ("head", "TUQ", "sign", False),
    ],
)
def test_who_may_receive_what(to, kind, subject, is_allowed):
    province = make_province()
    with freeze_time("2022-06-14"):
        if is_allowed:
            assert give(province, to=to, kind=kind, subject=subject).pk
        else:
            with pytest.raises(NotTheirDeputy):
                give(province, to=to, kind=kind, subject=subject)


def test_overlap_names_the_earlier_one():
    province = make_province()
    other = make_user(full_name="Lê Văn Minh Họa")
    make_appointment(other, Role.DEPUTY_HEAD, province.department)
    with freeze_time("2022-06-14"):
        give(province)

        with pytest.raises(AlreadyDelegated) as refusal:
            give(province, to="deputy", valid_from=END, valid_to=END)
        give(province, valid_from=END + timedelta(1), valid_to=END + timedelta(2))
        give(province, subject="sign")

    assert str(refusal.value) == (
        "Đã ủy quyền cho Trần Phó Giám Đốc Mẫu từ 15/06/2022 đến 30/06/2022."
    )


def test_each_step_is_written_down():
    province = make_province()
    with freeze_time("2022-06-14"):
        given = give(province)
        delegations.revoke_delegation(given, by=province.head)
        delegations.revoke_delegation(given, by=province.head)

    entries = entries_of(stream_of(province.head)).order_by("seq")
    assert [entry.action for entry in entries] == ["delegation.give", "delegation.revoke"]
    assert entries[0].data["to"] == str(province.deputy.ref)


def page_key(client) -> str:
    return str(client.get(URL).context["form"]["key"].value())


def said(client, province, **over) -> dict:
    post = delegations.headships(province.head)[0]
    return {
        "key": page_key(client),
        "post": post.pk,
        "to": province.deputy.pk,
        "kind": "KT",
        "subject": "review",
        "valid_from": "15/6/2022",
        "valid_to": "30.06.22",
        "basis_document": "12/QĐ-STNMT",
    } | over


@freeze_time("2022-06-14 09:00")
def test_a_head_gives_and_takes_back_on_the_page(client):
    province = make_province()
    sign_in(client, province.head)

    answer = client.post(URL, said(client, province), follow=True)
    given = Delegation.objects.get()
    client.post(f"{URL}{given.ref}/thu-hoi/")

    page = answer.content.decode()
    assert "Đã ghi ủy quyền." in page
    assert "15/06/2022 – 30/06/2022" in page
    given.refresh_from_db()
    assert given.revoked_at is not None


@freeze_time("2022-06-14 09:00")
def test_sending_twice_gives_once(client):
    province = make_province()
    sign_in(client, province.head)
    words = said(client, province)

    answers = [client.post(URL, words).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Delegation.objects.count() == 1


@freeze_time("2022-06-14 09:00")
@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"valid_from": "13/06/2022"}, "Chọn ngày từ hôm nay (14/06/2022) trở đi."),
        ({"valid_to": "14/06/2022"}, "Ngày kết thúc phải sau ngày bắt đầu (15/06/2022)."),
        ({"valid_to": "31/06/2022"}, "Không có ngày 31/06/2022. Kiểm tra lại ngày, tháng."),
        ({"valid_to": "cuối tháng"}, "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022."),
        ({"basis_document": ""}, "Nhập văn bản căn cứ."),
        ({"to": ""}, "Chọn người được giao."),
    ],
)
def test_what_is_missing_is_said(client, over, message):
    province = make_province()
    sign_in(client, province.head)

    page = client.post(URL, said(client, province, **over)).content.decode()

    assert message in page
    assert not Delegation.objects.exists()


@freeze_time("2022-06-14 09:00")
def test_extra_fields_are_ignored(client):
    province = make_province()
    sign_in(client, province.head)

    client.post(URL, said(client, province, revoked_at="2022-06-14", from_appointment="1", pk="9"))

    given = Delegation.objects.get()
    assert (given.revoked_at, given.from_appointment.person) == (None, province.head)


def test_others_see_what_they_received_and_give_nothing(client):
    province = make_province()
    give(province, valid_from=today(), valid_to=today() + timedelta(3))
    sign_in(client, province.deputy)

    page = client.get(URL).content.decode()
    answer = client.post(URL, {"kind": "TUQ"}, follow=True)

    assert "Thay Nguyễn Giám Đốc Mẫu" in page
    assert "Thêm ủy quyền" not in page
    assert "Việc được thừa ủy quyền không được ủy quyền lại." in answer.content.decode()
    assert Delegation.objects.count() == 1


def test_only_the_giver_revokes(client):
    province = make_province()
    given = give(province, valid_from=today(), valid_to=today())
    sign_in(client, province.district_head)

    assert client.post(f"{URL}{given.ref}/thu-hoi/").status_code == 404
    given.refresh_from_db()
    assert given.revoked_at is None

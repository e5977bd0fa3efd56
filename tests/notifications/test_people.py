"""People are told of guesses at their password, and of powers lent to them and taken back."""

from datetime import date

import pytest
from freezegun import freeze_time

from notifications.models import Notice, OutboxMessage
from organisation.actions import delegations
from organisation.actions.sign_in import NotAdmitted, admit
from organisation.models import Delegation
from tests.factories.organisation import PASSWORD, Province, make_province, make_user

pytestmark = pytest.mark.django_db
DAY = "2022-06-14"


def fail(username: str, times: int) -> None:
    """Wrong passwords, each as late as the waiting time asks for."""
    for turn in range(times):
        with freeze_time(f"{DAY} 08:{turn:02}:00+07:00"), pytest.raises(NotAdmitted):
            admit(username, "khong phai mat khau", address="192.0.2.1")


@pytest.mark.parametrize(("failures", "told"), [(4, 0), (5, 1), (7, 1)])
def test_the_owner_is_told_after_five_failures(failures, told):
    owner = make_user(username="chu")
    make_user(username="nguoi.khac")
    fail("chu", failures)

    with freeze_time(f"{DAY} 08:42:00+07:00"):
        admit("chu", PASSWORD, address="192.0.2.1")

    assert Notice.objects.count() == told
    for notice in Notice.objects.all():
        assert notice.recipient == owner
        assert notice.text == (
            f"Có {failures} lần đăng nhập không thành công trước lần này, lúc 08:42, ngày "
            "14/06/2022. Nếu không phải đồng chí nhập, đổi mật khẩu và báo quản trị hệ thống."
        )
        assert OutboxMessage.objects.get().recipient == owner


def give(province: Province) -> Delegation:
    post = delegations.headships(province.head)[0]
    return delegations.delegate(
        post,
        by=province.head,
        to=province.deputy,
        kind="KT",
        subject="review",
        valid_from=date(2022, 6, 15),
        valid_to=date(2022, 6, 30),
        basis_document="12/QĐ-STNMT ngày 14/06/2022",
    )


def test_the_receiver_is_told_of_powers_given_and_taken_back():
    province = make_province()

    with freeze_time(DAY):
        given = give(province)
        delegations.revoke_delegation(given, by=province.head)
        delegations.revoke_delegation(given, by=province.head)  # nothing new to tell

    told = [(notice.recipient, notice.subject) for notice in Notice.objects.order_by("pk")]
    assert told == [
        (province.deputy, "Được ủy quyền từ 15/06/2022 đến hết 30/06/2022"),
        (province.deputy, "Ủy quyền đã được thu hồi"),
    ]
    first, last = Notice.objects.order_by("pk")
    assert first.text == (
        "Nguyễn Giám Đốc Mẫu (Giám đốc Sở) giao việc xem xét, quyết định đề xuất, hình thức ký "
        "thay từ 15/06/2022 đến hết 30/06/2022. Căn cứ: 12/QĐ-STNMT ngày 14/06/2022."
    )
    assert last.text == (
        "Nguyễn Giám Đốc Mẫu (Giám đốc Sở) đã thu hồi việc xem xét, quyết định đề xuất, hình "
        "thức ký thay giao từ 15/06/2022 đến hết 30/06/2022. Quyền thay mặt hết từ lúc này."
    )
    assert {first.url, last.url} == {"/tai-khoan/uy-quyen/"}
    assert OutboxMessage.objects.filter(recipient=province.deputy).count() == 2

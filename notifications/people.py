"""What happens to a person's account and powers, told to that person."""

import uuid

from django.urls import reverse
from django.utils import timezone

from notifications.actions import notify
from organisation import hooks
from organisation.models import Delegation, User


def register() -> None:
    """Hang these on the organisation, which lies below and knows nothing of notices."""
    hooks.sign_in_after_failures.append(tell_of_failures)
    hooks.delegation_given.append(tell_of_delegation)
    hooks.delegation_revoked.append(tell_of_revocation)
    hooks.reset_asked.append(send_reset_link)
    hooks.password_replaced.append(tell_of_new_password)


def tell_of_failures(user: User, failures: int) -> None:
    """The owner learns of guesses at the password (AU-05)."""
    now = timezone.localtime()
    notify(
        [user],
        key=f"sign-in-failures-{now:%Y%m%d%H%M%S%f}",
        subject=f"Có {failures} lần đăng nhập không thành công",
        text=f"Có {failures} lần đăng nhập không thành công trước lần này, lúc {now:%H:%M}, ngày "
        f"{now:%d/%m/%Y}. Nếu không phải đồng chí nhập, đổi mật khẩu và báo quản trị hệ thống.",
        url=reverse("organisation:password"),
        by_entry=None,
    )


def send_reset_link(user: User) -> None:
    """The owner gets the link in a letter; the portal itself only says that it was asked for."""
    notify(
        [user],
        key=f"reset-{uuid.uuid4()}",
        subject="Đặt lại mật khẩu",
        text=f"Có yêu cầu đặt lại mật khẩu {_now()}. "
        "Nếu không phải đồng chí yêu cầu, báo quản trị hệ thống.",
        url=reverse("organisation:password"),
        by_entry=None,
        template="reset",
    )


def tell_of_new_password(user: User) -> None:
    """The owner learns that the password is another one."""
    notify(
        [user],
        key=f"reset-done-{uuid.uuid4()}",
        subject="Mật khẩu đã được đặt lại",
        text=f"Mật khẩu được đặt lại bằng đường dẫn trong thư {_now()}. "
        "Nếu không phải đồng chí thực hiện, báo quản trị hệ thống.",
        url=reverse("organisation:sessions"),
        by_entry=None,
    )


def tell_of_delegation(given: Delegation) -> None:
    """Who is to act for a head learns of it at once."""
    _tell(
        given.to_person,
        key=f"delegation-{given.ref}-given",
        subject=f"Được ủy quyền từ {_span(given)}",
        text=f"{_giver(given)} giao {_what(given)} từ {_span(given)}. "
        f"Căn cứ: {given.basis_document}.",
    )


def tell_of_revocation(given: Delegation) -> None:
    """Who acted for a head learns that it is over."""
    _tell(
        given.to_person,
        key=f"delegation-{given.ref}-revoked",
        subject="Ủy quyền đã được thu hồi",
        text=f"{_giver(given)} đã thu hồi {_what(given)} giao từ {_span(given)}. "
        "Quyền thay mặt hết từ lúc này.",
    )


def _tell(person: User, *, key: str, subject: str, text: str) -> None:
    url = reverse("organisation:delegations")
    notify([person], key=key, subject=subject, text=text, url=url, by_entry=None)


def _now() -> str:
    return f"lúc {timezone.localtime():%H:%M, ngày %d/%m/%Y}"


def _giver(given: Delegation) -> str:
    post = given.from_appointment
    return f"{post.person.full_name} ({post.position.title})"


def _what(given: Delegation) -> str:
    kind, subject = given.get_kind_display(), given.get_subject_display()
    return f"việc {subject[:1].lower()}{subject[1:]}, hình thức {kind[:1].lower()}{kind[1:]}"


def _span(given: Delegation) -> str:
    return f"{given.valid_from:%d/%m/%Y} đến hết {given.valid_to:%d/%m/%Y}"

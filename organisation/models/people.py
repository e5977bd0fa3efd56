"""The people who sign in."""

import uuid
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Min, Q
from django.utils import timezone

from organisation.models.changes import Changing
from organisation.models.units import OrgUnit
from organisation.powers import Powers, powers_of
from organisation.stages import Gender, OfficialKind, TextSize
from organisation.text import fold, nfc, person_sort_key


class UserQuerySet(models.QuerySet):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def holding(self, *roles: str, unit: OrgUnit | int) -> "UserQuerySet":
        """Active people appointed today, at that unit, to a post with one of the roles."""
        today = timezone.localdate()
        return (
            self.active()
            .filter(
                Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=today),
                appointments__valid_from__lte=today,
                appointments__unit=unit,
                appointments__position__role__in=roles,
            )
            .annotate(rank=Min("appointments__position__rank"))  # one row a person
            .order_by("rank", "sort_key", "pk")
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in names are blind to case and to the way an input method composes letters."""
        return self.get(username=nfc(username or "").casefold())


class User(Changing, AbstractBaseUser):
    """An official with an account. Never deleted, only deactivated."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=100)
    gender = models.CharField(
        "cách xưng hô", max_length=8, choices=Gender.choices, default=Gender.UNKNOWN
    )
    official_kind = models.CharField(
        "đối tượng",
        max_length=16,
        choices=OfficialKind.choices,
        default=OfficialKind.CIVIL_SERVANT,
    )
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    text_size = models.CharField(
        "cỡ chữ", max_length=8, choices=TextSize.choices, default=TextSize.NORMAL
    )
    has_shortcuts = models.BooleanField("dùng phím tắt", default=True)
    has_dense_tables = models.BooleanField("bảng gọn", default=False)
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    first_password_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    password_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns that follow from others; rows created in bulk call it themselves."""
        self.username = nfc(self.username).casefold()
        self.full_name = nfc(self.full_name)
        self.sort_key = person_sort_key(self.full_name)[:400]
        self.search_key = fold(f"{self.full_name} {self.username}")[:200]

    def set_password(self, raw_password: str | None) -> None:
        """Composed letters first: input methods differ in how they write the same word (AU-01)."""
        super().set_password(nfc(raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(nfc(raw_password) if raw_password else raw_password)

    @cached_property
    def powers(self) -> Powers:
        """What this person may do today, read once a request from appointments and delegations."""
        return powers_of(self.pk, timezone.localdate())

    @property
    def display(self) -> str:
        """The name with the post, as in a timeline: "Trần Thị Ví Dụ (Giám đốc Sở)"."""
        post = self.powers.main
        return f"{self.full_name} ({post.position})" if post else self.full_name

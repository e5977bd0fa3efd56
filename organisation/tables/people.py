"""The list of accounts: searched, filtered and paged without counting or skipping rows."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import Prefetch, Q

from organisation.days import today
from organisation.fields import WordedForm
from organisation.models import Appointment, OrgUnitVersion, User
from organisation.models.people import UserQuerySet
from organisation.text import fold

PAGE = 50
STATES = (("", "Tất cả"), ("mo", "Đang hoạt động"), ("dong", "Đã đóng"))


class PeopleFilter(WordedForm):
    """GET filters of the list; what does not fit is passed over."""

    q = forms.CharField(label="Tên hoặc tên đăng nhập", max_length=100, required=False)
    co_quan = forms.ModelChoiceField(
        label="Cơ quan",
        queryset=OrgUnitVersion.objects.none(),
        required=False,
        empty_label="Tất cả",
    )
    tinh_trang = forms.ChoiceField(label="Tình trạng", choices=STATES, required=False)
    sau = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        now = OrgUnitVersion.objects.valid_on(today())
        agencies = now.order_by("unit__order_number", "search_key", "pk")
        self.fields["co_quan"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["co_quan"].to_field_name = "unit_id"  # type: ignore[attr-defined]
        self.is_valid()

    def found(self) -> UserQuerySet:
        """Whom the filters leave, in the order of the list."""
        said = getattr(self, "cleaned_data", {})
        rows = User.objects.all()
        if said.get("q"):
            rows = rows.filter(search_key__contains=fold(said["q"]))
        if said.get("tinh_trang"):
            rows = rows.filter(is_active=said["tinh_trang"] == "mo")
        if said.get("co_quan"):
            held = Appointment.objects.valid_on(today()).filter(unit=said["co_quan"].unit_id)
            rows = rows.filter(pk__in=held.values("person"))
        return rows.order_by("sort_key", "pk")

    def page(self, *, pages: int = 1) -> "PeoplePage":
        after = getattr(self, "cleaned_data", {}).get("sau")
        return people_page(self.found(), after=after, size=PAGE * pages)


@dataclass(frozen=True)
class PeoplePage:
    """Some people with their posts of today, and where the next ones begin."""

    people: list[User]
    next: UUID | None


def people_page(rows: UserQuerySet, *, after: UUID | None, size: int = PAGE) -> PeoplePage:
    """The rows that follow the person `after` in the list (from the start when None)."""
    last = User.objects.filter(ref=after).first() if after else None
    if last:
        later = Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk)
        rows = rows.filter(later)
    found = list(rows.prefetch_related(posts_of_today())[: size + 1])
    more = found[size - 1].ref if len(found) > size else None
    return PeoplePage(found[:size], more)


def posts_of_today() -> Prefetch:
    """`posts_today` on each person: the appointments with title and agency as they are now."""
    held = Appointment.objects.valid_on(today()).select_related("position", "unit")
    versions = Prefetch(
        "unit__versions", queryset=OrgUnitVersion.objects.valid_on(today()), to_attr="now"
    )
    return Prefetch(
        "appointments",
        queryset=held.prefetch_related(versions).order_by("position__rank", "pk"),
        to_attr="posts_today",
    )

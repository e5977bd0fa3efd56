"""Which agency a proposal belongs to, who decides on it, and which rules it follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from organisation.days import today
from organisation.models import OrgUnit, OrgUnitVersion, User, version_on
from organisation.powers import Post, Powers, powers_of
from organisation.stages import UnitKind
from proposals.people import head_posts, title_of
from proposals.stages import BottleneckKind, Track

DECREE_73 = date(2023, 9, 29)
HIGHEST = 12  # levels; a circle in the data must not hang a request

NO_POST = "Chưa có chức vụ tại cơ quan nào. Đề nghị người quản trị của cơ quan cập nhật chức vụ."
NO_HEAD = "Chưa có người đứng đầu tại {name}. Đề nghị người quản trị của cơ quan cập nhật chức vụ."
NO_SUPERIOR = "Chưa có cơ quan cấp trên của {name} để xem xét đề xuất."


class NoRoute(Exception):
    """Nobody can decide on this person's proposal today; the message says what is missing."""


@dataclass(frozen=True)
class Route:
    """Where a proposal goes: the proposer's unit, its agency, and who decides."""

    unit: OrgUnit
    position: str
    agency: OrgUnitVersion
    deciding: OrgUnitVersion
    head: User
    head_position: str
    is_superior: bool
    is_asked_for: bool = False  # the proposer says why the head of the agency should not decide

    @property
    def recipient(self) -> str:
        """Who reads it: "Trần Thị Ví Dụ, Giám đốc Sở"."""
        return f"{self.head.full_name}, {self.head_position}"

    @property
    def reason(self) -> str:
        if not self.is_superior:
            return f"Người đứng đầu {self.agency.name}, nơi công tác của người đề xuất."
        if self.is_asked_for:
            return "Người đề xuất nêu lý do để người đứng đầu cơ quan cấp trên xem xét."
        return "Người đứng đầu tự đề xuất, nên người đứng đầu cơ quan cấp trên xem xét."


@dataclass(frozen=True)
class Ground:
    """Which rules a proposal follows, why, and what the proposer should know of it."""

    track: Track
    reason: str
    warning: str = ""


def route_of(
    person: User, on: date, *, authors: Collection[int] = (), asks_superior: bool = False
) -> Route:
    """Who decides on a person's proposal on a day: the head of the agency, never an author.

    The head of the agency above decides where the head is an author, or where the proposer gave a
    reason and `asks_superior`. Raises NoRoute, with words for the person.
    """
    post = _powers(person, on).main
    if post is None:
        raise NoRoute(NO_POST)
    own = version_on(post.unit_id, on)
    agency = _climbed(own, on)
    barred = {person.pk, *authors}
    deciding, is_superior = agency, False
    heads = head_posts(agency.unit_id)
    is_own = any(head.person_id in barred for head in heads)
    if is_own or asks_superior:
        deciding, is_superior = _above(agency, on), True
        heads = head_posts(deciding.unit_id)
    found = next((head for head in heads if head.person_id not in barred), None)
    if found is None:
        raise NoRoute(NO_HEAD.format(name=deciding.name))
    return Route(
        unit=own.unit,
        position=post.position,
        agency=agency,
        deciding=deciding,
        head=found.person,
        head_position=title_of(found),
        is_superior=is_superior,
        is_asked_for=asks_superior and not is_own,
    )


def agency_of(unit_id: int, on: date) -> OrgUnitVersion:
    """The agency that a unit belongs to: sub-units climb until an agency of its own standing."""
    return _climbed(version_on(unit_id, on), on)


def ground_of(person: User, on: date, bottleneck_kind: str) -> Ground:
    """Which rules the proposal follows, by the post held that day (quy-trinh.md §1)."""
    post = next((p for p in _powers(person, on).posts if p.is_managerial), None)
    if post is None:
        return Ground(Track.POLICY, "Không giữ chức vụ lãnh đạo, quản lý tại ngày gửi.")
    if on < DECREE_73:
        return Ground(Track.POLICY, "Gửi trước ngày Nghị định 73/2023/NĐ-CP có hiệu lực.")
    if bottleneck_kind == BottleneckKind.REGULATED_UNSUITABLE:
        return _beyond_the_decree(post)
    return Ground(Track.ND73, f"Giữ chức vụ lãnh đạo, quản lý tại ngày gửi: {post.position}.")


def _beyond_the_decree(post: Post) -> Ground:
    return Ground(
        Track.POLICY,
        f"Giữ chức vụ {post.position}, nhưng nội dung đã có quy định.",
        "Nghị định 73/2023/NĐ-CP chỉ áp dụng với nội dung chưa được quy định. "
        "Đề xuất theo Kết luận 14-KL/TW; có thể kiến nghị cấp trên sửa quy định.",
    )


def _above(agency: OrgUnitVersion, on: date) -> OrgUnitVersion:
    if agency.parent_id is None:
        raise NoRoute(NO_SUPERIOR.format(name=agency.name))
    return agency_of(agency.parent_id, on)


def _climbed(version: OrgUnitVersion, on: date) -> OrgUnitVersion:
    for _ in range(HIGHEST):
        if version.kind != UnitKind.SUB_UNIT or version.parent_id is None:
            break
        version = version_on(version.parent_id, on)
    return version


def _powers(person: User, on: date) -> Powers:
    """Those of today are read once a request."""
    return person.powers if on == today() else powers_of(person.pk, on)

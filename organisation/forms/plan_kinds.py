"""The three lists that may be imported: agencies, people, posts."""

from datetime import date
from functools import partial
from typing import Any

from organisation import actions
from organisation.actions.people import Opened
from organisation.actions.refusals import AlreadyAppointed, OwnRole
from organisation.days import today
from organisation.forms.plans import ADDED, CHANGED, Plan, PlannedRow, differences
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, Position, User
from organisation.stages import SheetKind, UnitKind
from organisation.text import fold

Names = dict[tuple[str, str], OrgUnitVersion]
NO_AGENCY = "Chưa có cơ quan này. Kiểm tra tên, hoặc nhập cơ quan trước."
MANY_AGENCIES = "Có nhiều cơ quan cùng tên. Ghi thêm cơ quan cấp trên."


def agencies() -> Names:
    """Agencies of today by their name and their superior's name."""
    rows = list(OrgUnitVersion.objects.valid_on(today()).select_related("unit", "parent"))
    names = {row.unit_id: row.name for row in rows}
    return {(fold(row.name), fold(names.get(row.parent_id or 0, ""))): row for row in rows}


def find_agency(known: Names, name: str, parent: str = "") -> OrgUnitVersion | str:
    """The one agency of that name (below that superior), or what to say instead."""
    fits = [
        row
        for (own, above), row in known.items()
        if own == fold(name) and (not parent or above == fold(parent))
    ]
    if len(fits) == 1:
        return fits[0]
    return MANY_AGENCIES if fits else NO_AGENCY


class UnitPlan(Plan):
    kind = SheetKind.UNITS
    FACTS = ("short_name", "abbrev", "kind", "place_name")

    def prepare(self) -> None:
        self.known = agencies()
        self.names = {row.unit_id: row.name for row in self.known.values()}
        self.held = {
            self.key({"name": row.name, "parent": above, "kind": row.kind}): row
            for (_, above), row in self.known.items()
        }
        self.coming: set[str] = set()

    def key(self, facts: dict[str, Any]) -> tuple[str, str]:
        """An agency is known by its name, a section by its superior's besides."""
        is_section = facts["kind"] == UnitKind.SUB_UNIT
        return fold(facts["name"]), fold(facts["parent"]) if is_section else ""

    def decide(self, row: PlannedRow, facts: dict[str, Any]) -> None:
        parent = facts["parent"]
        if parent and fold(parent) not in self.coming:
            above = find_agency(self.known, parent)
            if isinstance(above, str):
                row.refuse("Cơ quan cấp trên", above)
                return
        self.coming.add(fold(facts["name"]))
        held = self.held.get(self.key(facts))
        if held is None:
            row.state, row.do = ADDED, partial(_add_unit, facts)
            return
        before = {name: getattr(held, name) for name in self.FACTS}
        before["order_number"] = held.unit.order_number
        before["parent"] = self.names.get(held.parent_id or 0, "")
        if fold(before["parent"]) == fold(parent):
            before["parent"] = parent
        row.changes = differences(self.form_class, before, facts)
        if row.changes:
            row.state, row.do = CHANGED, partial(_change_unit, held, facts)


class PersonPlan(Plan):
    kind = SheetKind.PEOPLE
    FACTS = ("full_name", "gender", "official_kind", "email", "phone")

    def prepare(self) -> None:
        self.known = {user.username: user for user in User.objects.all()}

    def key(self, facts: dict[str, Any]) -> str:
        return facts["username"]

    def decide(self, row: PlannedRow, facts: dict[str, Any]) -> None:
        held = self.known.get(facts["username"])
        if held is None:
            row.state, row.do = ADDED, partial(_add_person, facts)
            return
        row.changes = differences(
            self.form_class, {name: getattr(held, name) for name in self.FACTS}, facts
        )
        if row.changes:
            facts = {name: facts[name] for name in self.FACTS}
            row.state, row.do = CHANGED, partial(_change_person, held, facts)


class PostPlan(Plan):
    kind = SheetKind.POSTS

    def prepare(self) -> None:
        self.agencies = agencies()
        self.people = {user.username: user for user in User.objects.all()}
        self.positions = {fold(one.title): one for one in Position.objects.all()}
        self.held: dict[tuple[int, int, int], list[Appointment]] = {}
        for post in Appointment.objects.all():
            self._keep(post)

    def key(self, facts: dict[str, Any]) -> tuple[Any, ...]:
        names = ("username", "position", "unit", "parent")
        return (*(fold(facts[name]) for name in names), facts["valid_from"])

    def decide(self, row: PlannedRow, facts: dict[str, Any]) -> None:
        person = self.people.get(facts["username"].casefold())
        position = self.positions.get(fold(facts["position"]))
        agency = find_agency(self.agencies, facts["unit"], facts["parent"])
        if person is None:
            row.refuse("Tên đăng nhập", "Chưa có tài khoản này. Nhập danh sách người dùng trước.")
        elif person.pk == self.by.pk:
            row.refuse("Tên đăng nhập", str(OwnRole()))
        if position is None:
            row.refuse("Chức vụ", "Không có chức vụ này trong danh mục.")
        if isinstance(agency, str):
            row.refuse("Cơ quan", agency)
        elif person and position and not row.errors:
            post = Appointment(person=person, position=position, unit=agency.unit)
            for name in ("acting", "valid_from", "valid_to", "basis_document"):
                setattr(post, name, facts[name])
            self._decide_post(row, post)

    def _decide_post(self, row: PlannedRow, post: Appointment) -> None:
        same = self.held.get((post.person_id, post.position_id, post.unit_id), [])
        held = next((one for one in same if one.valid_from == post.valid_from), None)
        if held and held.valid_to != post.valid_to:
            if post.valid_to is None:
                row.refuse("Đến trước ngày", "Chức vụ này đã có ngày kết thúc. Nhập dòng mới.")
                return
            before, after = {"valid_to": held.valid_to}, {"valid_to": post.valid_to}
            row.changes = differences(self.form_class, before, after)
            row.state, row.do = CHANGED, partial(_end_post, held, post.valid_to)
        elif held is None and any(_overlap(one, post) for one in same):
            row.refuse("Từ ngày", str(AlreadyAppointed()))
        elif held is None:
            row.state, row.do = ADDED, partial(_add_post, post)
            self._keep(post)

    def _keep(self, post: Appointment) -> None:
        self.held.setdefault((post.person_id, post.position_id, post.unit_id), []).append(post)


PLANS: dict[str, type[Plan]] = {plan.kind: plan for plan in (UnitPlan, PersonPlan, PostPlan)}


def _overlap(one: Appointment, other: Appointment) -> bool:
    ends, others_end = one.valid_to or date.max, other.valid_to or date.max
    return one.valid_from < others_end and other.valid_from < ends


def _unit_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a version, the superior found again: it may have come by this file."""
    found = find_agency(agencies(), facts["parent"]) if facts["parent"] else None
    parent: OrgUnit | None = found.unit if isinstance(found, OrgUnitVersion) else None
    return {name: value for name, value in facts.items() if name != "order_number"} | {
        "parent": parent
    }


def _add_unit(facts: dict[str, Any], by: User) -> None:
    actions.create_unit(by=by, order_number=facts["order_number"], **_unit_facts(facts))


def _change_unit(held: OrgUnitVersion, facts: dict[str, Any], by: User) -> None:
    """A later day makes a new version; the day of the version in force mends it."""
    said = _unit_facts(facts)
    valid_from = said.pop("valid_from")
    if any(getattr(held, name) != said[name] for name in (*UnitPlan.FACTS, "parent")):
        if valid_from > held.valid_from:
            actions.change_unit(held.unit, by=by, valid_from=valid_from, **said)
        else:
            actions.correct_unit(held.unit, by=by, **said)
    if held.unit.order_number != facts["order_number"]:
        actions.set_order(held.unit, facts["order_number"], by=by)


def _add_person(facts: dict[str, Any], by: User) -> Opened:
    return actions.create_user(by=by, **facts)


def _change_person(held: User, facts: dict[str, Any], by: User) -> None:
    actions.change_account(held, by=by, **facts)


def _add_post(post: Appointment, by: User) -> None:
    actions.appoint(
        post.person,
        post.position,
        post.unit,
        by=by,
        acting=post.acting,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        basis_document=post.basis_document,
    )


def _end_post(held: Appointment, valid_to: date, by: User) -> None:
    actions.end_appointment(held, by=by, valid_to=valid_to)

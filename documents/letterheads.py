"""What every new draft opens and ends with: its agency, its notation, who is expected to sign.

The signature is only foreseen here; on the day of signing `documents.signatory` computes it anew.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from documents import signatory, titles
from documents.models import Abbreviation, PaperType
from documents.notations import BY_DECREE, agency_abbrev, type_abbrev
from documents.papers.description import FORMAT
from documents.signatory import Asked, NotLawful
from documents.stages import SLIPS, PaperKind
from organisation.days import today
from organisation.models import Appointment, OrgUnit, OrgUnitVersion, User
from organisation.prepared import prepared
from organisation.stages import Role, UnitKind
from organisation.templatetags.portal import vn_document_date

KEEPING = "VT"
BY_LEVEL = {
    UnitKind.PROVINCE: "Ban Thường vụ Tỉnh ủy",
    UnitKind.DISTRICT: "Ban Thường vụ Huyện ủy",
    UnitKind.COMMUNE: "Ban Thường vụ Đảng ủy",
}
Facts = dict[str, Any]


@dataclass(frozen=True)
class Issuer:
    """An agency as it issues a paper of a kind that day, with its head where it has one."""

    unit: OrgUnit
    kind: str
    day: date
    head: Appointment | None
    notation: str
    above: str  # the agency above; nothing for that of the province

    @property
    def name(self) -> str:
        return self.unit.at(self.day).name

    @property
    def authority(self) -> str:
        """Who decides for the agency: "Giám đốc Sở Nội vụ"."""
        if self.head is None:
            return f"Người đứng đầu {self.name}"
        return titles.of_agency(self.head.position.title, self.name)


def issuer_of(kind: str, unit: OrgUnit) -> Issuer:
    """Who issues a paper of this kind today: head, notation and agency above are read together."""
    day = today()
    version = unit.at(day)
    head = next(iter(_heads(unit.pk, version.parent_id or 0, kind, day)), None)
    if head is None:
        short, of_kind = agency_abbrev(unit, day), type_abbrev(kind, day)
        name = version.parent.at(day).name if version.parent else ""
    else:
        short, name = head.agency_abbrev or version.abbrev, head.above_name or ""
        of_kind = (
            BY_DECREE.get(PaperKind(kind), "") if head.type_abbrev is None else head.type_abbrev
        )
    notation = f"{of_kind}-{short}" if of_kind else short
    return Issuer(unit, kind, day, head, "" if kind in SLIPS else notation, name)


@prepared
def _heads(unit_id: int, above_id: int, kind: str, day: date) -> QuerySet:
    """The first head of the agency, with what its notation and its letterhead need."""
    above = OrgUnitVersion.objects.valid_on(day).filter(unit=above_id)
    own = Abbreviation.objects.valid_on(day).filter(agency=unit_id, unit=unit_id)
    types = PaperType.objects.valid_on(day).filter(kind=kind).order_by("-valid_from")
    posts = Appointment.objects.valid_on(day).filter(
        unit=unit_id, position__role=Role.AGENCY_HEAD, person__is_active=True
    )
    return (
        posts.select_related("person", "position")
        .annotate(agency_abbrev=Subquery(own.values("abbrev")[:1]))
        .annotate(type_abbrev=Subquery(types.values("abbrev")[:1]))
        .annotate(above_name=Subquery(above.values("name")[:1]))
        .order_by("position__rank", "pk")[:1]
    )


def letterhead(
    issuer: Issuer, *, title: str, code: str | None = "", signer: User | None = None, **facts: Any
) -> Facts:
    """The facts of a draft of this agency: the caller adds its text and what else is given.

    Unless somebody else is named, the head is expected to sign.
    """
    version = issuer.unit.at(issuer.day)
    head: Facts = {
        "kind": str(issuer.kind),
        "format_spec": FORMAT,
        "is_draft": issuer.kind not in SLIPS,
        "code": code or "",
        "parent_lines": [issuer.above] if issuer.above else [],
        "agency_lines": [version.name],
        "place": version.place_name,
        "dated": issuer.day.isoformat() if issuer.kind in SLIPS else "",
        "number": None,
        "notation": issuer.notation,
        "title": title,
        "keeping": KEEPING,
        "signature": foreseen(issuer, signer),
    }
    if issuer.kind == PaperKind.DECISION:
        head["authority"] = issuer.authority
    return head | facts


def slip_head(version: OrgUnitVersion, on: date) -> Facts:
    """The head of a slip of the portal: it bears no number."""
    return {
        "parent_lines": [version.parent.at(on).name] if version.parent else [],
        "agency_lines": [version.name],
        "dated": f"{version.place_name}, {vn_document_date(on)}",
    }


def foreseen(issuer: Issuer, signer: User | None = None) -> Facts:
    """The signature that a draft shows; nothing where nobody may sign yet."""
    asked = Asked(issuer.unit, issuer.day)
    head = issuer.head
    if signer and (head is None or signer.pk != head.person_id):
        try:
            signing = signatory.signing_of(asked, signer)
        except NotLawful:
            signing = None
    else:
        signing = None
    if signing is None and head:
        head.unit = issuer.unit
        signing = next(signatory.of_heads(asked, [head]))
    if signing is None:
        return {}
    return {"lines": list(signing.lines), "name": signing.person.full_name}


def addressed(person: User, post: str = "") -> str:
    """A person as papers name them: "ông Nguyễn Văn Mẫu, Chuyên viên"."""
    name = f"{person.get_gender_display().lower()} {person.full_name}"
    return ", ".join(filter(None, (name, post)))


def party_of(issuer: Issuer) -> str:
    """The party committee at the level of an agency, as papers to it are addressed.

    Departments have a party base or a branch: "Cấp ủy" is right for both.
    """
    version = issuer.unit.at(issuer.day)
    committee = BY_LEVEL.get(UnitKind(version.kind))
    if committee is None:
        return f"Cấp ủy {version.name}"
    place = titles.place(version.name)
    if version.kind == UnitKind.DISTRICT and place.startswith("thành phố "):
        committee = "Ban Thường vụ Thành ủy"
    return f"{committee} {place if version.kind == UnitKind.COMMUNE else titles.proper(place)}"


def apposed(words: str) -> str:
    """Somebody with their post, as the sentence goes on: "ông Mẫu, Chuyên viên, tổ chức…"."""
    return f"{words}," if ", " in words else words


def opening(words: str) -> str:
    """The same words at the beginning of a line."""
    return words[:1].upper() + words[1:]

"""How papers of a council are signed: for the council, with the signer's own post above the name.

NĐ 30/2020, Phụ lục I, II.7: where the council uses the agency's seal both posts are named, else
only that in the council.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from documents import titles
from documents.models import AdvisoryBody, AdvisorySeat
from documents.stages import SigningKind
from organisation.models import Appointment, OrgUnit, User

KIND = re.compile(r"(?:Hội đồng|Ban Chỉ đạo|Ban|Tổ công tác|Tổ|Đoàn)\b", re.IGNORECASE)
Way = tuple[User, SigningKind, list[str], str, list[str]]


def body_of(agency: OrgUnit, name: str, day: date) -> AdvisoryBody | None:
    """The council of this name that day."""
    found = AdvisoryBody.objects.valid_on(day).filter(agency=agency, name=name)
    return found.order_by("-valid_from").first()


def bodies_of(agency: OrgUnit, day: date) -> QuerySet[AdvisoryBody]:
    return AdvisoryBody.objects.valid_on(day).filter(agency=agency).order_by("name")


def ways_of(body: AdvisoryBody, day: date) -> Iterator[Way]:
    """Its chair, then those who sign for the chair: person, kind, lines, other post, basis."""
    seats = list(body.seats.select_related("person").order_by("-is_chair", "pk"))
    chair = next((seat for seat in seats if seat.is_chair), None)
    for seat in seats:
        if chair:
            lines, kind = _lines(body, seat, chair)
            other = _other_post(seat.person, day) if body.uses_seal else ""
            yield seat.person, kind, lines, other, [f"advisory_body:{body.ref}"]


def _lines(
    body: AdvisoryBody, seat: AdvisorySeat, chair: AdvisorySeat
) -> tuple[list[str], SigningKind]:
    together = f"TM. {_collective(body.name)}"
    if seat.is_chair:
        return [together, seat.title], SigningKind.TM
    return [together, f"KT. {chair.title}", seat.title], SigningKind.TM_KT


def _collective(name: str) -> str:
    """ "Hội đồng" of "Hội đồng thẩm định đề xuất"."""
    found = KIND.match(name)
    return found[0] if found else name


def _other_post(person: User, day: date) -> str:
    """The post in the person's own agency: "Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận"."""
    held = Appointment.objects.valid_on(day).filter(person=person)
    post = (
        held.select_related("position", "unit")
        .order_by("-position__is_managerial", "-is_main", "position__rank", "pk")
        .first()
    )
    if post is None:
        return ""
    return titles.of_agency(post.position.title, post.unit.at(day).name).upper()

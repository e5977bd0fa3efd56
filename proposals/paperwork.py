"""What follows from the life of a paper: clocks of whoever has it, and notices.

`documents` stands below clocks and notices, so this lowest floor above all three ties them.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from deadlines.actions import UnknownRule, start, stop_all
from deadlines.parties import Holder, Subject
from deadlines.visibility import register_subject_visibility
from documents.cases import shows
from documents.hooks import Moved, paper_moved
from documents.models import OfficialDocument
from notifications.actions import notify
from notifications.rights import register_stream_visibility
from organisation.days import today
from organisation.models import User
from organisation.stages import Role
from proposals.actions.lifecycle import locked, note
from proposals.models import Proposal

KIND = "paper"
SIGNING, NUMBERING, RELEASE = "DOC_SIGNING", "DOC_NUMBERING", "DOC_RELEASE"


@dataclass(frozen=True)
class Cause:
    """The stream that tells of what people are told, and the case that they know it by."""

    stream: str
    case_stream: str


def register() -> None:
    paper_moved.append(on_moved)
    register_subject_visibility(KIND, may_see)
    register_stream_visibility(KIND, may_see)


def may_see(user: User, ref: uuid.UUID) -> bool:
    paper = OfficialDocument.objects.filter(ref=ref).first()
    if paper is None:
        return False
    own = OfficialDocument.objects.visible_to(user).filter(pk=paper.pk)
    return own.exists() or shows(paper.stream, paper.pk, user)


def on_moved(moved: Moved) -> None:
    """In the transaction of the deed: one clock is open at a time, of whoever has the paper."""
    stop_all(subject_of(moved.paper), today(), moved.deed)
    follow = FOLLOWS.get(moved.deed)
    if follow:
        follow(moved)


def subject_of(paper: OfficialDocument) -> Subject:
    code = paper.full_number or paper.get_kind_display()
    return Subject(KIND, paper.ref, code, paper.title, paper.own_stream)


def _sent(moved: Moved) -> None:
    paper, signer = moved.paper, moved.paper.for_signer
    if signer is None:
        return
    _start(paper, SIGNING, Holder.person(signer), "Ký văn bản")
    _tell(moved, [signer], "Văn bản chờ ký", f"{moved.by.display} trình ký {_named(paper)}.")


def _signed(moved: Moved) -> None:
    paper = moved.paper
    rule = RELEASE if paper.facts.get("urgency") else NUMBERING
    unit = paper.issuing_unit_id
    if unit is None:
        return
    holder = Holder.post(Role.CLERK, unit, barred=_others(paper))
    _start(paper, rule, holder, "Cấp số và phát hành", is_urgent=rule == RELEASE)
    clerks = User.objects.holding(Role.CLERK, unit=unit)
    _tell(moved, clerks, "Văn bản chờ cấp số", f"{moved.by.display} đã ký {_named(paper)}.")


def _sent_back(moved: Moved) -> None:
    paper = moved.paper
    _tell(
        moved,
        _present(paper.created_by, paper.sent_by),
        "Văn bản được trả lại để sửa",
        f"{moved.by.display} trả lại {_named(paper)}.",
    )


def _issued(moved: Moved) -> None:
    paper = moved.paper
    _note_in_case(moved)
    people = _present(paper.created_by, paper.sent_by, paper.signer)
    text = f"Đã phát hành {_named(paper)}."
    _tell(moved, people, f"Đã phát hành văn bản số {paper.full_number}", text)
    agency = paper.issuing_unit_snapshot.get("name", "")
    text = f"{agency} gửi {_named(paper)}. Xác nhận khi đã nhận."
    _tell(moved, _receivers(paper), f"Văn bản đến số {paper.full_number}", text, to="receivers")


def _note_in_case(moved: Moved) -> None:
    """The timeline of the case says that its paper went out, with its number."""
    paper = moved.paper
    kind, _, ref = paper.stream.partition(":")
    found = Proposal.objects.filter(ref=ref).first() if kind == "proposal" else None
    if found:
        note(
            locked(found.pk),
            "paper.issued",
            by=moved.by,
            number=paper.number,
            notation=paper.notation,
            paper=str(paper.ref),
        )


def _taken_back(moved: Moved) -> None:
    paper = moved.paper
    people = [*_present(paper.created_by, paper.signer), *_receivers(paper)]
    text = f"{_named(paper)} đã được thu hồi. Hủy bản đã nhận."
    _tell(moved, people, f"Thu hồi văn bản số {paper.full_number}", text, is_serious=True)


def _followed_up(moved: Moved) -> None:
    paper = moved.paper
    people = [*_present(paper.created_by), *_receivers(paper)]
    state = paper.get_state_display().lower()
    text = f"{_named(paper)} {state}."
    _tell(moved, people, f"Văn bản số {paper.full_number} {state}", text)


FOLLOWS = {
    "send": _sent,
    "sign": _signed,
    "send_back": _sent_back,
    "issue": _issued,
    "recall": _taken_back,
    "be_replaced": _followed_up,
    "be_corrected": _followed_up,
}


def _start(
    paper: OfficialDocument, rule: str, holder: Holder, verb: str, *, is_urgent: bool = False
) -> None:
    """A portal whose rules are not seeded has no clock for it; the queue of the desk stands."""
    subject, url = subject_of(paper), paper.get_absolute_url()
    try:
        start(
            rule, subject=subject, holder=holder, on=today(), verb=verb, url=url, serious=is_urgent
        )
    except UnknownRule:
        return


def _tell(
    moved: Moved,
    people: Iterable[User],
    subject: str,
    text: str,
    *,
    to: str = "",
    is_serious: bool = False,
) -> None:
    others = [person for person in people if person.pk != moved.by.pk]
    notify(
        others,
        key=f"paper-{moved.paper.ref}-{moved.entry.seq}{to}",
        subject=subject,
        text=text,
        url=moved.paper.get_absolute_url(),
        by_entry=Cause(moved.paper.own_stream, moved.paper.stream),
        serious=is_serious,
    )


def _receivers(paper: OfficialDocument) -> list[User]:
    """The clerks of the agencies that it was sent to."""
    units = paper.sent_copies.exclude(unit=None).values_list("unit_id", flat=True)
    return [user for unit in units for user in User.objects.holding(Role.CLERK, unit=unit)]


def _others(paper: OfficialDocument) -> list[User]:
    """Who wrote, sent or signed it does not issue it."""
    return _present(paper.created_by, paper.sent_by, paper.signer)


def _present(*people: User | None) -> list[User]:
    return list({person.pk: person for person in people if person is not None}.values())


def _named(paper: OfficialDocument) -> str:
    kind = paper.get_kind_display().lower()
    return f"{kind} số {paper.full_number}" if paper.full_number else f'{kind} "{paper.title}"'

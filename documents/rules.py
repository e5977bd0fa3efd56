"""Who may do what to a paper. Separate people draft, sign and issue (AZ-07).

All of it by appointment: what is lent to review proposals opens no papers (AZ-12), and who signs by
a delegation has the papers that are laid before them.
"""

from typing import Any, Protocol

from documents.stages import IN_FORCE, SLIPS, CopyForm, PaperKind, PaperState
from organisation.models import User
from organisation.stages import Role

LEADING = (Role.AGENCY_HEAD, Role.DEPUTY_HEAD)
DRAFTING = (*LEADING, Role.AGENCY_FOCAL, Role.PROVINCIAL_OFFICE)


class Paper(Protocol):
    """All that a rule may look at."""

    kind: Any
    state: Any
    facts: Any
    created_by_id: Any
    issuing_unit_id: Any
    for_signer_id: Any
    sent_by_id: Any
    signer_id: Any
    scan_id: Any


def is_clerk(paper: Paper, user: User) -> bool:
    """The agency's registry: by appointment, never lent."""
    return user.powers.appointed(Role.CLERK, paper.issuing_unit_id)


def is_leader(paper: Paper, user: User) -> bool:
    return any(user.powers.appointed(role, paper.issuing_unit_id) for role in LEADING)


def is_drafter(paper: Paper, user: User) -> bool:
    """Who wrote it, or one of those who write for the agency; never its clerk."""
    if is_clerk(paper, user):
        return False
    return paper.created_by_id == user.pk or any(
        user.powers.appointed(role, paper.issuing_unit_id) for role in DRAFTING
    )


def may_write(agency_id: int, user: User) -> bool:
    """Draft a free paper of the agency: those who write for it, by appointment, never its clerk."""
    powers = user.powers
    is_writer = any(powers.appointed(role, agency_id) for role in DRAFTING)
    return is_writer and not powers.appointed(Role.CLERK, agency_id)


def is_numbered(paper: Paper) -> bool:
    """Slips and printed registers bear no number and are not signed here."""
    return paper.kind not in SLIPS and paper.issuing_unit_id is not None


def may_edit(paper: Paper, user: User) -> bool:
    return is_numbered(paper) and paper.state == PaperState.DRAFT and is_drafter(paper, user)


def may_send(paper: Paper, user: User) -> bool:
    return may_edit(paper, user)


def may_sign(paper: Paper, user: User) -> bool:
    """Who it was laid before; whether the law lets them is asked of `documents.signatory`."""
    return paper.state == PaperState.WAITING_SIGNATURE and paper.for_signer_id == user.pk


def may_send_back(paper: Paper, user: User) -> bool:
    """The signer, whoever laid it before them, and the clerk who finds its form wrong."""
    if paper.state == PaperState.SIGNED:
        return is_clerk(paper, user)
    if paper.state != PaperState.WAITING_SIGNATURE:
        return False
    return user.pk in {paper.for_signer_id, paper.sent_by_id}


def may_issue(paper: Paper, user: User) -> bool:
    """The clerk, but never of what they drafted, laid before the signer, or signed."""
    others = {paper.created_by_id, paper.sent_by_id, paper.signer_id}
    return paper.state == PaperState.SIGNED and is_clerk(paper, user) and user.pk not in others


def may_recall(paper: Paper, user: User) -> bool:
    in_force = paper.state in IN_FORCE
    return in_force and (is_clerk(paper, user) or is_leader(paper, user))


def may_follow_up(paper: Paper, user: User) -> bool:
    """Draft what replaces or corrects it; a copy is recalled, and another one drafted."""
    is_copy = paper.kind == PaperKind.COPY
    return paper.state in IN_FORCE and not is_copy and is_drafter(paper, user)


def may_copy(paper: Paper, user: User) -> bool:
    """Draft a sao y, or an extract, of what was issued; of a copy only a sao lục is made."""
    return paper.state in IN_FORCE and paper.kind != PaperKind.COPY and is_drafter(paper, user)


def may_copy_copy(paper: Paper, user: User) -> bool:
    """Draft a sao lục: of a sao y that was issued."""
    is_whole = paper.kind == PaperKind.COPY and paper.facts["copy"]["form"] == CopyForm.WHOLE
    return paper.state in IN_FORCE and is_whole and is_drafter(paper, user)


def may_copy_as(form: str, paper: Paper, user: User) -> bool:
    may = may_copy_copy if form == CopyForm.OF_COPY else may_copy
    return may(paper, user)


def may_attach_scan(paper: Paper, user: User) -> bool:
    is_out = paper.state in IN_FORCE
    return is_out and paper.scan_id is None and is_clerk(paper, user)

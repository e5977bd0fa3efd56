"""From the draft to the signature: edit, lay before the signer, sign, send back."""

import unicodedata
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from documents import rules
from documents.actions.base import (
    Lacking,
    Locked,
    Refused,
    bar,
    go_on,
    locked,
    move,
    permit,
    raise_conflict,
)
from documents.actions.base import say as put
from documents.cases import as_signed, barred_from, why_not_yet
from documents.councils import body_of
from documents.described import facts_of
from documents.models import OfficialDocument, SignaturePicture
from documents.notations import notation_of
from documents.papers import Paper, edited_away, missing
from documents.papers.gaps import NAMED
from documents.signatory import Asked, NotLawful, Signing, signers, signing_of
from documents.signature_places import with_signature
from documents.stages import PaperState, SigningAuthority
from journal.actions import keep, record
from organisation.days import today
from organisation.models import User
from organisation.text import one_line

NO_REASON = "Nêu lý do trả lại."
NO_BODY = "Chưa khai báo {body}. Văn thư khai báo hội đồng, ban, tổ trước khi trình ký."
OF_THE_PORTAL = (
    "kind",
    "code",
    "number",
    "dated",
    "signature",
    "locked",
    "check_code",
    "check_url",
    "copy",
)


def asked_of(paper: OfficialDocument) -> Asked:
    """What the signature of this paper needs, today."""
    if paper.issuing_unit is None:
        raise Refused("Văn bản chưa có cơ quan ban hành.")
    day = today()
    body = body_of(paper.issuing_unit, paper.body, day) if paper.body else None
    if paper.body and body is None:
        raise Refused(NO_BODY.format(body=paper.body))
    return Asked(
        paper.issuing_unit,
        day,
        paper.signing_authority,
        barred_from(paper.stream),
        body,
        paper.work_field,
    )


def lawful_signers(paper: OfficialDocument) -> list[Signing]:
    """Who may sign the paper today, the head first."""
    return signers(asked_of(paper))


@transaction.atomic
def edit(paper_id: int, facts: Paper, *, by: User, version: int | None = None) -> OfficialDocument:
    """Change the text of a draft. Raises Conflict, PermissionDenied, Locked, Refused.

    What the portal says of a paper itself (number, day, signature, what is locked) is not taken
    from the form.
    """
    paper = locked(paper_id, version=version)
    if paper.state != PaperState.DRAFT:
        raise_conflict(paper)
    if not rules.may_edit(paper, by):
        raise PermissionDenied
    before = facts_of(paper)
    typed = {name: value for name, value in facts.items() if name not in OF_THE_PORTAL}
    after = cast(Paper, _composed(typed | _own(before)))
    if gone := edited_away(before, after):
        raise Locked(_named(gone))
    put(paper, after)
    paper.version += 1
    paper.save()
    record(
        "paper.edit",
        stream=paper.own_stream,
        by=by,
        facts_digest=paper.facts_sha256,
        version=paper.version,
    )
    return paper


@transaction.atomic
def send(
    paper_id: int,
    *,
    by: User,
    signer: User,
    authority: str = SigningAuthority.HEAD,
    work_field: str = "",
    version: int | None = None,
) -> OfficialDocument:
    """Lay a draft before who signs it. Raises Lacking where facts are missing, NotLawful where
    this person may not sign it today, or has not been given the field that it is about."""
    paper = locked(paper_id, version=version)
    permit(paper, "send", rules.may_send(paper, by))
    go_on(paper)
    paper.signing_authority = SigningAuthority(authority)
    paper.work_field = one_line(work_field)[:120] or paper.work_field
    signing = signing_of(asked_of(paper), signer)
    facts = with_signature(paper, facts_of(paper), signing.block)
    facts["notation"] = facts.get("notation") or notation_of(paper, today())
    if gaps := missing(facts):
        raise Lacking(gaps)
    put(paper, facts)
    bar(paper)
    move(
        paper,
        "send",
        by=by,
        told={"signer": str(signer.ref), "authority": paper.signing_authority},
        for_signer=signer,
        sent_by=by,
        sent_at=timezone.now(),
    )
    return paper


@transaction.atomic
def sign(paper_id: int, *, by: User, version: int | None = None) -> OfficialDocument:
    """Sign: from now on nobody changes a word. Raises NotLawful with the reason."""
    paper = locked(paper_id, version=version)
    permit(paper, "sign", rules.may_sign(paper, by))
    go_on(paper)
    signing = signing_of(asked_of(paper), by)
    facts = as_signed(paper.stream, paper.pk, facts_of(paper))
    put(paper, with_signature(paper, facts, _signature(signing)))
    move(
        paper,
        "sign",
        by=by,
        role="signer",
        told={"kind": signing.kind.value, "basis": list(signing.basis)},
        signer=by,
        signing_kind=signing.kind,
        signing={"lines": list(signing.lines), "basis": list(signing.basis)},
        signed_at=timezone.now(),
        signed_on=today(),
        signed_sha256=paper.facts_sha256,
    )
    return paper


@transaction.atomic
def send_back(
    paper_id: int, reason: str, *, by: User, version: int | None = None
) -> OfficialDocument:
    """Give a paper back to those who draft it, with the reason; a signature falls with it."""
    if not reason.strip():
        raise Refused(NO_REASON)
    paper = locked(paper_id, version=version)
    permit(paper, "send_back", rules.may_send_back(paper, by))
    put(paper, with_signature(paper, facts_of(paper), {}))
    move(
        paper,
        "send_back",
        by=by,
        role="clerk" if rules.is_clerk(paper, by) else "",
        content=keep("paper_return", paper.own_stream, {"quote": reason}),
        for_signer=None,
        signer=None,
        signing_kind="",
        signing={},
        signed_at=None,
        signed_on=None,
        signed_sha256="",
    )
    return paper


def foreseen(paper: OfficialDocument, user: User) -> tuple[str, str]:
    """How the person before whom a paper lies would sign it today, and why not where not."""
    try:
        return signing_of(asked_of(paper), user).words, why_not_yet(paper.stream, paper.pk)
    except (NotLawful, Refused) as refusal:
        return "", str(refusal)


def _signature(signing: Signing) -> Any:
    facts = signing.block
    pictures = SignaturePicture.objects.valid_on(today()).filter(person=signing.person)
    if picture := pictures.select_related("file").order_by("-valid_from").first():
        facts["picture"] = picture.file.sha256
    return facts


def _own(before: Paper) -> dict[str, Any]:
    return {name: before[name] for name in OF_THE_PORTAL if name in before}  # type: ignore[literal-required]


def _composed(value: Any) -> Any:
    """The same in composed letters (NFC), as everything is kept."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(one) for one in value]
    if isinstance(value, dict):
        return {name: _composed(one) for name, one in value.items()}
    return value


def _named(paths: list[str]) -> str:
    names = {NAMED.get(path.partition(".")[0], "Nội dung của quyết định") for path in paths}
    return f"Không sửa được phần lấy từ hồ sơ: {', '.join(sorted(names))}."

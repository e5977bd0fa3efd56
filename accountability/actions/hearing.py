"""The voice of the person concerned: always before the decision, in their own words."""

from collections.abc import Iterable

from django.utils import timezone

from accountability import papers
from accountability.actions.base import (
    Incomplete,
    keep_text,
    locked,
    note,
    permit,
    raise_conflict,
)
from accountability.actions.holding import (
    give_to_post,
    stop,
)
from accountability.actions.opening import url_of
from accountability.actions.terms import check_term
from accountability.models import LiabilityCase, StatementFile
from accountability.stages import StatementKind
from documents.actions import compose
from documents.models import StoredFile
from documents.stages import PaperKind
from journal.deeds import deed
from organisation.models import User
from organisation.stages import Role

NO_WORDS = "Nhập ý kiến."
NO_DECLINE = "Nhập lý do không nêu ý kiến."


@deed()
def give_statement(
    case_id: int,
    *,
    by: User,
    text: str,
    files: Iterable[StoredFile] = (),
    declines: bool = False,
    version: int | None = None,
) -> LiabilityCase:
    """Take down what the person says, or that they say nothing and why; once.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = _unheard(case_id, "state", by, version)
    if not text.strip():
        raise Incomplete([NO_DECLINE if declines else NO_WORDS])
    kept = list(files)
    digests = [stored.sha256 for stored in kept]
    case.statement = text
    case.statement_content = keep_text(
        case, "liability_statement", text=text, files=digests, quote=text
    )
    StatementFile.objects.bulk_create(StatementFile(case=case, stored=one) for one in kept)
    kind = StatementKind.DECLINED if declines else StatementKind.GIVEN
    _heard(case, kind)
    note(
        case,
        "decline_statement" if declines else "state",
        by=by,
        content=case.statement_content,
        file_sha256=digests,
    )
    return case


@deed()
def record_lapse(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """Write down that the time for a statement is over; no clock does so by itself (TX-08).

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = _unheard(case_id, "record_lapse", by, version)
    check_term(case, "record_lapse")
    _heard(case, StatementKind.LAPSED)
    note(case, "record_lapse", by=by)
    return case


def _unheard(case_id: int, deed: str, by: User, version: int | None) -> LiabilityCase:
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, deed, by)
    if case.statement_kind:
        raise_conflict(case)
    return case


def _heard(case: LiabilityCase, kind: StatementKind) -> None:
    """The person was heard: now the head decides within their own clock."""
    case.statement_kind, case.stated_at = kind, timezone.now()
    compose(
        PaperKind.MINUTES,
        stream=case.stream,
        facts=papers.statement_minutes(case),
        by=None,  # of the unit that weighs, not of the person who was heard
        unit=case.competent_unit,
    )
    stop(case, "LIABILITY_STATEMENT", outcome=kind)
    give_to_post(
        case,
        "LIABILITY_DECISION",
        (Role.AGENCY_HEAD, case.competent_unit_id),
        verb="Kết luận xem xét trách nhiệm",
        url=url_of(case, "decide"),
        barred=case.barred_ids | case.assessor_ids,
    )

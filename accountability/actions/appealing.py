"""After the conclusion: one appeal within its time, agreement, or the end of the time."""

from collections.abc import Iterable

from accountability.actions.base import (
    Incomplete,
    keep_text,
    locked,
    move,
    permit,
    tell,
)
from accountability.actions.concluding import ask_to_record
from accountability.actions.holding import (
    give_to_post,
    stop,
)
from accountability.actions.opening import url_of
from accountability.actions.recording import add_outcome
from accountability.actions.terms import check_term
from accountability.models import LiabilityCase, StatementFile
from accountability.people import holders
from documents.models import StoredFile
from journal.deeds import deed
from organisation.models import User
from organisation.stages import Role

NO_WORDS = "Nhập nội dung khiếu nại."


@deed()
def appeal(
    case_id: int,
    *,
    by: User,
    text: str,
    files: Iterable[StoredFile] = (),
    version: int | None = None,
) -> LiabilityCase:
    """The person concerned appeals, once, to the superior of whoever decided.

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, "appeal", by)
    check_term(case, "appeal")
    if not text.strip():
        raise Incomplete([NO_WORDS])
    kept = list(files)
    digests = [stored.sha256 for stored in kept]
    case.appeal = text
    case.appeal_content = keep_text(case, "liability_appeal", text=text, files=digests, quote=text)
    StatementFile.objects.bulk_create(
        StatementFile(case=case, stored=one, is_of_appeal=True) for one in kept
    )
    entry = move(case, "appeal_decision", by=by, content=case.appeal_content, file_sha256=digests)
    stop(case, "LIABILITY_APPEAL", outcome="appealed")
    barred = case.barred_ids | case.assessor_ids | case.first_instance_ids
    post = (_settler_role(case), case.appeal_unit_id)
    url = url_of(case, "decide")
    give_to_post(
        case,
        "LIABILITY_APPEAL_DECISION",
        post,
        verb="Giải quyết khiếu nại kết luận",
        url=url,
        barred=barred,
    )
    text = "Có khiếu nại kết luận, cần giải quyết."
    tell(case, entry, holders(*post, barred), event="liability-appealed", text=text, url=url)
    return case


@deed()
def accept(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """The person concerned agrees; the case ends. Raises Conflict, PermissionDenied."""
    return _end(locked(LiabilityCase, case_id, version=version), "accept", by)


@deed()
def close(case_id: int, *, by: User, version: int | None = None) -> LiabilityCase:
    """The time for an appeal is over without one; somebody ends the case (TX-08).

    Raises Conflict, PermissionDenied, Incomplete.
    """
    case = locked(LiabilityCase, case_id, version=version)
    permit(case, "close", by)
    check_term(case, "close")
    return _end(case, "close", by)


def _end(case: LiabilityCase, name: str, by: User) -> LiabilityCase:
    move(case, name, by=by, outcome=case.outcome)
    stop(case, outcome="closed")
    add_outcome(case)
    ask_to_record(case.pilot)
    return case


def _settler_role(case: LiabilityCase) -> str:
    """At the top of the province a deputy who took no part settles it."""
    at_top = case.appeal_unit_id == case.competent_unit_id
    return Role.DEPUTY_HEAD if at_top else Role.AGENCY_HEAD

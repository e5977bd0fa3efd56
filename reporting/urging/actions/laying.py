"""Laying drafts before who signs them: few at once, many as long work (ux §18)."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied

from documents.actions import signing
from documents.actions.base import Refused
from documents.signatory import NotLawful
from jobs.actions import start
from jobs.kinds import Outcome, Part, PartFailed, Phase, Plan, long_job
from jobs.models import LongJob
from journal.deeds import deed
from organisation.models import User
from reporting.urging import rules
from reporting.urging.actions.base import UrgingRefused, locked
from reporting.urging.models import UrgingDispatch
from reporting.urging.stages import UrgingState

NONE_LEFT = "Không còn dự thảo nào trong đợt này để trình ký."
LOST_RIGHT = "Dự thảo không còn là của người trình ký."
KIND = "urging_lay"
FEW = 10  # more than these are laid by a worker, each in a transaction of its own


@deed()
def lay(batch: uuid.UUID, *, by: User, signer: User) -> int:
    """Lay every draft of a batch before one person; answers how many, all or none.

    The state follows from the paper (`paperwork`). Raises PermissionDenied, UrgingRefused, and
    what `documents.actions.signing.send` raises.
    """
    found = list(_drafts(batch))
    if not found:
        raise UrgingRefused(NONE_LEFT)
    for dispatch_id in found:
        _lay_one(dispatch_id, by=by, signer=signer)
    return len(found)


@deed()
def lay_many(batch: uuid.UUID, *, key: str, by: User, signer: User, back_url: str) -> LongJob:
    """The same as long work, which is the same for whoever asks again with this key."""
    count = len(_drafts(batch))
    if not count:
        raise UrgingRefused(NONE_LEFT)
    return start(
        KIND,
        key=f"{KIND}-{key}",
        owner=by,
        title=f"Trình ký {count} văn bản đôn đốc",
        back_url=back_url,
        batch=str(batch),
        signer=str(signer.ref),
    )


@long_job(KIND)
def plan(job: LongJob) -> Plan:
    """One part for each letter; what cannot be laid is named and may be tried again."""
    signer = User.objects.get(ref=job.params["signer"])
    letters = UrgingDispatch.objects.filter(batch=job.params["batch"]).for_list().order_by("pk")
    parts = [
        Part(str(one.ref), keep=_keeping(one.pk, job.owner, signer), name=_name(one))
        for one in letters
    ]
    phase = Phase("Trình ký", "Đang trình ký {done}/{all} văn bản", parts)
    return Plan([phase], outcome=partial(Outcome, url=job.back_url, label="Mở đợt trình ký"))


def _drafts(batch: uuid.UUID) -> Any:
    drafts = UrgingDispatch.objects.filter(batch=batch, state=UrgingState.DRAFT).order_by("pk")
    return drafts.values_list("pk", flat=True)


def _keeping(dispatch_id: int, by: User, signer: User) -> Callable[[Any], None]:
    def keep(found: Any) -> None:
        try:
            _lay_one(dispatch_id, by=by, signer=signer)
        except (Refused, NotLawful) as refusal:
            raise PartFailed(str(refusal)) from refusal
        except PermissionDenied as denial:
            raise PartFailed(LOST_RIGHT) from denial

    return keep


@deed()
def _lay_one(dispatch_id: int, *, by: User, signer: User) -> None:
    """Lay one draft; one that was laid or given up meanwhile stays as it is."""
    dispatch = locked(dispatch_id)
    if dispatch.state != UrgingState.DRAFT:
        return
    if not rules.may_write(dispatch, by) or dispatch.paper_id is None:
        raise PermissionDenied
    signing.send(dispatch.paper_id, by=by, signer=signer)


def _name(dispatch: UrgingDispatch) -> str:
    return ", ".join(row.agency_name for row in dispatch.named)[:200]

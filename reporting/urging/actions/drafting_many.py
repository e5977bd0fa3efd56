"""Many letters at once, drafted by a worker: each in a transaction of its own (ux §18)."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jobs.actions import start
from jobs.kinds import Outcome, Part, PartFailed, Phase, Plan, long_job
from jobs.models import LongJob
from journal.conflicts import Conflict
from journal.deeds import deed
from organisation.days import today
from organisation.models import OrgUnit, OrgUnitVersion, User
from reporting.urging.actions.base import UrgingRefused
from reporting.urging.actions.drafting import Choice, draft, planned
from reporting.urging.models import UrgingDispatch

KIND = "urging_draft"
FEW = 10  # agencies; letters to more are drafted by a worker
TAKEN = "{who} đã soạn dự thảo: {label}."
NO_RIGHT = "Quyền soạn công văn đôn đốc vừa thay đổi."


@deed()
def draft_many(choice: Choice, *, key: str, by: User, back_url: str) -> LongJob:
    """What `draft` does, as long work, which is the same for whoever asks again with this key.

    Raises what `draft` raises, before anything is begun.
    """
    groups = planned(choice, by=by).groups
    return start(
        KIND,
        key=f"{KIND}-{key}",
        owner=by,
        title=f"Soạn {len(groups)} văn bản đôn đốc",
        back_url=back_url,
        batch=str(uuid.uuid4()),
        groups=[[str(one.ref) for one in group] for group in groups],
        answer_by=choice.answer_by.isoformat(),
        with_unverified=choice.with_unverified,
        note=choice.note,
    )


@long_job(KIND)
def plan(job: LongJob) -> Plan:
    """One part for each letter; what cannot be drafted is named and may be tried again."""
    groups = job.params["groups"]
    names = _names([ref for group in groups for ref in group])
    parts = [
        Part(group[0], keep=_keeping(job, group), name=", ".join(names[ref] for ref in group))
        for group in groups
    ]
    phase = Phase("Soạn dự thảo", "Đang soạn {done}/{all} văn bản", parts)
    return Plan([phase], outcome=partial(_outcome, job))


def _keeping(job: LongJob, group: Sequence[str]) -> Callable[[Any], None]:
    def keep(found: Any) -> None:
        said = job.params
        choice = Choice(
            agencies=list(OrgUnit.objects.filter(ref__in=group)),
            answer_by=date.fromisoformat(said["answer_by"]),
            together=True,
            with_unverified=said["with_unverified"],
            note=said["note"],
        )
        try:
            draft(choice, by=job.owner, batch=uuid.UUID(said["batch"]))
        except UrgingRefused as refusal:
            raise PartFailed(str(refusal)) from refusal
        except Conflict as conflict:
            raise PartFailed(TAKEN.format(who=conflict.who, label=conflict.label)) from conflict
        except PermissionDenied as denial:
            raise PartFailed(NO_RIGHT) from denial

    return keep


def _outcome(job: LongJob) -> Outcome:
    batch = job.params["batch"]
    if not UrgingDispatch.objects.filter(batch=batch).exists():
        return Outcome(job.back_url, "Về danh sách quá hạn")
    return Outcome(reverse("reporting:urging_batch", args=[batch]), "Mở đợt trình ký")


def _names(refs: Sequence[str]) -> dict[str, str]:
    rows = OrgUnitVersion.objects.valid_on(today()).filter(unit__ref__in=refs)
    return {str(ref): name for ref, name in rows.values_list("unit__ref", "name")}

"""A list of many rows, taken over by a worker: all of it or nothing, as by the page itself.

A worker has nobody to show first passwords to, and they are kept nowhere (AU-02): whoever imported
the list has new ones given when its accounts are there.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from jobs.actions import start
from jobs.kinds import Course, Outcome, Part, PartFailed, Phase, Plan, long_job
from jobs.models import JobPart, LongJob
from organisation import hooks
from organisation.actions.imports import take_over
from organisation.actions.refusals import Refused
from organisation.forms import plans
from organisation.forms.plan_kinds import PLANS
from organisation.models import ImportDraft
from organisation.stages import Role, SheetKind

KIND = "import"
CHECK, TAKE_OVER = "check", "take over"
CHECKING = "Đang kiểm tra dòng {at}/{all}"
GONE = "Danh sách đã được thay bằng tệp khác."
NO_RIGHT = "Quyền nhập danh sách vừa thay đổi. Chưa có gì thay đổi."
UNSOUND = "Có dòng không còn nhập được. Chưa có gì thay đổi. Mở lại bản xem trước để xem."


def register() -> None:
    """Hang this on the organisation, which lies below and knows nothing of workers."""
    hooks.large_import.append(start_import)


def start_import(draft: ImportDraft) -> str:
    kind = SheetKind(draft.kind)
    job = start(
        KIND,
        key=f"import:{draft.ref}",
        owner=draft.by,
        title=f"Nhập danh sách {kind.label.lower()}: {draft.file_name}",
        back_url=reverse("organisation:import_preview", args=[draft.ref]),
        draft=str(draft.ref),
        sheet=draft.kind,
        rows=len(draft.rows) - 1,
    )
    return job.get_absolute_url()


class Told(list):
    """The rows of a list, which tell the page how far whoever goes through them has come."""

    def __init__(self, rows: list[list[str]], course: Course) -> None:
        super().__init__(rows)
        self.course = course

    def __getitem__(self, at: Any) -> Any:
        """A piece of them is told of too: plans read the rows after the heading."""
        found = super().__getitem__(at)
        return Told(found, self.course) if isinstance(at, slice) else found

    def __iter__(self) -> Iterator[list[str]]:
        for at, row in enumerate(super().__iter__()):
            self.course.tell(at / len(self), CHECKING.format(at=at, all=len(self)))
            yield row


@long_job(KIND)
def import_list(job: LongJob) -> Plan:
    """Two parts: the check row by row, and the taking over in one transaction, of which nobody
    else sees anything before its end.
    """
    taking = f"Đang nhập {job.params.get('rows') or 'các'} dòng, tất cả trong một lần"
    parts: list[tuple[str, str, Part]] = [
        ("Kiểm tra các dòng", "Đang kiểm tra các dòng", Part(CHECK, work=_checked(job))),
        ("Nhập danh sách", taking, Part(TAKE_OVER, keep=_taken_over(job))),
    ]
    phases = [Phase(label, words, [part], is_needed=True) for label, words, part in parts]
    return Plan(phases, outcome=lambda: _outcome(job))


def opened_by(job: LongJob) -> list[str]:
    """The accounts that the list opened, by their public names."""
    part = JobPart.objects.filter(job=job, key=TAKE_OVER).first()
    return part.made or [] if part else []


def _checked(job: LongJob) -> Callable[[Course], None]:
    def work(course: Course) -> None:
        _plan(job, course)

    return work


def _taken_over(job: LongJob) -> Callable[[None], list[str]]:
    def keep(found: None) -> list[str]:
        plan, draft = _plan(job)
        deeds = [row.do for row in plan.rows if row.do]
        try:
            return [str(one.user.ref) for one in take_over(draft, deeds, by=job.owner)]
        except Refused as refusal:
            raise PartFailed(str(refusal)) from refusal

    return keep


def _plan(job: LongJob, course: Course | None = None) -> tuple[plans.Plan, ImportDraft]:
    """What the list does now, if it still may. Raises PartFailed."""
    if not job.owner.powers.has(Role.ADMIN):
        raise PartFailed(NO_RIGHT)
    draft = ImportDraft.objects.filter(ref=job.params["draft"], by=job.owner).first()
    if draft is None:
        raise PartFailed(GONE)
    rows = Told(draft.rows, course) if course else draft.rows
    plan: plans.Plan = PLANS[draft.kind](rows, by=job.owner)
    if not plan.is_sound:
        raise PartFailed(UNSOUND)
    return plan, draft


def _outcome(job: LongJob) -> Outcome:
    if opened_by(job):
        return Outcome(reverse("jobs:first_passwords", args=[job.ref]), "Cấp mật khẩu lần đầu")
    units = job.params["sheet"] == SheetKind.UNITS
    return Outcome(
        reverse("organisation:units" if units else "organisation:people"), "Xem danh sách"
    )

"""Sở Nội vụ urges: one letter was answered and is late still, one waits for its answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import issuing, signing, store_upload
from documents.letterheads import issuer_of, letterhead
from documents.papers.blocks import paragraph
from documents.stages import PaperKind
from documents.word import render_docx
from organisation.days import add_working_days
from organisation.models import OrgUnit, User
from organisation.stages import Role
from reporting.demo.past import Story
from reporting.demo.scene import Scene
from reporting.urging.actions.answering import Answer, answer
from reporting.urging.actions.drafting import Choice, draft
from reporting.urging.models import UrgingDispatch

ANSWER = (
    "Sở đã làm việc với nhóm thí điểm. Yêu cầu hỗ trợ chưa được trả lời do chờ bố trí cán bộ; Sở "
    "sẽ cử cán bộ và trả lời trên Cổng trong tuần này."
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def answered(scene: Scene) -> Story[None]:
    """A letter that its agency answered in time; what it promised is not done yet."""
    agency = scene.unit("snnptnt")
    day = yield scene.past.at(9, 9)
    dispatch = _sent(scene, [agency], until=add_working_days(day, 5))
    yield scene.past.at(5, 15)
    clerk = _holder(Role.CLERK, agency)
    file = SimpleUploadedFile("Công văn trả lời.docx", render_docx(_reply(agency)), DOCX)
    kept = store_upload(file, stream=dispatch.stream, by=clerk)
    row = dispatch.urged.get()
    answer(row.pk, Answer(ANSWER, "512/SNNPTNT-VP", [kept]), by=clerk)


def waiting(scene: Scene) -> Story[None]:
    """A letter that was sent yesterday."""
    day = yield scene.past.at(1, 9)
    _sent(scene, [scene.unit("stnmt")], until=add_working_days(day, 5))


def _sent(scene: Scene, agencies: Sequence[OrgUnit], *, until: date) -> UrgingDispatch:
    officer, office = scene.who("chuyenvien.snv"), scene.unit("snv")
    dispatch = draft(Choice(agencies, until), by=officer)[0]
    paper = dispatch.paper_id or 0
    signer = _holder(Role.AGENCY_HEAD, office)
    signing.send(paper, by=officer, signer=signer)
    signing.sign(paper, by=signer)
    issuing.issue(paper, by=_holder(Role.CLERK, office))
    return dispatch


def _reply(agency: OrgUnit) -> dict[str, Any]:
    """The agency's own letter, that it attaches."""
    issuer = issuer_of(PaperKind.OFFICIAL_LETTER, agency)
    title = "trả lời công văn đôn đốc của Sở Nội vụ"
    said = {"addressees": ["Sở Nội vụ"], "body": [paragraph(ANSWER)]}
    return letterhead(issuer, title=title) | said


def _holder(role: str, unit: OrgUnit) -> User:
    found = User.objects.holding(role, unit=unit).first()
    if found is None:
        raise LookupError(f"{role} at {unit}")
    return found

"""Annexes in files of their own (NĐ 30/2020, Phụ lục I): what they say, and where they lie."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from documents import storage
from documents.models import AnnexFile, OfficialDocument, StoredFile
from documents.stages import Drawing, FileState
from journal.actions import record

AT_ONCE = 20
Drawn = tuple[int, bytes, str]  # its place, its file, how that is signed


def apart_places(facts: Any) -> list[int]:
    """Which annexes stand in files of their own."""
    annexes = facts.get("annexes") or []
    return [place for place, annex in enumerate(annexes) if annex.get("is_apart")]


def without_annexes() -> list[OfficialDocument]:
    """Issued papers whose annexes are still to be drawn, the oldest first."""
    papers = OfficialDocument.objects.issued().filter(
        has_apart=True, drawing=Drawing.DRAWN, annex_files=None
    )
    return list(papers.order_by("pk")[:AT_ONCE])


def annex_facts(paper: OfficialDocument, place: int) -> dict[str, Any]:
    """The facts of one annex: in its corner stand number, day and time of the paper."""
    at = timezone.localtime(paper.issued_at)
    return paper.facts | {"apart": {"place": place, "signed_at": at.isoformat("T", "seconds")}}


@transaction.atomic
def keep_annexes(paper: OfficialDocument, drawn: list[Drawn]) -> None:
    """Keep the files of all annexes of a paper; what was kept once stays."""
    locked = OfficialDocument.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.annex_files.exists():
        return
    for place, pdf, sealing in drawn:
        kept = storage.keep_bytes(pdf)
        title = str(locked.facts["annexes"][place].get("title", ""))[:300]
        stored = StoredFile.objects.create(
            sha256=kept.sha256,
            size=kept.size,
            name=f"Phụ lục {place + 1} {locked.file_name}"[:150],
            extension="pdf",
            content_type="application/pdf",
            state=FileState.CLEAN,
            stream=locked.stream,
            uploaded_by=None,
        )
        AnnexFile.objects.create(
            paper=locked, place=place + 1, title=title, file=stored, sealing=sealing
        )
        told: dict[str, Any] = {"place": place + 1, "file_sha256": kept.sha256}
        record("paper.annex", stream="jobs", by=None, paper=str(locked.ref), **told)

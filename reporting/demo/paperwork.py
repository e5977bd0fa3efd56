"""The papers of the demo go their road: most are issued, some wait for a number or a signature."""

from documents.actions import issuing, recalling, signing
from documents.actions.base import Refused
from documents.models import Abbreviation, OfficialDocument
from documents.stages import SLIPS, PaperState
from organisation.models import OrgUnit, User
from organisation.stages import Role
from reporting.demo.past import Story
from reporting.demo.scene import Scene
from reporting.directives import STREAMS

OLDEST, EVERY, NEWEST = 240, 8, 12  # working days ago: clerks went through what was drafted
FIELDS = {"Văn xã - Nội vụ": "VXNV", "Kinh tế tổng hợp": "KTTH"}


def papers(scene: Scene) -> Story[None]:
    """What was drafted is signed and issued within days; the newest papers still wait."""
    yield scene.past.at(OLDEST, 8)
    _settle_abbreviations(scene.unit("ubnd"))
    for ago in range(OLDEST, NEWEST, -EVERY):
        yield scene.past.at(ago, 16)
        for paper in drafts():
            carry(paper, to=PaperState.ISSUED)
    yield scene.past.at(NEWEST, 9)
    _recall_one(scene)
    yield scene.past.at(1, 15)
    for place, paper in enumerate(drafts()):
        if place % 4:
            carry(paper, to=PaperState.SIGNED if place % 2 else PaperState.WAITING_SIGNATURE)


def drafts() -> list[OfficialDocument]:
    found = OfficialDocument.objects.filter(state=PaperState.DRAFT).exclude(kind__in=SLIPS)
    own = found.exclude(stream__startswith=STREAMS).exclude(issuing_unit=None)
    return list(own.order_by("pk"))


def carry(paper: OfficialDocument, *, to: str) -> None:
    """As far as the case lets it; what it does not let go on stays a draft."""
    unit = paper.issuing_unit
    sender = _sender(paper)
    lawful = signing.lawful_signers(paper)
    if unit is None or sender is None or not lawful:
        return
    try:
        signing.send(paper.pk, by=sender, signer=lawful[0].person)
    except Refused:
        return
    if to != PaperState.WAITING_SIGNATURE:
        signing.sign(paper.pk, by=lawful[0].person)
    if to == PaperState.ISSUED and (clerk := _holder(Role.CLERK, unit)):
        issuing.issue(paper.pk, by=clerk)


def _sender(paper: OfficialDocument) -> User | None:
    unit = paper.issuing_unit
    focal = _holder(Role.AGENCY_FOCAL, unit) if unit else None
    return focal or paper.created_by


def _holder(role: str, unit: OrgUnit) -> User | None:
    return User.objects.holding(role, unit=unit).first()


def _recall_one(scene: Scene) -> None:
    """One notice went out with a wrong recipient."""
    issued = OfficialDocument.objects.filter(state=PaperState.ISSUED, kind="notice")
    paper = issued.order_by("pk").first()
    clerk = _holder(Role.CLERK, paper.issuing_unit) if paper and paper.issuing_unit else None
    if paper and clerk:
        recalling.recall(paper.pk, "Ghi thiếu một nơi nhận; có văn bản khác thay thế.", by=clerk)


def _settle_abbreviations(province: OrgUnit) -> None:
    Abbreviation.objects.bulk_create(
        [
            Abbreviation(
                agency=province,
                name=name,
                abbrev=abbrev,
                valid_from="2020-03-05",
                basis_document="Quy chế công tác văn thư của Văn phòng UBND tỉnh (mẫu)",
            )
            for name, abbrev in FIELDS.items()
        ],
        ignore_conflicts=True,
    )

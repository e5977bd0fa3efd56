"""The papers of a case as this viewer may see them, each with its state."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from documents.models import OfficialDocument
from documents.stages import OUT, PAPER_TONES, SLIPS, Drawing, PaperKind
from organisation.models import User
from proposals import rules
from proposals.models import Proposal

OF_THE_CASE = " đề xuất “"


@dataclass(frozen=True)
class PaperRow:
    """A paper in a list: its file where there is one, and the badge of its state."""

    paper: OfficialDocument
    url: str
    label: str
    colour: str
    icon: str

    @property
    def name(self) -> str:
        """ "Báo cáo tiến độ kỳ 2 (…)": what it is and of what, without the title of the case."""
        kind, subject = self.paper.get_kind_display(), self.paper.title.partition(OF_THE_CASE)[0]
        if not subject or subject.startswith(kind):
            return subject or kind
        name = f"{kind} {subject[0].lower()}{subject[1:]}"
        return name.removesuffix(" đối với").removesuffix(" của")


def papers_shown(proposal: Proposal, user: User) -> QuerySet[OfficialDocument]:
    """The papers of the proposal, newest first, that the person may see.

    Drafts stay inside the agency (AZ-06), save what those whose case it is drew up themselves:
    their reports, and the receipt.
    """
    found = OfficialDocument.objects.of_stream(proposal.stream).for_list()
    if rules.sees_inner(proposal, user):
        return found
    shown = Q(state__in=OUT) | Q(kind=PaperKind.RECEIPT_SLIP)
    if rules.is_own_case(proposal, user):
        own = {proposal.proposer_id, *proposal.coauthor_ids, *proposal.team_ids}
        shown |= Q(kind=PaperKind.REPORT, created_by__in=own)
    return found.filter(shown)


def rows_of(proposal: Proposal, user: User, *, at_most: int | None = None) -> list[PaperRow]:
    """The same as lines of a list; a slip is not issued, so that it bears no state."""
    return [_row(proposal, paper) for paper in papers_shown(proposal, user)[:at_most]]


def _row(proposal: Proposal, paper: OfficialDocument) -> PaperRow:
    drawn = paper.drawing == Drawing.DRAWN
    url = reverse("proposals:paper", args=[proposal.ref, paper.ref]) if drawn else ""
    label = "" if paper.kind in SLIPS else paper.get_state_display()
    return PaperRow(paper, url, label, *PAPER_TONES[paper.state])

"""Whether a draft can be sent, to whom it would go, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from proposals import papers
from proposals.models import CoAuthor, Proposal
from proposals.parts import Missing
from proposals.routing import Ground, NoRoute, Route, ground_of, route_of


@dataclass(frozen=True)
class Readiness:
    """What stands between a draft and its sending. `problem` says why nobody could decide on it."""

    gaps: Sequence[Missing]
    waiting: Sequence[CoAuthor]
    ground: Ground
    route: Route | None = None
    problem: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.gaps and not self.waiting and self.route is not None

    @property
    def messages(self) -> list[str]:
        """Everything that is missing, in the order of the form."""
        asked = [f"Chờ {row.person.full_name} xác nhận cùng đề xuất." for row in self.waiting]
        return [gap.message for gap in self.gaps] + asked + ([self.problem] if self.problem else [])


def readiness_of(proposal: Proposal, on: date) -> Readiness:
    """How far a draft is on a day, with its route and track as they would be."""
    ground = ground_of(proposal.proposer, on, proposal.plan.bottleneck_kind)
    open_ones = proposal.coauthors.filter(confirmed_at=None, declined_at=None)
    waiting = (
        list(open_ones.select_related("person").order_by("pk")) if proposal.coauthor_ids else []
    )
    gaps = papers.missing(proposal)
    try:
        route = route_of(
            proposal.proposer,
            on,
            authors=proposal.coauthor_ids,
            asks_superior=bool(proposal.plan.superior_reason),
        )
    except NoRoute as nowhere:
        return Readiness(gaps, waiting, ground, problem=str(nowhere))
    return Readiness(gaps, waiting, ground, route)

"""The vote of a leadership collective (Nghị định 73/2023/NĐ-CP, Điều 8.1), as pure arithmetic.

More than half of the votes cast carry a proposal; a tie goes with the head. The decree does not
say what the share is counted from: here it is those who voted (quy-trinh.md §5).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from proposals.stages import Ballot, Seat


class NobodyVoted(Exception):
    """A vote without a single ballot has no result."""


class HeadMustVote(Exception):
    """The votes are even, and the head, whose side decides, has not voted."""


@dataclass(frozen=True)
class Tally:
    """The result of a vote, and how it came about."""

    in_favour: int
    against: int
    absent: int
    is_tie: bool
    passed: bool

    @property
    def voted(self) -> int:
        return self.in_favour + self.against

    @property
    def is_alone(self) -> bool:
        """Only one person voted: lawful, but worth a warning."""
        return self.voted == 1


def tally(cast: Iterable[tuple[str, str]]) -> Tally:
    """Count pairs of seat and ballot; an empty ballot is a member who did not vote.

    Raises NobodyVoted, HeadMustVote.
    """
    pairs = list(cast)
    in_favour = sum(ballot == Ballot.FOR for _, ballot in pairs)
    against = sum(ballot == Ballot.AGAINST for _, ballot in pairs)
    if not in_favour + against:
        raise NobodyVoted
    is_tie = in_favour == against
    return Tally(
        in_favour=in_favour,
        against=against,
        absent=len(pairs) - in_favour - against,
        is_tie=is_tie,
        passed=_head_is_for(pairs) if is_tie else in_favour > against,
    )


def _head_is_for(pairs: list[tuple[str, str]]) -> bool:
    ballots = [ballot for seat, ballot in pairs if seat == Seat.HEAD]
    if "" in ballots:
        raise HeadMustVote
    return Ballot.FOR in ballots

"""What each event is to those who are told of it, by the name that its key begins with.

An event that nobody listed is a duty: its letter cannot be switched off. A test finds such names.
"""

from functools import cache

from notifications.stages import Kind

NAMES = {
    Kind.DUTY: (
        "answered sent review supplemented returned returned-again override second vote council "
        "party-opinion opinion escalated legal join coauthor paper help-asked "
        "result-reported finding-opened finding-judged finding-remedied "
        "pilot-started pilot-suspended pilot-completed report-sent report-send_back incident-fixed "
        "incident-reported incident-reopen adjustment-asked liability-hearing liability-appealed "
        "liability-council "
        "commendation-nominated commendation-submitted urging periodic"
    ),
    Kind.REMINDER: "remind",
    Kind.RESULT: (
        "approved refused kept reopened redirected escalated-author revoked declined "
        "opinion-given legal-answer join-answer adjustment-decided evaluation-notified "
        "pilot-evaluated pilot-stopped pilot-resumed proposal-concluded report-accept "
        "incident-confirm help liability commendation urging-answered"
    ),
    Kind.NEWS: "receipt received copy withdrawn team-changed long-job",
    Kind.ALWAYS: "sign-in-failures delegation reset journal health digest",
}
KINDS = {name: kind for kind, names in NAMES.items() for name in names.split()}


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(KINDS, key=len, reverse=True))


def name_of(key: str) -> str:
    """The listed event whose name a key begins with, the longest of them; empty when none is."""
    return next((name for name in _by_length() if (key + "-").startswith(f"{name}-")), "")


def kind_of(key: str) -> Kind:
    return KINDS.get(name_of(key), Kind.DUTY)

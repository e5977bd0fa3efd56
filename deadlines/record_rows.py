"""Which rules of time repeat what the settings' stream says of them (journal.records)."""

from deadlines.models import DeadlineRule, LadderRung
from journal.records import Rows, told

ROWS = (
    Rows(
        DeadlineRule,
        "",
        pair={"code": "rule", "valid_from": "valid_from"},
        columns={
            "amount": "amount",
            "unit": "unit",
            "source_status": "source_status",
            "legal_ground": "legal_ground",
        },
        kinds=frozenset({"deadline_rule"}),
        untold=True,  # the rules that the portal brings along
    ),
    Rows(
        LadderRung,
        "",
        pair={"ref": "rung"},
        columns={
            "rule_code": "rule",
            "offset": "offset",
            "audience": "audience",
            "valid_from": "valid_from",
            "valid_to": "valid_to",
        },
        actions=told("deadline.add_rung", "deadline.end_rung"),
        untold=True,
    ),
)

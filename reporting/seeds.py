"""The dated rows that the portal works by, in the order of the floors that hold them."""

from accountability.seeds import seed_accountability
from deadlines.seeds import seed_ladder, seed_rules
from documents.seeds import seed_papers
from proposals.seeds import seed_fields, seed_review_rules
from reporting.periods.seeds import seed_regimes


def seed_tables() -> None:
    """Add the rules and lists that are missing; what is there stays as it was changed."""
    seed_rules()
    seed_ladder()
    seed_papers()
    seed_review_rules()
    seed_fields()
    seed_accountability()
    seed_regimes()

"""What must be there before the first case: people, agencies, posts, rules, lists."""

from accountability.seeds import seed_accountability
from deadlines.seeds import seed_rules
from organisation.demo.load import load_province
from proposals.seeds import seed_fields, seed_review_rules


def load_tables() -> int:
    """Load the demo province and the rules it works by; answers how many people it has."""
    people = load_province().people
    seed_rules()
    seed_review_rules()
    seed_fields()
    seed_accountability()
    return len(people)

"""What must be there before the first case: people, agencies, posts, rules, lists."""

from organisation.demo.load import load_province
from reporting.seeds import seed_tables


def load_tables() -> int:
    """Load the demo province and the rules it works by; answers how many people it has."""
    people = load_province().people
    seed_tables()
    return len(people)

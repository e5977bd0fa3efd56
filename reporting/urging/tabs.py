"""The tabs over the lists of what is late and of what was sent."""

from django.urls import reverse

from organisation.models import User
from reporting.urging.rules import follows

TABS = (
    ("Việc quá hạn", "reporting:urging"),
    ("Công văn đôn đốc", "reporting:urging_letters"),
)


def tabs(user: User, current: str) -> list[dict[str, object]]:
    """Both for whoever follows the province; an agency has its letters only."""
    shown = TABS if follows(user) else TABS[1:]
    return [
        {"label": label, "url": reverse(route), "current": route == current}
        for label, route in shown
    ]

"""The tabs over the lists of reports, of periods and of regimes."""

from django.urls import reverse

from organisation.models import User
from reporting.periods.rules import follows

TABS = (
    ("Báo cáo", "reporting:reports"),
    ("Kỳ báo cáo", "reporting:report_periods"),
    ("Chế độ báo cáo", "reporting:report_regimes"),
)


def tabs(user: User, current: str) -> list[dict[str, object]]:
    """All for whoever follows the province; an agency has its reports only, and needs no tab."""
    shown = TABS if follows(user) else ()
    return [
        {"label": label, "url": reverse(route), "current": route == current}
        for label, route in shown
    ]

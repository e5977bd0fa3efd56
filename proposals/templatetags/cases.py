"""What stands on the row of a case: alike on many rows, so each is drawn once."""

from functools import cache

from django import template
from django.utils.safestring import SafeString

from organisation.templatetags.chips import badge
from proposals.stages import TONES, Stage

register = template.Library()


@register.simple_tag
@cache
def stage(of_case: str, shown_state: str = "", shown_tone: str = "") -> SafeString:
    """Where a case stands as a badge, in the word of its page."""
    if shown_state:
        return badge(shown_state, *shown_tone.split(" "))
    return badge(Stage(of_case).label, *TONES[Stage(of_case)])

"""What stands on the row of a case: alike on many rows, so each is drawn once."""

from functools import cache

from django import template
from django.utils.safestring import SafeString

from organisation.templatetags.chips import badge
from proposals.stages import TONES, Stage

register = template.Library()


@register.simple_tag
@cache
def stage(of_case: str) -> SafeString:
    """The stage of a case as a badge."""
    return badge(Stage(of_case).label, *TONES[Stage(of_case)])

"""Dates that open the page which says why it is this date."""

from datetime import date
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisation.addresses import address_of
from organisation.templatetags.chips import due
from organisation.templatetags.portal import vn_date

register = template.Library()

LINK = '<a class="why" href="{}">{}<span class="visually-hidden">: vì sao là ngày này</span></a>'


@register.simple_tag
def due_of(clock: Any, *, linked: Any = True, dense: bool = False) -> SafeString:
    """The chip of a clock, as `due` draws it; it opens the explanation where one may see that."""
    chip = due(
        clock.state,
        clock.days_left,
        clock.due_on,
        stopped_on=clock.stopped_on,
        started_on=clock.started_on,
        length=clock.rule.amount,
        dense=dense,
        unverified=not clock.rule.may_urge,
    )
    return format_html(LINK, address_of("deadlines:explain", clock.ref), chip) if linked else chip


@register.simple_tag
def due_in(
    kind: str,
    ref: UUID,
    state: str,
    days_left: int | None,
    due_on: date | None,
    *,
    linked: Any = True,
    **look: Any,
) -> SafeString:
    """The chip of a row that repeats the date of a clock of this case."""
    chip = due(state, days_left, due_on, **look)
    return format_html(LINK, _on(kind, ref, due_on), chip) if linked and due_on else chip


@register.simple_tag
def due_with(
    clock: UUID | None, state: str, days_left: int | None, due_on: date | None, **look: Any
) -> SafeString:
    """The chip of a row that knows the reference of its clock."""
    chip = due(state, days_left, due_on, **look)
    return format_html(LINK, address_of("deadlines:explain", clock), chip) if clock else chip


@register.simple_tag
def date_in(kind: str, ref: UUID, due_on: date | None) -> SafeString | str:
    """A date in a sentence or a table that repeats the date of a clock of this case."""
    return format_html(LINK, _on(kind, ref, due_on), vn_date(due_on)) if due_on else ""


@register.simple_tag
def date_of(clock: Any, day: date | None) -> SafeString | str:
    """A date in a sentence; it opens the explanation of its clock, where that is handed in."""
    words = vn_date(day)
    return format_html(LINK, address_of("deadlines:explain", clock.ref), words) if clock else words


def _on(kind: str, ref: UUID, due_on: date | None) -> str:
    return f"{address_of(f'deadlines:of_{kind}', ref)}?han={due_on}"

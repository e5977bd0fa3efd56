"""A state and a deadline in words. A list shows many that are alike, so each is drawn once."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisation.templatetags.portal import colour_icon, icon, vn_date

register = template.Library()

SOON = 3  # working days
WITHOUT_COLOUR = ("", None, "neutral")
WHOLE_UNIT = "{} ngày<span> làm việc</span>"
HIDDEN_UNIT = '{} ngày<span class="visually-hidden"> làm việc</span>'


@register.simple_tag
@lru_cache(maxsize=1000, typed=True)
def badge(label: str, colour: str | None = "", sign: str | None = "") -> SafeString:
    """A state. The sign is an icon's name; each colour has one of its own."""
    look = "st" if colour in WITHOUT_COLOUR else f"st st-{colour}"
    return format_html(
        '<span class="{}">{}{}</span>', look, icon(sign or colour_icon(colour)), label
    )


@register.simple_tag
@lru_cache(maxsize=1000, typed=True)
def due(
    state: str,
    days_left: int | None = None,
    due_on: date | None = None,
    *,
    stopped_on: date | datetime | None = None,
    started_on: date | None = None,
    length: int | None = None,
    dense: bool = False,
    unverified: bool = False,
) -> SafeString:
    """A deadline: state is running, paused, stopped or none; days left are below zero when late.

    It says so when nobody has verified the source of its rule yet.
    """
    if state == "stopped":
        return _chip("due-ok", "check-lg", f"Đã xong {vn_date(stopped_on)}".strip())
    if state == "paused":
        return _chip("due-hold", "pause", "Tạm ngừng tính hạn")
    if state == "none" or days_left is None or days_left == "":
        return _chip("", "clock", "Chưa xác minh số ngày" if unverified else "Không có thời hạn")
    return format_html(
        '<span class="{}"{}>{}<span>{}{}</span></span>',
        f"due {_urgency(days_left)}".strip(),
        _explained(due_on, started_on, length),
        icon("alarm" if days_left < 0 else "clock"),
        _left(days_left, dense=bool(dense)),
        " · chưa xác minh" if unverified else "",
    )


def _chip(look: str, sign: str, words: str) -> SafeString:
    return format_html('<span class="{}">{}{}</span>', f"due {look}".strip(), icon(sign), words)


def _urgency(days_left: int) -> str:
    if days_left < 0:
        return "due-late"
    return "due-soon" if days_left <= SOON else ""


def _explained(
    due_on: date | None, started_on: date | None, length: int | None
) -> SafeString | str:
    if not due_on:
        return ""
    counted = ""
    if started_on:
        counted = (
            f" Tính từ {vn_date(started_on)}, {length or ''} ngày làm việc, không kể ngày nghỉ, lễ."
        )
    return format_html(' title="Hạn {}.{}"', vn_date(due_on), counted)


def _left(days_left: int, *, dense: bool) -> SafeString | str:
    """How many days, shorter for the eye in a dense table."""
    if days_left == 0:
        return "Đến hạn hôm nay"
    number = f"Quá {-days_left}" if days_left < 0 else f"Còn {days_left}"
    return format_html(HIDDEN_UNIT if dense else WHOLE_UNIT, number)

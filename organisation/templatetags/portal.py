"""What every template may use: icons, and Vietnamese dates, numbers, money and sizes.

Each filter answers "" for None, so that a missing value shows as nothing.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeVar

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from organisation.formerrors import all_errors

register = template.Library()

Number = int | float | Decimal
Day = TypeVar("Day", date, datetime)

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
COLOUR_ICONS = {
    "blue": "hourglass-split",
    "amber": "exclamation-triangle",
    "violet": "box-arrow-up-right",
    "teal": "activity",
    "green": "check-lg",
    "gold": "award",
    "red": "exclamation-circle",
}
MILLION, BILLION = 10**6, 10**9
KILOBYTE, MEGABYTE = 2**10, 2**20
DAY_SECONDS = 24 * 60 * 60
CODE = re.compile(r"\b([A-Z]{2}-\d{4}-\d+)")


@register.simple_tag
def icon(name: str | None, css: str = "") -> SafeString | str:
    """A Bootstrap icon from our sprite, silent for screen readers. It must stand in icons.txt."""
    return _drawn(name, css) if name else ""


@lru_cache(maxsize=1000)
def _drawn(name: str, css: str) -> SafeString:
    """A list shows the same few icons in each row."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"bi bi-{name} {css}".strip(),
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def idle_seconds() -> str:
    """After how many seconds without use a session ends; for scripts, so without a dot."""
    return str(settings.SESSION_IDLE_SECONDS)


@register.filter
def colour_icon(colour: str | None) -> str:
    """The icon a badge of this colour carries unless it names its own."""
    return COLOUR_ICONS.get(colour or "", "circle")


def _local(value: Day) -> Day:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """05/07/2022"""
    return _local(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    """16:05"""
    return _local(value).strftime("%H:%M") if value else ""


@register.filter
def vn_moment(value: datetime | None) -> str:
    """16:05 of today; 16:05, ngày 14/06/2022 of any other day"""
    if not value:
        return ""
    local = _local(value)
    is_today = local.date() == timezone.localdate()
    return local.strftime("%H:%M" if is_today else "%H:%M, ngày %d/%m/%Y")


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """14/06/2022, 16:05"""
    return _local(value).strftime("%d/%m/%Y, %H:%M") if value else ""


@register.filter
def vn_weekday_date(value: date | datetime | None) -> str:
    """Thứ Tư, 15/06/2022"""
    return f"{WEEKDAYS[_local(value).weekday()]}, {vn_date(value)}" if value else ""


@register.filter
def vn_document_date(value: date | datetime | None) -> str:
    """ngày 05 tháng 7 năm 2022: two digits for days below 10 and for months 1 and 2."""
    if not value:
        return ""
    day = _local(value)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@register.filter
def vn_period(start: date | None, end: date | None) -> str:
    """01/04 – 30/09/2022, with both years when they differ; one date when the other is missing."""
    if not (start and end):
        return vn_date(start or end)
    opening = start.strftime("%d/%m") if start.year == end.year else vn_date(start)
    return f"{opening} – {vn_date(end)}"


@register.filter
def relative_time(value: datetime | None) -> str:
    """Say "5 phút trước", "3 giờ trước", "hôm qua, 16:05"; beyond 24 hours the date."""
    if not value:
        return ""
    now = timezone.localtime()
    moment = timezone.localtime(value)
    seconds = (now - moment).total_seconds()
    if not 0 <= seconds < DAY_SECONDS:
        return vn_date(moment)
    if moment.date() != now.date():
        return f"hôm qua, {vn_time(moment)}"
    if seconds < 60 * 60:
        return f"{max(1, int(seconds // 60))} phút trước"
    return f"{int(seconds // (60 * 60))} giờ trước"


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """The relative time as <time>, with the whole time as its title."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        _local(value).isoformat(timespec="minutes"),
        vn_datetime(value),
        relative_time(value),
    )


def _rounded(value: Number, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _vietnamese(value: Decimal) -> str:
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _plain(value: Number, at_most: int) -> str:
    written = _vietnamese(_rounded(value, at_most))
    return written.rstrip("0").rstrip(",") if "," in written else written


@register.filter
def vn_number(value: Number | None, places: int | None = None) -> str:
    """1.234,5; with `places` always so many decimals, else as many as there are, at most 4."""
    if value is None or value == "":
        return ""
    return _plain(value, 4) if places is None else _vietnamese(_rounded(value, places))


@register.filter
def codes(text: str) -> SafeString:
    """The words with each code of a case kept on one line."""
    pieces = enumerate(CODE.split(str(text)))
    kept = '<span class="nb">{}</span>'
    return format_html_join(
        "", "{}", [(format_html(kept, one) if place % 2 else one,) for place, one in pieces]
    )


@register.filter
def vn_quantity(value: Number | None, unit: str) -> str:
    """95% số hồ sơ; 12 hồ sơ: a per cent sign stands at the number."""
    gap = "" if unit.startswith("%") else " "
    return f"{vn_number(value)}{gap}{unit}"


@register.filter
def vn_percent(value: Number | None) -> str:
    """92,4%: one decimal at most, no space."""
    return "" if value is None else f"{_plain(value, 1)}%"


@register.filter
def vn_money(value: Number | None, form: str = "") -> str:
    """84.000 đồng; 42,0 triệu đồng; 1,25 tỷ đồng; with "full" to the last đồng."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    if form == "full" or abs(amount) < MILLION:
        return f"{_vietnamese(_rounded(amount, 0))} đồng"
    millions = _rounded(amount / MILLION, 1)
    if abs(millions) < BILLION // MILLION:
        return f"{_vietnamese(millions)} triệu đồng"
    return f"{_vietnamese(_rounded(amount / BILLION, 2))} tỷ đồng"


@register.filter
def vn_size(size: int | None) -> str:
    """212 KB; 3,4 MB. Never below 1 KB."""
    if size is None:
        return ""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{_vietnamese(_rounded(size / MEGABYTE, 1))} MB"


@register.filter
def positive(value: int) -> int:
    """The number without its sign: days overdue are counted below zero."""
    return abs(value)


@register.filter
def share(value: Number | None, whole: Number | None = 100) -> str:
    """The width of a bar, "41%" or "33.3%", from 0 to 100; for SVG attributes, so with a point."""
    if not whole:
        return "0%"
    part = max(0.0, min(100.0, float(value or 0) * 100 / float(whole)))
    return f"{part:.1f}".removesuffix(".0") + "%"


@register.filter
def initials(name: str | None) -> str:
    """Two letters for a person: of the first and last word, in long names of the last two."""
    words = (name or "").split()
    if len(words) > 3:
        words = words[-2:]
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


register.filter(all_errors)

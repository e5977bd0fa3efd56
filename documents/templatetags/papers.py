"""What papers need besides the portal's filters."""

import re

import qrcode
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

register = template.Library()
TOGETHER = re.compile(
    r"(?<!\S)(?!\S*\./\.)([^\s/]{1,24}(?:/[^\s/]{1,24}){1,3})(?!\S)"
)  # "45/TTr-STNMT", "22/9/2021"
MOST = 1_000  # bytes that a code still holds at its size on paper
QUIET = 2  # white modules around; the paper is white besides


@register.simple_tag
def qr(text: str) -> SafeString | str:
    """The text as a QR code: one SVG path, sharp at any size; none when it is too long for one."""
    if not text or len(text.encode()) > MOST:
        return ""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text.encode())
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="Mã QR"><path d="{}"/></svg>',
        len(rows),
        len(rows),
        path,
    )


@register.filter
def unbroken(text: str) -> SafeString | str:
    """The text, no line of which ends within a notation or a day."""
    if "/" not in text:
        return text
    pieces = TOGETHER.split(text)  # what stands at odd places is kept together
    wrapped = ('<span class="unbroken">{}</span>', "{}")
    return format_html_join(
        "", "{}", ((format_html(wrapped[at % 2 == 0], one),) for at, one in enumerate(pieces))
    )

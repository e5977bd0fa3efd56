"""What papers need besides the portal's filters."""

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

from documents.papers import name_lines

register = template.Library()
QUIET = 2  # white modules around; the paper is white besides


@register.simple_tag
def qr(text: str) -> SafeString | str:
    """The text as a QR code: one SVG path, sharp at any size."""
    if not text:
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


@register.simple_tag
def with_post(name: str, post: str) -> str:
    """A person as papers name them: "Nguyễn Văn Mẫu, Chuyên viên"."""
    return ", ".join(filter(None, (name, post)))


@register.filter
def digest(value: str | None) -> str:
    """A SHA-256 in groups of eight signs, to be read aloud and compared."""
    text = value or ""
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))


@register.filter
def closed(text: str) -> str:
    """The last words of a paper, ended by the mark that nothing follows: "./."."""
    return text.rstrip(" ./;") + "./."


@register.filter
def fitted(names: list[str] | None) -> list[str]:
    """Names of agencies in as many lines as their column of the head takes."""
    return [line for name in names or [] for line in name_lines(name)]

"""Put the assets we serve ourselves into static/vendor: `python scripts/assets.py`.

They come from node_modules (npm ci); only what the pages use is taken. Icons are those named in
static/icons.txt, Bootstrap is cut down to the parts we build pages from.
"""

import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
COPIES = {
    INTER.format("latin"): "inter-latin.woff2",
    INTER.format("vietnamese"): "inter-vietnamese.woff2",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
BOOTSTRAP = "bootstrap/dist/css/bootstrap.min.css"
ICONS = "bootstrap-icons/icons"
UNUSED_PARTS = re.compile(  # parts of Bootstrap no page is built from
    r"\.(accordion|alert|badge|breadcrumb|btn-(close|check|group|toolbar|outline|link)|card|carousel"
    r"|collaps|dropdown|dropup|dropend|dropstart|fade|figure|form-floating|form-range|form-switch|icon"
    r"|input-group|link-|list-group|modal|nav\b|nav-|navbar|offcanvas|page-|pagination|placeholder"
    r"|popover|progress|ratio|spinner|sticky-|tab-|text-bg|toast|tooltip|was-validated|focus-ring"
    r"|bg-opacity|text-opacity|border-opacity|link-opacity|table-(primary|secondary|success|info"
    r"|warning|danger|light|dark|striped|bordered)|btn-(secondary|success|info|warning|light|dark))"
    r"|\[data-bs-theme=dark\]"
)
UNUSED_WIDTHS = re.compile(r"^@media.*min-width:\s*1400px|^@keyframes (progress|placeholder|spin)")


def rules(sheet: str) -> list[str]:
    """Every rule of a minified sheet; an @media block with its rules counts as one."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(sheet):
        depth += (sign == "{") - (sign == "}")
        if sign == "}" and depth == 0:
            found.append(sheet[start : place + 1])
            start = place + 1
    return found


def trimmed(rule: str) -> str:
    """The rule without the selectors of unused parts; empty when nothing is left of it."""
    head, _, body = rule.partition("{")
    if UNUSED_WIDTHS.match(head):
        return ""
    if head.startswith(("@media", "@supports")):
        inner = "".join(trimmed(one) for one in rules(body[:-1]))
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return rule
    kept = [one for one in re.split(r",(?![^(]*\))", head) if not UNUSED_PARTS.search(one)]
    return f"{','.join(kept)}{{{body}" if kept else ""


def bootstrap() -> tuple[str, dict[str, str]]:
    """Bootstrap's sheet without the parts we do not use, and the pictures that were inside it.

    Our content policy lets no data: picture in, so each becomes a file beside the sheet.
    """
    sheet = (PACKAGES / BOOTSTRAP).read_text(encoding="utf-8")
    sheet = re.sub(r"/\*# sourceMappingURL.*?\*/", "", sheet)
    licence = re.match(r"@charset [^;]+;|/\*!.*?\*/", sheet, re.DOTALL)
    opening = licence.group() if licence else ""
    cut = opening + "".join(trimmed(rule) for rule in rules(sheet.removeprefix(opening)))
    inside = dict.fromkeys(re.findall(r'url\("?(data:image/svg\+xml,.*?%3e)"?\)', cut))
    pictures = {f"control-{number}.svg": data for number, data in enumerate(inside, 1)}
    for name, data in pictures.items():
        cut = cut.replace(data, name)
    return cut, {name: unquote(data.partition(",")[2]) for name, data in pictures.items()}


def icon_names() -> list[str]:
    """The icons the pages may use, in order."""
    return sorted((ROOT / "static" / "icons.txt").read_text(encoding="utf-8").split())


def sprite() -> str:
    """One SVG with a symbol for each used icon."""
    symbols = [_symbol(name) for name in icon_names()]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str) -> str:
    drawing = (PACKAGES / ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
    inner = re.sub(r"\s*\n\s*", "", inner)
    return f'<symbol id="{name}" viewBox="0 0 16 16">{inner}</symbol>'


def main() -> None:
    """Fill static/vendor anew."""
    if not PACKAGES.is_dir():
        sys.exit("node_modules is missing: run `npm ci` first.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in COPIES.items():
        shutil.copyfile(PACKAGES / source, VENDOR / target)
    sheet, pictures = bootstrap()
    (VENDOR / "bootstrap.min.css").write_text(sheet, encoding="utf-8")
    for name, picture in pictures.items():
        (VENDOR / name).write_text(picture, encoding="utf-8")
    (VENDOR / "icons.svg").write_text(sprite(), encoding="utf-8")


if __name__ == "__main__":
    main()

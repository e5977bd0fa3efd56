"""Lists what the portal is made of, with licences, as CycloneDX (HT-06): `make sbom`."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import metadata
from typing import Any

from scripts.paths import ROOT

LIST = ROOT / "docs" / "sbom.json"
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", re.MULTILINE)
CLASS = "License :: OSI Approved :: "


def pinned() -> list[tuple[str, str]]:
    """Name and version of each Python package that production installs."""
    return PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def served() -> list[tuple[str, str, str]]:
    """Name, version and licence of each package whose scripts, styles and fonts we serve."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        (path.removeprefix("node_modules/"), facts["version"], facts["license"])
        for path, facts in lock.items()
        if path and not facts.get("dev")
    ]


def document() -> dict[str, Any]:
    """The whole list, in an order that does not change."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": sorted(_components(), key=lambda one: str(one["purl"])),
    }


def _components() -> Iterator[dict[str, Any]]:
    for name, version in pinned():
        yield _component("pypi", name, version, _licence(name))
    for name, version, licence in served():
        yield _component("npm", name.replace("@", "%40"), version, licence)


def _component(kind: str, name: str, version: str, licence: str) -> dict[str, Any]:
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:{kind}/{name}@{version}",
        "licenses": [{"license": {"name": licence}}],
    }


def _licence(name: str) -> str:
    """As the package itself says it: an SPDX expression where it has one, else its classes."""
    facts = metadata(name)
    classes = [one.removeprefix(CLASS) for one in facts.get_all("Classifier") or [] if CLASS in one]
    plain = (facts.get_all("License") or [""])[0].partition("\n")[0]
    return "".join(facts.get_all("License-Expression") or []) or "; ".join(classes) or plain


if __name__ == "__main__":
    LIST.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

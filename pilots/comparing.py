"""Two versions of a plan beside each other, part by part (pages.md §4.3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from organisation.templatetags.portal import vn_date, vn_money, vn_number, vn_quantity


@dataclass(frozen=True)
class Difference:
    """One part of the plan: `kind` is "thêm", "bớt", "sửa" or empty where nothing changed."""

    label: str
    old: str
    new: str

    @property
    def kind(self) -> str:
        if self.old == self.new:
            return ""
        if not self.old:
            return "thêm"
        return "sửa" if self.new else "bớt"


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Every part of both plans, in the order of the form."""
    parts = [
        Difference(label, read(old.get(name)), read(new.get(name))) for label, name, read in SIMPLE
    ]
    return [
        *parts,
        *_rows("Chỉ tiêu", old["indicators"], new["indicators"], _indicator),
        *_rows("Mốc", old["milestones"], new["milestones"], _milestone),
        *_rows("Thành viên", old["members"], new["members"], lambda row: str(row["duty"])),
    ]


def _day(value: str | None) -> str:
    return vn_date(date.fromisoformat(value)) if value else ""


def _months(value: int | None) -> str:
    return f"{value} tháng" if value else ""


def _text(value: Any) -> str:
    return str(value or "")


SIMPLE: tuple[tuple[str, str, Any], ...] = (
    ("Trưởng nhóm", "leader", _text),
    ("Từ ngày", "starts_on", _day),
    ("Đến ngày", "ends_on", _day),
    ("Phạm vi", "scope", _text),
    ("Kỳ báo cáo", "report_every_months", _months),
    ("Kinh phí", "budget", vn_money),
    ("Điều kiện dừng", "stop_conditions", _text),
)


def _rows(label: str, old: list[Any], new: list[Any], read: Any) -> list[Difference]:
    """Rows of both by what names them; one that is only in one of them was added or left out."""
    before = {str(row.get("ref") or row["name"]): row for row in old}
    after = {str(row.get("ref") or row["name"]): row for row in new}
    keys = list(dict.fromkeys([*before, *after]))
    return [
        Difference(
            f"{label}: {(after.get(key) or before[key])['name']}",
            read(before[key]) if key in before else "",
            read(after[key]) if key in after else "",
        )
        for key in keys
    ]


def _indicator(row: dict[str, Any]) -> str:
    target = vn_quantity(Decimal(row["target"]), row["unit"])
    return f"từ {vn_number(Decimal(row['baseline']))} đến {target}"


def _milestone(row: dict[str, Any]) -> str:
    return _day(row["due_on"])

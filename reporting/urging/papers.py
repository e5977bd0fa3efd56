"""The facts of letters that urge, and of the report to the Chairman.

What follows from the clocks (addressees, counts, annexes) is written anew whenever it is asked
for; the rest of the draft stays as the officer worded it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from deadlines.models import Clock
from deadlines.stages import SourceStatus
from documents.letterheads import Issuer, issuer_of, letterhead
from documents.papers.blocks import Shared, clause, heading, paragraph, table
from documents.papers.description import Annex, Block
from documents.stages import PaperKind
from organisation.templatetags.portal import vn_date, vn_document_date
from reporting.urging.late import days_late
from reporting.urging.models import UrgedAgency, UrgingDispatch
from reporting.urging.stages import FIRST

Facts = dict[str, Any]
ORDER = (
    "Thực hiện Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị về chủ trương "
    "khuyến khích và bảo vệ cán bộ năng động, sáng tạo vì lợi ích chung và chỉ đạo của Chủ tịch "
    "Ủy ban nhân dân tỉnh,"
)
SUBJECT = "đôn đốc thực hiện các việc quá hạn"
PURPOSE = "khi triển khai Kết luận số 14-KL/TW"
COLUMNS: list[Shared] = [
    ("TT", 6, "center"),
    ("Việc phải làm", 29, "left"),
    ("Hồ sơ", 37, "left"),
    ("Đang giữ", 22, "left"),
    ("Hạn", 15, "center"),
    ("Quá hạn (ngày làm việc)", 15, "center"),
    ("Căn cứ thời hạn", 30, "left"),
]
LOCKED = ("title", "addressees", "annexes", "#late", "#asked")


@dataclass(frozen=True)
class Late:
    """An agency with what is late there, and what it was sent before in this series."""

    name: str
    items: Sequence[Clock]
    earlier: Sequence[UrgedAgency] = field(default=())


def letter(dispatch: UrgingDispatch, agencies: Sequence[Late], at: datetime) -> Facts:
    """The whole paper, as it is first drafted."""
    kind = PaperKind.REPORT if dispatch.is_report else PaperKind.OFFICIAL_LETTER
    issuer = issuer_of(kind, dispatch.unit)
    body = _report(issuer) if dispatch.is_report else _letter(dispatch, issuer)
    facts = letterhead(issuer, title=_title(dispatch), code="") | {
        "body": body,
        "recipients": _copies(dispatch, issuer, agencies),
        "locked": [*LOCKED, *(["#earlier"] if dispatch.rung > FIRST else [])],
    }
    return refreshed(facts, dispatch, agencies, at)


def refreshed(
    facts: Facts, dispatch: UrgingDispatch, agencies: Sequence[Late], at: datetime
) -> Facts:
    """The same paper with what follows from the clocks of that minute."""
    names = [one.name for one in agencies]
    unit = dispatch.unit.at(at.date())
    computed = {
        "late": _late(unit.name, agencies, at),
        "earlier": _earlier(unit.name, dispatch, agencies),
        "note": paragraph(dispatch.note, key="note"),
        "asked": _asked(unit.name, names, dispatch.answer_by),
    }
    body = [computed.get(block.get("key", ""), block) for block in facts["body"]]
    annexes = [_annex(one, at, is_shared=len(agencies) > 1) for one in agencies]
    made = facts | {"body": body, "annexes": annexes}
    if dispatch.is_report:
        above = dispatch.reported_to.at(at.date()).name if dispatch.reported_to else ""
        return made | {"addressees": [f"Chủ tịch {above}"]}
    return made | {"addressees": names}


def row_of(place: int, clock: Clock, *, is_shared: bool = False) -> list[str]:
    """A line of the annex: where several agencies read it, without the case and who holds it."""
    case = " – ".join(filter(None, (clock.code, "" if is_shared else clock.title)))
    return [
        str(place),
        clock.verb,
        case,
        *([] if is_shared else [_holder(clock)]),
        vn_date(clock.due_on),
        str(days_late(clock)),
        _ground(clock),
    ]


def _title(dispatch: UrgingDispatch) -> str:
    if dispatch.is_report:
        return f"Kết quả đôn đốc và các việc vẫn quá hạn {PURPOSE}"
    again = "" if dispatch.rung == FIRST else f" (lần {dispatch.rung})"
    return f"{SUBJECT} {PURPOSE}{again}"


def _letter(dispatch: UrgingDispatch, issuer: Issuer) -> list[Block]:
    earlier = [] if dispatch.rung == FIRST else [_open("earlier")]
    above = f"Chủ tịch {issuer.above}" if issuer.above else "cấp có thẩm quyền"
    return [
        paragraph(
            f"{ORDER} {issuer.name} rà soát thời hạn các việc trong hồ sơ đề xuất đổi mới, "
            "sáng tạo."
        ),
        *earlier,
        _open("late"),
        _open("note"),
        _open("asked"),
        paragraph(
            f"{issuer.name} tổng hợp kết quả thực hiện, báo cáo {above} xem xét, chỉ đạo đối với "
            "cơ quan, đơn vị không thực hiện sau khi đã được đôn đốc."
        ),
    ]


def _report(issuer: Issuer) -> list[Block]:
    return [
        paragraph(
            f"{ORDER} {issuer.name} đã đôn đốc các cơ quan, đơn vị có việc quá hạn. "
            f"{issuer.name} báo cáo kết quả như sau:"
        ),
        heading("Kết quả đôn đốc"),
        _open("earlier"),
        heading("Các việc vẫn quá hạn"),
        _open("late"),
        _open("note"),
        heading("Kiến nghị"),
        paragraph(
            f"Kính đề nghị Chủ tịch {issuer.above} xem xét, chỉ đạo các cơ quan, đơn vị nêu trên "
            "thực hiện dứt điểm các việc quá hạn và làm rõ trách nhiệm của người đứng đầu."
        ),
    ]


def _open(key: str) -> Block:
    """A place in the text that `refreshed` fills."""
    return paragraph("", key=key)


def _late(unit: str, agencies: Sequence[Late], at: datetime) -> Block:
    count = sum(len(one.items) for one in agencies)
    longest = max((days_late(item) for one in agencies for item in one.items), default=0)
    who = agencies[0].name if len(agencies) == 1 else f"{len(agencies):02d} cơ quan, đơn vị"
    where = "Phụ lục" if len(agencies) == 1 else "các Phụ lục"
    return paragraph(
        f"Tính đến {at:%H} giờ {at:%M}, {vn_document_date(at)}, theo dữ liệu do {unit} "
        f"theo dõi, {who} có {count:02d} việc quá hạn, việc quá hạn lâu nhất là {longest:02d} ngày "
        f"làm việc (chi tiết tại {where} kèm theo).",
        key="late",
    )


def _earlier(unit: str, dispatch: UrgingDispatch, agencies: Sequence[Late]) -> Block:
    """The letters before: their number and day, and whether they were answered."""
    told = [_told(unit, one, is_alone=len(agencies) == 1) for one in agencies if one.earlier]
    return paragraph("\n".join(told), key="earlier")


def _told(unit: str, agency: Late, *, is_alone: bool) -> str:
    letters = [
        f"Công văn số {one.dispatch.number} {vn_document_date(one.dispatch.sent_on)}"
        for one in agency.earlier
    ]
    answered = [one for one in agency.earlier if one.answered_at]
    whom = "" if is_alone else f" {agency.name}"
    if not answered:
        rest = "đến nay chưa nhận được trả lời"
    else:
        days = ", ".join(vn_date(one.answered_at) for one in answered)
        rest = f"đã nhận được trả lời ngày {days} nhưng các việc sau chưa hoàn thành"
    return f"{unit} đã đôn đốc{whom} tại {'; '.join(letters)}; {rest}."


def _asked(unit: str, names: Sequence[str], answer_by: date | None) -> Block:
    if answer_by is None:
        return paragraph("", key="asked")
    whom = names[0] if len(names) == 1 else "Thủ trưởng các cơ quan, đơn vị"
    return Block(
        type="paragraph",
        key="asked",
        text=f"{unit} đề nghị {whom}:",
        children=[
            clause(
                "Chỉ đạo thực hiện ngay các việc quá hạn; làm rõ nguyên nhân, trách nhiệm của tập "
                "thể, cá nhân có liên quan."
            ),
            clause(
                f"Trả lời {unit} kết quả thực hiện, nguyên nhân quá hạn và thời gian hoàn thành "
                f"từng việc chậm nhất {vn_document_date(answer_by)}."
            ),
        ],
    )


def _copies(dispatch: UrgingDispatch, issuer: Issuer, agencies: Sequence[Late]) -> list[Facts]:
    if dispatch.is_report:
        return [{"text": one.name, "note": "để thực hiện"} for one in agencies]
    return [{"text": issuer.above, "note": "b/c"}] if issuer.above else []


def _annex(agency: Late, at: datetime, *, is_shared: bool) -> Annex:
    columns = [one for one in COLUMNS if not is_shared or one[0] != "Đang giữ"]
    rows = [row_of(place, item, is_shared=is_shared) for place, item in enumerate(agency.items, 1)]
    if not any(row[-1] for row in rows):  # no term rests on a text that a letter can cite
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    moment = f"{at:%H} giờ {at:%M}, ngày {vn_date(at.date())}"
    return Annex(
        title=f"Danh mục việc quá hạn của {agency.name} tính đến {moment}",
        orientation="landscape",
        body=[table(columns, rows)],
    )


def _holder(clock: Clock) -> str:
    """A person by name, whoever holds a post by the post."""
    if clock.holder_user:
        return clock.holder_user.full_name
    return clock.get_holder_role_display()


def _ground(clock: Clock) -> str:
    """What the term rests on; nothing where the project set it: no letter cites such a rule."""
    rule = clock.rule
    if rule.source_status == SourceStatus.OWN:
        return ""
    unsure = "" if rule.may_urge else f" ({rule.get_source_status_display().lower()})"
    return rule.legal_ground + unsure

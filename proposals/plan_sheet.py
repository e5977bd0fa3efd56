"""The plan of a proposal as a paper of its author (quy-trinh.md §4): what goes with the case."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from documents import titles
from documents.letterheads import addressed, issuer_of, letterhead, opening
from documents.papers.blocks import clause, heading, paragraph
from documents.papers.body import END
from documents.papers.description import Block
from documents.stages import PaperKind
from organisation.models import OrgUnit
from organisation.templatetags.portal import vn_document_date
from proposals.models import Proposal
from proposals.plan_papers import CONTENT, EFFECT, NECESSITY, resources, targets, told
from proposals.stages import RequestedForm

Facts = dict[str, Any]
NAME = "Kế hoạch đề xuất đổi mới, sáng tạo"


def proposed_plan(proposal: Proposal, said: Facts, sent_on: date | None) -> Facts:
    """The facts of the paper; without a day of sending it is a draft.

    It is no kind of the decree: it bears no number, and its author signs it.
    """
    issuer = issuer_of(PaperKind.REVIEW_SLIP, proposal.agency)
    to = _decider(proposal.deciding_unit)
    return letterhead(issuer, title=f"“{said['title'].strip()}”", code=proposal.code) | {
        "type_name": NAME,
        "is_draft": sent_on is None,
        "dated": sent_on.isoformat() if sent_on else "",
        "addressees": [to] if to else [],
        "body": [
            heading("Thông tin chung", *_basics(proposal, said)),
            heading("Sự cần thiết, mục đích, yêu cầu", *told(NECESSITY, said)),
            heading(
                "Nội dung, nhiệm vụ, giải pháp",
                *told(CONTENT, said),
                *told((("Phạm vi", ("scope",)),), said),
                *resources(said),
            ),
            heading("Đánh giá tác động, hiệu quả dự kiến", *told(EFFECT, said)),
            *targets(said),
            heading("Cam kết", *_promises(said)),
        ],
        "keeping": "",
        "signature": {"lines": ["NGƯỜI ĐỀ XUẤT"], "name": proposal.proposer.full_name},
    }


def _decider(unit: OrgUnit | None) -> str:
    return issuer_of(PaperKind.REVIEW_SLIP, unit).authority if unit else ""


def _basics(proposal: Proposal, said: Facts) -> Iterator[Block]:
    post = titles.held(said["proposer"]["position"], said["agency"]["name"])
    who = opening(addressed(proposal.proposer, post))
    others = [_coauthor(one) for one in said["coauthors"]]
    asked = said.get("requested_form")
    rows = {
        "Mã đề xuất": proposal.code or "",
        "Người đề xuất": who + (f", đóng góp {_share(said['proposer'])}" if others else ""),
        "Người cùng đề xuất": "; ".join(others),
        "Lĩnh vực": said.get("field") or "",
        "Hình thức đề nghị": RequestedForm(asked).label.lower() if asked else "",
        "Thời gian": _time(said),
    }
    return (clause(f"{name}: {text}.") for name, text in rows.items() if text)


def _coauthor(one: Facts) -> str:
    named = ", ".join(filter(None, (one["name"], one["position"])))
    return f"{named}, đóng góp {_share(one)}"


def _share(one: Facts) -> str:
    return f"{one['share_percent']}%"


def _time(said: Facts) -> str:
    starts, months = said.get("starts_on"), said.get("duration_months")
    day = date.fromisoformat(str(starts)) if starts else None
    begins = f"dự kiến bắt đầu {vn_document_date(day)}" if day else ""
    lasts = f"thực hiện trong {int(months):02d} tháng" if months else ""
    return ", ".join(filter(None, (begins, lasts)))


def _promises(said: Facts) -> Iterator[Block]:
    if conflict := (said.get("conflict_statement") or "").strip():
        yield paragraph(f"Về xung đột lợi ích: {conflict}")
    elif said.get("has_conflict") is False:
        yield paragraph("Về xung đột lợi ích: không có quan hệ lợi ích liên quan.")
    files = [file["name"] for file in said.get("files", [])]
    if files:
        yield paragraph(f"Tài liệu gửi kèm: {'; '.join(files)}.")
    promise = said.get("commitment") or "Người đề xuất chưa cam kết."
    yield paragraph(promise.rstrip(".") + END)

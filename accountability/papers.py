"""The facts of each official paper of a liability case or a commendation, ready to be frozen.

Shapes as `documents.papers.Letter`. Each is a draft that the clerk's road signs and numbers.
"""

from typing import Any

from accountability.models import (
    Commendation,
    CommendationDecision,
    LiabilityCase,
    LiabilityDecision,
)
from accountability.stages import Instance, Outcome
from documents.papers import name_lines
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.templatetags.portal import vn_document_date

POLICY_BASIS = "Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị"
KEEP = "Lưu: VT"
Facts = dict[str, Any]


def opening_notice(case: LiabilityCase) -> Facts:
    """Thông báo: what is weighed, and that the person is heard before anything is concluded."""
    return {
        **_head(case.competent_unit),
        "type_name": "Thông báo",
        "title": f"Xem xét trách nhiệm trong thực hiện đề xuất số {case.proposal.code}",
        "notation": f"TB-{_abbrev(case.competent_unit)}",
        "code": case.code,
        "addressees": [case.person.display],
        "parts": [
            {"heading": "1. Nội dung xem xét", "paragraphs": _lines(case.charges)},
            {
                "heading": "2. Quyền của người liên quan",
                "paragraphs": [
                    "Nêu ý kiến và gửi tài liệu trước khi có kết luận; được khiếu nại một lần."
                ],
            },
        ],
        "distribution": [case.person.full_name, KEEP],
        "signature": _signature(case.opened_by),
    }


def conclusion(decision: LiabilityDecision) -> Facts:
    """Quyết định of a conclusion; `decision` may be one that is not written down yet."""
    case = decision.case
    unit = case.competent_unit if decision.instance == Instance.FIRST else case.appeal_unit
    name = case.competent_unit_name if unit == case.competent_unit else case.appeal_unit_name
    label = Outcome(decision.outcome).label
    what = "Giải quyết khiếu nại kết luận" if decision.instance == Instance.APPEAL else "Kết luận"
    return {
        **_head(unit),
        "type_name": "Quyết định",
        "title": f"{what} xem xét trách nhiệm trong thực hiện đề xuất số {case.proposal.code}",
        "notation": f"QĐ-{_abbrev(unit)}",
        "code": case.code,
        "addressees": [],
        "authority": f"Người đứng đầu {name}",
        "grounds": [
            f"Căn cứ {decision.legal_ground}",
            f"Xét hồ sơ xem xét trách nhiệm số {case.code}",
        ],
        "decides": "Quyết định",
        "parts": [
            {
                "heading": "Điều 1.",
                "paragraphs": [f"{label} đối với {case.person.full_name}, {case.person_position}."],
            },
            {
                "heading": "Điều 2.",
                "paragraphs": [f"Lý do: {text}" for text in _lines(decision.reason)],
            },
            {
                "heading": "Điều 3.",
                "paragraphs": [
                    f"{case.person.full_name} và các đơn vị có liên quan thi hành Quyết định này."
                ],
            },
        ],
        "distribution": [case.person.full_name, case.competent_unit_name, KEEP],
        "signature": _signature(decision.decided_by),
    }


def submission(commendation: Commendation, by: User) -> Facts:
    """Tờ trình of the officer to whoever decides."""
    return {
        **_head(commendation.agency),
        "type_name": "Tờ trình",
        "title": f"Đề nghị {_form(commendation)} cho {commendation.who}",
        "notation": f"TTr-{_abbrev(commendation.agency)}",
        "code": commendation.code,
        "addressees": [commendation.deciding_unit_name],
        "parts": [
            {"heading": "1. Thành tích", "paragraphs": _lines(commendation.merit)},
            {"heading": "2. Ý kiến thẩm định", "paragraphs": _lines(commendation.review)},
        ],
        "distribution": ["Như trên", KEEP],
        "signature": _signature(by),
    }


def commendation_decision(decision: CommendationDecision) -> Facts:
    commendation = decision.commendation
    unit = commendation.deciding_unit or commendation.agency
    return {
        **_head(unit),
        "type_name": "Quyết định",
        "title": f"{commendation.incentive.label} cho {commendation.who}",
        "notation": f"QĐ-{_abbrev(unit)}",
        "code": commendation.code,
        "addressees": [],
        "authority": f"Người đứng đầu {commendation.deciding_unit_name}",
        "grounds": [
            f"Căn cứ {commendation.incentive.legal_ground}",
            f"Xét đề nghị số {commendation.code}",
        ],
        "decides": "Quyết định",
        "parts": [
            {
                "heading": "Điều 1.",
                "paragraphs": [
                    f"{commendation.incentive.label}: {commendation.who}, "
                    f"thực hiện đề xuất số {commendation.proposal.code}.",
                ],
            },
            {
                "heading": "Điều 2.",
                "paragraphs": [
                    f"{commendation.who} và các đơn vị có liên quan thi hành Quyết định này."
                ],
            },
        ],
        "distribution": [commendation.who, commendation.deciding_unit_name, KEEP],
        "signature": _signature(decision.decided_by),
    }


def _form(commendation: Commendation) -> str:
    label = commendation.incentive.label
    return label[:1].lower() + label[1:]


def _head(unit: OrgUnit) -> Facts:
    version = unit.at(today())
    above = version.parent
    return {
        "parent_lines": name_lines(above.at(today()).name) if above else [],
        "agency_lines": name_lines(version.name),
        "dated": f"{version.place_name}, {vn_document_date(today())}",
        "is_draft": True,
    }


def _abbrev(unit: OrgUnit) -> str:
    return unit.at(today()).abbrev


def _signature(signer: User) -> Facts:
    post = signer.powers.main
    return {"lines": [post.position] if post else [], "name": signer.full_name}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]

"""What this person may do now to a paper, as buttons: one first, the others behind it."""

from dataclasses import dataclass

from django.urls import reverse

from documents import rules
from documents.models import OfficialDocument
from organisation.models import User


@dataclass(frozen=True)
class Act:
    label: str
    url: str
    icon: str
    danger: bool = False
    may_lead: bool = True


UNDOING = ("send_back", "recall")  # never the main one
# what a rule permits: the route, its words, its picture; the first that is open is the main one
ACTS = (
    (rules.may_issue, "issue", "Cấp số và phát hành", "check2-square"),
    (rules.may_sign, "sign", "Ký văn bản", "pencil-square"),
    (rules.may_send, "send", "Trình ký", "send"),
    (rules.may_edit, "edit", "Sửa dự thảo", "pencil"),
    (rules.may_attach_scan, "scan", "Tải bản đã ký lên", "upload"),
    (rules.may_send_back, "send_back", "Trả lại để sửa", "reply"),
    (rules.may_follow_up, "replace", "Soạn văn bản thay thế", "file-earmark-plus"),
    (rules.may_follow_up, "correct", "Soạn công văn đính chính", "pencil-square"),
    (rules.may_copy, "copy", "Lập bản sao y", "file-earmark-text"),
    (rules.may_copy, "extract", "Lập bản trích sao", "file-earmark-text"),
    (rules.may_copy_copy, "copy_again", "Lập bản sao lục", "file-earmark-text"),
    (rules.may_recall, "recall", "Thu hồi văn bản", "dash-circle"),
)


def acts_of(paper: OfficialDocument, user: User) -> list[Act]:
    return [
        Act(
            label,
            reverse(f"documents:{name}", args=[paper.ref]),
            icon,
            danger=name == "recall",
            may_lead=name not in UNDOING,
        )
        for may, name, label, icon in ACTS
        if may(paper, user)
    ]

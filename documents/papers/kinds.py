"""What each kind of paper is called, and which form of the decree draws it."""

from typing import NamedTuple

from documents.stages import PaperKind


class Form(NamedTuple):
    """A template, the name that is printed, and whether the paper bears a number, a place and day.

    about: how a title that begins with a small letter goes on from the name of the kind.
    """

    template: str
    type_name: str = ""
    is_numbered: bool = True
    is_dated: bool = True
    about: str = ""


FORMS = {
    PaperKind.OFFICIAL_LETTER: Form("cong_van", about="V/v "),
    PaperKind.DECISION: Form("quyet_dinh", "Quyết định", about="Về việc "),
    PaperKind.REPORT: Form("van_ban", "Báo cáo"),
    PaperKind.SUBMISSION: Form("van_ban", "Tờ trình", about="Về việc "),
    PaperKind.NOTICE: Form("van_ban", "Thông báo", about="Về việc "),
    PaperKind.PLAN: Form("van_ban", "Kế hoạch"),
    PaperKind.MINUTES: Form("bien_ban", "Biên bản", is_dated=False),
    PaperKind.RECEIPT_SLIP: Form("phieu_tiep_nhan", "Phiếu tiếp nhận", is_numbered=False),
    PaperKind.REVIEW_SLIP: Form("phieu", "Phiếu trình", is_numbered=False),
    PaperKind.LEGAL_CHECK_SLIP: Form("phieu", "Phiếu kiểm tra pháp lý", is_numbered=False),
    PaperKind.COPY: Form("van_ban", "Bản sao"),  # drawn as the kind that its facts say
    PaperKind.REGISTER: Form(
        "so_van_ban", "Sổ đăng ký văn bản đi", is_numbered=False, is_dated=False
    ),
}
ANY = Form("van_ban")
TEMPLATES = {kind: form.template for kind, form in FORMS.items()}


def form_of(kind: str) -> Form:
    """The form of a kind; a kind without one is drawn as any paper with a name."""
    return FORMS[PaperKind(kind)] if kind in PaperKind and PaperKind(kind) in FORMS else ANY

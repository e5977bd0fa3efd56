"""Which template draws which kind of paper."""

from documents.stages import PaperKind

TEMPLATES = {
    PaperKind.RECEIPT_SLIP: "phieu_tiep_nhan",
    PaperKind.REVIEW_SLIP: "phieu_trinh",
} | {
    kind: "van_ban"
    for kind in PaperKind
    if kind not in {PaperKind.RECEIPT_SLIP, PaperKind.REVIEW_SLIP}
}

"""The words of this app's entries in the journal."""

from journal.timeline import Data, Label


def _numbered(verb: str) -> Label:
    def words(data: Data) -> str:
        return f"{verb} số {data['number']:02d}/{data['notation']}"

    return Label(words, "check2-square", "green", "paper")


LABELS = {
    "paper.draw": Label("lập tệp PDF của văn bản", "file-earmark-pdf"),
    "paper.annex": Label("lập tệp phụ lục của văn bản", "file-earmark-pdf"),
    "paper.edit": Label("sửa dự thảo văn bản", "pencil", kind="paper"),
    "paper.send": Label("trình ký văn bản", "send", "blue", "paper"),
    "paper.sign": Label("ký văn bản", "pencil-square", "green", "paper"),
    "paper.send_back": Label("trả lại văn bản để sửa", "reply", "amber", "paper"),
    "paper.issue": _numbered("phát hành văn bản"),
    "paper.issued": _numbered("phát hành văn bản"),
    "paper.recall": Label("thu hồi văn bản", "dash-circle", "amber", "paper"),
    "paper.cancel": Label("hủy dự thảo văn bản", "dash-circle", kind="paper"),
    "paper.be_replaced": Label("thay thế văn bản", "file-earmark-plus", kind="paper"),
    "paper.be_corrected": Label("đính chính văn bản", "pencil-square", kind="paper"),
    "paper.follow_up": Label(
        "soạn văn bản thay thế hoặc đính chính", "file-earmark-plus", "", "paper"
    ),
    "paper.write": Label("soạn dự thảo văn bản", "pencil-square", kind="paper"),
    "paper.copy": Label("lập dự thảo bản sao", "file-earmark-text", kind="paper"),
    "paper.stamp": Label("gắn dấu thời gian cho tệp văn bản", "clock-history", kind="paper"),
    "paper.receive": Label("xác nhận đã nhận văn bản", "download", kind="paper"),
    "paper.scan": Label("lưu bản đã ký của văn bản", "upload", kind="paper"),
    "register.close": Label("khóa sổ văn bản đi", "lock", kind="paper"),
    "register.export": Label("xuất sổ văn bản đi ra Excel", "file-earmark-excel", kind="paper"),
    "register.seal": Label("thay ảnh con dấu của cơ quan", "award", kind="paper"),
    "paper.signature_picture": Label("thay ảnh chữ ký", "pencil-square", kind="paper"),
    "register.outside": Label("ghi số dùng ngoài cổng", "book", kind="paper"),
    "register.abbreviation": Label("khai báo chữ viết tắt", "list", kind="paper"),
    "register.body": Label("khai báo hội đồng, ban, tổ", "people", kind="paper"),
    "register.series": Label("khai báo dãy số văn bản", "list", kind="paper"),
}

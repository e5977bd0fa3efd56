"""What many tasks of one kind are called, and where they are listed."""

# What is many of one kind, in words, and where the many of them are listed.
TOGETHER = {
    "COLLECTIVE_MEETING": ("{n} đề xuất chờ quyết định", "proposals:queue", "Mở hàng chờ"),
    "INTAKE": ("{n} đề xuất chờ tiếp nhận", "proposals:intake", "Tiếp nhận"),
    "DOC_NUMBERING": ("{n} văn bản chờ cấp số", "documents:desk", "Cấp số"),
    "DOC_SIGNING": ("{n} văn bản chờ ký", "documents:papers", "Mở danh sách"),
}

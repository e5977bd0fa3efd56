"""The four conditions of a proposal (Nghị định 73/2023/NĐ-CP, Điều 5), as the legal check asks."""

CONDITIONS = (
    ("a", "Có khả năng tháo gỡ điểm nghẽn chưa được quy định và giải quyết hiệu quả."),
    ("b", "Vì lợi ích chung, có giá trị thiết thực."),
    (
        "c",
        "Xuất phát từ yêu cầu cấp thiết; không ảnh hưởng quốc phòng, an ninh, trật tự và sự phát "
        "triển của địa phương, cơ quan khác.",
    ),
    (
        "d",
        "Theo hướng phân cấp, phân quyền, cải cách thủ tục hành chính, ứng dụng công nghệ "
        "thông tin.",
    ),
)
ANSWERS = (("met", "Đạt"), ("not_met", "Không đạt"), ("unclear", "Cần làm rõ"))
CHECKED = (
    ("favourable", "Không trái quy định"),
    ("with_changes", "Cần điều chỉnh"),
    ("unfavourable", "Trái quy định"),
)

"""The guide: one topic for each thing that somebody comes to do, in the order of the road."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    who: str
    steps: tuple[str, ...]
    note: str = ""


TOPICS = (
    Topic(
        "gui-de-xuat",
        "Tôi muốn gửi một đề xuất",
        "Cán bộ, công chức, viên chức",
        (
            "Mở Tạo đề xuất, đọc phần chuẩn bị rồi chọn Bắt đầu.",
            "Viết lần lượt sáu phần. Nội dung được lưu sau mỗi lần dừng gõ; có thể nghỉ rồi viết tiếp.",
            "Mời người cùng đề xuất và ghi tỷ lệ đóng góp. Mỗi người tự xác nhận phần của mình.",
            "Mở Kiểm tra và gửi, đọc lại từng câu trả lời, xem nơi nhận rồi chọn Gửi đề xuất.",
            "Tải phiếu tiếp nhận. Phiếu chứng minh đã báo cáo người đứng đầu trước khi làm.",
        ),
        "Không đưa nội dung bí mật nhà nước lên cổng này.",
    ),
    Topic(
        "bo-sung-phan-hoi",
        "Tôi được đề nghị bổ sung, hoặc đề xuất chưa được đồng ý",
        "Người đề xuất",
        (
            "Mở Việc của tôi và chọn Bổ sung hồ sơ. Mỗi yêu cầu đứng cạnh mục cần sửa.",
            "Sửa, so với bản cũ, rồi chọn Gửi bản bổ sung. Thời hạn của cơ quan tính tiếp từ lúc đó.",
            "Nếu đề xuất chưa được đồng ý, đọc lý do và chọn Phản hồi. Mỗi đề xuất được phản hồi một lần.",
        ),
    ),
    Topic(
        "tiep-nhan",
        "Tôi tiếp nhận và kiểm tra pháp lý",
        "Đầu mối cơ quan",
        (
            "Mở Tiếp nhận. Hồ sơ đủ sáu phần được tiếp nhận bằng một lần bấm.",
            "Mở hồ sơ, lập phiếu kiểm tra pháp lý: bốn điều kiện, kết quả và ghi chú.",
            "Xin ý kiến cấp ủy hoặc cơ quan liên quan khi hồ sơ cần. Văn bản trả lời được ghi vào hồ sơ.",
        ),
    ),
    Topic(
        "quyet-dinh",
        "Tôi quyết định một đề xuất",
        "Người đứng đầu, cấp phó được ủy quyền",
        (
            "Mở Chờ quyết định. Hồ sơ gần đến hạn đứng trước.",
            "Đọc điểm cần lưu ý, bốn thông tin chính và năm đoạn tóm tắt.",
            "Chọn một trong năm quyết định, điền các mục hiện ra, chọn Xem lại quyết định.",
            "Đọc câu tóm tắt và dự thảo văn bản, chọn Xác nhận quyết định.",
        ),
        "Không ai xem xét đề xuất của chính mình. Đề xuất của người đứng đầu được chuyển lên cấp trên.",
    ),
    Topic(
        "thi-diem",
        "Tôi thực hiện thí điểm",
        "Nhóm thí điểm",
        (
            "Lập kế hoạch: chỉ tiêu, mốc công việc, thành viên và điều kiện dừng. Sau đó bắt đầu thí điểm.",
            "Cập nhật chỉ tiêu kèm minh chứng. Số đã nhập được đính chính, không bị xóa.",
            "Gửi báo cáo tiến độ theo kỳ. Gặp khó khăn thì gửi yêu cầu hỗ trợ.",
            "Báo sự cố ngay khi xảy ra, trong chưa đầy một phút. Báo sớm giúp bảo vệ người thực hiện.",
            "Khi kết thúc, gửi báo cáo kết quả trong 5 ngày làm việc.",
        ),
    ),
    Topic(
        "danh-gia",
        "Tôi đánh giá kết quả và ghi nhận",
        "Người đứng đầu, người tham gia đánh giá",
        (
            "Đọc báo cáo kết quả, ý kiến cấp ủy và ý kiến của từng thành viên.",
            "Đối chiếu chỉ tiêu với mục tiêu; nêu nguyên nhân khách quan, chủ quan kèm minh chứng.",
            "Kết luận: đạt, đạt một phần hoặc chưa đạt mục tiêu.",
            "Khi chưa đạt hoặc có thiệt hại, lập hồ sơ xem xét trách nhiệm theo ba tiêu chí.",
            "Khi đạt mục tiêu, đề nghị biểu dương, khen thưởng. Sau cùng ghi nhận kết quả của đề xuất.",
        ),
    ),
    Topic(
        "thoi-han",
        "Vì sao thời hạn là ngày này",
        "Mọi người",
        (
            "Bấm vào thời hạn trên bất kỳ hồ sơ nào.",
            "Trang mở ra cho biết ngày bắt đầu, từng ngày được tính hoặc không tính, lý do và căn cứ.",
        ),
        "Ngày xảy ra sự kiện không tính. Thứ Bảy làm bù là ngày làm việc.",
    ),
)

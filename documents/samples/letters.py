"""Letters of unusual shape, typed as a clerk would type them: names of offices are real, people and
matters made up."""

from typing import Any, cast

from documents.papers.description import FORMAT, Annex, Attached, Paper
from documents.stages import PaperKind
from documents.typed import blocks_of, lines_of_text, recipients_of


def _typed(text: str = "", **facts: Any) -> Paper:
    """The facts of a paper from texts as they stand in the fields of the editing page."""
    for name, read in (("addressees", lines_of_text), ("grounds", lines_of_text)):
        if name in facts:
            facts[name] = read(facts[name])
    facts["recipients"] = recipients_of(facts.get("recipients", ""))
    return cast(Paper, {"format_spec": FORMAT, "body": blocks_of(text)} | facts)


def _annex(title: str, text: str, **over: Any) -> Annex:
    return cast(Annex, {"title": title, "body": blocks_of(text)} | over)


DISTRICT = _typed(
    """
Qua kiểm tra công tác tiếp nhận và trả kết quả giải quyết thủ tục hành chính 6 tháng đầu năm 2022 \
trên địa bàn huyện, Ủy ban nhân dân huyện nhận thấy còn một số tồn tại, hạn chế cần khắc phục \
ngay. Để bảo đảm phục vụ tốt người dân và tổ chức, Chủ tịch Ủy ban nhân dân huyện yêu cầu:
1. Trưởng các phòng chuyên môn
a) Rà soát, niêm yết công khai đầy đủ thủ tục hành chính thuộc thẩm quyền giải quyết; thời hạn \
hoàn thành trước ngày 15/7/2022;
b) Không yêu cầu người dân nộp thêm giấy tờ ngoài thành phần hồ sơ theo quy định;
c) Tổng hợp số liệu hồ sơ quá hạn theo biểu sau:
| TT | Phòng chuyên môn | Hồ sơ tiếp nhận | Hồ sơ quá hạn | < | Ghi chú |
| ^ | ^ | ^ | Số lượng | Tỷ lệ (%) | ^ |
|---|---|---|---|---|---|
| 1 | Phòng Tài nguyên và Môi trường | 1.245 | 38 | 3,05 | Trong đó 12 hồ sơ chờ trích đo |
| 2 | Phòng Lao động - Thương binh và Xã hội | 612 | 4 | 0,65 | |
| 3 | Phòng Tư pháp | 2.018 | 0 | 0,00 | |
| | Cộng | 3.875 | 42 | 1,08 | |
d) Cử công chức có năng lực làm việc tại Bộ phận Tiếp nhận và Trả kết quả;
đ) Báo cáo kết quả thực hiện về Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện.
2. Chủ tịch Ủy ban nhân dân các xã
2.1. Bố trí địa điểm, trang thiết bị tiếp nhận hồ sơ:
- Tại trụ sở Ủy ban nhân dân xã:
+ Máy tính kết nối mạng, máy quét;
+ Ghế ngồi chờ, nước uống cho người dân;
- Tại các thôn xa trung tâm: bố trí lịch tiếp nhận lưu động mỗi tháng ít nhất 02 lần.
2.2. Tổ chức trả kết quả tại nhà đối với người cao tuổi, người khuyết tật.
3. Giao Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện theo dõi, đôn đốc, tổng hợp, báo cáo \
Ủy ban nhân dân huyện trước ngày 25 hằng tháng.
Yêu cầu Thủ trưởng các cơ quan, đơn vị và Chủ tịch Ủy ban nhân dân các xã nghiêm túc thực hiện.
""",
    kind=PaperKind.OFFICIAL_LETTER,
    agency_lines=["Ủy ban nhân dân", "huyện Ninh Sơn"],
    place="Ninh Sơn",
    dated="2022-07-04",
    number=1386,
    notation="UBND-VP",
    title="chấn chỉnh công tác tiếp nhận và trả kết quả giải quyết thủ tục hành chính trên địa bàn "
    "huyện",
    urgency="HOẢ TỐC",
    addressees="""
Trưởng các phòng chuyên môn thuộc Ủy ban nhân dân huyện
Giám đốc Chi nhánh Văn phòng Đăng ký đất đai Ninh Sơn
Giám đốc Bảo hiểm xã hội huyện
Chi cục trưởng Chi cục Thuế khu vực Ninh Sơn - Bác Ái
Trưởng Công an huyện
Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam huyện và các tổ chức chính trị - xã hội huyện
Chủ tịch Ủy ban nhân dân các xã: Quảng Sơn, Lương Sơn, Lâm Sơn, Mỹ Sơn, Hòa Sơn, Ma Nới, Nhơn Sơn
Chủ tịch Ủy ban nhân dân thị trấn Tân Sơn
""",
    recipients="""
UBND tỉnh (b/c)
Sở Nội vụ; Sở Thông tin và Truyền thông (b/c)
Thường trực Huyện ủy; Thường trực HĐND huyện (b/c)
CT, các PCT UBND huyện
Cổng thông tin điện tử huyện (để đăng tin)
VPUB: CVP, các PCVP, CV
""",
    keeping="VT, VP",
    drafter="NTM",
    copies=32,
    agency_contact="Đường Lê Duẩn, thị trấn Tân Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận. "
    "Điện thoại: (0259) 3.854.000",
    signature={
        "lines": ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "name": "Nguyễn Thị Ví Dụ",
    },
)
HOME_AFFAIRS = _typed(
    """
Sở Nội vụ nhận được Công văn số 812/UBND-NV ngày 09/6/2022 của Ủy ban nhân dân huyện Ninh Phước về \
việc hướng dẫn hồ sơ đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh. Sau khi nghiên cứu, \
Sở Nội vụ có ý kiến như sau:
I. VỀ THÀNH PHẦN HỒ SƠ
1. Tờ trình của Ủy ban nhân dân huyện.
2. Báo cáo thành tích của tập thể, cá nhân, có xác nhận của cấp trình khen.
3. Điều 53 của Luật Thi đua, khen thưởng quy định: “1. Bằng khen được tặng cho cá nhân.
2. Hồ sơ gồm ba bộ.”
II. VỀ THỜI HẠN
1. Hồ sơ gửi về Sở Nội vụ trước ngày 30/6/2022.
2. Hồ sơ gửi sau thời hạn nêu trên được xét trong đợt sau.
(Kèm theo Phụ lục I, Phụ lục II và Phụ lục III)
Đề nghị Ủy ban nhân dân huyện Ninh Phước nghiên cứu, thực hiện./.
""",
    kind=PaperKind.OFFICIAL_LETTER,
    parent_lines=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    agency_lines=["Sở Nội vụ"],
    place="Ninh Thuận",
    dated="2022-06-14",
    number=123,
    notation="SNV-CCVC",
    title="hướng dẫn hồ sơ đề nghị khen thưởng",
    addressees="Ủy ban nhân dân huyện Ninh Phước",
    recipients="Giám đốc, các PGĐ Sở\nBan Thi đua - Khen thưởng tỉnh",
    keeping="VT, CCVC",
    drafter="LVM",
    signature={
        "lines": ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        "name": "Đỗ Văn Mẫu",
    },
    annexes=[
        _annex(
            "Danh mục thành phần hồ sơ",
            "| TT | Tên giấy tờ | Số bản |\n| 1 | Tờ trình | 02 |\n| 2 | Báo cáo thành tích | 03 |",
        ),
        _annex(
            "Tổng hợp đề nghị khen thưởng",
            "| TT | Họ và tên, ngày tháng năm sinh | Chức vụ, đơn vị công tác | Hình thức khen "
            "| < | "
            "Thành tích tóm tắt |\n| ^ | ^ | ^ | Năm trước | Năm nay | ^ "
            "|\n|---|---|---|---|---|---|\n"
            "| 1 | Trần Văn Ví Dụ, 12/03/1984 | Phó Chủ tịch Ủy ban nhân dân xã Phước Hữu | "
            "Giấy khen | "
            "Bằng khen | Có 02 sáng kiến được áp dụng trên địa bàn huyện, rút ngắn 50% thời "
            "gian giải "
            "quyết hồ sơ |",
            orientation="landscape",
        ),
        _annex(
            "Mẫu Báo cáo thành tích",
            "I. Sơ lược lý lịch\n1. Họ và tên:\n2. Ngày, tháng, năm sinh:\nII. Thành tích đạt "
            "được\n"
            "Nêu rõ nhiệm vụ được giao, kết quả đạt được.",
        ),
    ],
)
BY_MANDATE = HOME_AFFAIRS | _typed(
    "Thực hiện ủy quyền của Chủ tịch Ủy ban nhân dân tỉnh tại Giấy ủy quyền số 07/GUQ-UBND ngày "
    "02/6/2022, Sở Nội vụ thông báo lịch họp như sau:\n"
    "- Thời gian: 08 giờ 00, ngày 20/6/2022;\n- Địa điểm: Phòng họp số 2, Sở Nội vụ.",
    kind=PaperKind.OFFICIAL_LETTER,
    agency_lines=["Ủy ban nhân dân", "tỉnh Ninh Thuận"],
    notation="UBND-SNV",
    title="lịch họp xét khen thưởng chuyên đề năm 2022",
    urgency="KHẨN",
    addressees="Các thành viên Hội đồng Thi đua - Khen thưởng tỉnh",
    recipients="CT, các PCT UBND tỉnh (b/c)",
    keeping="VT, SNV",
    signature={"lines": ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"], "name": "Phạm Thị Mẫu"},
)
BY_MANDATE = cast(Paper, {**BY_MANDATE, "parent_lines": [], "annexes": []})
RULES = _typed(
    """
Điều 1. Ban hành kèm theo Quyết định này Quy chế xét, công nhận đề xuất đổi mới, sáng tạo trên địa \
bàn tỉnh Ninh Thuận.
Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc các Sở; Thủ trưởng các ban, ngành thuộc Ủy \
ban nhân dân tỉnh; Chủ tịch Ủy ban nhân dân các huyện, thành phố và các tổ chức, cá nhân có liên \
quan chịu trách nhiệm thi hành Quyết định này.
""",
    kind=PaperKind.DECISION,
    agency_lines=["Ủy ban nhân dân", "tỉnh Ninh Thuận"],
    place="Ninh Thuận",
    dated="2022-08-09",
    number=412,
    notation="QĐ-UBND",
    title="ban hành Quy chế xét, công nhận đề xuất đổi mới, sáng tạo trên địa bàn tỉnh Ninh Thuận",
    authority="Ủy ban nhân dân tỉnh Ninh Thuận",
    grounds="""
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015
Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền \
địa phương ngày 22 tháng 11 năm 2019
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 1290/TTr-SNV ngày 01 tháng 8 năm 2022
""",
    recipients="""
Bộ Nội vụ (b/c)
Thường trực: Tỉnh ủy, HĐND tỉnh (b/c)
CT và các PCT UBND tỉnh
VPUB: LĐ, CV
""",
    keeping="VT, VXNV",
    drafter="ĐNĐ",
    signature={
        "lines": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "name": "Lê Thị Mẫu",
    },
    attached=cast(
        Attached,
        {
            "type_name": "Quy chế",
            "title": "Xét, công nhận đề xuất đổi mới, sáng tạo trên địa bàn tỉnh Ninh Thuận",
            "body": blocks_of(
                """
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng
1. Quy chế này quy định việc tiếp nhận, xem xét và công nhận đề xuất đổi mới, sáng tạo.
2. Quy chế này áp dụng đối với cán bộ, công chức, viên chức trên địa bàn tỉnh.
Điều 2. Nguyên tắc xét, công nhận
1. Công khai, khách quan, kịp thời.
2. Không trái với Hiến pháp và pháp luật.
Chương II
TRÌNH TỰ XÉT, CÔNG NHẬN
Mục 1
TIẾP NHẬN
Điều 3. Hồ sơ đề xuất
1. Hồ sơ gồm:
a) Bản mô tả đề xuất;
b) Văn bản đồng ý của người đứng đầu;
c) Tài liệu chứng minh (nếu có).
2. Hồ sơ nộp trực tuyến hoặc trực tiếp.
Mục 2
XEM XÉT, QUYẾT ĐỊNH
Điều 4. Thời hạn xem xét
Thời hạn xem xét là 30 ngày kể từ ngày nhận đủ hồ sơ; trường hợp phức tạp có thể kéo dài nhưng \
không quá 45 ngày.
Điều 5. Hội đồng thẩm định
1. Chủ tịch Ủy ban nhân dân tỉnh thành lập Hội đồng thẩm định.
2. Hội đồng làm việc theo nguyên tắc tập thể, quyết định theo đa số.
Chương III
TỔ CHỨC THỰC HIỆN
Điều 6. Trách nhiệm thi hành
Sở Nội vụ chủ trì, phối hợp với các cơ quan có liên quan tổ chức thực hiện Quy chế này.
"""
            ),
        },
    ),
)
HALF_YEAR = _typed(
    """
Thực hiện Kế hoạch số 2506/KH-UBND ngày 09 tháng 6 năm 2022 của Ủy ban nhân dân tỉnh, Sở Tài \
nguyên và Môi trường báo cáo kết quả như sau:
I. KẾT QUẢ THỰC HIỆN
1. Công tác chỉ đạo, điều hành
a) Ban hành 03 văn bản chỉ đạo;
b) Tổ chức 02 hội nghị quán triệt với 214 lượt người tham dự.
2. Kết quả cụ thể (số liệu chi tiết tại Phụ lục kèm theo)
a) Về đất đai: giải quyết 4.120 hồ sơ, đúng hạn 98,2%;
b) Về môi trường: kiểm tra 37 cơ sở.
II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN
1. Tồn tại, hạn chế
Một số hồ sơ phải bổ sung nhiều lần.
2. Nguyên nhân
a) Nguyên nhân khách quan: bản đồ địa chính chưa đồng bộ;
b) Nguyên nhân chủ quan: công tác phối hợp có lúc chưa kịp thời.
III. PHƯƠNG HƯỚNG, NHIỆM VỤ
1. Tiếp tục thực hiện thí điểm tại 03 xã.
2. Hoàn thành số hóa hồ sơ trước ngày 30/11/2022.
IV. ĐỀ XUẤT, KIẾN NGHỊ
Kính đề nghị Ủy ban nhân dân tỉnh bố trí kinh phí trang bị máy quét cho cấp xã.
Trên đây là kết quả thực hiện đề xuất đổi mới, sáng tạo năm 2022, Sở Tài nguyên và Môi trường \
kính báo cáo Ủy ban nhân dân tỉnh.
""",
    kind=PaperKind.REPORT,
    parent_lines=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    agency_lines=["Sở Tài nguyên và Môi trường"],
    place="Ninh Thuận",
    dated="2022-12-02",
    number=7,
    notation="BC-STNMT",
    title="Kết quả thực hiện đề xuất đổi mới, sáng tạo năm 2022",
    addressees="Ủy ban nhân dân tỉnh Ninh Thuận",
    recipients="Sở Nội vụ\nGiám đốc, các PGĐ Sở",
    keeping="VT, VP",
    signature={"lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "name": "Vũ Văn Mẫu"},
    annexes=[
        _annex(
            "Tổng hợp kết quả theo đơn vị hành chính cấp huyện",
            "\n".join(
                [
                    "| TT | Huyện, thành phố | Hồ sơ | < | < | Đúng hạn (%) | Trả tại nhà | Ghi "
                    "chú |",
                    "| ^ | ^ | Tiếp nhận | Đã giải quyết | Đang giải quyết | ^ | ^ | ^ |",
                    "|---|---|---|---|---|---|---|---|",
                    "| I | Khu vực đồng bằng | < | < | < | < | < | < |",
                    "| 1 | Thành phố Phan Rang - Tháp Chàm | 2.104 | 2.088 | 16 | 99,1 | 204 | |",
                    "| 2 | Huyện Ninh Phước | 812 | 790 | 22 | 97,6 | 98 | |",
                    "| II | Khu vực miền núi | < | < | < | < | < | < |",
                    "| 3 | Huyện Bác Ái | 356 | 341 | 15 | 96,3 | 210 | Có 03 xã thí điểm |",
                ]
            ),
            orientation="landscape",
            is_apart=True,
        )
    ],
)
OF_COUNCIL = _typed(
    """
Ngày 20 tháng 6 năm 2022, Hội đồng thẩm định đề xuất đổi mới, sáng tạo tỉnh họp phiên thứ nhất. \
Chủ tịch Hội đồng kết luận như sau:
1. Thống nhất cho thực hiện thí điểm 02 đề xuất.
2. Giao thành viên Thường trực hoàn thiện hồ sơ trình Ủy ban nhân dân tỉnh.
""",
    kind=PaperKind.NOTICE,
    parent_lines=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    agency_lines=["Hội đồng thẩm định đề xuất đổi mới, sáng tạo"],
    place="Ninh Thuận",
    dated="2022-06-21",
    number=3,
    notation="TB-HĐTĐ",
    title="Kết luận phiên họp thứ nhất của Hội đồng thẩm định đề xuất đổi mới, sáng tạo tỉnh",
    recipients="Chủ tịch UBND tỉnh (b/c)\nCác thành viên Hội đồng\nSở Tài nguyên và Môi trường",
    keeping="VT, HĐTĐ",
    signature={
        "lines": ["TM. HỘI ĐỒNG", "CHỦ TỊCH"],
        "name": "Lê Thị Mẫu",
        "other_post": "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH THUẬN",
    },
)
LETTERS: dict[str, Paper] = {
    "cong-van-huyen-hoa-toc": DISTRICT,
    "cong-van-so-ba-phu-luc": HOME_AFFAIRS,
    "cong-van-thua-uy-quyen": BY_MANDATE,
    "quyet-dinh-ban-hanh-quy-che": RULES,
    "bao-cao-phu-luc-tep-rieng": HALF_YEAR,
    "thong-bao-cua-hoi-dong": OF_COUNCIL,
}

"""A short and a long paper of each kind: places and laws are real, persons and cases made up."""

from documents.papers.description import Annex, Attached, Block, Copy, Paper
from documents.samples.blocks import (
    article,
    clause,
    dashes,
    fact,
    heading,
    paragraph,
    points,
    table,
)
from documents.samples.signatures import SIGNATURES
from documents.stages import PaperKind

OFFICE_NAME = "Sở Tài nguyên và Môi trường"
CASE = "Trả kết quả đất đai tại nhà cho người cao tuổi ở các xã miền núi huyện Bác Ái"
RULES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính "
    "quyền địa phương ngày 22 tháng 11 năm 2019",
    "Căn cứ Kết luận số 14-KL/TW ngày 22 tháng 9 năm 2021 của Bộ Chính trị về chủ trương khuyến "
    "khích và bảo vệ cán bộ năng động, sáng tạo vì lợi ích chung",
    "Theo đề nghị của Giám đốc Sở Tài nguyên và Môi trường tại Tờ trình số 45/TTr-STNMT ngày 06 "
    "tháng 6 năm 2022",
)
PROVINCE = Paper(
    format_spec="ND30-2020",
    parent_lines=[],
    agency_lines=["Ủy ban nhân dân", "tỉnh Ninh Thuận"],
    place="Ninh Thuận",
    dated="2022-06-08",
    number=5,
    keeping="VT, VXNV",
    signature=SIGNATURES["tm"],
)
OFFICE = PROVINCE | Paper(
    parent_lines=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    agency_lines=["Sở Tài nguyên và Môi trường"],
    keeping="VT, VP",
    signature=SIGNATURES["kt"],
)
LONG = (
    "Các cơ quan, đơn vị, địa phương tập trung lãnh đạo, chỉ đạo thực hiện; thường xuyên theo dõi, "
    "kiểm tra, giám sát quá trình triển khai thực hiện thí điểm các đề xuất mới, sáng tạo; chủ "
    "động phát hiện những vấn đề nảy sinh, kịp thời động viên, hỗ trợ, tháo gỡ khó khăn, vướng "
    "mắc hoặc xem xét, điều chỉnh, có quyết định phù hợp với tình hình thực tế."
)
LONGS = (  # the tasks of the province's order, each about as long as a paragraph is
    LONG,
    "Nâng cao nhận thức, tăng cường trách nhiệm của cơ quan, đơn vị, địa phương, nhất là người "
    "đứng đầu, tạo sự thống nhất cao trong toàn cơ quan, đơn vị, địa phương và đồng thuận trong xã "
    "hội về chủ trương khuyến khích và bảo vệ cán bộ, công chức, viên chức năng động, sáng tạo, "
    "dám nghĩ, dám làm, dám đột phá vì lợi ích chung.",
    "Khuyến khích cán bộ, công chức, viên chức có tư duy sáng tạo, cách làm đột phá, tháo gỡ, giải "
    "quyết những điểm nghẽn, nút thắt trong cơ chế, chính sách, tập trung vào những vấn đề chưa "
    "được quy định hoặc đã có quy định nhưng không phù hợp với thực tiễn, mang lại giá trị, hiệu "
    "quả thiết thực.",
    "Người đứng đầu, tập thể lãnh đạo cơ quan, đơn vị, địa phương quan tâm hỗ trợ nguồn lực, tạo "
    "điều kiện thuận lợi để cán bộ, công chức, viên chức triển khai thực hiện; phát hiện sớm và "
    "kịp thời uốn nắn, chấn chỉnh sai sót, vi phạm.",
    "Định kỳ sơ kết, tổng kết, đẩy mạnh tuyên truyền, nhân rộng những mô hình, giải pháp thí điểm, "
    "đổi mới, sáng tạo có hiệu quả; biểu dương, khen thưởng xứng đáng; ưu tiên bố trí, sử dụng cán "
    "bộ, công chức, viên chức có tư duy đổi mới, cách làm đột phá, sáng tạo, hiệu quả cao.",
    "Xử lý nghiêm việc lợi dụng chủ trương khuyến khích và bảo vệ cán bộ, công chức, viên chức để "
    "thực hiện hoặc bao che hành vi vụ lợi, tham nhũng, tiêu cực, vi phạm kỷ luật của Đảng và pháp "
    "luật của Nhà nước.",
)
MANY = [
    {"text": "Thường trực: Tỉnh ủy, HĐND tỉnh", "note": "b/c"},
    {"text": "Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân tỉnh"},
    {"text": "Ban Tổ chức Tỉnh ủy; Ban Tuyên giáo Tỉnh ủy; Ủy ban Kiểm tra Tỉnh ủy"},
    {
        "text": "Các Sở: Nội vụ, Tư pháp, Tài chính, Thông tin và Truyền thông",
        "note": "để phối hợp",
    },
    {"text": "Ủy ban nhân dân huyện Bác Ái"},
    {"text": "VPUB: LĐ, CV"},
]
FIGURES = table(
    [("TT", 1, "center"), ("Chỉ tiêu", 5, "left"), ("Mục tiêu", 2, "right"), ("Đạt", 2, "right")],
    [
        ["1", "Hồ sơ được trả kết quả tại nhà", "400", "512"],
        ["2", "Người cao tuổi hài lòng (%)", "90", "96,4"],
        ["3", "Số lượt đi lại giảm được", "800", "1.024"],
    ],
)


def _long(place: int) -> str:
    return LONGS[place % len(LONGS)]


def _plan_body(times: int = 1) -> list[Block]:
    return [
        heading(
            "Mục đích, yêu cầu", clause(_long(1), title="Mục đích"), clause(LONG, title="Yêu cầu")
        ),
        heading(
            "Nội dung thực hiện",
            clause(
                "Đối tượng áp dụng:",
                *points("Người cao tuổi;", "Người khuyết tật;", "Người có công;"),
                *points("Hộ nghèo ở các xã miền núi;", "Người được ủy quyền hợp pháp."),
            ),
            *(clause(_long(at)) for at in range(2, times + 2)),
        ),
        heading("Tổ chức thực hiện", clause("Giao Sở Tài nguyên và Môi trường chủ trì."), FIGURES),
        paragraph(
            "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan, đơn vị báo cáo Ủy ban "
            "nhân dân tỉnh xem xét, quyết định."
        ),
    ]


def _decision_body(first: Block, *more: Block) -> list[Block]:
    return [
        first,
        *more,
        article("Quyết định này có hiệu lực kể từ ngày ký."),
        article(
            "Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc các Sở: Tài nguyên và Môi trường, Nội "
            "vụ; Chủ tịch Ủy ban nhân dân huyện Bác Ái và Thủ trưởng các cơ quan, đơn vị có liên "
            "quan chịu trách nhiệm thi hành Quyết định này."
        ),
    ]


def _annexes() -> list[Annex]:
    columns = [
        ("TT", 1, "center"),
        ("Xã", 4, "left"),
        ("Số hộ", 2, "right"),
        ("Ghi chú", 4, "left"),
    ]
    rows = [[str(at), f"Xã Phước {at}", f"{at * 37}", ""] for at in range(1, 41)]
    return [
        Annex(title="Danh sách các xã thực hiện thí điểm", body=[table(columns, rows)]),
        Annex(
            title="Tiến độ thực hiện theo từng tháng",
            orientation="landscape",
            body=[paragraph(LONG), table([*columns, ("Tháng 6", 2, "right")], rows[:30])],
        ),
    ]


LETTER = PROVINCE | Paper(
    kind=PaperKind.OFFICIAL_LETTER,
    notation="UBND-VXNV",
    title="bổ sung hồ sơ đề xuất thí điểm",
    addressees=["Sở Tài nguyên và Môi trường"],
    body=[
        paragraph(f"Qua xem xét hồ sơ đề xuất “{CASE}”, Ủy ban nhân dân tỉnh có ý kiến như sau:"),
        paragraph("Đề nghị Sở Tài nguyên và Môi trường bổ sung dự toán, gửi trước ngày 15/6/2022."),
    ],
    recipients=[{"text": "VPUB: LĐ, CV"}],
    drafter="ĐNĐ",
)
LONG_LETTER = LETTER | Paper(
    number=1608,
    urgency="THƯỢNG KHẨN",
    circulation="LƯU HÀNH NỘI BỘ",
    title=f"triển khai thực hiện thí điểm đề xuất {CASE[0].lower()}{CASE[1:]}",
    addressees=["Các Sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố"],
    body=[
        paragraph(LONG),
        *(clause(_long(at), paragraph(_long(at + 1))) for at in range(1, 15, 2)),
    ],
    recipients=MANY,  # type: ignore[typeddict-item]
    copies=30,
    agency_contact="Số 450 đường Thống Nhất, thành phố Phan Rang - Tháp Chàm, tỉnh Ninh Thuận. "
    "Điện thoại: (0259) 3.822.683. Trang thông tin điện tử: www.ninhthuan.gov.vn",
    check_code="7KQ2-M4XD-9TRB",
    check_url="https://dexuat.ninhthuan.gov.vn/kiem-tra-van-ban/7KQ2-M4XD-9TRB/",
    annexes=_annexes(),
)
DECISION = PROVINCE | Paper(
    kind=PaperKind.DECISION,
    notation="QĐ-UBND",
    title="cho phép thực hiện đề xuất đổi mới, sáng tạo",
    authority="Ủy ban nhân dân tỉnh Ninh Thuận",
    grounds=list(RULES),
    body=_decision_body(article(f"Cho phép thực hiện đề xuất “{CASE}”.")),
    recipients=[{"text": "VPUB: LĐ, CV"}],
)
LONG_DECISION = DECISION | Paper(
    number=184,
    title=f"Phê duyệt Kế hoạch thí điểm “{CASE}”",
    authority="Chủ tịch Ủy ban nhân dân tỉnh Ninh Thuận",
    signature=SIGNATURES["chu-tich"],
    body=_decision_body(
        article(f"Phê duyệt kèm theo Quyết định này Kế hoạch thí điểm “{CASE}”."),
        article(
            "",
            clause("Sở Tài nguyên và Môi trường:", *points("Chủ trì;", "Báo cáo hằng tháng.")),
            clause(_long(4)),
            title="Phân công thực hiện",
        ),
        article(_long(3), clause(LONG), clause(_long(2)), title="Nguồn lực"),
    ),
    recipients=MANY,  # type: ignore[typeddict-item]
    attached=Attached(type_name="Kế hoạch", title=f"Thí điểm “{CASE}”", body=_plan_body(6)),
)
REPORT = OFFICE | Paper(
    kind=PaperKind.REPORT,
    notation="BC-STNMT",
    title=f"Kết quả thực hiện thí điểm đề xuất “{CASE}”",
    addressees=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    body=[
        paragraph(f"Thực hiện đề xuất “{CASE}”, {OFFICE_NAME} báo cáo kết quả như sau:"),
        heading("Kết quả", paragraph("Kết quả các chỉ tiêu:"), FIGURES),
    ],
)
LONG_REPORT = REPORT | Paper(
    body=[
        *REPORT["body"],
        heading("Việc đã làm", *(clause(_long(at)) for at in range(9))),
        heading("Khó khăn, vướng mắc", *(clause(_long(at)) for at in (3, 5))),
        heading("Kiến nghị", paragraph(LONG), FIGURES),
        paragraph(f"{OFFICE_NAME} kính báo cáo Ủy ban nhân dân tỉnh Ninh Thuận."),
    ],
    annexes=_annexes()[:1],
)
SUBMISSION = OFFICE | Paper(
    kind=PaperKind.SUBMISSION,
    notation="TTr-STNMT",
    title="phê duyệt Kế hoạch thí điểm",
    addressees=["Ủy ban nhân dân tỉnh Ninh Thuận"],
    body=[
        paragraph(
            f"{OFFICE_NAME} đã xây dựng Kế hoạch thí điểm đề xuất “{CASE}”. Kế hoạch bảo đảm đủ "
            "nguồn lực, không trái quy định; dự thảo Quyết định phê duyệt gửi kèm theo."
        ),
        paragraph(f"{OFFICE_NAME} kính trình Ủy ban nhân dân tỉnh Ninh Thuận xem xét, quyết định."),
    ],
)
LONG_SUBMISSION = SUBMISSION | Paper(
    urgency="HOẢ TỐC",
    addressees=["Chủ tịch Ủy ban nhân dân tỉnh", "Phó Chủ tịch phụ trách khối"],
    body=_plan_body(5),
    recipients=MANY,  # type: ignore[typeddict-item]
)
NOTICE = PROVINCE | Paper(
    kind=PaperKind.NOTICE,
    notation="TB-UBND",
    title="Kết quả xem xét đề xuất đổi mới, sáng tạo",
    body=[
        paragraph(
            f"Ủy ban nhân dân tỉnh thông báo kết quả xem xét đề xuất “{CASE}” của ông Nguyễn Văn "
            "Mẫu, Chuyên viên, Sở Tài nguyên và Môi trường, như sau:"
        ),
        clause("Không chấp thuận đề xuất nêu trên."),
        clause("Lý do: chưa đủ nguồn lực thực hiện trong năm 2022."),
    ],
    recipients=[{"text": "Sở Tài nguyên và Môi trường"}, {"text": "Ông Nguyễn Văn Mẫu"}],
)
LONG_NOTICE = NOTICE | Paper(urgency="KHẨN", body=[clause(_long(at)) for at in range(14)])
PLAN = PROVINCE | Paper(
    kind=PaperKind.PLAN,
    notation="KH-UBND",
    title="Triển khai thực hiện Kết luận số 14-KL/TW ngày 22/9/2021 của Bộ Chính trị",
    body=_plan_body(),
    recipients=[{"text": "Các Sở, ban, ngành"}],
)
LONG_PLAN = PLAN | Paper(
    body=[
        Block(type="part", title="Quy định chung", children=_plan_body(4)),
        Block(type="part", title="Quy định cụ thể", children=_plan_body(4)),
    ],
    annexes=_annexes(),
)
MINUTES = OFFICE | Paper(
    kind=PaperKind.MINUTES,
    notation="BB-STNMT",
    title="Họp tập thể lãnh đạo xem xét đề xuất đổi mới, sáng tạo",
    minutes={
        "started": "08 giờ 00, ngày 06 tháng 6 năm 2022",
        "place": "Phòng họp số 1, Sở Tài nguyên và Môi trường",
        "attendants": ["Ban Giám đốc Sở: 04 đồng chí", "Chánh Văn phòng Sở"],
        "chair": "Bà Phạm Thị Mẫu, Giám đốc Sở",
        "secretary": "Ông Đỗ Văn Mẫu, Chuyên viên Văn phòng Sở",
        "ended": "11 giờ 30, ngày 06 tháng 6 năm 2022",
    },
    body=[clause("Người đề xuất trình bày."), clause(f"Ý kiến thảo luận: {LONG}")],
    keeping="VT, Hồ sơ",
    signature={"lines": ["CHỦ TỌA"], "name": "Phạm Thị Mẫu"},
    second_signature={"lines": ["THƯ KÝ"], "name": "Đỗ Văn Mẫu"},
)
LONG_MINUTES = MINUTES | Paper(
    body=[clause(_long(2 * at), *dashes(_long(2 * at + 1))) for at in range(7)]
)
SLIP = OFFICE | Paper(
    kind=PaperKind.REVIEW_SLIP,
    title="Xem xét đề xuất đổi mới, sáng tạo",
    code="DX-2022-0147",
    addressees=["Giám đốc Sở Tài nguyên và Môi trường"],
    body=[
        fact("Mã đề xuất", "DX-2022-0147"),
        fact("Tên đề xuất", CASE),
        fact("Người đề xuất", "Nguyễn Văn Mẫu, Chuyên viên"),
        fact("Ý kiến của cơ quan tham mưu", LONG),
    ],
)
LONG_SLIP = SLIP | Paper(
    body=[fact(f"Ý kiến {at}", f"{_long(at)}\n{_long(at + 1)}") for at in range(1, 9)]
)
CHECK_SLIP = SLIP | Paper(
    kind=PaperKind.LEGAL_CHECK_SLIP, title="Kiểm tra pháp lý, phạm vi, thẩm quyền"
)
LONG_CHECK_SLIP = CHECK_SLIP | Paper(body=LONG_SLIP["body"])
COPY = DECISION | Paper(
    copy=Copy(
        form="SAO Y",
        agency_lines=["Văn phòng Ủy ban nhân dân tỉnh"],
        parent_lines=["Ủy ban nhân dân tỉnh Ninh Thuận"],
        number=7,
        notation="SY-VPUB",
        place="Ninh Thuận",
        dated="2022-06-09",
        recipients=[{"text": "Sở Nội vụ"}],
        keeping="VT",
        signature={"lines": ["CHÁNH VĂN PHÒNG"], "name": "Hồ Thị Mẫu"},
    )
)
ELECTRONIC_COPY = DECISION | Paper(
    copy=Copy(
        form="SAO Y",
        agency_lines=["Văn phòng Ủy ban nhân dân tỉnh Ninh Thuận"],
        signed_at="2022-06-09T16:05:00+07:00",
    )
)

TEXTS: dict[str, tuple[Paper, Paper]] = {
    "cong-van": (LETTER, LONG_LETTER),
    "quyet-dinh": (DECISION, LONG_DECISION),
    "bao-cao": (REPORT, LONG_REPORT),
    "to-trinh": (SUBMISSION, LONG_SUBMISSION),
    "thong-bao": (NOTICE, LONG_NOTICE),
    "ke-hoach": (PLAN, LONG_PLAN),
    "bien-ban": (MINUTES, LONG_MINUTES),
    "phieu-trinh": (SLIP, LONG_SLIP),
    "phieu-kiem-tra": (CHECK_SLIP, LONG_CHECK_SLIP),
    "sao-y": (COPY, ELECTRONIC_COPY),
}

"""Walking the portal by hand: one person after another signs in, finds their task, does it."""

import re
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page, expect

from organisation.days import today
from organisation.demo.load import PASSWORD
from organisation.models import User
from proposals.models import Proposal

TITLE = "Một lần khảo sát thực địa cho ba thủ tục đất đai"
REASON = "Đúng chủ trương, động cơ trong sáng, vì lợi ích chung, đã báo cáo và khắc phục kịp thời."
CONDITIONS = (
    "Đúng chủ trương",
    "Được cấp có thẩm quyền cho phép",
    "Động cơ trong sáng",
    "Vì lợi ích chung",
    "Đã báo cáo, khắc phục kịp thời",
    "Không vụ lợi, tham nhũng, tiêu cực",
)
PARTS: tuple[tuple[str, dict[str, str], tuple[str, ...], dict[str, str]], ...] = (
    # heading of the part that follows, what is filled in, what is ticked, what is chosen
    (
        "Vấn đề",
        {"Tên đề xuất": TITLE, "Dự kiến bắt đầu": f"{today():%d/%m/%Y}"},
        ("Thí điểm",),
        {"Lĩnh vực": "Tài nguyên, môi trường, đất đai"},
    ),
    (
        "Giải pháp",
        {
            "Vấn đề cần giải quyết": "Một thửa đất bị khảo sát ba lần.",
            "Vướng ở quy định nào": "Chưa có quy định dùng chung biên bản.",
        },
        ("Chưa được quy định",),
        {},
    ),
    (
        "Lợi ích và chỉ tiêu",
        {
            "Giải pháp": "Một biên bản dùng cho ba thủ tục.",
            "Khác gì cách làm hiện nay": "Bớt hai lần đi lại.",
            "Phạm vi": "Huyện Ninh Sơn",
            "Thời gian thực hiện (tháng)": "6",
        },
        (),
        {},
    ),
    (
        "Nguồn lực, rủi ro",
        {
            "Lợi ích chung": "Người dân bớt chờ đợi.",
            "Ai được lợi": "Khoảng 1.600 hộ mỗi năm.",
            "Tên chỉ tiêu": "Thửa chỉ khảo sát một lần",
            "Đơn vị tính": "% số thửa",
            "Số ban đầu": "20",
            "Mục tiêu": "80",
        },
        (),
        {},
    ),
    (
        "Cam kết, tệp kèm theo",
        {
            "Kinh phí (đồng)": "18 triệu",
            "Rủi ro": "Hiện trạng thửa đất thay đổi.",
            "Phương án dừng": "Dừng khi trên 3% biên bản phải lập lại.",
        },
        (),
        {},
    ),
    ("Kiểm tra trước khi gửi", {}, ("Không có", "Tôi cam kết đề xuất"), {}),
)


@dataclass
class Road:
    """A browser on the live server, and the case that is walked."""

    page: Page
    base: str

    def enter(self, username: str) -> None:
        """Sign in as a person of the demo province, through the page, and land at home."""
        self.page.context.clear_cookies()
        self.page.goto(self.base + reverse("organisation:sign_in"))
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.press("Đăng nhập")
        expect(self.page.get_by_role("heading", level=1, name="Việc của tôi")).to_be_visible()

    def task(self, username: str, title: str) -> None:
        """Sign in and open the task of that name from *Việc của tôi*."""
        self.enter(username)
        self.page.get_by_role("link", name=re.compile(rf": {re.escape(title)}")).first.click()

    def open(self, address: str) -> None:
        self.page.goto(self.base + address)

    def open_case(self) -> None:
        """The one case of the walk, found by its code in the search box of every page."""
        self.page.get_by_role("searchbox").first.fill(Proposal.objects.get().code)
        self.page.get_by_role("searchbox").first.press("Enter")
        self.page.wait_for_url("**/de-xuat/**")

    def open_results(self) -> None:
        self.open_case()
        self.follow("Kết quả")

    def other_act(self, name: str) -> None:
        self.page.get_by_text("Thao tác khác").click()
        self.follow(name)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Click a link; where the head of the case has it too, the one in the page."""
        found = self.page.get_by_role("main").get_by_role("link", name=name, exact=True)
        found.last.click()

    def fill(self, said: dict[str, str]) -> None:
        for label, text in said.items():
            self.page.get_by_role("textbox", name=_beginning(label)).first.fill(text)

    def tick(self, *labels: str, within: str = "") -> None:
        """Tick a box or a choice, where several are alike the one in the named group."""
        where = self.page.get_by_role("group", name=within) if within else self.page
        for label in labels:
            where.get_by_label(label, exact=not label.startswith("Tôi")).check()

    def choose(self, label: str, option: str) -> None:
        """Choose the option that begins so: behind a name stands the post."""
        box = self.page.get_by_role("combobox", name=_beginning(label)).first
        box.wait_for()
        words = [text.strip() for text in box.locator("option").all_inner_texts()]
        box.select_option(label=next(text for text in words if text.startswith(option)))

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()


def _beginning(label: str) -> re.Pattern[str]:
    """Labels bear "(không bắt buộc)" and the like behind their words."""
    return re.compile(rf"^{re.escape(label)}( |$)")


def write_and_send(road: Road, username: str) -> None:
    """From *Tạo đề xuất* to the receipt."""
    road.enter(username)
    road.follow("Tạo đề xuất mới")
    road.press("Bắt đầu")
    for heading, filled, ticked, chosen in PARTS:
        road.fill(filled)
        road.tick(*ticked)
        for label, option in chosen.items():
            road.choose(label, option)
        road.press("Tiếp tục")
        expect(road.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    road.press("Gửi đề xuất")
    expect(road.page.get_by_role("heading", level=1, name="Đã gửi đề xuất DX-")).to_be_visible()


def receive(road: Road, focal: str) -> None:
    road.task(focal, "Tiếp nhận đề xuất")
    road.press("Tiếp nhận")


def check_legally(road: Road, focal: str) -> None:
    """Four conditions, the result, a note."""
    road.task(focal, "Kiểm tra pháp lý")
    for group in road.page.get_by_role("group").filter(has_text="Cần làm rõ").all():
        group.get_by_label("Đạt", exact=True).check()
    road.tick("Không trái quy định")
    road.fill({"Nhận xét": "Nội dung chưa được quy định ở văn bản nào."})
    road.press("Ghi phiếu kiểm tra")


def allow_pilot(road: Road, head: str, monitor: str) -> None:
    """The head decides on one screen, looks at the paper, confirms."""
    road.task(head, "Quyết định đề xuất")
    road.page.get_by_text("Đồng ý cho thí điểm", exact=True).click()
    road.fill({"Từ ngày": f"{today():%d/%m/%Y}"})
    person = User.objects.get(username=monitor)
    road.choose("Người theo dõi", f"{person.full_name}, {person.powers.posts[0].position}")
    road.press("Xem lại quyết định")
    road.sees("Đồng chí quyết định cho thí điểm đề xuất này từ ngày")
    road.press("Xác nhận quyết định")
    road.sees("Đã ghi quyết định cho đề xuất")


def plan_and_start(road: Road, leader: str) -> None:
    road.task(leader, "Lập kế hoạch")
    road.follow("Lập kế hoạch thí điểm")
    first = road.page.get_by_role("group", name="Mốc công việc 1")
    first.get_by_label("Mốc công việc").fill("Ký quy chế dùng chung biên bản")
    first.get_by_label("Thời hạn").fill(f"{today():%d/%m/%Y}")
    road.press("Lưu kế hoạch")
    road.follow("Bắt đầu thí điểm")
    road.press("Bắt đầu thí điểm")
    road.sees("Đã bắt đầu thí điểm.")


def enter_value(road: Road, value: str) -> None:
    """Whoever leads enters a figure on the page of the pilot."""
    road.follow("Thửa chỉ khảo sát một lần")
    road.fill({"Giá trị": value})
    road.press("Cập nhật chỉ tiêu")
    road.sees("Đã cập nhật chỉ tiêu.")


def complete(road: Road, leader: str) -> None:
    road.enter(leader)
    road.open_case()
    road.other_act("Kết thúc thí điểm")
    road.press("Kết thúc thí điểm")


def evaluate(road: Road, leader: str, liaison: str, deputy: str, opinion: str) -> None:
    """The report of the result, the party committee's opinion, the member's opinion."""
    road.task(leader, "Lập báo cáo kết quả")
    road.follow("Lập báo cáo kết quả")
    road.fill({"Báo cáo kết quả": "Đã dùng chung biên bản cho ba thủ tục ở bốn xã."})
    road.press("Gửi báo cáo kết quả")
    road.task(liaison, "Ghi ý kiến của cấp ủy về kết quả")
    road.follow("Ghi ý kiến của cấp ủy")
    road.fill(
        {
            "Ý kiến của cấp ủy": "Cấp ủy nhất trí với báo cáo.",
            "Số, ngày văn bản của cấp ủy": "45-CV/ĐU",
        }
    )
    road.press("Ghi ý kiến của cấp ủy")
    road.task(deputy, "Cho ý kiến đánh giá kết quả")
    road.follow("Cho ý kiến đánh giá")
    road.tick(opinion)
    road.fill({"Lý do của ý kiến": "Đúng với số liệu đã theo dõi."})
    road.press("Gửi ý kiến")


def conclude(road: Road, head: str, focal: str, result: str, value: str, damage: str = "") -> None:
    """The head concludes, the focal point tells those concerned."""
    road.task(head, "Đánh giá kết quả")
    road.follow("Kết luận đánh giá")
    road.fill({"Số cuối cùng:": value, "Bài học": "Tập huấn cán bộ xã trước khi mở rộng."})
    road.tick(result, within="Kết quả")
    road.tick("Có" if damage else "Không", within="Có thiệt hại không")
    road.tick("Tiếp tục", within="Kiến nghị")
    if damage:
        _cause_and_damage(road, damage)
    road.press("Gửi kết quả đánh giá")
    road.task(focal, "Thông báo kết quả đánh giá")
    road.follow("Ghi nhận đã thông báo")
    road.press("Ghi nhận đã thông báo")


def _cause_and_damage(road: Road, amount: str) -> None:
    cause = road.page.get_by_role("group", name="Nguyên nhân khách quan 1")
    cause.get_by_role("textbox").first.fill("Mưa lũ kéo dài hai tháng.")
    cause.get_by_label("Tỷ trọng").select_option(label="Chủ yếu")
    damage = road.page.get_by_role("group", name="Khoản thiệt hại 1")
    damage.get_by_label("Loại thiệt hại").select_option(label="Ngân sách nhà nước")
    damage.get_by_label("Giá trị (đồng)").fill(amount)
    damage.get_by_label("Bên chịu thiệt hại").fill("Ngân sách tỉnh")

"""The long road by hand: from the first word to the outcome, as many people as it takes."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from accountability.models import Commendation, LiabilityCase
from accountability.stages import CommendationState, Outcome
from documents.models import OfficialDocument
from documents.stages import Drawing
from documents.tasks import draw_waiting
from notifications.models import OutboxMessage
from notifications.tasks import send_waiting_mail
from organisation.days import today
from organisation.models import User
from proposals.models import Proposal
from proposals.stages import OutcomeKind, Stage, Track
from tests.browser import road as walk
from tests.browser.a11y import assert_accessible, assert_no_horizontal_scroll
from tests.browser.road import CONDITIONS, REASON, Road

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = ViewportSize(width=390, height=844)
PAGES = (  # one person for each role, and where their day is spent
    ("mau.nguyen", "/viec-cua-toi/"),
    ("vidu.tran", "/de-xuat/"),
    ("daumoi.stnmt", "/tiep-nhan/"),
    ("giamdoc.stnmt", "/xem-xet/"),
    ("giamdoc.stnmt", "/viec-cua-toi/"),
    ("pho.stnmt", "/thi-diem/"),
    ("vanthu.stnmt", "/co-quan/ho-so/"),
    ("capuy.stnmt", "/viec-cua-toi/"),
    ("daumoi.stc", "/ho-tro/"),
    ("chuyenvien.snv", "/ho-so/"),
    ("lanhdao.snv", "/trach-nhiem/"),
    ("thidua.snv", "/khen-thuong/"),
    ("thanhtra.ttt", "/viec-cua-toi/"),
    ("chutich", "/viec-cua-toi/"),
    ("theodoi.vpub", "/tim/?q=dat+dai"),
    ("tuyentruyen.stttt", "/huong-dan/"),
    ("tuyengiao.btgtu", "/viec-cua-toi/"),
    ("theodoi.btctu", "/viec-cua-toi/"),
    ("quantri", "/quan-tri/tinh-trang/"),
)
HEAD, DEPUTY, FOCAL, LIAISON = "giamdoc.stnmt", "pho.stnmt", "daumoi.stnmt", "capuy.stnmt"


@pytest.fixture
def road(page: Page, live_server, settings) -> Road:
    settings.DEMO = True
    call_command("load_demo", no_stories=True, verbosity=0)
    return Road(page, live_server.url)


def test_long_road_of_a_manager_ends_in_exemption(road):
    manager = "truongphong.qldd"
    walk.write_and_send(road, manager)
    walk.receive(road, FOCAL)
    walk.check_legally(road, FOCAL)
    hear_party_and_collective(road)
    walk.allow_pilot(road, HEAD, "pho.stnmt")
    walk.plan_and_start(road, manager)
    walk.enter_value(road, "45")
    report(road, manager)
    incident(road, manager)
    ask_for_help(road, manager)
    walk.complete(road, manager)
    walk.evaluate(road, manager, LIAISON, DEPUTY, "Đạt một phần")
    walk.conclude(road, HEAD, FOCAL, "Đạt một phần", "62", damage="18 triệu")
    weigh_liability(road, manager)
    conclude_proposal(road)

    proposal = Proposal.objects.get()
    assert (proposal.track, proposal.stage) == (Track.ND73, Stage.CONCLUDED)
    assert set(proposal.outcomes.values_list("kind", flat=True)) == {OutcomeKind.EXEMPTED}
    assert LiabilityCase.objects.get().outcome == Outcome.EXEMPTED
    assert_nothing_is_left_to_do()
    call_command("journal_verify")


def test_long_road_shorter_ends_in_commendation(road):
    official = "mau.nguyen"
    walk.write_and_send(road, official)
    walk.receive(road, FOCAL)
    walk.check_legally(road, FOCAL)
    walk.allow_pilot(road, HEAD, "pho.stnmt")
    walk.plan_and_start(road, official)
    walk.enter_value(road, "85")
    walk.complete(road, official)
    walk.evaluate(road, official, LIAISON, DEPUTY, "Đạt mục tiêu")
    walk.conclude(road, HEAD, FOCAL, "Đạt mục tiêu", "85")
    commend(road)
    conclude_proposal(road)

    proposal = Proposal.objects.get()
    assert (proposal.track, proposal.stage) == (Track.POLICY, Stage.CONCLUDED)
    assert set(proposal.outcomes.values_list("kind", flat=True)) == {
        OutcomeKind.NOT_HELD_LIABLE,
        OutcomeKind.COMMENDED,
    }
    call_command("journal_verify")


def test_long_road_pages_of_each_role_fit_a_phone(page: Page, live_server, settings):
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    page.set_viewport_size(PHONE)
    for username, address in PAGES:
        enter_by_session(page, live_server.url, username)
        page.goto(live_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert_accessible(page)
        assert_no_horizontal_scroll(page, [320, 390])


def assert_nothing_is_left_to_do() -> None:
    """What the walk left to the workers is done: each paper drawn, each letter sent."""
    draw_waiting()
    send_waiting_mail()
    assert OfficialDocument.objects.count() > 5
    assert set(OfficialDocument.objects.values_list("drawing", flat=True)) == {Drawing.DRAWN}
    assert set(OutboxMessage.objects.values_list("state", flat=True)) <= {"sent", "skipped"}


def enter_by_session(page: Page, base: str, username: str) -> None:
    """Sign in by the cookie of a session, as the sign-in page would leave it."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])


def hear_party_and_collective(road: Road) -> None:
    """The party committee answers on paper; the collective votes and the head closes the vote."""
    road.task(LIAISON, "Ghi ý kiến cấp ủy")
    road.fill({"Số văn bản trả lời": "112-CV/ĐU", "Nội dung ý kiến": "Đồng ý chủ trương."})
    road.fill({"Ngày văn bản": f"{today():%d/%m/%Y}"})
    road.tick("Đồng ý")
    road.press("Ghi ý kiến cấp ủy")
    road.enter(HEAD)
    road.open_case()
    road.other_act("Biểu quyết của tập thể")
    road.press("Mở biểu quyết")
    vote(road)
    road.task(DEPUTY, "Biểu quyết")
    vote(road)
    road.enter(HEAD)
    road.open_case()
    road.other_act("Biểu quyết của tập thể")
    road.press("Kết thúc biểu quyết")


def vote(road: Road) -> None:
    road.tick("Tán thành")
    road.press("Ghi phiếu")


def report(road: Road, leader: str) -> None:
    road.task(leader, "Lập báo cáo tiến độ kỳ 1")
    road.fill({"Việc đã làm": "Đã dùng chung 45 biên bản.", "Việc tiếp theo": "Mở rộng hai xã."})
    road.press("Gửi báo cáo tiến độ")
    road.sees("Đã gửi báo cáo tiến độ kỳ 1.")
    road.task(HEAD, "Chấp nhận báo cáo tiến độ kỳ 1")
    road.follow("Chấp nhận báo cáo")
    road.press("Chấp nhận báo cáo")
    road.sees("Đã chấp nhận báo cáo.")


def incident(road: Road, leader: str) -> None:
    """Told in a minute, taken up, mended, confirmed."""
    road.enter(leader)
    road.open_case()
    road.other_act("Báo sự cố")
    road.fill({"Sự việc": "Thất lạc hai biên bản.", "Giờ xảy ra": "00:01"})
    road.tick("Nhẹ")
    road.tick("Không", within="Có thiệt hại không")
    road.press("Báo sự cố")
    road.task(HEAD, "Xác nhận sự cố SC-")
    road.follow("Xác nhận sự cố")
    road.press("Xác nhận sự cố")
    road.task(leader, "Khắc phục sự cố SC-")
    road.fill({"Biện pháp khắc phục": "Tìm lại và lập sổ giao nhận."})
    road.press("Báo đã khắc phục")
    road.task(HEAD, "Xác nhận khắc phục sự cố SC-")
    road.follow("Xác nhận đã khắc phục")
    road.press("Xác nhận đã khắc phục")
    road.sees("Đã xác nhận khắc phục sự cố.")


def ask_for_help(road: Road, leader: str) -> None:
    """Another agency is asked, takes it on and answers."""
    road.enter(leader)
    road.open_case()
    road.other_act("Gửi yêu cầu hỗ trợ")
    road.tick("Kinh phí")
    road.fill({"Nội dung cần hỗ trợ": "Hỗ trợ 12 triệu đồng chi phí đi lại."})
    road.fill({"Cần trước ngày": f"{today():%d/%m/%Y}"})
    road.choose("Cơ quan được đề nghị", "Sở Tài chính")
    road.press("Gửi yêu cầu hỗ trợ")
    road.task("daumoi.stc", "Trả lời yêu cầu hỗ trợ HT-")
    road.follow("Nhận yêu cầu")
    road.press("Nhận yêu cầu")
    road.task("daumoi.stc", "Trả lời yêu cầu hỗ trợ HT-")
    road.follow("Trả lời")
    road.fill({"Nội dung trả lời": "Đồng ý hỗ trợ từ nguồn khoa học công nghệ."})
    road.press("Gửi trả lời")
    road.sees("Đã giải quyết")


def weigh_liability(road: Road, concerned: str) -> None:
    """Opened by the focal point; the person is heard; two people conclude; the person agrees."""
    road.enter(FOCAL)
    road.open_results()
    road.follow("Lập hồ sơ xem xét")
    person = User.objects.get(username=concerned)
    road.choose("Người liên quan", person.full_name)
    road.fill({"Nội dung xem xét": "Mục tiêu đạt một phần, có thiệt hại 18 triệu đồng."})
    road.press("Lập hồ sơ xem xét")
    road.task(FOCAL, "Xác định nguyên nhân, đánh giá điều kiện")
    road.follow("Bắt đầu xác định nguyên nhân")
    road.press("Bắt đầu xác định nguyên nhân")
    for condition in CONDITIONS:
        road.page.get_by_role("link", name=f"điều kiện {condition}").click()
        road.page.get_by_role("radio", name="Đủ", exact=True).check()
        road.fill({"Lý do": "Theo quyết định và báo cáo.", "Bằng chứng": "Quyết định, trang 2"})
        road.press("Lưu thay đổi")
    road.follow("Gửi người liên quan cho ý kiến")
    road.press("Gửi người liên quan cho ý kiến")
    road.task(concerned, "Nêu ý kiến")
    road.fill({"Ý kiến": "Tôi đã báo cáo đầy đủ và khắc phục kịp thời."})
    road.press("Gửi ý kiến")
    road.task(HEAD, "Kết luận xem xét trách nhiệm")
    road.page.get_by_role("radio", name="Miễn trách nhiệm").check()
    road.fill({"Lý do": REASON})
    road.press("Ghi kết luận")
    road.task(DEPUTY, "Xác nhận kết luận")
    road.press("Xác nhận kết luận")
    road.task(concerned, "Xem kết luận, khiếu nại nếu không đồng ý")
    road.follow("Đồng ý với kết luận")
    road.press("Đồng ý với kết luận")


def commend(road: Road) -> None:
    """Nominated by the agency, reviewed at Sở Nội vụ, decided and confirmed, awarded."""
    officer = "thidua.snv"
    road.enter(FOCAL)
    road.open_results()
    road.follow("Đề nghị khen thưởng")
    road.choose("Hình thức", "Biểu dương trước tập thể")
    road.choose("Cá nhân", User.objects.get(username="mau.nguyen").full_name)
    road.press("Đề nghị khen thưởng")
    road.task(officer, "Thẩm định đề nghị khen thưởng")
    road.fill({"Ý kiến thẩm định": "Đủ điều kiện theo quy định hiện hành."})
    road.press("Đủ điều kiện")
    road.follow("Trình quyết định")
    road.press("Trình quyết định")
    road.task(HEAD, "Quyết định khen thưởng")
    road.fill({"Ý kiến": "Đồng ý khen thưởng."})
    road.press("Đồng ý khen thưởng")
    road.task(DEPUTY, "Xác nhận quyết định khen thưởng")
    road.press("Xác nhận quyết định")
    road.task(officer, "Ghi số quyết định, ngày trao")
    road.fill({"Số quyết định": "12/QĐ-STNMT"})
    road.press("Ghi nhận đã trao")
    assert Commendation.objects.get().state == CommendationState.AWARDED


def conclude_proposal(road: Road) -> None:
    road.enter(HEAD)
    road.open_results()
    road.press("Ghi nhận kết quả")
    road.sees("ghi nhận")

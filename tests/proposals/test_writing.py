"""Writing a draft: what is asked, what is kept, and what happens when two people write."""

import pytest
from django.urls import reverse
from django.utils import timezone

from deadlines.seeds import seed_rules
from proposals.actions import drafting
from proposals.models import PartLock, Proposal
from proposals.stages import Part, Stage
from tests.factories.organisation import make_province, sign_in
from tests.factories.proposals import make_coauthor, make_draft
from tests.proposals.filling import (
    begin,
    fill,
    open_part,
    part_url,
    post_part,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    seed_rules()
    return make_province()


@pytest.fixture
def writer(client, province):
    return sign_in(client, province.official)


def said(response) -> str:
    return response.content.decode()


def test_the_start_page_says_what_to_prepare_and_begins_a_draft(writer, province):
    page = said(writer.get(reverse("proposals:create")))
    proposal = begin(writer)

    assert "Bắt đầu" in page
    assert "bí mật nhà nước" in page
    assert proposal.stage == Stage.DRAFT
    assert proposal.proposer == province.official
    assert proposal.agency == province.department
    assert proposal.part_versions.count() == 6


def test_a_draft_of_a_section_belongs_to_the_agency_above(client, province):
    proposal = begin(sign_in(client, province.section_official))

    assert proposal.agency == province.department
    assert proposal.proposer_unit == province.section


def test_pressing_begin_twice_makes_one_draft(writer):
    url = reverse("proposals:create")
    key = "5f6f1c9e-2f43-4c2c-9d35-0d2f2c0b0001"

    first, again = writer.post(url, {"key": key}), writer.post(url, {"key": key})

    assert first["Location"] == again["Location"]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "messages"),
    [
        (
            Part.BASICS,
            [
                "Nhập tên đề xuất.",
                "Chọn lĩnh vực.",
                "Chọn hình thức đề nghị.",
                "Nhập ngày dự kiến bắt đầu.",
            ],
        ),
        (
            Part.PROBLEM,
            [
                "Nhập vấn đề cần giải quyết.",
                "Chọn loại điểm nghẽn.",
                "Nhập quy định đang vướng.",
            ],
        ),
        (
            Part.SOLUTION,
            [
                "Nhập giải pháp.",
                "Nhập điểm khác cách làm hiện nay.",
                "Nhập phạm vi.",
                "Nhập thời gian thực hiện.",
            ],
        ),
        (
            Part.BENEFIT,
            [
                "Nhập lợi ích chung.",
                "Nhập ai được lợi.",
                "Nhập ít nhất một chỉ tiêu có số ban đầu và mục tiêu.",
            ],
        ),
        (Part.RESOURCES, ["Nhập rủi ro.", "Nhập phương án dừng."]),
        (
            Part.COMMITMENT,
            [
                "Khai rõ quan hệ lợi ích, hoặc chọn &quot;Không có&quot;.",
                "Đánh dấu cam kết trước khi gửi.",
            ],
        ),
    ],
)
def test_continue_asks_for_what_is_missing_in_summary_and_at_the_field(writer, part, messages):
    proposal = begin(writer)
    empty = dict.fromkeys(typed(part), "")
    if part == Part.BENEFIT:
        empty |= {"chi-tieu-TOTAL_FORMS": "1", "chi-tieu-INITIAL_FORMS": "0"}

    response = post_part(writer, proposal, part, **empty)

    page = said(response)
    assert response.status_code == 422
    assert f"Chưa tiếp tục được: còn {len(messages)} nội dung cần sửa" in page
    assert "<title>Cần sửa: " in page
    assert [page.count(message) for message in messages] == [2] * len(messages)


def test_a_draft_is_saved_without_what_is_missing(writer):
    proposal = begin(writer)

    response = post_part(
        writer, proposal, Part.PROBLEM, problem="Mới có một câu.", bottleneck="", then="de-sau"
    )

    proposal.plan.refresh_from_db()
    assert response["Location"] == reverse("proposals:list") + "?muc=ban-nhap"
    assert proposal.plan.problem == "Mới có một câu."
    assert not proposal.part_versions.get(part=Part.PROBLEM).is_done


def test_one_wrong_answer_does_not_lose_the_others(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.BASICS, starts_on="07-2022")

    proposal.refresh_from_db()
    page = said(response)
    assert response.status_code == 422
    assert proposal.title == "Trả kết quả đất đai tại nhà cho người cao tuổi"
    assert 'value="07-2022"' in page
    assert page.count("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2022.") == 2


def test_a_whole_part_is_done_and_leads_to_the_next(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.BASICS)

    assert response["Location"] == part_url(proposal, Part.PROBLEM)
    assert proposal.part_versions.get(part=Part.BASICS).is_done


def test_who_does_not_know_the_regulation_asks_the_legal_officers(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.PROBLEM, bottleneck_kind="unknown", bottleneck="")

    assert response["Location"] == part_url(proposal, Part.SOLUTION)


def test_a_conflict_of_interest_must_be_explained(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.COMMITMENT, has_conflict="co")

    assert response.status_code == 422
    assert "Khai rõ quan hệ lợi ích" in said(response)


def test_the_commitment_stands_word_by_word(writer):
    page = said(writer.get(part_url(begin(writer), Part.COMMITMENT)))

    assert (
        "Tôi cam kết đề xuất xuất phát từ động cơ trong sáng, vì lợi ích chung; không trái với "
        "Hiến pháp, Điều lệ Đảng và pháp luật của Nhà nước."
    ) in page


@pytest.mark.parametrize("part", list(Part))
def test_every_part_says_that_state_secrets_do_not_belong_here(writer, part):
    page = said(writer.get(part_url(begin(writer), part)))

    assert "Không ghi nội dung thuộc bí mật nhà nước vào biểu mẫu này." in page


def test_six_whole_parts_make_a_complete_proposal(writer):
    proposal = fill(writer)

    result = proposal.expected_results.get()
    assert proposal.is_complete
    assert proposal.plan.budget == 42_000_000
    assert str(result.target) == "1200.500"


def test_a_further_indicator_is_added_by_a_button_without_script(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.BENEFIT, then="them")

    page = said(writer.get(response["Location"].partition("#")[0]))
    assert proposal.expected_results.count() == 1
    assert 'name="chi-tieu-1-name"' in page


def test_an_indicator_that_is_ticked_away_is_gone(writer):
    proposal = begin(writer)
    post_part(writer, proposal, Part.BENEFIT, then="luu")

    post_part(writer, proposal, Part.BENEFIT, **{"chi-tieu-0-DELETE": "on", "then": "luu"})

    assert not proposal.expected_results.exists()


def test_an_ambiguous_number_is_asked_for_again(writer):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.BENEFIT, **{"chi-tieu-0-target": "1.5"})

    assert said(response).count("Chưa rõ số 1.5. Viết 1234,5 hoặc 1.234,5.") == 2


# Saving by itself, and two editors (TX-07)


def autosave(client, proposal, part, carried, **over):
    return client.post(
        part_url(proposal, part),
        carried | typed(part) | {"then": "tu-dong"} | over,
        headers={"HX-Request": "true"},
    )


def test_the_browser_saves_by_itself_and_learns_the_new_number(writer):
    proposal = begin(writer)
    carried = open_part(writer, proposal, Part.BASICS)

    page = said(autosave(writer, proposal, Part.BASICS, carried))

    saved = proposal.part_versions.get(part=Part.BASICS)
    assert f"Đã lưu lúc {timezone.localtime(saved.saved_at):%H:%M}." in page
    assert 'name="seen"' in page
    assert 'value="1"' in page
    assert 'hx-swap-oob="true"' in page


def test_saving_nothing_new_changes_nothing(writer):
    proposal = begin(writer)
    carried = open_part(writer, proposal, Part.BASICS)
    autosave(writer, proposal, Part.BASICS, carried)

    autosave(writer, proposal, Part.BASICS, carried)

    assert proposal.part_versions.get(part=Part.BASICS).number == 1


def test_a_wrong_date_does_not_stop_the_saving_of_the_rest(writer):
    proposal = begin(writer)
    carried = open_part(writer, proposal, Part.BASICS)

    page = said(autosave(writer, proposal, Part.BASICS, carried, starts_on="5/7"))

    proposal.refresh_from_db()
    assert proposal.title
    assert "Còn nội dung chưa lưu được: Nhập ngày theo dạng" in page


def test_two_tabs_never_overwrite_each_other_unseen(writer, province):
    proposal = begin(writer)
    old_tab = open_part(writer, proposal, Part.PROBLEM)
    new_tab = open_part(writer, proposal, Part.PROBLEM)
    autosave(writer, proposal, Part.PROBLEM, new_tab, problem="Bản viết ở thẻ mới.")

    response = autosave(writer, proposal, Part.PROBLEM, old_tab, problem="Bản viết ở thẻ cũ.")

    proposal.plan.refresh_from_db()
    page = said(response)
    assert response.status_code == 409
    assert proposal.plan.problem == "Bản viết ở thẻ mới."
    assert f"{province.official.full_name} đã sửa phần này lúc" in page
    assert "Bản viết ở thẻ cũ." in page
    assert "Bản viết ở thẻ mới." in page
    assert "Giữ bản của tôi" in page
    assert "Lấy bản mới" in page


def test_whoever_saw_both_versions_may_keep_their_own(writer):
    proposal = begin(writer)
    old_tab = open_part(writer, proposal, Part.PROBLEM)
    autosave(writer, proposal, Part.PROBLEM, open_part(writer, proposal, Part.PROBLEM))

    kept = old_tab | typed(Part.PROBLEM) | {"problem": "Bản của tôi.", "seen": "1", "then": "luu"}
    writer.post(part_url(proposal, Part.PROBLEM), kept)

    proposal.plan.refresh_from_db()
    assert proposal.plan.problem == "Bản của tôi."


def test_the_button_is_not_stopped_by_the_saving_of_its_own_page(writer):
    """The page saves by itself and, before it learns the new number, *Tiếp tục* is pressed."""
    proposal = begin(writer)
    carried = open_part(writer, proposal, Part.BASICS)
    autosave(writer, proposal, Part.BASICS, carried, title="Tên viết dở dang")

    response = writer.post(part_url(proposal, Part.BASICS), carried | typed(Part.BASICS))

    proposal.refresh_from_db()
    assert response.status_code == 302
    assert proposal.title == "Trả kết quả đất đai tại nhà cho người cao tuổi"


def test_a_late_saving_by_itself_does_not_undo_the_button(writer):
    proposal = begin(writer)
    carried = open_part(writer, proposal, Part.BASICS)
    writer.post(part_url(proposal, Part.BASICS), carried | typed(Part.BASICS))

    late = autosave(writer, proposal, Part.BASICS, carried, title="Tên viết dở dang")

    proposal.refresh_from_db()
    assert late.status_code == 409
    assert proposal.title == "Trả kết quả đất đai tại nhà cho người cao tuổi"


def test_a_part_that_somebody_writes_is_shut_for_the_others(client, province):
    proposal = make_draft(proposer=province.official, agency=province.department)
    make_coauthor(proposal, province.colleague)
    sign_in(client, province.official)
    autosave(client, proposal, Part.PROBLEM, open_part(client, proposal, Part.PROBLEM))

    sign_in(client, province.colleague)
    page = said(client.get(part_url(proposal, Part.PROBLEM)))
    carried = {"seen": "2", "page": ""}
    response = autosave(client, proposal, Part.PROBLEM, carried, problem="Bản khác.")

    proposal.plan.refresh_from_db()
    assert f"{province.official.full_name} đang viết phần này" in page
    assert "disabled" in page
    assert response.status_code == 409
    assert "Bản khác." in said(response)
    assert proposal.plan.problem == typed(Part.PROBLEM)["problem"]


def test_a_part_is_free_after_fifteen_idle_minutes(client, province):
    proposal = make_draft(proposer=province.official, agency=province.department)
    make_coauthor(proposal, province.colleague)
    PartLock.objects.create(
        proposal=proposal,
        part=Part.PROBLEM,
        person=province.official,
        touched_at=timezone.now() - drafting.IDLE,
    )

    post_part(sign_in(client, province.colleague), proposal, Part.PROBLEM, then="luu")

    proposal.plan.refresh_from_db()
    assert proposal.plan.problem == typed(Part.PROBLEM)["problem"]
    assert proposal.locks.get().person == province.colleague


def test_going_on_sets_the_part_free(writer):
    proposal = begin(writer)

    post_part(writer, proposal, Part.BASICS)

    assert not PartLock.objects.exists()


def test_a_lost_session_leads_back_to_the_part(client, province):
    proposal = make_draft(proposer=province.official, agency=province.department)
    url = part_url(proposal, Part.PROBLEM)

    response = client.get(url)

    assert response["Location"] == f"{reverse('organisation:sign_in')}?next={url}"

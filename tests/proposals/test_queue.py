"""The head's queue and screen, what lists cost: rows, forms."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from organisation.days import today
from proposals import paging
from proposals.forms.decision import DecisionForm
from proposals.models import Decision, DecisionDraft, Proposal
from proposals.stages import Stage
from tests.factories.organisation import sign_in
from tests.proposals.flows import (
    LONG,
    afresh,
    decide_pilot,
    delegate,
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    make_voted_down,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_seeded_province()


def url_of(route, *args):
    return reverse(f"proposals:{route}", args=args)


def page_of(client, user, route, *args, **query):
    response = sign_in(client, user).get(url_of(route, *args), query)
    assert response.status_code == 200
    return response.content.decode()


# What each list costs: the same literal number with one row and with three


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "route", "make", "queries"),
    [
        ("focal", "intake", make_sent, 7),
        ("head", "queue", make_checked, 8),
        ("head", "agency", make_received, 8),
    ],
)
def test_queries_of_lists(
    client, province, django_assert_num_queries, rows, who, route, make, queries
):
    made = [make(province) for _ in range(rows)]
    page_of(client, province.people[who], route)  # the session is touched once in a while

    with django_assert_num_queries(queries):
        page = client.get(url_of(route)).content.decode()

    assert all(proposal.title in page for proposal in made)


# The queue


def test_the_queue_says_what_to_look_out_for(client, province):
    open_steps = make_received(province)
    down = make_voted_down(province)

    page = page_of(client, province.head, "queue")

    assert "2 hồ sơ, sắp theo thời hạn" in page
    assert "Còn 1 bước bắt buộc" in page
    assert "Tập thể không thông qua" in page
    assert "42,0 triệu đồng" in page
    assert open_steps.title in page
    assert down.title in page


def test_the_queue_holds_no_own_case(client, province):
    proposal = make_checked(province)
    proposal.coauthors.create(person=province.head, share_percent=10)

    assert "Đã xem xét hết hồ sơ." in page_of(client, province.head, "queue")


def test_an_empty_queue_names_the_next_day(client, province):
    due_on = make_sent(province).due_on

    said = f"Đã xem xét hết hồ sơ. Hồ sơ tiếp theo đến hạn ngày {due_on:%d/%m/%Y}."
    assert said in page_of(client, province.head, "queue")


def test_the_screen_names_who_receives_a_case_that_goes_up(client, province):
    proposal = make_checked(province)

    page = strip_tags(page_of(client, province.head, "decide", proposal.ref))

    above = proposal.deciding_unit.at(today()).above
    assert f"Nơi nhận: {above.name}" in " ".join(page.split())


def test_a_delegated_deputy_has_the_queue_of_the_head(client, province):
    proposal = make_checked(province)
    assert proposal.title not in page_of(client, province.deputy, "queue")

    delegate(province, province.deputy)

    assert proposal.title in page_of(client, afresh(province.deputy), "queue")


def test_the_queue_goes_by_deadline_and_pages_by_the_last_row(province):
    made = [make_checked(province) for _ in range(5)]
    for number, proposal in enumerate(made):
        due = today() + timedelta(days=number // 2) if number < 4 else None
        Proposal.objects.filter(pk=proposal.pk).update(due_on=due)
    waiting = Proposal.objects.of_deciders(province.head)

    first = paging.by_deadline(waiting, "", size=2)
    second = paging.by_deadline(waiting, first.after, size=2)
    third = paging.by_deadline(waiting, second.after, size=2)

    found = [row.pk for page in (first, second, third) for row in page.rows]
    assert found == [proposal.pk for proposal in made]
    assert third.after == ""


@pytest.mark.parametrize("word", ["", "x", "-", "1-", "9-x", "٣-1", "-5"])
def test_a_word_that_is_not_ours_is_the_first_page(province, word):
    proposal = make_checked(province)
    rows = Proposal.objects.all()

    assert paging.newest_first(rows, word).rows == [proposal]
    assert paging.by_deadline(rows, word).rows == [proposal]


# The screen


def typed_for(client, province, proposal, kind, **over):
    """What a head types into the panel, with the hidden fields of the page."""
    page = sign_in(client, province.head).get(url_of("decide", proposal.ref))
    form = page.context["form"]
    start = today() + timedelta(days=7)
    typed = {
        "key": form["key"].value(),
        "version": form["version"].value(),
        "kind": kind,
        "do_by": province.official.pk,
        "pilot_from": f"{start:%d/%m/%Y}",
        "pilot_to": f"{start + timedelta(days=180):%d/%m/%Y}",
        "monitor": province.deputy.pk,
        "report_every": "1",
    }
    return typed | over


def test_the_screen_has_the_digest_and_the_pager(client, province):
    make_checked(province)
    proposal = make_checked(province)

    page = page_of(client, province.head, "decide", proposal.ref)

    assert "Hồ sơ 2/2" in page
    assert "Người cao tuổi phải đi lại nhiều lần để nhận kết quả đất đai." in page
    assert "1. Vấn đề cần giải quyết" in page
    assert "5. Rủi ro và phương án dừng" in page
    assert "điểm kiểm tra đều đạt" in page
    assert "Hai xã của huyện Ninh Sơn" in page


def test_only_failing_checks_are_unfolded(client, province):
    proposal = make_received(province)

    page = page_of(client, province.head, "decide", proposal.ref)

    assert "1 điểm cần lưu ý." in page
    assert "Chưa xong bước bắt buộc: Kiểm tra pháp lý." in page
    assert "điểm kiểm tra khác đều đạt" in page


def test_a_valid_decision_is_confirmed_before_it_is_made(client, province):
    proposal = make_checked(province)
    typed = typed_for(client, province, proposal, "pilot")

    page = client.post(url_of("decide", proposal.ref), typed).content.decode()

    assert "Đồng chí quyết định cho thí điểm đề xuất này từ ngày" in page
    assert "Dự thảo Quyết định" in page
    assert "Trần Phó Giám Đốc Mẫu (Phó Giám đốc Sở) theo dõi." in page
    assert not Decision.objects.exists()


def test_confirming_decides_and_leads_on(client, province):
    proposal = make_checked(province)
    following = make_checked(province)
    typed = typed_for(client, province, proposal, "pilot")

    response = client.post(url_of("confirm", proposal.ref), typed | {"tiep": "1"})

    assert response.url == url_of("decide", following.ref)
    assert reread(proposal).stage == Stage.APPROVED_PILOT
    words = f"Đã ghi quyết định cho đề xuất {proposal.code}. Dự thảo văn bản đã chuyển văn thư."
    assert words in strip_tags(client.get(response.url).content.decode())


@pytest.mark.parametrize(
    ("kind", "over", "message"),
    [
        ("", {}, "Chọn một quyết định."),
        ("implement", {"do_by": ""}, "Chọn người thực hiện."),
        ("pilot", {"monitor": ""}, "Chọn người theo dõi."),
        ("pilot", {"pilot_to": "01/01/2020"}, "Ngày kết thúc phải sau ngày bắt đầu"),
        ("pilot", {"pilot_from": "30/02/2027"}, "Không có ngày 30/02/2027."),
        ("escalate", {}, "Nhập lý do vượt thẩm quyền."),
        ("return", {}, "Chọn ít nhất một phần cần bổ sung và ghi rõ nội dung."),
        ("return", {"part_1": "on"}, "Nhập nội dung cần bổ sung, phần Thông tin chung."),
        ("refuse", {"reason": "Chưa."}, "Nêu lý do, ít nhất 30 chữ."),
        ("refuse", {"reason": LONG}, "Chọn loại lý do."),
    ],
)
def test_what_is_missing_is_said_beside_the_panel(client, province, kind, over, message):
    proposal = make_checked(province)
    typed = typed_for(client, province, proposal, kind, due_on="31/12/2099", **over)

    page = client.post(url_of("decide", proposal.ref), typed).content.decode()

    assert message in page
    assert "<title>Cần sửa: " in page
    assert reread(proposal).stage == Stage.UNDER_REVIEW


def test_a_monitor_is_never_the_proposer(province):
    proposal = make_checked(province)
    form = DecisionForm(proposal=proposal)

    chosen = form.fields["monitor"].queryset

    assert province.official not in chosen
    assert province.deputy in chosen
    assert province.district_head not in chosen


def test_a_missing_step_is_said_and_what_was_typed_stays(client, province):
    proposal = make_received(province)
    typed = typed_for(client, province, proposal, "pilot", guidance="Làm trước ở hai xã.")

    page = client.post(url_of("confirm", proposal.ref), typed).content.decode()

    assert "Còn bước xem xét bắt buộc chưa hoàn thành." in page
    assert "Làm trước ở hai xã." in page


def test_stale_form(client, province):
    """Meanwhile another decided: 409, who and when, and the text that was typed (TX-02, TX-04)."""
    proposal = make_checked(province)
    typed = typed_for(client, province, proposal, "refuse", ground="other", reason=LONG)
    decide_pilot(proposal, province)

    response = client.post(url_of("confirm", proposal.ref), typed)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Nguyễn Giám Đốc Mẫu đã xử lý hồ sơ này lúc" in page
    assert LONG in page
    assert Decision.objects.count() == 1


def test_a_right_lost_meanwhile_is_lost(client, province):
    """A delegation that ended since the page was shown decides nothing, and the text is kept; a
    form that no page gave out is only refused (AZ-10, TX-04)."""
    proposal = make_checked(province)
    lent = delegate(province, province.deputy)
    client.force_login(afresh(province.deputy))
    form = client.get(url_of("decide", proposal.ref)).context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}
    typed |= {"kind": "implement", "do_by": province.official.pk, "guidance": LONG}
    lent.revoked_at = timezone.now()
    lent.save()

    response = client.post(url_of("confirm", proposal.ref), typed)
    made_up = client.post(url_of("confirm", proposal.ref), typed | {"key": str(uuid4())})

    assert (response.status_code, made_up.status_code) == (409, 403)
    told = f"{province.focal.full_name} xử lý hồ sơ này lần gần nhất lúc"
    assert told in response.content.decode()
    kept = dict(response.context["kept"])
    assert kept == {
        "Quyết định": "Đồng ý cho thực hiện",
        "Người thực hiện": f"{province.official.full_name}, Chuyên viên",
        "Ý kiến chỉ đạo": LONG,
    }
    assert reread(proposal).stage == Stage.UNDER_REVIEW


def test_the_same_form_twice_decides_once(client, province):
    proposal = make_checked(province)
    typed = typed_for(client, province, proposal, "pilot")

    first = client.post(url_of("confirm", proposal.ref), typed)
    second = client.post(url_of("confirm", proposal.ref), typed)
    other = client.post(url_of("confirm", proposal.ref), typed | {"guidance": "Khác."})

    assert first.url == second.url
    assert other.status_code == 409
    assert Decision.objects.count() == 1


def test_extra_fields_ignored(client, province):
    """Nobody decides for another unit, another person or another day by posting columns (AZ-13)."""
    proposal = make_checked(province)
    columns = {
        "stage": "concluded",
        "decided_by": province.deputy.pk,
        "unit": province.district.pk,
        "state": "revoked",
        "is_override": "on",
        "decided_at": "2020-01-01",
        "plan_version": "1",
    }

    client.post(
        url_of("confirm", proposal.ref), typed_for(client, province, proposal, "pilot", **columns)
    )

    decision = Decision.objects.get()
    assert decision.decided_by == province.head
    assert decision.unit == province.department
    assert (decision.state, decision.is_override) == ("in_force", False)
    assert decision.decided_at.year >= 2026
    assert reread(proposal).stage == Stage.APPROVED_PILOT


def test_notes_put_off_are_private_and_come_back(client, province):
    proposal = make_checked(province)
    typed = typed_for(client, province, proposal, "pilot", guidance="Hỏi thêm Sở Xây dựng.")

    response = client.post(url_of("later", proposal.ref), typed)

    assert response.url == url_of("queue")
    assert "Hỏi thêm Sở Xây dựng." in page_of(client, province.head, "decide", proposal.ref)
    delegate(province, province.deputy)
    page = page_of(client, afresh(province.deputy), "decide", proposal.ref)
    assert "Hỏi thêm Sở Xây dựng." not in page
    assert "csrfmiddlewaretoken" not in DecisionDraft.objects.get().typed


def test_a_delegated_deputy_sees_whose_power_is_used(client, province):
    proposal = make_checked(province)
    delegate(province, province.deputy)

    page = page_of(client, afresh(province.deputy), "decide", proposal.ref)

    assert "Thừa ủy quyền Giám đốc Sở Nguyễn Giám Đốc Mẫu" in page


def test_ones_own_proposal_is_refused_with_a_word(client, province):
    proposal = make_checked(province)
    proposal.coauthors.create(person=province.head, share_percent=10)
    sign_in(client, province.head)

    response = client.get(url_of("decide", proposal.ref), follow=True)

    assert "Không thể tự xem xét đề xuất của mình." in response.content.decode()


def test_an_override_asks_for_its_reasons_and_waits(client, province):
    proposal = make_voted_down(province)
    typed = typed_for(client, province, proposal, "pilot")

    short = client.post(url_of("decide", proposal.ref), typed).content.decode()
    assert "Nêu sự cần thiết và tính khả thi, ít nhất 30 chữ." in short
    why = {"why_necessary": LONG, "why_feasible": LONG}
    client.post(url_of("confirm", proposal.ref), typed | why)

    assert reread(proposal).stage == Stage.UNDER_REVIEW
    page = page_of(client, province.deputy, "second", proposal.ref)
    assert "Quyết định khác kết quả biểu quyết." in page
    form = client.get(url_of("second", proposal.ref)).context["form"]
    hidden = {"key": form["key"].value(), "version": form["version"].value()}
    client.post(url_of("second", proposal.ref), hidden)
    assert reread(proposal).stage == Stage.APPROVED_PILOT


def test_the_head_is_not_the_second_person(client, province):
    proposal = make_voted_down(province)
    decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    assert sign_in(client, province.head).get(url_of("second", proposal.ref)).status_code == 403


@pytest.mark.parametrize("route", ["decide", "confirm", "later"])
def test_get_is_safe(client, province, route):
    proposal = make_checked(province)
    before = reread(proposal).version
    sign_in(client, province.head).get(url_of(route, proposal.ref))

    assert reread(proposal).version == before
    assert not Decision.objects.exists()


def test_revoking_by_the_page(client, province):
    proposal = make_checked(province)
    decide_pilot(proposal, province)
    sign_in(client, province.head)
    form = client.get(url_of("revoke", proposal.ref)).context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}

    short = client.post(url_of("revoke", proposal.ref), typed | {"reason": "Nhầm."})
    assert "cần ít nhất 5 chữ" in short.content.decode()
    client.post(url_of("revoke", proposal.ref), typed | {"reason": "Chọn nhầm thời gian thí điểm."})

    assert reread(proposal).stage == Stage.UNDER_REVIEW

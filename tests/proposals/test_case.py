"""The page of a proposal: who sees which part of it, what it says, what it costs."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from deadlines.models import Clock
from documents.actions import drawn
from documents.models import OfficialDocument
from organisation.days import today
from pilots.actions import starting
from proposals import digest
from proposals.actions import consulting, deciding, supplement, votes
from proposals.acts import ONLY_HEAD, OWN_CASE
from proposals.case import case_context, tabs_of
from proposals.models import Proposal
from proposals.stages import Ballot, DecisionKind, Part, Stage
from tests.factories.documents import mark_issued
from tests.factories.organisation import sign_in
from tests.factories.proposals import make_coauthor, make_proposal, make_version
from tests.proposals.flows import (
    LONG,
    check_legally,
    decide_pilot,
    make_checked,
    make_received,
    make_seeded_province,
    make_sent,
    make_voted_down,
    refuse,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_seeded_province()


def get(client, user, route, *args, **query):
    return sign_in(client, user).get(reverse(f"proposals:{route}", args=args), query)


def context_of(proposal, user, tab="content"):
    found = Proposal.objects.visible_to(user).for_detail().get(pk=proposal.pk)
    return case_context(found, user, tab)


def labels(tabs):
    return [tab.label for tab in tabs]


# Who sees what


def test_404_not_403_indistinguishable(client, province):
    """What one may not see looks like what is not there, to the byte (AZ-02)."""
    proposal = make_received(province)

    hidden = get(client, province.district_head, "detail", proposal.ref)
    nothing = get(client, province.district_head, "detail", uuid4())

    assert hidden.status_code == nothing.status_code == 404
    assert bare(hidden) == bare(nothing)


def bare(response):
    """A page without what differs from request to request: its name and its token."""
    page = response.content.decode().replace(response["X-Request-Id"], "")
    return re.sub(r"[A-Za-z0-9]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page)


CASE_ROUTES = ["detail", "content", "papers", "timeline", "compare"]


@pytest.mark.parametrize("route", CASE_ROUTES)
@pytest.mark.parametrize("who", ["official", "head", "focal", "inspector"])
def test_each_tab_opens_for_whoever_sees_the_case(client, province, route, who):
    proposal = make_checked(province)

    response = get(client, province.people[who], route, proposal.ref)

    assert response.status_code == 200
    assert proposal.title in response.content.decode()


@pytest.mark.parametrize("route", [*CASE_ROUTES, "opinions", "supplement", "answer", "decide"])
@pytest.mark.parametrize("who", ["district_focal", "colleague", "admin", "home_affairs_officer"])
def test_no_tab_opens_for_others(client, province, route, who):
    proposal = make_checked(province)

    assert get(client, province.people[who], route, proposal.ref).status_code == 404


SECRET = "Ý kiến nội bộ không dành cho người đề xuất"


def make_much_discussed(province):
    """A proposal under review with an opinion of each kind, all of them saying the same words."""
    proposal = make_received(province)
    asked = consulting.ask(proposal.pk, province.district, SECRET, by=province.head)
    consulting.answer(asked.pk, by=province.district_focal, conclusion="favourable", text=SECRET)
    step = votes.open_vote(proposal.pk, by=province.head)
    votes.cast(step.pk, Ballot.AGAINST, by=province.deputy)
    votes.cast(step.pk, Ballot.FOR, by=province.head)
    votes.close_vote(step.pk, by=province.head)
    check_legally(proposal, by=province.focal)
    return reread(proposal)


@pytest.mark.parametrize("route", CASE_ROUTES)
def test_visibility_before_after_decision(client, province, route):
    """Before a decision the proposer learns neither opinions nor who gave them (AZ-06)."""
    proposal = make_much_discussed(province)

    page = get(client, province.official, route, proposal.ref).content.decode()

    inner = (SECRET, "Không trái quy định", "tán thành", "Đinh Đầu Mối Huyện Mẫu", "biểu quyết")
    assert [words for words in inner if words in page] == []


def test_the_inside_reads_what_the_proposer_may_not(client, province):
    proposal = make_much_discussed(province)

    page = get(client, province.head, "opinions", proposal.ref).content.decode()
    story = get(client, province.head, "timeline", proposal.ref).content.decode()

    assert SECRET in page
    assert "1 tán thành, 1 không tán thành" in page
    assert "Không trái quy định." in story


def test_opinions_are_no_page_for_an_author(client, province):
    proposal = make_much_discussed(province)
    make_coauthor(proposal, province.deputy)

    assert get(client, province.official, "opinions", proposal.ref).status_code == 404
    assert get(client, province.deputy, "opinions", proposal.ref).status_code == 404
    assert "Ý kiến" not in labels(context_of(proposal, province.deputy)["tabs"])


def test_single_votes_are_never_shown(client, province):
    """Not even inside, not even after: the count is, the ballots are not."""
    proposal = make_much_discussed(province)

    page = get(client, province.head, "opinions", proposal.ref).content.decode()
    story = get(client, province.head, "timeline", proposal.ref).content.decode()

    assert "Trần Phó Giám Đốc Mẫu (Cấp phó)" in page
    assert "Không tán thành" not in page
    assert "</b>\n    (Phó Giám đốc Sở)\n    biểu quyết" not in story


def test_after_the_decision_the_proposer_reads_it_and_its_signer(client, province):
    proposal = make_much_discussed(province)
    decide_pilot(proposal, province, guidance="Làm trước ở hai xã.")

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "Làm trước ở hai xã." in page
    assert "Nguyễn Giám Đốc Mẫu, Giám đốc Sở" in page
    assert SECRET not in page


def test_a_decision_that_waits_for_its_second_person_is_inner(client, province):
    proposal = make_voted_down(province)
    decide_pilot(proposal, province, why_necessary=LONG, why_feasible=LONG)

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "Đồng ý cho thí điểm" not in page
    assert "Chờ xem xét" in page


def test_a_draft_paper_is_inner(client, province):
    proposal = make_checked(province)
    decide_pilot(proposal, province)

    inside = get(client, province.head, "papers", proposal.ref).content.decode()
    outside = get(client, province.official, "papers", proposal.ref).content.decode()

    assert "Quyết định" in inside
    assert "Phiếu trình" in inside
    assert "Chưa có văn bản nào được phát hành." in outside


def test_attachment_idor(client, province):
    """A paper is fetched by whoever may see it listed, by nobody else (AZ-05)."""
    proposal = make_checked(province)
    decision = decide_pilot(proposal, province)
    drawn(decision.document_id, b"%PDF-1.7 quyet dinh")
    args = (proposal.ref, decision.document.ref)

    inside = get(client, province.head, "paper", *args)
    assert b"".join(inside.streaming_content) == b"%PDF-1.7 quyet dinh"
    assert get(client, province.official, "paper", *args).status_code == 404
    assert get(client, province.district_head, "paper", *args).status_code == 404
    mark_issued(OfficialDocument.objects.filter(pk=decision.document_id))
    issued = get(client, province.official, "paper", *args)
    assert b"".join(issued.streaming_content) == b"%PDF-1.7 quyet dinh"
    other = make_checked(province)
    assert get(client, province.head, "paper", other.ref, args[1]).status_code == 404


def test_a_paper_that_is_not_drawn_yet_leads_back_to_the_list(client, province):
    proposal = make_checked(province)
    decision = decide_pilot(proposal, province)

    response = get(client, province.head, "paper", proposal.ref, decision.document.ref)

    assert response.url == reverse("proposals:papers", args=[proposal.ref])


# What the frame says


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("head", "Ra quyết định"),
        ("deputy", "Biểu quyết"),
        ("focal", "Kiểm tra pháp lý"),
        ("official", None),
        ("clerk", None),
    ],
)
def test_one_primary_act_for_each_viewer(province, who, label):
    proposal = make_received(province)
    votes.open_vote(proposal.pk, by=province.head)

    primary = context_of(proposal, province.people[who])["primary"]

    assert (primary.label if primary else None) == label


def test_a_viewer_who_would_expect_an_act_is_told_why_it_is_not_there(province):
    proposal = make_received(province)
    own = make_received(province)
    own.coauthors.create(person=province.head, share_percent=10)

    assert context_of(proposal, province.clerk)["why_not"] == ONLY_HEAD
    assert context_of(own, province.head)["why_not"] == OWN_CASE


def test_the_holder_is_a_name_with_a_date_and_its_explanation(client, province):
    proposal = make_received(province)
    clock = Clock.objects.get(rule__code="COLLECTIVE_MEETING")

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "Nguyễn Giám Đốc Mẫu (Giám đốc Sở)" in page
    assert "Còn 7 ngày" in page
    assert reverse("deadlines:explain", args=[clock.ref]) in page


def test_a_vote_of_others_is_not_the_proposers_next_thing(client, province):
    proposal = make_received(province)
    votes.open_vote(proposal.pk, by=province.head)

    clock = context_of(proposal, province.official)["clock"]

    assert clock.verb == "Quyết định đề xuất"


def test_a_returned_case_shows_both_clocks(client, province):
    proposal = make_checked(province)
    items = [supplement.Item(Part.PROBLEM, "Nêu số liệu.")]
    supplement.send_back(proposal.pk, items, by=province.head)

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "Tạm ngừng tính hạn" in page
    assert "Còn 5 ngày" in page
    assert "Bổ sung lần 1" in page


def track_of(proposal, user):
    return [(step.label, step.state) for step in context_of(proposal, user)["tracker"]]


def test_the_tracker_of_a_pilot(province):
    proposal = make_checked(province)
    decide_pilot(proposal, province)

    assert track_of(proposal, province.official) == [
        ("Soạn và gửi", "done"),
        ("Cơ quan xem xét", "done"),
        ("Thí điểm", "now"),
        ("Đánh giá", "todo"),
        ("Ghi nhận kết quả", "todo"),
        ("Nhân rộng", "todo"),
    ]


def test_the_tracker_has_a_seventh_step_where_the_superior_decides(province):
    proposal = make_checked(province)
    deciding.decide(
        proposal.pk, DecisionKind.ESCALATE, by=province.head, reason="Liên quan nhiều ngành."
    )

    found = track_of(proposal, province.official)

    assert len(found) == 7
    assert found[1] == ("Cơ quan xem xét", "done")
    assert found[2] == ("Ủy ban nhân dân tỉnh Ninh Thuận quyết định", "now")


@pytest.mark.parametrize(
    ("stage", "states"),
    [
        (Stage.DRAFT, "now todo todo todo todo todo"),
        (Stage.SUBMITTED, "done now todo todo todo todo"),
        (Stage.REFUSED, "done done todo todo todo todo"),
        (Stage.MONITORED, "done done now todo todo todo"),
        (Stage.EVALUATED, "done done done now todo todo"),
        (Stage.CONCLUDED, "done done done done done todo"),
    ],
)
def test_the_tracker_at_each_stage(province, stage, states):
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)

    assert [state for _, state in track_of(proposal, province.official)] == states.split()


def test_the_tabs_of_the_pilot_come_with_the_pilot(province):
    proposal = make_received(province)
    before = labels(context_of(proposal, province.head)["tabs"])
    check_legally(proposal, by=province.focal)
    decide_pilot(proposal, province)
    assert labels(context_of(proposal, province.head)["tabs"]) == before  # nothing to open yet
    starting.prepare(proposal.pk, by=province.official)

    after = labels(context_of(proposal, province.head)["tabs"])

    assert before == ["Nội dung đề xuất", "Ý kiến", "Văn bản", "Dòng thời gian"]
    assert set(before) < set(after)
    assert after[0] == "Theo dõi thí điểm"


@pytest.mark.parametrize(
    ("stage", "act"), [(Stage.EVALUATED, "Ghi nhận kết quả"), (Stage.CONCLUDED, None)]
)
def test_the_head_records_the_outcome_once(province, stage, act):
    proposal = make_proposal(stage, proposer=province.official, agency=province.department)

    shown = context_of(proposal, province.head)

    assert "Kết quả" in labels(tabs_of(proposal, province.head, "content"))
    assert (shown["primary"].label if shown["primary"] else None) == act


# The timeline and the versions


def test_the_timeline_is_filtered_by_kind(client, province):
    proposal = make_much_discussed(province)

    page = get(client, province.head, "timeline", proposal.ref, loai="opinion").content.decode()

    assert "kết thúc biểu quyết" in page
    assert "tiếp nhận đề xuất" not in page


def test_the_timeline_is_filtered_by_person_among_those_one_may_know_of(client, province):
    proposal = make_much_discussed(province)

    answer = get(client, province.head, "timeline", proposal.ref, nguoi=province.focal.ref)
    author = get(client, province.official, "timeline", proposal.ref)

    assert {item.actor for item in answer.context["page"].items} == {province.focal.full_name}
    assert f'value="{province.focal.ref}" selected' in answer.content.decode()
    asked = f'value="{province.district_focal.ref}"'
    assert asked in answer.content.decode()  # whose opinion was asked …
    assert asked not in author.content.decode()  # … the author may not know


def test_the_timeline_is_paged(client, province, monkeypatch):
    monkeypatch.setattr("proposals.views.case.EVENTS", 2)
    proposal = make_much_discussed(province)

    first = get(client, province.head, "timeline", proposal.ref)
    older = first.context["page"].older
    second = get(client, province.head, "timeline", proposal.ref, truoc=older)

    shown = [item.seq for page in (first, second) for item in page.context["page"].items]
    assert shown == sorted(set(shown), reverse=True)
    assert len(shown) == 4
    assert "Xem thêm" in first.content.decode()


@pytest.mark.parametrize("query", [{"truoc": "x"}, {"loai": "khong-co"}, {"nguoi": "ai"}])
def test_a_timeline_asked_for_nonsense_shows_the_newest(client, province, query):
    proposal = make_received(province)

    response = get(client, province.head, "timeline", proposal.ref, **query)

    assert response.status_code == 200
    assert "tiếp nhận đề xuất" in response.content.decode()


def test_two_versions_are_compared_in_words(client, province):
    proposal = make_checked(province)
    make_version(proposal, 2, scope="Ba xã của huyện Ninh Sơn")

    page = get(client, province.head, "compare", proposal.ref).content.decode()

    assert "[bớt]</span> Hai" in page
    assert "[thêm]</span> Ba" in page
    assert "Người cao tuổi phải đi lại" not in page  # what is the same is not repeated


def test_one_version_has_nothing_to_be_compared_with(client, province):
    proposal = make_checked(province)

    page = get(client, province.head, "compare", proposal.ref).content.decode()

    assert "Đề xuất mới có một bản" in page


def test_words_that_change_are_marked_and_the_rest_is_kept():
    pieces = digest.pieces("Hai xã của huyện", "Ba xã của huyện này")

    assert [(p.change, p.text) for p in pieces] == [
        ("removed", "Hai"),
        ("added", "Ba"),
        ("", " xã của huyện"),
        ("added", " này"),
    ]


def test_what_a_proposer_writes_never_runs(client, province):
    proposal = make_sent(
        province, plan={"problem": "<script>alert(1)</script>", "scope": "<b>đậm</b>"}
    )

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# What it costs: the same with one proposal and with three, with little history and with much


@pytest.mark.parametrize("others", [0, 2])
@pytest.mark.parametrize(
    ("who", "route", "queries"),
    [
        ("official", "detail", 9),
        ("head", "detail", 10),
        ("official", "timeline", 11),
        ("head", "timeline", 12),
        ("head", "decide", 11),
    ],
)
def test_queries_of_a_case(
    client, province, django_assert_num_queries, others, who, route, queries
):
    proposal = make_checked(province)
    for _ in range(others):
        make_much_discussed(province)
    get(client, province.people[who], route, proposal.ref)  # the session is touched once a while

    with django_assert_num_queries(queries):
        response = client.get(reverse(f"proposals:{route}", args=[proposal.ref]))

    assert proposal.title in response.content.decode()


def test_overdue_is_said_neutrally(client, province):
    proposal = make_checked(province)
    Clock.objects.filter(rule__code="COLLECTIVE_MEETING").update(due_on=today() - timedelta(days=7))

    page = get(client, province.head, "decide", proposal.ref).content.decode()

    assert "Quá hạn 5 ngày làm việc. Thời hạn được báo cáo Sở Nội vụ." in page


def test_a_refused_case_says_its_reason_to_the_proposer(client, province):
    proposal = make_checked(province)
    refuse(proposal, province)

    page = get(client, province.official, "detail", proposal.ref).content.decode()

    assert "Chưa khả thi" in page
    assert LONG[:40] in page
    assert "Gửi phản hồi" in page

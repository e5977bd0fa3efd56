"""The pages, as somebody without JavaScript uses them: forms, conflicts, double clicks, counts."""

import re

import pytest
from django.utils import timezone

from accountability.actions import finding, hearing
from accountability.actions.finding import CauseSaid
from accountability.models import Commendation, LiabilityCase
from accountability.stages import CaseState, CommendationState, Condition
from journal.models import Entry
from pilots.stages import Result
from proposals.models import Proposal
from proposals.stages import Stage
from tests.factories.accountability import (
    CHARGES,
    REASON,
    fresh,
    incentive,
    make_case,
    make_cast,
    make_commendation,
    make_evaluated,
)
from tests.factories.documents import make_upload
from tests.factories.organisation import sign_in

S, C = CaseState, CommendationState
LIST, RESULTS, WORKSPACE = 7, 30, 31
HIDDEN = re.compile(r'name="(key|version)"\s+value="([^"]*)"')


def form_of(client, url: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser would send them."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return dict(HIDDEN.findall(answer.content.decode()))


def send(client, user, url: str, **said: object):
    """Open a page as a person, fill in its form and send it."""
    sign_in(client, user)
    return client.post(url, form_of(client, url) | said)


def test_the_whole_road_of_a_case_on_its_pages(client):
    cast = make_cast()
    pilot = make_evaluated(cast)
    opened = send(
        client,
        cast.focal,
        f"/de-xuat/{pilot.proposal.ref}/xem-xet-trach-nhiem/",
        person=cast.leader.pk,
        charges=CHARGES,
    )
    case = LiabilityCase.objects.get()
    base = case.get_absolute_url()
    assert opened["Location"] == base

    send(client, cast.focal, f"{base}viec/bat-dau/")
    cause = {"kind": "subjective", "text": "Chậm mời bưu điện.", "weight": "slight"}
    send(client, cast.focal, f"{base}nguyen-nhan/", evidence="Báo cáo kỳ 2", **cause)
    for condition in Condition:
        said = {"finding": "met", "reason": "Theo hồ sơ.", "evidence": "Quyết định số 1"}
        send(client, cast.focal, f"{base}dieu-kien/{condition}/", **said)
    send(client, cast.focal, f"{base}viec/xin-y-kien/")
    send(client, cast.leader, f"{base}y-kien/", text="Đã báo cáo và khắc phục kịp thời.")
    send(client, cast.head, f"{base}ket-luan/", outcome="exempted", reason=REASON)
    send(client, cast.deputy, f"{base}xac-nhan/")
    assert fresh(case).state == S.DECIDED
    send(client, cast.leader, f"{base}viec/dong-y/")
    assert (fresh(case).state, fresh(case).outcome) == (S.CLOSED, "exempted")

    send(client, cast.head, f"/de-xuat/{pilot.proposal.ref}/ket-qua/")
    assert Proposal.objects.get().stage == Stage.CONCLUDED


def test_the_whole_road_of_a_commendation_on_its_pages(client):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    send(
        client,
        cast.focal,
        f"/de-xuat/{pilot.proposal.ref}/khen-thuong/",
        incentive=incentive("bang-khen").pk,
        nominee="person",
        person=cast.leader.pk,
        merit="Hoàn thành đề xuất, vượt chỉ tiêu trả kết quả tại nhà cho người cao tuổi.",
    )
    base = Commendation.objects.get().get_absolute_url()
    text = "Đủ điều kiện, đúng tiêu chuẩn theo quy định."
    send(client, cast.officer, f"{base}tham-dinh/", text=text)
    send(client, cast.officer, f"{base}trinh/")
    send(client, cast.chairman, f"{base}quyet-dinh/", text="Đồng ý khen thưởng.")
    send(client, cast.vice_chairman, f"{base}xac-nhan/")
    day = timezone.localdate().strftime("%d/%m/%Y")
    award = {"number": "512/QĐ-UBND", "decided_on": day, "awarded_on": day}
    send(client, cast.officer, f"{base}trao/", **award)

    row = Commendation.objects.get()
    assert (row.state, row.decision_number) == (C.AWARDED, "512/QĐ-UBND")
    assert row.badge[0] == "Đã khen thưởng"


def test_praise_is_not_called_a_reward():
    row = make_commendation(C.AWARDED, code="bieu-duong")

    assert row.badge[0] == "Đã biểu dương"


def test_merit_is_filled_in_from_the_evaluation(client):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    sign_in(client, cast.focal)
    page = client.get(f"/de-xuat/{pilot.proposal.ref}/khen-thuong/").content.decode()

    assert f"Hoàn thành đề xuất “{pilot.proposal.title}”." in page
    assert "Đã làm hết các việc trong kế hoạch." in page


def test_all_that_a_nomination_lacks_is_said_at_once_beside_its_fields(client):
    cast = make_cast()
    pilot = make_evaluated(cast, result=Result.COMPLETED)
    url = f"/de-xuat/{pilot.proposal.ref}/khen-thuong/"
    bare = send(client, cast.focal, url, nominee="team", merit="").content.decode()
    for words in ("Chọn hình thức.", "Nhập tên tập thể và chọn thành viên.", "Nhập thành tích."):
        assert bare.count(words) == 2, words  # on top and beside the field

    team = {"nominee": "team", "team_name": "Tổ một cửa", "members": [cast.leader.pk]}
    merit = "Hoàn thành đề xuất, vượt chỉ tiêu trả kết quả tại nhà cho người cao tuổi."
    said = team | {"incentive": incentive("nang-luong").pk, "merit": merit}
    alone = send(client, cast.focal, url, **said).content.decode()
    assert alone.count("Hình thức này chỉ áp dụng cho cá nhân.") == 2
    assert "Tổ một cửa" in alone


@pytest.mark.parametrize(
    ("deed", "who", "where"),
    [("tham-dinh", "officer", C.NOMINATED), ("quyet-dinh", "head", C.SUBMITTED)],
)
def test_a_nomination_is_declined_with_a_reason(deed, who, where, client):
    cast = make_cast()
    row = make_commendation(where, cast=cast)
    reason = "Chưa đủ tiêu chuẩn theo quy định."
    send(client, getattr(cast, who), f"{row.get_absolute_url()}{deed}/", text=reason, khong="1")

    row = Commendation.objects.get()
    assert (row.state, row.declined_reason) == (C.DECLINED, reason)
    sign_in(client, cast.focal)
    assert reason in client.get(row.get_absolute_url()).content.decode()


def test_the_page_of_the_decision_offers_only_what_is_allowed(client):
    cast = make_cast()
    case = _heard(cast)
    sign_in(client, cast.head)
    page = client.get(f"{case.get_absolute_url()}ket-luan/").content.decode()

    assert re.findall(r'name="outcome"\s+value="(\w+)"', page) == ["exempted", "mitigated"]


def test_a_forbidden_outcome_that_is_sent_all_the_same_is_refused(client):
    cast = make_cast()
    case = _heard(cast)
    url = f"{case.get_absolute_url()}ket-luan/"
    answer = send(client, cast.head, url, outcome="excluded", reason=REASON)

    assert answer.status_code == 200
    assert answer.content.decode().count("Chọn một kết luận trong các kết luận được phép.") == 2
    assert REASON in answer.content.decode()  # what was typed stays
    assert not fresh(case).decisions.exists()


def test_a_double_click_decides_once(client):
    cast = make_cast()
    case = _heard(cast)
    url = f"{case.get_absolute_url()}ket-luan/"
    sign_in(client, cast.head)
    said = form_of(client, url) | {"outcome": "exempted", "reason": REASON}

    first, again = client.post(url, said), client.post(url, said)
    assert (first.status_code, again.status_code) == (302, 302)
    assert fresh(case).decisions.count() == 1


def test_a_stale_form_is_a_conflict_that_keeps_what_was_typed(client):
    cast = make_cast()
    case = _heard(cast)
    url = f"{case.get_absolute_url()}ket-luan/"
    sign_in(client, cast.head)
    stale = form_of(client, url) | {"outcome": "mitigated", "reason": REASON}
    send(client, cast.head, url, outcome="exempted", reason=REASON)
    answer = client.post(url, stale)

    assert answer.status_code == 409
    assert REASON in answer.content.decode()
    assert fresh(case).decisions.count() == 1


def test_second_person_declines_with_a_reason(client):
    cast = make_cast()
    case = _heard(cast)
    base = case.get_absolute_url()
    send(client, cast.head, f"{base}ket-luan/", outcome="exempted", reason=REASON)
    refused = send(client, cast.deputy, f"{base}xac-nhan/", khong="1", reason="")
    assert "Nêu lý do không xác nhận" in refused.content.decode()
    send(client, cast.deputy, f"{base}xac-nhan/", khong="1", reason="Chưa rõ căn cứ pháp lý.")

    assert fresh(case).decisions.get().decline_reason == "Chưa rõ căn cứ pháp lý."
    told = f"{cast.deputy.full_name} không xác nhận"
    sign_in(client, cast.head)
    assert told in client.get(f"{base}ket-luan/").content.decode()
    sign_in(client, cast.leader)
    assert told not in client.get(base).content.decode()


@pytest.mark.parametrize(
    ("who", "where", "page"),
    [
        ("leader", S.FACT_FINDING, "dieu-kien/pure_motive/"),
        ("leader", S.HEARING, "ket-luan/"),
        ("head", S.FACT_FINDING, "ket-luan/"),
        ("inspector", S.HEARING, "ket-luan/"),
        ("head", S.HEARING, "y-kien/"),
        ("chairman", S.DECIDED, "khieu-nai/"),
    ],
)
def test_who_sees_the_case_and_may_not_act_is_told_so(who, where, page, client):
    cast = make_cast()
    case = make_case(where, cast=cast)
    sign_in(client, getattr(cast, who))
    before = Entry.objects.of(case.stream).count()

    assert client.get(f"{case.get_absolute_url()}{page}").status_code == 403
    assert Entry.objects.of(case.stream).count() == before


@pytest.mark.parametrize(
    "page", ["viec/khong-co/", "dieu-kien/khong-co/", "van-ban/{0}/", "tep/{0}/"]
)
def test_unknown_pages_of_a_case_are_not_there(page, client):
    cast = make_cast()
    case = make_case(cast=cast)
    sign_in(client, cast.head)

    assert client.get(case.get_absolute_url() + page.format(case.ref)).status_code == 404


def test_causes_stand_in_two_columns_and_can_be_taken_out(client):
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    cause = case.causes.get()
    send(client, cast.focal, f"{case.get_absolute_url()}nguyen-nhan/{cause.ref}/bo/")

    sign_in(client, cast.focal)
    page = client.get(case.get_absolute_url()).content.decode()
    assert page.index("Khách quan") < page.index("Chủ quan")
    assert cause.text not in page.partition("Điều kiện và bằng chứng")[0]


def test_recusal_is_said_on_the_page(client):
    cast = make_cast()
    case = make_case(cast=cast)
    sign_in(client, cast.leader)

    page = client.get(case.get_absolute_url()).content.decode()
    assert "Không thể tự xem xét hồ sơ của mình." in page


def test_evidence_is_named_or_handed_in(client):
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    page = f"{case.get_absolute_url()}dieu-kien/{Condition.AUTHORISED}/"
    said = {"finding": "met", "reason": "Được người đứng đầu cho phép."}
    bare = send(client, cast.focal, page, **said).content.decode()
    assert bare.count("Nhập bằng chứng hoặc tải tệp lên.") == 2  # on top and beside the field
    assert "Được người đứng đầu cho phép." in bare

    send(client, cast.focal, page, attached=make_upload("Quyết định.pdf"), **said)
    row = case.assessments.get()
    assert (row.evidence, row.stored.name) == ("Quyết định.pdf", "Quyết định.pdf")


def test_results_say_why_a_partly_met_pilot_is_not_commended(client):
    cast = make_cast()
    url = f"/de-xuat/{make_evaluated(cast).proposal.ref}/ket-qua/"
    words = "Chỉ đề nghị khen thưởng khi kết quả đánh giá là Đạt mục tiêu."
    sign_in(client, cast.focal)
    assert words in client.get(url).content.decode()
    sign_in(client, cast.coauthor)
    assert words not in client.get(url).content.decode()


def test_results_tell_the_head_what_stands_in_the_way(client):
    cast = make_cast()
    pilot = make_evaluated(cast)
    url = f"/de-xuat/{pilot.proposal.ref}/ket-qua/"
    sign_in(client, cast.head)
    assert "lập hồ sơ xem xét trách nhiệm trước khi" in client.get(url).content.decode()

    make_case(S.HEARING, cast=cast, pilot=pilot)
    page = client.get(url).content.decode()
    assert "Còn 1 hồ sơ xem xét trách nhiệm chưa kết thúc." in page
    sign_in(client, cast.colleague)
    assert client.get(url).status_code == 404
    sign_in(client, cast.coauthor)
    assert "xem xét trách nhiệm chưa kết thúc" not in client.get(url).content.decode()


def _heard(cast) -> LiabilityCase:
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã báo cáo và khắc phục kịp thời.")
    return fresh(case)


# the same literal number of queries for one row and for three
@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_cases(rows, client, django_assert_num_queries):
    cast = make_cast()
    cases = [make_case(cast=cast, pilot=make_evaluated(cast)) for _ in range(rows)]
    sign_in(client, cast.head)
    client.get("/trach-nhiem/")

    with django_assert_num_queries(LIST):
        page = client.get("/trach-nhiem/").content.decode()
    assert [case.code in page for case in cases] == [True] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_commendations(rows, client, django_assert_num_queries):
    cast = make_cast()
    for _ in range(rows):
        make_commendation(cast=cast, pilot=make_evaluated(cast, result=Result.COMPLETED))
    sign_in(client, cast.officer)
    client.get("/khen-thuong/")

    with django_assert_num_queries(LIST):
        page = client.get("/khen-thuong/").content.decode()
    assert page.count("Giấy khen") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_results_of_a_proposal(rows, client, django_assert_num_queries):
    cast = make_cast()
    pilot = make_evaluated(cast)
    for person in (cast.leader, cast.coauthor, cast.member)[:rows]:
        make_case(cast=cast, pilot=pilot, person=person)
    url = f"/de-xuat/{pilot.proposal.ref}/ket-qua/"
    sign_in(client, cast.head)
    client.get(url)

    with django_assert_num_queries(RESULTS):
        page = client.get(url).content.decode()
    assert page.count("TN-") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_workspace_with_causes(rows, client, django_assert_num_queries):
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    for number in range(rows):
        said = CauseSaid("subjective", f"Nguyên nhân {number}.", "slight", "Báo cáo")
        finding.add_cause(case.pk, said, by=cast.focal)
    sign_in(client, cast.head)
    client.get(case.get_absolute_url())

    with django_assert_num_queries(WORKSPACE):
        page = client.get(case.get_absolute_url()).content.decode()
    assert page.count("Chủ quan") >= 1

"""The three steps on the page, without script; what is typed wrongly is said beside the field."""

import re
import uuid

import pytest
from django.urls import reverse
from freezegun import freeze_time

from documents.actions import issuing, signing
from jobs.models import LongJob
from jobs.running import run_waiting
from organisation.stages import Role
from reporting.urging.actions import drafting, laying
from reporting.urging.models import UrgingDispatch
from tests.factories.documents import make_upload
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.urging import make_drafts, make_late, make_office, make_sent, reread

FIRST = "2021-11-04 02:15"
LATE, CREATE = reverse("reporting:urging"), reverse("reporting:urging_create")
pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with freeze_time(FIRST):
        return make_office()


@pytest.fixture
def officer(client, house):
    with freeze_time(FIRST):
        return sign_in(client, house.home_affairs_officer)


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def words(*agencies, **over):
    """What step 2 sends."""
    facts = {
        "key": str(uuid.uuid4()),
        "co_quan": [str(one.ref) for one in agencies],
        "way": "rieng",
        "answer_by": "11/11/2021",
        "note": "",
    }
    return facts | over


def url(name, dispatch):
    return reverse(f"reporting:urging_{name}", args=[dispatch.ref])


@freeze_time(FIRST)
def test_from_the_tick_to_the_answer(client, house, officer):
    for agency in (house.department, house.district):
        make_late(agency)
    page = officer.get(LATE)
    assert "2 cơ quan, 2 việc quá hạn" in words_of(page)
    for agency in (house.department, house.district):
        assert f'value="{agency.ref}"' in page.content.decode()

    step2 = officer.get(CREATE, {"co_quan": [house.department.ref, house.district.ref]})
    assert "Sở Tài nguyên và Môi trường" in words_of(step2)
    step3 = officer.post(CREATE, words(house.department, house.district))
    assert "Trình ký 2 văn bản" in words_of(officer.get(step3["Location"]))
    laid = {"key": str(uuid.uuid4()), "signer": str(house.home_affairs_head.ref)}
    officer.post(step3["Location"], laid)
    letters = list(UrgingDispatch.objects.order_by("pk"))
    assert [one.state for one in letters] == ["waiting_signature"] * 2
    for one in letters:
        signing.sign(one.paper_id, by=house.home_affairs_head)
        issuing.issue(one.paper_id, by=house.home_affairs_clerk)
    first = reread(letters[0])
    sign_in(client, house.focal)
    assert "Trả lời công văn số 01/SNV" in words_of(client.get(url("answer", first)))
    said = {
        "key": str(uuid.uuid4()),
        "answer": "Đã thực hiện xong việc quá hạn, báo cáo Sở Nội vụ.",
        "first_file": make_upload(),
    }
    answered = client.post(url("answer", first), said, follow=True)

    assert "Đã trả lời công văn số 01/SNV" in words_of(answered)
    file = first.urged.get().files.get()
    address = reverse("reporting:urging_file", args=[first.ref, file.ref])
    assert client.get(address).getvalue().startswith(b"%PDF")
    sign_in(client, house.home_affairs_lead)
    shown = words_of(client.get(reverse("reporting:urging_letters")))
    assert ("Trả lời 1/1" in shown, "Trả lời 0/1" in shown) == (True, True)
    sign_in(client, house.district_head)
    assert client.get(address).status_code == 404


@freeze_time(FIRST)
def test_many_are_laid_by_a_worker_each_by_itself(house, officer):
    agencies = [house.department, *(make_unit(parent=house.unit) for _ in range(laying.FEW))]
    for agency in agencies:
        make_late(agency)
    drafts = make_drafts(house, *agencies)
    drafting.cancel(drafts[1].pk, by=house.home_affairs_officer)
    one = make_drafts(house, agencies[1])[0]
    UrgingDispatch.objects.filter(pk=one.pk).update(batch=drafts[0].batch, answer_by="2021-11-04")
    step3 = reverse("reporting:urging_batch", args=[drafts[0].batch])
    laid = {"key": str(uuid.uuid4()), "signer": str(house.home_affairs_head.ref)}

    page = officer.post(step3, laid)
    job = LongJob.objects.get()
    run_waiting(30)

    assert page["Location"] == job.get_absolute_url()
    states = UrgingDispatch.objects.order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["cancelled", "draft", *["waiting_signature"] * laying.FEW]
    assert "phải sau ngày gửi" in job.parts.exclude(failure="").get().failure


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"answer_by": ""}, "Nhập hạn trả lời."),
        ({"answer_by": "31/02/2022"}, "Không có ngày 31/02/2022"),
        ({"answer_by": "04/11/2021"}, "Chọn hạn trả lời sau hôm nay."),
        ({"answer_by": "13/11/2021"}, "13/11/2021 là ngày nghỉ"),
        ({"answer_by": "04/11/2022"}, "Chọn hạn trả lời trong 90 ngày tới."),
        ({"way": "khac"}, " trong danh sách."),
        ({"note": "a" * 2001}, "dài quá 2000 ký tự"),
        ({"note": "Xin\x00chào"}, "ký tự điều khiển"),
        ({"key": "x"}, "Trang gửi lên thiếu một phần."),
    ],
)
@freeze_time(FIRST)
def test_what_is_typed_wrongly_is_said_and_nothing_is_drafted(house, officer, over, message):
    make_late(house.department)

    page = officer.post(CREATE, words(house.department, **over))

    assert page.status_code == 422
    assert message in page.content.decode()
    assert not UrgingDispatch.objects.exists()


@pytest.mark.parametrize("refs", [[], ["khong-phai"], [str(uuid.uuid4())]])
@freeze_time(FIRST)
def test_without_an_agency_there_is_no_second_step(officer, refs):
    page = officer.get(CREATE, {"co_quan": refs}, follow=True)

    assert "Chọn ít nhất một cơ quan có việc quá hạn." in words_of(page)


@freeze_time(FIRST)
def test_a_double_click_drafts_once(house, officer):
    make_late(house.department)
    said = words(house.department)

    answers = [officer.post(CREATE, said) for _ in range(2)]

    assert UrgingDispatch.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


@freeze_time(FIRST)
def test_who_comes_second_gets_the_page_of_the_conflict(client, house, officer):
    make_late(house.department)
    make_drafts(house, house.department)
    second = make_user(role=Role.HOME_AFFAIRS_OFFICER, unit=house.home_affairs)

    page = sign_in(client, second).post(CREATE, words(house.department))

    assert page.status_code == 409
    assert house.home_affairs_officer.full_name in page.content.decode()


@freeze_time(FIRST)
def test_a_draft_is_changed_and_an_old_form_of_it_is_refused(house, officer):
    make_late(house.department)
    dispatch = make_drafts(house, house.department)[0]
    said = {"key": str(uuid.uuid4()), "version": 1, "answer_by": "18/11/2021", "note": "Gấp."}

    officer.post(url("change", dispatch), said)
    stale = officer.post(url("change", dispatch), said | {"key": str(uuid.uuid4())})

    facts = reread(dispatch).paper.facts
    texts = {block["key"]: block for block in facts["body"] if "key" in block}
    assert texts["note"]["text"] == "Gấp."
    assert "ngày 18 tháng 11 năm 2021" in texts["asked"]["children"][1]["text"]
    assert stale.status_code == 409


@freeze_time(FIRST)
def test_a_signature_after_the_day_of_the_answer_is_refused(house):
    make_late(house.department)
    dispatch = make_drafts(house, house.department)[0]
    head, paper = house.home_affairs_head, dispatch.paper_id
    signing.send(paper, by=house.home_affairs_officer, signer=head)

    with freeze_time("2021-11-11 03:00"):
        assert "phải sau ngày gửi" in signing.foreseen(reread(dispatch).paper, head)[1]


@freeze_time(FIRST)
def test_the_list_costs_the_same_for_one_agency_and_for_ten(
    house, officer, django_assert_max_num_queries
):
    make_late(house.department)
    officer.get(LATE)
    for _ in range(9):
        make_late(make_unit(parent=house.unit))

    with django_assert_max_num_queries(15):
        page = officer.get(LATE)

    assert "10 cơ quan, 10 việc quá hạn" in words_of(page)


@freeze_time(FIRST)
def test_the_list_is_filtered_and_drafted_as_it_is_filtered(house, officer):
    make_late(house.department)
    make_late(house.district)

    page = words_of(officer.get(LATE, {"q": "ninh son"}))
    step2 = words_of(officer.get(CREATE, {"nhom": "district", "ca_danh_sach": "1"}))

    assert "1 cơ quan, 1 việc quá hạn" in page
    assert "Ủy ban nhân dân huyện Ninh Sơn" in step2
    assert "Sở Tài nguyên và Môi trường" not in step2


@freeze_time(FIRST)
def test_the_chairman_reads_what_was_reported_and_no_letter(client, house):
    make_late(house.department)
    letter = make_sent(house, house.department)

    assert sign_in(client, house.chairman).get(letter.get_absolute_url()).status_code == 404

"""Sending: frozen, routed, numbered, receipted, once."""

from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags
from freezegun import freeze_time

from deadlines.models import Clock
from deadlines.seeds import seed_rules
from documents.actions import drawn
from documents.models import OfficialDocument
from journal.models import Entry
from notifications.models import Notice
from organisation.models import Appointment, User
from organisation.stages import Role, UnitKind
from proposals.actions import sending
from proposals.actions.sending import NotReady, next_code
from proposals.models import Proposal
from proposals.routing import NoRoute, ground_of, route_of
from proposals.stages import BottleneckKind, Part, Stage, Track
from tests.factories.organisation import make_province, make_unit, make_user, sign_in
from tests.factories.proposals import make_coauthor, make_draft, make_proposal
from tests.proposals.filling import fill, hidden_fields, part_url, post_part, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province):
    return make_draft(proposer=province.official, agency=province.department)


def said(response) -> str:
    return response.content.decode()


def test_from_the_first_word_to_the_receipt_without_script(client, province):
    proposal = fill(sign_in(client, province.official))

    response = send(client, proposal)

    proposal.refresh_from_db()
    receipt = said(client.get(response["Location"]))
    assert proposal.stage == Stage.SUBMITTED
    assert proposal.code == f"DX-{proposal.submitted_at.year}-0001"
    assert response["Location"] == reverse("proposals:receipt", args=[proposal.ref])
    assert (
        f"Đã gửi đề xuất {proposal.code}. {proposal.deciding_unit_name} sẽ tiếp nhận"
        in strip_tags(receipt)
    )
    assert proposal.journal_head in receipt


def test_sending_freezes_every_word_under_one_digest(province, draft):
    sent = sending.send(draft.pk, by=province.official)

    version = sent.proposal.versions.get()
    facts = version.content.facts
    assert version.number == 1
    assert sent.entry.data["content_sha256"] == version.content.sha256
    assert facts["title"] == draft.title
    assert facts["problem"] == draft.plan.problem
    assert facts["indicators"][0]["target"] == "120.000"
    assert facts["proposer"]["share_percent"] == 100
    assert facts["commitment"].startswith("Tôi cam kết đề xuất xuất phát từ")


def test_sending_writes_entry_clock_notice_and_receipt_together(province, draft):
    sent = sending.send(draft.pk, by=province.official)

    clock = Clock.objects.open().get()
    paper = OfficialDocument.objects.get()
    assert (sent.entry.action, sent.entry.before, sent.entry.after) == (
        "proposal.submit",
        "draft",
        "submitted",
    )
    assert sent.proposal.journal_length == sent.entry.seq
    assert sent.proposal.journal_head == sent.entry.entry_hash
    assert (clock.rule.code, clock.holder_role) == ("INTAKE", Role.AGENCY_FOCAL)
    assert clock.holder_unit == province.department
    assert sent.proposal.holder == "Đầu mối Sở Tài nguyên và Môi trường"
    assert sent.proposal.due_on == clock.due_on
    assert paper.facts["entry_hash"] == sent.entry.entry_hash
    assert {notice.recipient for notice in Notice.objects.all()} == {
        province.focal,
        province.official,
    }


def test_a_letter_names_code_and_act_never_the_title(province, draft):
    sending.send(draft.pk, by=province.official)

    subjects = list(Notice.objects.values_list("subject", flat=True))
    assert all(draft.title not in subject for subject in subjects)
    assert all(subject.startswith("[DX-") for subject in subjects)


def test_double_submit_sends_once(client, province, draft):
    url = reverse("proposals:check", args=[draft.ref])
    page = said(sign_in(client, province.official).get(url))
    carried = hidden_fields(page)
    form = {"key": carried["key"], "version": carried["version"]}
    assert f'href="{reverse("proposals:plan", args=[draft.ref])}"' in page  # as a paper, unsent

    first, again = client.post(url, form), client.post(url, form)

    assert first["Location"] == again["Location"]
    assert Entry.objects.filter(action="proposal.submit").count() == 1
    assert Notice.objects.filter(recipient=province.focal).count() == 1


def test_the_same_key_with_other_content_is_refused(client, province, draft):
    url = reverse("proposals:check", args=[draft.ref])
    carried = hidden_fields(said(sign_in(client, province.official).get(url)))
    form = {"key": carried["key"], "version": carried["version"]}
    client.post(url, form)

    response = client.post(url, form | {"version": "1", "other": "content"})

    assert response.status_code == 409


def test_a_check_page_older_than_the_draft_sends_nothing(client, province, draft):
    url = reverse("proposals:check", args=[draft.ref])
    carried = hidden_fields(said(sign_in(client, province.official).get(url)))
    post_part(client, draft, Part.PROBLEM, problem="Sửa ở thẻ khác.", then="luu")

    response = client.post(url, {"key": carried["key"], "version": carried["version"]})

    draft.refresh_from_db()
    assert response.status_code == 409
    assert draft.stage == Stage.DRAFT


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(client, province, draft):
    page = said(
        sign_in(client, province.official).get(reverse("proposals:check", args=[draft.ref]))
    )

    assert draft.plan.problem in page
    assert all(part_url(draft, part) in page for part in Part)
    assert "Nguyễn Giám Đốc Mẫu, Giám đốc Sở" in page
    assert "Không giữ chức vụ lãnh đạo, quản lý tại ngày gửi." in page


def test_what_is_missing_is_listed_and_nothing_is_sent(client, province, draft):
    draft.plan.problem = ""
    draft.plan.is_committed = False
    draft.plan.save()

    response = send(sign_in(client, province.official), draft)

    page = said(response)
    draft.refresh_from_db()
    assert response.status_code == 422
    assert "Chưa gửi được: còn 2 nội dung cần sửa" in page
    assert f"{part_url(draft, Part.PROBLEM)}#id_problem" in page
    assert "Đánh dấu cam kết trước khi gửi." in page
    assert (draft.stage, draft.code) == (Stage.DRAFT, None)


def test_every_co_proposer_must_have_confirmed(province, draft):
    make_coauthor(draft, province.colleague, confirmed_at=None)

    with pytest.raises(NotReady, match="Trần Thị Minh Họa xác nhận cùng đề xuất") as refused:
        sending.send(draft.pk, by=province.official)

    assert [row.person for row in refused.value.readiness.waiting] == [province.colleague]


def test_shares_are_part_of_what_is_frozen(province, draft):
    make_coauthor(draft, province.colleague, share_percent=35)

    sent = sending.send(draft.pk, by=province.official)

    facts = sent.proposal.versions.get().content.facts
    assert facts["proposer"]["share_percent"] == 65
    assert [(one["name"], one["share_percent"]) for one in facts["coauthors"]] == [
        ("Trần Thị Minh Họa", 35)
    ]


def test_empty_short_answers_are_proposed_from_the_long_ones(province, draft):
    draft.plan.problem_brief = ""
    draft.plan.problem = " ".join(f"chữ{n}" for n in range(80))
    draft.plan.save()

    sending.send(draft.pk, by=province.official)

    draft.plan.refresh_from_db()
    assert len(draft.plan.problem_brief.split()) == 60
    assert draft.plan.problem_brief.endswith("chữ59…")


def test_only_the_proposer_sends(client, province, draft):
    make_coauthor(draft, province.colleague)

    sign_in(client, province.colleague)
    url = reverse("proposals:check", args=[draft.ref])
    page = client.get(url).content.decode()

    response = client.post(url, {"key": str(uuid4()), "version": draft.version})

    draft.refresh_from_db()
    assert "Chỉ người đề xuất gửi được." in page
    assert response.status_code == 403
    assert draft.stage == Stage.DRAFT


def test_codes_run_without_gaps_within_a_year(db):
    day = date(2022, 7, 5)

    codes = [next_code(day), next_code(day), next_code(date(2023, 1, 3))]

    assert codes == ["DX-2022-0001", "DX-2022-0002", "DX-2023-0001"]


# Where it goes (quy-trinh.md §5)


def route(person, **over):
    return route_of(person, date(2026, 3, 2), **over)


def test_an_official_reports_to_the_head_of_the_agency(province):
    found = route(province.official)

    assert (found.agency.unit, found.head) == (province.department, province.head)
    assert found.recipient == "Nguyễn Giám Đốc Mẫu, Giám đốc Sở"


def test_a_deputy_reports_to_the_head(province):
    assert route(province.deputy).head == province.head


def test_people_of_a_section_and_its_head_report_to_the_head_of_the_department(province):
    assert route(province.section_official).head == province.head
    assert route(province.section_head).head == province.head
    assert route(province.section_official).agency.unit == province.department


def test_a_head_reports_to_the_superior(province):
    found = route(province.head)

    assert found.agency.unit == province.department
    assert (found.deciding.unit, found.head) == (province.unit, province.chairman)
    assert found.is_superior


def test_where_the_head_writes_along_the_superior_decides(province):
    found = route(province.official, authors={province.head.pk})

    assert found.head == province.chairman


def test_the_top_of_the_province_has_no_superior(province):
    with pytest.raises(NoRoute, match="Chưa có cơ quan cấp trên"):
        route(province.chairman)


def test_an_agency_without_a_head_is_named(province):
    vacant = make_unit("Ban Mẫu", parent=province.unit, kind=UnitKind.DEPARTMENT)

    with pytest.raises(NoRoute, match="Chưa có người đứng đầu tại Ban Mẫu"):
        route(make_user(role=Role.PROPOSER, unit=vacant))


def test_a_person_without_a_post_is_told_so(province):
    with pytest.raises(NoRoute, match="Chưa có chức vụ"):
        route(make_user())


def test_sending_follows_the_post_of_the_day(province, draft):
    """Whoever moved to another agency since the draft was begun reports there."""
    Appointment.objects.filter(person=province.official).update(unit=province.district)

    sent = sending.send(draft.pk, by=User.objects.get(pk=province.official.pk))

    assert sent.proposal.agency == province.district
    assert sent.proposal.deciding_unit == province.district


# By which rules (quy-trinh.md §1)

UNREGULATED, UNSUITABLE = BottleneckKind.UNREGULATED, BottleneckKind.REGULATED_UNSUITABLE


@pytest.mark.parametrize(
    ("who", "on", "kind", "track"),
    [
        ("official", date(2026, 3, 2), UNREGULATED, Track.POLICY),
        ("deputy", date(2026, 3, 2), UNREGULATED, Track.ND73),
        ("section_head", date(2026, 3, 2), BottleneckKind.UNKNOWN, Track.ND73),
        ("deputy", date(2023, 9, 29), UNREGULATED, Track.ND73),
        ("deputy", date(2023, 9, 28), UNREGULATED, Track.POLICY),
        ("deputy", date(2026, 3, 2), UNSUITABLE, Track.POLICY),
        ("official", date(2026, 3, 2), UNSUITABLE, Track.POLICY),
    ],
)
def test_the_track_follows_post_day_and_kind_of_bottleneck(province, who, on, kind, track):
    assert ground_of(province.people[who], on, kind).track == track


def test_a_leader_with_an_unsuitable_regulation_is_warned(province):
    ground = ground_of(province.deputy, date(2026, 3, 2), UNSUITABLE)

    assert "chỉ áp dụng với nội dung chưa được quy định" in ground.warning


def test_the_track_is_kept_with_its_reason(province, draft):
    sent = sending.send(draft.pk, by=province.official)

    assert sent.proposal.track == Track.POLICY
    assert sent.proposal.track_reason == "Không giữ chức vụ lãnh đạo, quản lý tại ngày gửi."


# The receipt


@pytest.fixture
def sent(province, draft):
    return sending.send(draft.pk, by=province.official).proposal


def test_the_receipt_waits_for_its_paper_and_then_hands_it_out(client, province, sent):
    sign_in(client, province.official)
    url = reverse("proposals:receipt_file", args=[sent.ref])
    paper = OfficialDocument.objects.get()
    OfficialDocument.objects.filter(pk=paper.pk).update(drawing="waiting", file=None)

    waiting = client.get(url)
    page = said(client.get(waiting["Location"]))
    drawn(paper.pk, b"%PDF-1.7 bien nhan")
    answer = client.get(url)

    assert waiting["Location"] == reverse("proposals:receipt", args=[sent.ref])
    assert "Đang chuẩn bị…" in page
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bien nhan"


@pytest.mark.parametrize("who", ["head", "focal", "inspector", "district_official"])
def test_the_receipt_is_the_authors_own(client, province, sent, who):
    response = sign_in(client, province.people[who]).get(
        reverse("proposals:receipt", args=[sent.ref])
    )

    assert response.status_code == 404


def test_a_draft_has_no_receipt(client, province, draft):
    response = sign_in(client, province.official).get(
        reverse("proposals:receipt", args=[draft.ref])
    )

    assert response.status_code == 404


def test_days_are_those_of_ninh_thuan(province, draft):
    with freeze_time("2026-03-02 18:00"):  # already the third of March there
        sent = sending.send(draft.pk, by=province.official)

    assert sent.proposal.received_on == date(2026, 3, 3)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks")
def test_twenty_presses_at_once_send_once(client):
    seed_rules()
    people = make_province()
    draft = make_draft(proposer=people.official, agency=people.department)
    sign_in(client, people.official)
    url = reverse("proposals:check", args=[draft.ref])
    carried = hidden_fields(said(client.get(url)))
    form = {"key": carried["key"], "version": carried["version"]}
    cookies, barrier, answers = client.cookies, Barrier(20), []

    def press():
        own = type(client)()
        own.cookies = cookies
        barrier.wait()
        answers.append(own.post(url, form).get("Location"))
        connection.close()

    threads = [Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) == {reverse("proposals:receipt", args=[draft.ref])}
    assert Entry.objects.filter(action="proposal.submit").count() == 1
    assert Proposal.objects.get().code.endswith("-0001")


def test_a_withdrawn_proposal_tells_those_who_waited(province):
    sent = make_proposal(Stage.UNDER_REVIEW, proposer=province.official, agency=province.department)

    sending.withdraw(sent.pk, by=province.official)

    told = {notice.recipient for notice in Notice.objects.all()}
    assert told == {province.focal, province.head}

"""Who may write a draft and what is never taken from a form; my list, and ending a draft."""

import pytest
from django.urls import reverse

from deadlines.seeds import seed_rules
from proposals.models import Proposal
from proposals.parts import LABELS
from proposals.stages import Part, Stage
from tests.factories.organisation import make_province, sign_in
from tests.factories.proposals import make_coauthor, make_draft, make_proposal
from tests.proposals.filling import (
    begin,
    hidden_fields,
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


# Who may write, and what is never taken from the form


@pytest.mark.parametrize("who", ["head", "focal", "deputy", "inspector", "home_affairs_officer"])
def test_nobody_else_opens_the_form(client, province, who):
    draft = make_draft(proposer=province.official, agency=province.department)
    sent = make_proposal(proposer=province.official, agency=province.department)
    sign_in(client, province.people[who])

    answers = [client.get(part_url(one, Part.BASICS)).status_code for one in (draft, sent)]

    assert answers == [404, 404]


def test_a_sent_proposal_opens_its_page_instead_of_the_form(writer, province):
    sent = make_proposal(proposer=province.official, agency=province.department)

    response = writer.get(part_url(sent, Part.BASICS))

    assert response["Location"] == sent.get_absolute_url()


def test_a_sent_proposal_is_not_written_any_more(writer, province):
    sent = make_proposal(proposer=province.official, agency=province.department)
    carried = {"seen": "1", "page": ""}

    response = writer.post(part_url(sent, Part.PROBLEM), carried | typed(Part.PROBLEM))

    sent.plan.refresh_from_db()
    assert response.status_code == 409
    assert sent.plan.problem != typed(Part.PROBLEM)["problem"]
    assert typed(Part.PROBLEM)["problem"] in said(response)


def test_extra_fields_are_ignored(writer, province):
    """Every column of the proposal and of its plan is posted to every part (AZ-13)."""
    proposal = begin(writer)
    other = province.colleague
    columns = [f.name for f in (*Proposal._meta.fields, *type(proposal.plan)._meta.fields)]
    stolen = dict.fromkeys(set(columns) - set(LABELS), "1") | {
        "stage": Stage.APPROVED_PILOT,
        "proposer": str(other.pk),
        "proposer_id": str(other.pk),
        "agency": str(province.district.pk),
        "deciding_unit": str(province.district.pk),
        "code": "DX-2022-9999",
        "is_complete": "on",
        "submitted_at": "2020-01-01",
        "track": "nd73",
        "version": "77",
        "journal_head": "f" * 64,
    }
    own = [field.attname for field in Proposal._meta.fields]
    before = Proposal.objects.filter(pk=proposal.pk).values(*own).get()

    for part in (Part.PROBLEM, Part.SOLUTION, Part.COMMITMENT):
        posted = open_part(writer, proposal, part) | stolen | typed(part) | {"then": "luu"}
        writer.post(part_url(proposal, part), posted)

    after = Proposal.objects.filter(pk=proposal.pk).values(*own).get()
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {"version", "touched_at"}
    assert after["version"] == before["version"] + 3


def test_answers_of_another_part_are_ignored(writer):
    proposal = begin(writer)

    post_part(writer, proposal, Part.PROBLEM, title="Tên chen vào", risks="Chen vào", then="luu")

    proposal.refresh_from_db()
    assert proposal.title == ""
    assert proposal.plan.risks == ""


NAUGHTY = ["Tên\x00gọi", "Tên\x07gọi", "Tên\x1bgọi"]


@pytest.mark.parametrize("text", NAUGHTY)
def test_control_characters_are_refused(writer, text):
    proposal = begin(writer)

    response = post_part(writer, proposal, Part.BASICS, title=text)

    proposal.refresh_from_db()
    assert response.status_code == 422
    assert "Tên đề xuất có ký tự điều khiển." in said(response)
    assert proposal.title == ""


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Ho\u0302\u0300 sơ đa\u0302\u0301t đai", "Hồ sơ đất đai"),
        ("Hồ sơ \u202eđất đai", "Hồ sơ đất đai"),
        ("Hồ\u200b sơ\ufeff đất đai", "Hồ sơ đất đai"),
        ("  Hồ  sơ\tđất đai ", "Hồ sơ đất đai"),
    ],
)
def test_titles_are_stored_composed_and_without_hidden_signs(writer, text, stored):
    proposal = begin(writer)

    post_part(writer, proposal, Part.BASICS, title=text, then="luu")

    proposal.refresh_from_db()
    assert proposal.title == stored


def test_hidden_signs_in_long_answers_are_shown_as_marks(writer):
    proposal = begin(writer)

    post_part(writer, proposal, Part.PROBLEM, problem="Dòng một\u202e\r\nDòng hai", then="luu")

    proposal.plan.refresh_from_db()
    assert proposal.plan.problem == "Dòng một\u25cc\nDòng hai"


def test_markup_in_answers_is_shown_as_text(writer):
    proposal = begin(writer)
    post_part(writer, proposal, Part.BASICS, title="<script>alert(1)</script>", then="luu")

    page = said(writer.get(reverse("proposals:list") + "?muc=ban-nhap"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


# The list, and ending a draft


MY_LIST = 8


@pytest.mark.parametrize("rows", [1, 3])
def test_my_list_costs_the_same_for_one_and_for_three(
    client, province, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_proposal(proposer=province.official, agency=province.department)
    sign_in(client, province.official).get(reverse("proposals:list"))

    with django_assert_num_queries(MY_LIST):
        page = said(client.get(reverse("proposals:list")))

    assert page.count("Trả kết quả đất đai tại nhà cho người cao tuổi") == rows


def test_my_list_has_three_groups_with_their_counts(writer, province):
    mine = {"proposer": province.official, "agency": province.department}
    make_draft(**mine)
    make_proposal(Stage.UNDER_REVIEW, **mine)
    make_proposal(Stage.REFUSED, **mine)
    make_proposal(proposer=province.colleague, agency=province.department)

    counts = {
        word: said(writer.get(reverse("proposals:list"), {"muc": word})).count("<tr>")
        for word in ("dang-xu-ly", "ban-nhap", "da-xong")
    }

    assert counts == {"dang-xu-ly": 2, "ban-nhap": 2, "da-xong": 2}  # each with its head row


def test_my_list_holds_what_i_write_with_others(client, province):
    proposal = make_proposal(proposer=province.official, agency=province.department)
    make_coauthor(proposal, province.district_official)

    page = said(sign_in(client, province.district_official).get(reverse("proposals:list")))

    assert proposal.code in page


def test_a_page_of_rows_then_the_next(writer, province):
    for _ in range(26):
        make_draft(proposer=province.official, agency=province.department)
    url = reverse("proposals:list") + "?muc=ban-nhap"

    first = said(writer.get(url))
    more = first.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    second = said(writer.get(more))

    assert (first.count("<tr>"), second.count("<tr>")) == (26, 2)
    assert "Xem thêm" not in second


def test_an_empty_list_invites_to_begin(writer):
    page = said(writer.get(reverse("proposals:list")))

    assert "Đề xuất có thể bắt đầu từ một việc nhỏ đang vướng hằng ngày." in page


def press(client, route, proposal, **over):
    url = reverse(route, args=[proposal.ref])
    carried = hidden_fields(said(client.get(url)))
    return client.post(url, {"key": carried["key"], "version": carried["version"]} | over)


def test_a_draft_is_thrown_away(writer, province):
    draft = make_draft(proposer=province.official, agency=province.department)

    response = press(writer, "proposals:discard", draft)

    assert response["Location"] == reverse("proposals:list") + "?muc=ban-nhap"
    assert not Proposal.objects.exists()


def test_a_sent_proposal_is_never_thrown_away(writer, province):
    sent = make_proposal(proposer=province.official, agency=province.department)
    url = reverse("proposals:discard", args=[sent.ref])
    key = "5f6f1c9e-2f43-4c2c-9d35-0d2f2c0b0002"

    response = writer.post(url, {"key": key, "version": sent.version})

    assert response.status_code == 409
    assert Proposal.objects.filter(pk=sent.pk).exists()


def test_a_proposal_is_taken_back_before_it_is_decided(writer, province):
    sent = make_proposal(Stage.UNDER_REVIEW, proposer=province.official, agency=province.department)

    press(writer, "proposals:withdraw", sent)

    sent.refresh_from_db()
    assert sent.stage == Stage.WITHDRAWN
    assert sent.holder == "–"


def test_a_refused_proposal_is_written_anew(writer, province):
    old = make_proposal(Stage.REFUSED, proposer=province.official, agency=province.department)

    press(writer, "proposals:copy", old)

    draft = Proposal.objects.get(stage=Stage.DRAFT)
    assert draft.title == old.title
    assert draft.plan.problem == old.plan.problem
    assert draft.code is None
    assert not draft.plan.is_committed
    assert draft.expected_results.count() == 1

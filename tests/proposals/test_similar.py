"""Proposals with a like title: found with and without tone marks, shown only as far as allowed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from organisation.models import OrgUnit, User
from proposals import similarity
from proposals.models import Proposal, TitlePair
from proposals.stages import Stage
from tests.factories.organisation import make_province, sign_in
from tests.factories.proposals import make_draft, make_proposal

pytestmark = pytest.mark.django_db

TITLE = "Nhắc lịch nộp thuế đất bằng tin nhắn cho hộ gia đình"


@pytest.fixture
def province():
    return make_province()


def indexed(title, stage=Stage.UNDER_REVIEW, **over):
    """A proposal of the department, which the province's colleague works at."""
    if not over:
        main = User.objects.get(username="colleague").powers.main
        over = {"agency": OrgUnit.objects.get(pk=main.unit_id)}
    proposal = make_proposal(stage, title=title, **over)
    similarity.index_title(proposal)
    return proposal


def titles(found):
    return [like.proposal.title for like in found]


@pytest.mark.parametrize(
    "typed",
    [
        "Nhắc lịch nộp thuế đất bằng tin nhắn",
        "nhac lich nop thue dat bang tin nhan",
        "NHẮC LỊCH NỘP THUẾ ĐẤT",
        "Nha\u0306\u0301c li\u0323ch no\u0323\u0302p thue\u0302\u0301 \u0111a\u0302\u0301t",
    ],
)
def test_a_like_title_is_found_however_it_is_typed(province, typed):
    indexed(TITLE)
    indexed("Tra cứu quy hoạch xây dựng qua mã QR")

    found = similarity.like(typed, province.colleague)

    assert titles(found) == [TITLE]


def test_nearer_ones_come_first_and_are_called_so(province):
    indexed("Nhắc hạn nộp phí bằng tin nhắn")
    indexed(TITLE)

    found = similarity.like("Nhắc lịch nộp thuế đất bằng tin nhắn", province.colleague)

    assert [(like.proposal.title, like.words) for like in found] == [
        (TITLE, "Rất gần"),
        ("Nhắc hạn nộp phí bằng tin nhắn", "Gần"),
    ]


def test_nothing_is_looked_for_below_eight_characters(province):
    indexed("Nhắc lịch")

    assert similarity.like("Nhắc l", province.colleague) == []


def test_at_most_five_are_shown(province):
    for number in range(8):
        indexed(f"{TITLE} {number}")

    assert len(similarity.like(TITLE, province.colleague)) == 5


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITHDRAWN])
def test_drafts_and_withdrawn_ones_never_appear(province, stage):
    indexed(TITLE, stage, proposer=province.official, agency=province.department)

    assert similarity.like(TITLE, province.colleague) == []


def test_refused_ones_appear_only_to_the_same_agency_with_their_ground(province):
    indexed(TITLE, Stage.REFUSED, proposer=province.official, agency=province.department)

    here = similarity.like(TITLE, province.colleague)
    section = similarity.like(TITLE, province.section_official)
    elsewhere = similarity.like(TITLE, province.district_official)

    assert [like.ground for like in here] == ["Chưa khả thi"]
    assert titles(section) == [TITLE]
    assert elsewhere == []


def test_only_those_who_may_open_it_get_a_link(province):
    proposal = indexed(TITLE, proposer=province.official, agency=province.department)

    (head,) = similarity.like(TITLE, province.head)
    (colleague,) = similarity.like(TITLE, province.colleague)

    assert head.url == proposal.get_absolute_url()
    assert colleague.url == ""


def test_what_stands_at_another_agency_is_neither_shown_nor_counted(client, province):
    """AZ-04: for a stranger it is as if it were not there; who follows the province finds it."""
    indexed(TITLE, proposer=province.official, agency=province.department)
    sign_in(client, province.district_official)
    asked = {"ten": TITLE}

    page = client.get(reverse("proposals:similar"), asked).content.decode()

    assert "Không có đề xuất gần giống." in page
    assert "Sở Tài nguyên" not in page
    assert similarity.like(TITLE, province.district_official) == []
    assert titles(similarity.like(TITLE, province.inspector)) == [TITLE]


def test_the_piece_names_title_agency_state_and_year_and_nothing_else(client, province):
    proposal = indexed(TITLE, proposer=province.official, agency=province.department)
    sign_in(client, province.colleague)

    page = client.get(
        reverse("proposals:similar"), {"title": TITLE}, headers={"HX-Request": "true"}
    ).content.decode()

    assert "Có 1 đề xuất gần giống" in page
    assert "Rất gần · Sở Tài nguyên và Môi trường · " in page
    assert "Chờ xem xét" in page
    assert proposal.code not in page
    assert province.official.full_name not in page
    assert proposal.get_absolute_url() not in page
    assert "<html" not in page


def test_without_script_it_is_a_page_of_its_own(client, province):
    indexed(TITLE)
    sign_in(client, province.colleague)

    page = client.get(reverse("proposals:similar"), {"ten": "nhac lich nop thue"}).content.decode()

    assert TITLE in page
    assert "<html" in page


def test_a_title_is_not_like_itself(client, province):
    draft = make_draft(proposer=province.official, agency=province.department, title=TITLE)
    similarity.index_title(draft)
    sign_in(client, province.official)

    page = client.get(
        reverse("proposals:similar"),
        {"title": TITLE, "de_xuat": draft.ref},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "gần giống" not in page


def test_a_new_title_replaces_the_old_words(province):
    proposal = indexed(TITLE)
    proposal.title = "Tra cứu quy hoạch xây dựng"

    similarity.index_title(proposal)

    assert set(TitlePair.objects.values_list("pair", flat=True)) == {
        "tra cuu",
        "cuu quy",
        "quy hoach",
        "hoach xay",
        "xay dung",
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_costs_the_same_for_one_and_for_three(province, rows, django_assert_num_queries):
    for number in range(rows):
        indexed(f"{TITLE} {number}")
    assert province.colleague.powers.main  # read once a request

    with django_assert_num_queries(2):
        found = similarity.like(TITLE, province.colleague)

    assert len(found) == rows


def test_of_a_common_pair_only_the_newest_are_read(province):
    """However many titles share it: what is read is bounded, by one index scan for each pair."""
    sample = make_proposal(title=TITLE)
    many = similarity.NEWEST + 20
    copies = [copied(sample, number) for number in range(many)]
    TitlePair.objects.bulk_create(TitlePair(proposal=one, pair="tin nhan") for one in copies)

    read = similarity._postings("tin nhan", "nop thue")

    newest = sorted((one.pk for one in copies), reverse=True)[: similarity.NEWEST]
    assert sorted((pk for _, pk in read), reverse=True) == newest


def copied(sample, number):
    """A row like the sample, without its history."""
    facts = {f.attname: getattr(sample, f.attname) for f in Proposal._meta.fields}
    facts |= {"id": None, "ref": uuid4(), "code": f"DX-2021-{number:04d}"}
    return Proposal.objects.create(**facts)

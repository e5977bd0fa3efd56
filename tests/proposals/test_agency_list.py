"""The agency's list of cases: its rows and its filters."""

import re

import pytest
from django.urls import reverse

from proposals.stages import Stage
from tests.factories.organisation import sign_in
from tests.factories.proposals import make_field, make_proposal
from tests.proposals.flows import (
    make_received,
    make_seeded_province,
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


# The agency's list


def test_the_agencys_list_shows_its_own_cases_alone(client, province):
    own = make_received(province)
    other = make_proposal(
        Stage.UNDER_REVIEW, proposer=province.district_official, agency=province.district
    )
    draft = make_proposal(Stage.DRAFT, proposer=province.official, agency=province.department)

    page = page_of(client, province.head, "agency")

    assert "1 hồ sơ" in page
    assert own.title in page
    assert other.title not in page
    assert draft.title not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Cấp giấy phép một lần", "Họp không giấy"}),
        ({"q": "cap giay"}, {"Cấp giấy phép một lần"}),
        ({"q": "CẤP GIẤY"}, {"Cấp giấy phép một lần"}),
        ({"q": "không có"}, set()),
        ({"trang_thai": "refused"}, {"Họp không giấy"}),
        ({"dang_giu": "Giám đốc"}, {"Cấp giấy phép một lần"}),
        ({"trang_thai": "khong-co"}, {"Cấp giấy phép một lần", "Họp không giấy"}),
    ],
)
def test_filters_stand_in_the_url(client, province, query, found):
    facts = {"proposer": province.official, "agency": province.department}
    make_proposal(
        Stage.UNDER_REVIEW,
        title="Cấp giấy phép một lần",
        holder="Trần Thị Ví Dụ (Giám đốc)",
        **facts,
    )
    make_proposal(Stage.REFUSED, title="Họp không giấy", **facts)

    page = page_of(client, province.head, "agency", **query)

    titles = {"Cấp giấy phép một lần", "Họp không giấy"}
    assert {title for title in titles if title in page} == found


def test_a_field_is_a_filter(client, province):
    facts = {"proposer": province.official, "agency": province.department}
    land = make_field("Đất đai")
    make_proposal(Stage.UNDER_REVIEW, title="Về đất", field=land, **facts)
    make_proposal(Stage.UNDER_REVIEW, title="Về việc khác", **facts)

    page = page_of(client, province.head, "agency", linh_vuc=land.pk)

    assert "Về đất" in page
    assert "Về việc khác" not in page


def test_more_rows_keep_the_filter(client, province, monkeypatch):
    monkeypatch.setattr("proposals.paging.newest_first.__kwdefaults__", {"size": 2})
    for number in range(3):
        make_proposal(
            Stage.UNDER_REVIEW,
            title=f"Đề xuất số {number}",
            proposer=province.official,
            agency=province.department,
        )

    first = page_of(client, province.head, "agency", q="đề xuất")
    more = re.search(r'href="(/co-quan/ho-so/\?[^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(more).content.decode()

    assert "q=" in more
    assert "Đề xuất số 2" in first
    assert "Đề xuất số 0" not in first
    assert "Đề xuất số 0" in second
    assert "Xem thêm" not in second
    assert 'href="/co-quan/ho-so/?q=%C4%91%E1%BB%81+xu%E1%BA%A5t">Về đầu danh sách' in second
    assert "Về đầu danh sách" not in first

"""Co-proposers: found by name, asked with a share, answering for themselves."""

import pytest
from django.urls import reverse

from deadlines.models import Clock
from deadlines.seeds import seed_rules
from journal.models import Entry
from notifications.models import Notice
from proposals.actions import coauthors
from proposals.actions.coauthors import ShareRefused
from proposals.models import Proposal
from tests.factories.organisation import make_province, sign_in
from tests.factories.proposals import make_draft
from tests.proposals.filling import hidden_fields

pytestmark = pytest.mark.django_db

KEY = "5f6f1c9e-2f43-4c2c-9d35-0d2f2c0b00{:02d}"


@pytest.fixture
def province():
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province):
    return make_draft(proposer=province.official, agency=province.department)


def page_of(draft):
    return reverse("proposals:coauthors", args=[draft.ref])


def said(response) -> str:
    return response.content.decode()


def invite(draft, person, share=30):
    return coauthors.invite(draft.pk, person, share, by=draft.proposer)


def test_people_are_found_by_name_without_tone_marks(client, province, draft):
    sign_in(client, province.official)

    page = said(client.get(page_of(draft), {"q": "minh hoa"}))

    assert "Trần Thị Minh Họa" in page
    assert "Chuyên viên, Sở TN&amp;MT" in page
    assert "Phan Cán Bộ Huyện Mẫu" not in page


def test_the_proposer_is_not_offered(client, province, draft):
    sign_in(client, province.official)

    page = said(client.get(page_of(draft), {"q": "vi du"}))

    assert "Không có người phù hợp." in page


def test_a_colleague_is_asked_with_a_share(client, province, draft):
    sign_in(client, province.official)
    form = {"person": province.colleague.ref, "share_percent": "40", "key": KEY.format(1)}

    client.post(page_of(draft), form)

    row = draft.coauthors.get()
    clock = Clock.objects.open().get()
    assert (row.person, row.share_percent, row.confirmed_at) == (province.colleague, 40, None)
    assert (clock.rule.code, clock.holder_user) == ("CONFIRM_COAUTHOR", province.colleague)
    assert Notice.objects.get().recipient == province.colleague


@pytest.mark.parametrize("share", ["0", "100", "-5", "nửa"])
def test_a_share_is_between_1_and_99(client, province, draft, share):
    sign_in(client, province.official)
    form = {"person": province.colleague.ref, "share_percent": share, "key": KEY.format(2)}

    response = client.post(page_of(draft) + "?q=minh", form)

    assert response.status_code == 422
    assert not draft.coauthors.exists()


def test_something_is_left_for_the_proposer(province, draft):
    invite(draft, province.colleague, 60)

    with pytest.raises(ShareRefused, match=r"^Tổng tỷ lệ phải bằng 100%\. Hiện là 101%\."):
        invite(draft, province.deputy, 40)


def test_the_proposer_has_the_rest(client, province, draft):
    invite(draft, province.colleague, 35)

    page = said(sign_in(client, province.official).get(page_of(draft)))

    assert "Nguyễn Văn Ví Dụ</b>, 65%" in page
    assert "Chờ xác nhận" in page


def answer(client, draft, word):
    url = reverse("proposals:confirm_share", args=[draft.ref])
    key = hidden_fields(said(client.get(url)))["key"]
    return client.post(url, {"key": key, "tra-loi": word})


def test_whoever_is_asked_confirms(client, province, draft):
    invite(draft, province.colleague)
    sign_in(client, province.colleague)

    answer(client, draft, "dong-y")

    assert draft.coauthors.get().confirmed_at
    assert not Clock.objects.open().exists()
    assert Notice.objects.filter(recipient=province.official).count() == 1
    assert [entry.action for entry in Entry.objects.order_by("seq")] == [
        "proposal.invite_coauthor",
        "proposal.confirm_share",
    ]


def test_whoever_declines_sees_the_draft_no_more_and_is_shown_so(client, province, draft):
    invite(draft, province.colleague)
    sign_in(client, province.colleague)
    assert client.get(draft.get_absolute_url()).status_code == 200

    answer(client, draft, "khong")

    assert client.get(draft.get_absolute_url()).status_code == 404
    page = said(sign_in(client, province.official).get(page_of(draft)))
    assert "Không nhận lời" in page
    assert "Nguyễn Văn Ví Dụ</b>, 100%" in page


def test_another_share_is_asked_for_again(client, province, draft):
    invite(draft, province.colleague, 30)
    coauthors.confirm(draft.pk, by=province.colleague)

    invite(draft, province.colleague, 20)

    row = draft.coauthors.get()
    assert (row.share_percent, row.confirmed_at) == (20, None)
    assert Clock.objects.open().count() == 1


def test_a_co_proposer_is_taken_off(client, province, draft):
    invite(draft, province.colleague)
    sign_in(client, province.official)
    url = reverse("proposals:remove_coauthor", args=[draft.ref])

    client.post(url, {"person": province.colleague.ref, "key": KEY.format(3)})

    assert not draft.coauthors.exists()
    assert not Clock.objects.open().exists()


def test_co_proposers_do_not_choose_others(client, province, draft):
    invite(draft, province.colleague)
    sign_in(client, province.colleague)
    form = {"person": province.deputy.ref, "share_percent": "10", "key": KEY.format(4)}

    response = client.post(page_of(draft), form)

    assert response.status_code == 403
    assert draft.coauthors.count() == 1


@pytest.mark.parametrize("who", ["deputy", "head", "district_official"])
def test_nobody_answers_who_was_not_asked(client, province, draft, who):
    invite(draft, province.colleague)
    sign_in(client, province.people[who])

    response = client.get(reverse("proposals:confirm_share", args=[draft.ref]))

    assert response.status_code == 404


def test_a_discarded_draft_ends_what_was_asked(province, draft):
    from proposals.actions import drafting  # noqa: PLC0415

    invite(draft, province.colleague)

    drafting.discard(draft.pk, by=province.official)

    assert not Proposal.objects.exists()
    assert not Clock.objects.open().exists()
    assert Entry.objects.filter(action="proposal.discard").count() == 1

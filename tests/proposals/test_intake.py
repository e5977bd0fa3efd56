"""The desk takes a proposal in, or sends it back: one click from the list, or on its page."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from deadlines.models import Clock
from proposals.stages import Stage
from tests.factories.organisation import sign_in
from tests.proposals.flows import afresh, delegate, make_seeded_province, make_sent, reread

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


def test_one_click_takes_in(client, province):
    proposal = make_sent(province)
    page = page_of(client, province.focal, "intake")
    hidden = dict(re.findall(r'name="(key|version)" value="([^"]+)"', page))

    response = client.post(url_of("receive", proposal.ref), hidden)

    assert response.url == url_of("intake")
    assert reread(proposal).stage == Stage.UNDER_REVIEW
    assert "Đã tiếp nhận đề xuất" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("focal", 409), ("official", 403), ("district_focal", 404), ("admin", 404)]
)
def test_a_click_on_an_old_list_tells_only_those_who_may_see_the_case(
    client, province, who, status
):
    proposal = make_sent(province)
    stale = {"key": str(uuid4()), "version": str(proposal.version - 1)}

    answer = sign_in(client, province.people[who]).post(url_of("receive", proposal.ref), stale)

    assert answer.status_code == status
    assert reread(proposal).stage == Stage.SUBMITTED


def test_a_click_on_no_case_is_no_page(client, province):
    answer = sign_in(client, province.focal).post(url_of("receive", uuid4()), {"key": str(uuid4())})

    assert answer.status_code == 404


def test_the_desk_sees_what_is_complete_and_who_will_decide(client, province):
    proposal = make_sent(province)

    page = page_of(client, province.focal, "receive", proposal.ref)

    assert "Đủ 6/6 phần" in page
    assert "Nguyễn Giám Đốc Mẫu (Giám đốc Sở)" in page


def test_the_desk_says_which_of_those_who_may_decide_looks_at_it(client, province):
    delegate(province, province.deputy)
    proposal = make_sent(province)
    page = page_of(client, province.focal, "receive", proposal.ref)
    hidden = dict(re.findall(r'name="(key|version)" value="([^"]+)"', page))
    assert province.deputy.display in page

    stranger = hidden | {"decider": str(province.focal.ref)}
    assert client.post(url_of("receive", proposal.ref), stranger).status_code == 200
    client.post(url_of("receive", proposal.ref), hidden | {"decider": str(province.deputy.ref)})

    proposal = reread(proposal)
    assert (proposal.stage, proposal.holder) == (Stage.UNDER_REVIEW, province.deputy.display)
    clock = Clock.objects.get(rule__code="COLLECTIVE_MEETING")
    assert proposal.due_on == clock.due_on
    for person in (province.head, province.deputy):  # nobody loses it when the delegation ends
        assert Clock.objects.running().held_by(afresh(person)).filter(pk=clock.pk).exists()


@pytest.mark.parametrize("who", ["official", "clerk", "home_affairs_officer", "admin"])
def test_the_desk_is_no_page_for_others(client, province, who):
    make_sent(province)

    assert sign_in(client, province.people[who]).get(url_of("intake")).status_code == 404


def test_one_desk_does_not_see_anothers(client, province):
    proposal = make_sent(province)

    assert proposal.title not in page_of(client, province.district_focal, "intake")


def test_return_from_the_desk_part_by_part(client, province):
    proposal = make_sent(province)
    sign_in(client, province.focal)
    form = client.get(url_of("send_back", proposal.ref)).context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}
    typed |= {
        "part_2": "on",
        "field_2": "figures",
        "need_2": "Nêu số liệu.",
        "due_on": "31/12/2099",
    }

    response = client.post(url_of("send_back", proposal.ref), typed)

    assert response.status_code == 302
    item = proposal.supplement_requests.get().items.get()
    assert (item.field_name, item.request_text) == ("figures", "Nêu số liệu.")

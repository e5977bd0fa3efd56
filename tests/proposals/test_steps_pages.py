"""The pages of the review steps: what each asks for, and that the button does it."""

import pytest
from django.urls import reverse

from journal.models import Entry
from organisation.stages import Role
from proposals.actions import votes
from proposals.models import OpinionRequest
from proposals.stages import Ballot, Seat, Stage, StepConclusion, StepKind
from tests.factories.organisation import make_user, sign_in
from tests.proposals.flows import (
    make_checked,
    make_received,
    make_seeded_province,
    open_step,
    reread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_seeded_province()


def url_of(route, proposal):
    return reverse(f"proposals:{route}", args=[proposal.ref])


def hidden_of(form):
    prefix = f"{form.prefix}-" if form.prefix else ""
    return {f"{prefix}{name}": form[name].value() for name in ("key", "version")}


def post(client, user, route, proposal, *, form="form", to="", **typed):
    """Open the page as the user, type, and send it."""
    page = sign_in(client, user).get(url_of(route, proposal))
    assert page.status_code == 200
    return client.post(url_of(to or route, proposal), hidden_of(page.context[form]) | typed)


def post_twice(client, user, route, proposal, *, form="form", to="", **typed):
    """The same form again after its move, from a second click: nothing new is written (TX-03)."""
    page = sign_in(client, user).get(url_of(route, proposal))
    said = hidden_of(page.context[form]) | typed
    first = client.post(url_of(to or route, proposal), said)
    written = Entry.objects.count()
    second = client.post(url_of(to or route, proposal), said)
    assert Entry.objects.count() == written
    return first, second


def test_the_head_opens_another_step(client, province):
    proposal = make_checked(province)

    response = post(client, province.head, "open_step", proposal, kind="collective_vote")

    assert response.url == url_of("opinions", proposal)
    assert open_step(proposal, StepKind.COLLECTIVE_VOTE).is_required is False


@pytest.mark.parametrize("route", ["open_step", "party_question", "consult"])
def test_who_may_not_ask_is_told_so(client, province, route):
    proposal = make_received(province)

    assert sign_in(client, province.clerk).get(url_of(route, proposal)).status_code == 403


@pytest.mark.parametrize("route", ["legal_check", "party_opinion"])
def test_a_step_that_is_not_open_is_no_page(client, province, route):
    proposal = make_checked(province)

    assert sign_in(client, province.focal).get(url_of(route, proposal)).status_code == 404


def test_the_legal_check_is_no_page_of_the_head(client, province):
    proposal = make_received(province)

    response = sign_in(client, province.head).get(url_of("legal_check", proposal))

    assert response.status_code == 403


def test_asking_the_party_committee_and_copying_its_answer(client, province):
    proposal = make_checked(province)

    asked = post(client, province.head, "party_question", proposal, question="Xin ý kiến.")
    assert asked.status_code == 302
    typed = {"number": "12-CV/ĐU", "issued_on": "05/11/2026", "conclusion": "favourable"}
    unfinished = post(client, province.focal, "party_opinion", proposal, **typed)
    assert "Nhập nội dung ý kiến." in unfinished.content.decode()
    done = post(client, province.focal, "party_opinion", proposal, **typed, text="Đồng ý.")

    assert done.status_code == 302
    step = proposal.steps.get(kind=StepKind.PARTY_OPINION)
    assert step.content.facts["issued_on"] == "2026-11-05"


def test_asking_another_agency(client, province):
    proposal = make_received(province)
    page = sign_in(client, province.head).get(url_of("consult", proposal))
    units = page.context["form"].fields["unit"].queryset
    assert province.department.pk not in units.values_list("unit", flat=True)
    version = units.get(unit=province.district)

    response = post(
        client,
        province.head,
        "consult",
        proposal,
        unit=version.pk,
        question="Có vướng gì?",
        due_on="31/12/2099",
    )

    assert response.status_code == 302
    assert OpinionRequest.objects.get().unit == province.district


def test_a_vote_from_calling_to_closing(client, province):
    proposal = make_received(province)
    called = post(client, province.head, "vote", proposal, meeting_on="")
    assert called.url == url_of("vote", proposal)

    cast = post(client, province.deputy, "vote", proposal, ballot="for_")
    assert cast.status_code == 302
    page = client.get(url_of("vote", proposal)).content.decode()
    assert "Đã ghi phiếu: <b>Tán thành</b>" in page
    assert "Đã biểu quyết 1/2" in page
    closed = post(client, province.head, "vote", proposal, to="close_vote", without_silent="on")

    assert closed.url == url_of("opinions", proposal)
    assert reread(proposal).vote_passed is True
    words = "Kết quả: 1 tán thành, 0 không tán thành: thông qua."
    assert words in client.get(closed.url).content.decode()


def test_a_vote_without_result_stays_open_with_the_reason(client, province):
    proposal = make_received(province)
    votes.open_vote(proposal.pk, by=province.head)

    closed = post(client, province.head, "vote", proposal, to="close_vote")

    assert closed.url == url_of("vote", proposal)
    assert "Chưa có ai biểu quyết." in client.get(closed.url).content.decode()
    assert reread(proposal).vote_passed is None


def test_an_empty_ballot_is_asked_for_again(client, province):
    proposal = make_received(province)
    votes.open_vote(proposal.pk, by=province.head)

    response = post(client, province.deputy, "vote", proposal)

    assert "Chọn biểu quyết." in response.content.decode()


def test_others_are_led_from_the_vote_to_the_case(client, province):
    proposal = make_received(province)

    response = sign_in(client, province.official).get(url_of("vote", proposal))

    assert response.url == proposal.get_absolute_url()


def test_a_lonely_collective_is_warned(client, province):
    province.deputy.appointments.all().delete()
    proposal = make_received(province)
    votes.open_vote(proposal.pk, by=province.head)

    page = sign_in(client, province.head).get(url_of("vote", proposal)).content.decode()

    assert "Tập thể chỉ có một người biểu quyết." in page


def test_a_council_from_forming_to_its_conclusion(client, province):
    proposal = make_checked(province)
    members = [make_user(role=Role.PROPOSER, unit=province.department) for _ in range(4)]
    typed = {"person_1": province.head.pk, "seat_1": Seat.CHAIR.value}
    for number, member in enumerate(members, start=2):
        typed |= {f"person_{number}": member.pk, f"seat_{number}": Seat.MEMBER.value}

    few = post(client, province.head, "council", proposal, person_1=province.head.pk)
    assert "Hội đồng có từ 5 đến 9 người." in few.content.decode()
    formed, again = post_twice(client, province.head, "council", proposal, **typed)
    assert (formed.status_code, again.url) == (302, formed.url)
    said = {"conclusion": "favourable", "text": "Cần thiết, khả thi."}
    heard, again = post_twice(client, members[0], "council", proposal, **said)
    assert (heard.status_code, again.url) == (302, heard.url)
    page = sign_in(client, province.head).get(url_of("council", proposal)).content.decode()
    assert "Đã cho ý kiến 1/5" in page
    closing = {f"ket-luan-{name}": text for name, text in said.items()}
    concluded, again = post_twice(
        client, province.head, "council", proposal, form="closing", to="conclude_council", **closing
    )

    assert [concluded.url, again.url] == [url_of("opinions", proposal)] * 2
    step = proposal.steps.get(kind=StepKind.APPRAISAL_COUNCIL)
    assert step.conclusion == StepConclusion.FAVOURABLE


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"seat_2": "chair"}, "Chọn đúng một Chủ tịch Hội đồng."),
        ({"person_2": "head"}, "Một người chỉ ngồi một ghế trong Hội đồng."),
    ],
)
def test_a_council_that_cannot_sit_is_not_formed(client, province, typed, message):
    proposal = make_checked(province)
    seats = {"person_1": province.head.pk, "seat_1": "chair", "person_2": province.deputy.pk}
    typed = {name: province.head.pk if text == "head" else text for name, text in typed.items()}

    page = post(client, province.head, "council", proposal, **(seats | typed)).content.decode()

    assert message in page
    assert not proposal.steps.filter(kind=StepKind.APPRAISAL_COUNCIL).exists()


def test_redirecting_by_the_page(client, province):
    proposal = make_checked(province)

    short = post(client, province.head, "redirect", proposal, reason="Luật.")
    assert "cần ít nhất 5 chữ" in short.content.decode()
    reason = "Nội dung cần nghị quyết của HĐND."
    response = post(client, province.head, "redirect", proposal, reason=reason)

    assert response.status_code == 302
    assert reread(proposal).stage == Stage.REDIRECTED


def test_a_step_page_repeats_the_digest(client, province):
    proposal = make_received(province)

    page = sign_in(client, province.focal).get(url_of("legal_check", proposal)).content.decode()

    assert "Người cao tuổi phải đi lại nhiều lần để nhận kết quả đất đai." in page
    assert Ballot.FOR.label not in page

"""That a case exists is itself confidential: nothing of it leaves its stream and its readers."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accountability.actions import appealing, concluding, deciding, finding, hearing
from accountability.actions.finding import CauseSaid
from accountability.actions.reading import access_stream
from accountability.models import LiabilityCase
from accountability.registrations import may_know
from accountability.stages import CaseState, CommendationState
from deadlines.models import Clock
from deadlines.visibility import may_see_clock
from documents.actions import store_upload
from journal.models import AlreadyWritten, Content, Entry
from notifications.models import Notice
from notifications.rights import why_not
from organisation.days import today
from organisation.models import Appointment
from pilots.actions import evaluating
from tests.factories.accountability import (
    CHARGES,
    REASON,
    make_case,
    make_cast,
    make_commendation,
    make_evaluated,
)
from tests.factories.documents import PDF
from tests.factories.notifications import make_letter

S = CaseState
OUTSIDERS = ("coauthor", "member", "monitor", "colleague", "clerk", "admin", "stranger", "officer")


def stream_as_text(stream: str) -> str:
    entries = "".join(Entry.objects.of(stream).values_list("body", flat=True))
    return entries + "".join(Content.objects.filter(stream=stream).values_list("body", flat=True))


@pytest.mark.parametrize("state", [S.OPENED, S.HEARING, S.DECIDED, S.APPEALED, S.CLOSED])
def test_the_stream_of_the_proposal_shows_nothing_of_a_case(state):
    cast = make_cast()
    pilot = make_evaluated(cast)
    before = stream_as_text(pilot.stream)
    case = make_case(state, cast=cast, pilot=pilot)

    assert stream_as_text(pilot.stream) == before
    own = stream_as_text(case.stream)
    assert CHARGES in own  # what could have leaked is there
    for clue in (str(case.ref), case.code, CHARGES, REASON, "liability"):
        assert clue not in before


@pytest.mark.parametrize("name", OUTSIDERS)
def test_lists_do_not_leak(name, client):
    cast = make_cast()
    pilot = make_evaluated(cast)
    user = getattr(cast, name)
    client.force_login(user)
    urls = ["/trach-nhiem/", "/viec-cua-toi/", f"/de-xuat/{pilot.proposal.ref}/ket-qua/"]
    before = {url: _visible(client.get(url)) for url in urls}

    case = make_case(S.HEARING, cast=cast, pilot=pilot)

    for url in urls:
        answer = client.get(url)
        assert _visible(answer) == before[url], url
        for clue in (case.code, str(case.ref)):
            assert clue.encode() not in answer.content
    assert LiabilityCase.objects.visible_to(user).count() == 0
    assert Notice.objects.of(user).filter(stream=case.stream).count() == 0


# What is new in every rendering: tokens, the key of a form, the name and the minute of the request.
FRESH = re.compile(
    r'("csrfmiddlewaretoken"|X-CSRFToken|name="key"|code class="num").*?>[0-9a-f]*|\b\d\d:\d\d\b'
)


def _visible(answer) -> str:
    return FRESH.sub("", " ".join(answer.content.decode().split()))


@pytest.mark.parametrize("name", ["leader", "head", "focal", "home_affairs_lead", "inspector"])
def test_readers_find_the_case_in_their_list(name, client):
    cast = make_cast()
    case = make_case(cast=cast)
    client.force_login(getattr(cast, name))

    assert case.code.encode() in client.get("/trach-nhiem/").content


def test_the_person_sees_charges_and_not_the_findings(client):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    client.force_login(cast.leader)
    page = client.get(case.get_absolute_url()).content.decode()

    assert CHARGES in page
    for inner in ("Chậm mời bưu điện", "Theo hồ sơ đã duyệt", "người được xem", "Nguyên nhân"):
        assert inner not in page
    client.force_login(cast.head)
    inner_page = client.get(case.get_absolute_url()).content.decode()
    for inner in ("Chậm mời bưu điện", "Theo hồ sơ đã duyệt", "6 người được xem"):
        assert inner in inner_page


def test_the_person_sees_no_draft_of_the_conclusion(client):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome="mitigated", reason=REASON, by=cast.head)
    client.force_login(cast.leader)

    page = client.get(case.get_absolute_url()).content.decode()
    assert "Giảm nhẹ trách nhiệm" not in page
    assert REASON not in page
    client.force_login(cast.deputy)
    assert REASON in client.get(f"{case.get_absolute_url()}xac-nhan/").content.decode()


@pytest.mark.parametrize("page", ["ket-luan/", "xac-nhan/", "dieu-kien/pure_motive/"])
def test_a_form_sent_in_vain_shows_nothing(page, client):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    deciding.decide(case.pk, outcome="mitigated", reason=REASON, by=cast.head)
    client.force_login(cast.leader)

    answer = client.post(f"{case.get_absolute_url()}{page}", {})
    assert answer.status_code == 403
    for inner in (REASON, "Theo hồ sơ đã duyệt", "Chậm mời bưu điện", "Giảm nhẹ"):
        assert inner not in answer.content.decode()


def test_the_agency_sees_the_conclusion_and_nothing_else(client):
    cast = make_cast()
    pilot = make_evaluated(cast)
    case = make_case(S.DECIDED, cast=cast, pilot=pilot)
    cast.head.appointments.all().delete()
    Appointment.objects.filter(person=cast.member).update(
        position=Appointment.objects.get(person=cast.focal).position
    )
    client.force_login(cast.member)  # focal point of the agency by now, but of the team
    page = client.get(case.get_absolute_url()).content.decode()

    assert "Miễn trách nhiệm" in page
    assert REASON in page
    for inner in (CHARGES, "Chậm mời bưu điện", "Theo hồ sơ đã duyệt", "người được xem"):
        assert inner not in page


def test_each_look_is_written_down_for_good(client):
    cast = make_cast()
    case = make_case(cast=cast)
    for user in (cast.head, cast.inspector, cast.leader):
        client.force_login(user)
        client.get(case.get_absolute_url())

    looks = Entry.objects.of(access_stream(case)).order_by("seq")
    assert [(look.actor, look.role) for look in looks] == [
        (cast.head.ref, "head"),
        (cast.inspector.ref, "inspector"),
        (cast.leader.ref, "concerned"),
    ]
    assert json.loads(looks[0].body)["data"]["page"] == "detail"
    with pytest.raises(AlreadyWritten):
        looks[0].save()
    with pytest.raises(AlreadyWritten):
        looks.delete()


def test_a_refused_look_is_not_a_look(client):
    cast = make_cast()
    case = make_case(cast=cast)
    client.force_login(cast.colleague)
    client.get(case.get_absolute_url())

    assert not Entry.objects.of(access_stream(case)).exists()


def test_pages_of_a_case_are_never_kept(client):
    cast = make_cast()
    case = make_case(cast=cast)
    client.force_login(cast.head)

    for url in (case.get_absolute_url(), "/trach-nhiem/"):
        assert "no-store" in client.get(url)["Cache-Control"]


def test_letters_and_clocks_ask_again_who_may_know():
    cast = make_cast()
    case = make_case(cast=cast)
    row = make_commendation(cast=cast, pilot=make_evaluated(cast, result="completed"))

    assert why_not(make_letter(cast.leader, stream=case.stream)) == ""
    assert why_not(make_letter(cast.colleague, stream=case.stream))
    assert why_not(make_letter(cast.officer, stream=row.stream)) == ""
    assert not may_know(cast.stranger, row.ref)
    clock = Clock.objects.of_subject("liability", case.ref).get()
    assert may_see_clock(cast.head, clock)
    assert not may_see_clock(cast.colleague, clock)


def test_files_have_the_visibility_of_the_case(client):
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    upload = SimpleUploadedFile("y-kien.pdf", PDF, content_type="application/pdf")
    stored = store_upload(upload, stream=case.stream, by=cast.leader)
    hearing.give_statement(case.pk, by=cast.leader, text="Kèm tài liệu.", files=[stored])
    url = f"{case.get_absolute_url()}tep/{stored.ref}/"

    for name, status in (("leader", 200), ("head", 200), ("coauthor", 404), ("admin", 404)):
        client.force_login(getattr(cast, name))
        answer = client.get(url)
        if answer.streaming:
            assert b"".join(answer.streaming_content) == PDF
        assert answer.status_code == status, name


def test_evidence_is_not_served_to_the_person_before_the_conclusion(client):
    cast = make_cast()
    case = make_case(S.FACT_FINDING, cast=cast)
    upload = SimpleUploadedFile("bien-ban.pdf", PDF, content_type="application/pdf")
    stored = store_upload(upload, stream=case.stream, by=cast.focal)
    said = CauseSaid("objective", "Mưa lũ.", "main", "Biên bản", stored)
    finding.add_cause(case.pk, said, by=cast.focal)
    url = f"{case.get_absolute_url()}tep/{stored.ref}/"

    for name, status in (("focal", 200), ("leader", 404)):
        client.force_login(getattr(cast, name))
        answer = client.get(url)
        if answer.streaming:
            assert b"".join(answer.streaming_content) == PDF
        assert answer.status_code == status, name


def test_a_file_of_another_case_is_not_served(client):
    cast = make_cast()
    case = make_case(cast=cast)
    upload = SimpleUploadedFile("khac.pdf", PDF, content_type="application/pdf")
    stored = store_upload(upload, stream="case:" + "0" * 8 + "-0000-4000-8000-000000000000",
                          by=cast.head)  # fmt: skip
    client.force_login(cast.head)

    assert client.get(f"{case.get_absolute_url()}tep/{stored.ref}/").status_code == 404


def test_drafts_of_commendation_papers_are_for_those_who_work_on_it(client):
    cast = make_cast()
    row = make_commendation(CommendationState.SUBMITTED, cast=cast)
    client.force_login(cast.leader)

    page = client.get(row.get_absolute_url()).content.decode()
    assert "Phiếu trình" not in page
    client.force_login(cast.officer)
    assert "Phiếu trình" in client.get(row.get_absolute_url()).content.decode()


def asked(pilot):
    """Who is asked to record the result now, by the clock that nobody else sees."""
    row = pilot.evaluations.get()
    return Clock.objects.of_subject("evaluation", row.ref).open().filter(rule__code="CONCLUSION")


@pytest.mark.parametrize(("result", "at_once"), [("completed", 1), ("not_completed", 0)])
def test_a_waiting_case_looks_like_any_other(result, at_once, client):
    cast = make_cast()
    pilot = make_evaluated(cast, result=result)
    evaluating.issue_notice(pilot.evaluations.get().pk, by=cast.focal)
    ref = pilot.proposal.ref
    pages = [f"/de-xuat/{ref}/{tab}" for tab in ("", "thi-diem/", "ket-qua/", "dong-thoi-gian/")]
    outsiders = (cast.coauthor, cast.member, cast.monitor, cast.home_affairs_officer)
    for user in outsiders:  # opening a page marks what was told of it as read
        [_seen_by(client, user, url) for url in pages]
    before = {(user, url): _seen_by(client, user, url) for user in outsiders for url in pages}
    assert asked(pilot).count() == at_once

    case = make_case(S.HEARING, cast=cast, pilot=pilot, by=cast.home_affairs_lead)

    assert "sau khi các hồ sơ liên quan kết thúc" in before[cast.member, pages[2]]
    assert "Không có thời hạn" in before[cast.member, pages[2]]
    for (user, url), was in before.items():
        assert _seen_by(client, user, url) == was, (user, url)
    assert fresh_row(pilot).due_on is None
    assert asked(pilot).count() == 0  # the head waits, and no clock of the head's runs
    assert not fresh_row(pilot).is_clock_paused
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    outcome = "not_held_liable" if at_once else "exempted"
    deciding.decide(case.pk, outcome=outcome, reason=REASON, by=cast.head)
    deciding.confirm(case.pk, by=cast.deputy)
    assert asked(pilot).count() == 0

    appealing.accept(case.pk, by=cast.leader)

    task = asked(pilot).get()
    assert (task.started_on, task.holder_unit_id) == (today(), cast.agency.pk)
    assert not may_see_clock(cast.member, task)
    assert may_see_clock(cast.head, task)
    concluding.conclude(pilot.proposal_id, by=cast.head)
    assert asked(pilot).count() == 0


def _seen_by(client, user, url) -> str:
    client.force_login(user)
    return _visible(client.get(url))


def fresh_row(pilot):
    return type(pilot.proposal).objects.get(pk=pilot.proposal_id)

"""The council of a case: who sits in it, its secret vote, what follows from it and who reads it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accountability.actions import council, deciding, finding, hearing
from accountability.actions.base import Incomplete
from accountability.models import CouncilMember
from accountability.registrations import papers_of
from accountability.stages import CaseState, Condition, Outcome
from accountability.workspace import workspace
from deadlines.models import Clock
from documents.models import OfficialDocument
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.days import today
from organisation.stages import Role
from tests.factories.accountability import REASON, fresh, make_case, make_cast
from tests.factories.documents import mark_issued
from tests.factories.organisation import make_user
from tests.reading import words_of

S = CaseState
FOR, AGAINST = "for_", "against"


def heard(cast):
    case = make_case(S.HEARING, cast=cast)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    return fresh(case)


def called(cast, case, outcome=Outcome.EXEMPTED, **over):
    facts = {
        "outcome": outcome,
        "members": [cast.deputy, cast.home_affairs_lead],
        "secretary": cast.deputy,
        "meeting_on": today(),
        "by": cast.head,
    }
    return council.call_council(case.pk, **(facts | over))


def tasks(case):
    found = Clock.objects.of_subject("liability", case.ref).open()
    return found.filter(rule__code="LIABILITY_VOTE")


def test_a_council_is_called_votes_in_secret_and_advises():
    cast = make_cast()
    case = heard(cast)

    sitting = called(cast, case)

    assert fresh(case).badge[0] == "Chờ Hội đồng"
    seats = sitting.members.order_by("pk").values_list("person", "seat")
    assert list(seats) == [
        (cast.head.pk, "chair"),
        (cast.deputy.pk, "secretary"),
        (cast.home_affairs_lead.pk, "member"),
    ]
    assert tasks(case).count() == 3
    assert set(tasks(case).values_list("due_on", flat=True)) == {today()}
    told = Notice.objects.filter(stream=case.stream, text__contains="thành viên Hội đồng")
    assert {row.recipient for row in told} == {cast.deputy, cast.home_affairs_lead}
    council.cast(case.pk, AGAINST, by=cast.deputy)
    council.cast(case.pk, AGAINST, by=cast.home_affairs_lead)
    council.cast(case.pk, FOR, by=cast.home_affairs_lead)  # changed before the end
    council.cast(case.pk, FOR, by=cast.head)
    assert tasks(case).count() == 0
    with pytest.raises(Incomplete, match="Hội đồng đang xem xét"):
        deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.head)
    said = finding.FindingSaid("met", "Lý do.", "Tờ trình")
    with pytest.raises(Incomplete, match="như đã trình"):
        finding.assess(case.pk, Condition.PURE_MOTIVE, said, by=cast.focal)

    closed = council.close_council(case.pk, by=cast.head)

    assert (closed.in_favour, closed.against, closed.absent, closed.passed) == (2, 1, 0, True)
    formed, minutes = words_of(closed.paper), words_of(closed.minutes)
    assert "thành lập Hội đồng xem xét trách nhiệm" in formed
    assert "02 phiếu tán thành, 01 phiếu không tán thành" in minutes
    assert "Kết luận: Hội đồng thông qua" in minutes
    with pytest.raises(Conflict):
        council.cast(case.pk, FOR, by=cast.deputy)
    deciding.decide(case.pk, outcome=Outcome.MITIGATED, reason=REASON, by=cast.head)  # may differ
    deciding.confirm(case.pk, by=cast.deputy)
    assert fresh(case).state == S.DECIDED


def test_who_may_sit_and_what_is_asked():
    cast = make_cast()
    case = make_case(S.HEARING, cast=cast)
    with pytest.raises(Incomplete, match="Chưa có ý kiến"):
        called(cast, case)
    hearing.give_statement(case.pk, by=cast.leader, text="Đã làm đúng.")
    few = {"members": [cast.deputy], "secretary": cast.deputy}
    for over, words in (
        (few, council.TOO_FEW),
        ({"members": [cast.deputy, cast.focal]}, council.NOT_ELIGIBLE),  # the focal point weighed
        ({"members": [cast.deputy, cast.colleague]}, council.NOT_ELIGIBLE),  # no reader of the case
        ({"members": [cast.deputy, cast.member]}, council.NOT_ELIGIBLE),  # of the team
        ({"secretary": cast.focal}, council.MINUTES_BY_A_MEMBER),
        ({"outcome": Outcome.EXCLUDED}, deciding.NOT_ALLOWED),
    ):
        with pytest.raises(Incomplete) as refused:
            called(cast, case, **over)
        assert refused.value.items == [words]
    with pytest.raises(PermissionDenied):
        called(cast, case, by=cast.deputy)


def test_an_even_vote_goes_with_the_chair_who_must_have_voted():
    cast = make_cast()
    case = heard(cast)
    second = make_user(role=Role.DEPUTY_HEAD, unit=cast.agency, username="deputy-2")
    called(cast, case, members=[cast.deputy, cast.home_affairs_lead, second])
    with pytest.raises(Incomplete, match="Chưa có ai biểu quyết"):
        council.close_council(case.pk, by=cast.head)
    council.cast(case.pk, FOR, by=cast.deputy)
    council.cast(case.pk, AGAINST, by=second)
    with pytest.raises(Incomplete, match="Chủ tịch Hội đồng cần biểu quyết"):
        council.close_council(case.pk, by=cast.head)
    council.cast(case.pk, AGAINST, by=cast.home_affairs_lead)
    council.cast(case.pk, FOR, by=cast.head)

    closed = council.close_council(case.pk, by=cast.head)

    assert (closed.in_favour, closed.against, closed.passed) == (2, 2, True)
    assert "theo phía có phiếu của Chủ tịch" in words_of(closed.minutes)


def test_the_council_is_read_by_its_house_and_single_ballots_by_nobody(client):
    cast = make_cast()
    case = heard(cast)
    called(cast, case)
    council.cast(case.pk, AGAINST, by=cast.deputy)
    page = reverse("accountability:council", args=[case.ref])
    client.force_login(cast.head)
    seen = client.get(page).content.decode()
    assert "Đã biểu quyết 1/3" in seen
    assert "Đã ghi phiếu" not in seen  # the deputy's ballot is the deputy's
    labels = [act.label for act in (workspace(fresh(case), cast.head)["primary"],) if act]
    assert labels == ["Biểu quyết"]
    client.force_login(cast.leader)
    assert client.get(page).status_code == 302  # no seat: back to the case
    own = client.get(case.get_absolute_url()).content.decode()
    assert "Chờ Hội đồng" in own
    for inner in (cast.deputy.full_name, "tán thành", "Kết luận đề nghị"):
        assert inner not in own
    client.force_login(cast.colleague)
    assert client.get(page).status_code == 404
    council.cast(case.pk, FOR, by=cast.head)
    closed = council.close_council(case.pk, by=cast.head)
    mark_issued(OfficialDocument.objects.filter(pk=closed.minutes_id))
    shown = papers_of(cast.leader, case.ref).values_list("pk", flat=True)
    assert not {closed.minutes_id, closed.paper_id} & set(shown)
    assert closed.minutes_id in papers_of(cast.head, case.ref).values_list("pk", flat=True)


def test_a_council_is_called_and_closed_by_its_pages(client):
    cast = make_cast()
    case = heard(cast)
    client.force_login(cast.head)
    call = reverse("accountability:council_call", args=[case.ref])
    page = client.get(call)
    assert cast.focal.full_name not in page.content.decode()  # who weighed does not sit
    sent = {
        "key": page.context["form"]["key"].value(),
        "version": fresh(case).version,
        "outcome": Outcome.EXEMPTED,
        "members": [cast.deputy.pk, cast.home_affairs_lead.pk],
        "secretary": cast.deputy.pk,
        "meeting_on": f"{today():%d/%m/%Y}",
    }
    wrong = client.post(call, sent | {"secretary": ""})
    assert council.MINUTES_BY_A_MEMBER in wrong.content.decode()
    answer = client.post(call, sent)
    assert answer.url == reverse("accountability:council", args=[case.ref])
    ballot = client.get(answer.url).context["form"]["key"].value()
    version = fresh(case).version
    client.post(answer.url, {"key": ballot, "version": version, "ballot": FOR})
    assert CouncilMember.objects.get(person=cast.head).ballot == FOR
    close = reverse("accountability:council_close", args=[case.ref])
    key = client.get(close).context["form"]["key"].value()
    done = client.post(close, {"key": key, "version": fresh(case).version}, follow=True)
    assert "1 tán thành, 0 không tán thành, 2 không biểu quyết: thông qua." in done.content.decode()

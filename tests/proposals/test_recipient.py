"""Who decides may be changed for a reason, among the two who lawfully can; the committee reads."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from deadlines.seeds import seed_rules
from documents.models import OfficialDocument
from documents.stages import PaperKind
from journal.conflicts import Conflict
from notifications.models import Notice
from organisation.models import User
from organisation.stages import Role
from proposals.actions import intake, sending
from proposals.models import Proposal
from proposals.routing import NoRoute
from proposals.rules import sight
from tests.factories.organisation import (
    Province,
    make_appointment,
    make_province,
    make_user,
    sign_in,
)
from tests.factories.proposals import make_coauthor, make_draft
from tests.proposals.filling import send

pytestmark = pytest.mark.django_db
REASON = "Người đứng đầu có vợ làm chủ doanh nghiệp được giao việc trong đề xuất."


@pytest.fixture
def province() -> Province:
    seed_rules()
    return make_province()


@pytest.fixture
def draft(province) -> Proposal:
    return make_draft(proposer=province.official, agency=province.department)


def check_url(draft: Proposal) -> str:
    return reverse("proposals:check", args=[draft.ref])


def choose(client, draft: Proposal, reason: str | None):
    """Open the check page and press the button beside the recipient."""
    form = client.get(check_url(draft)).context["recipient"]
    said = {name: str(form[name].value()) for name in ("key", "version")}
    said |= {} if reason is None else {"superior_reason": reason}
    return client.post(reverse("proposals:recipient", args=[draft.ref]), said)


def test_with_a_reason_the_head_above_decides(client, province, draft):
    sign_in(client, province.official)

    answer = choose(client, draft, REASON)

    page = client.get(answer["Location"]).content.decode()
    assert "Trần Chủ Tịch Mẫu" in page
    assert REASON in page
    send(client, draft)
    draft.refresh_from_db()
    assert draft.deciding_unit == province.unit
    assert draft.agency == province.department
    assert draft.versions.get().content.facts["superior_reason"] == REASON
    assert REASON in client.get(reverse("proposals:content", args=[draft.ref])).content.decode()
    assert Notice.objects.filter(recipient=province.provincial_officer).exists()
    assert not Notice.objects.filter(recipient=province.focal).exists()


def test_the_reason_stands_on_the_slip(province, draft):
    sending.choose_recipient(draft.pk, REASON, by=province.official)
    sending.send(draft.pk, by=province.official)
    intake.receive(draft.pk, by=province.provincial_officer)

    slip = OfficialDocument.objects.of_stream(draft.stream).get(kind=PaperKind.REVIEW_SLIP)
    said = {row["title"]: row["text"] for row in slip.facts["body"]}
    assert said["Lý do gửi cấp trên xem xét"] == REASON


def test_the_choice_is_taken_back(client, province, draft):
    sign_in(client, province.official)
    choose(client, draft, REASON)

    choose(client, draft, None)

    draft.plan.refresh_from_db()
    assert draft.plan.superior_reason == ""
    sent = sending.send(draft.pk, by=province.official).proposal
    assert sent.deciding_unit == province.department
    assert "superior_reason" not in sent.versions.get().content.facts


@pytest.mark.parametrize(
    ("reason", "message"),
    [("", "Nhập lý do."), ("Không hợp", "Lý do cần ít nhất 5 chữ. Hiện có 2 chữ.")],
)
def test_a_reason_is_needed(client, province, draft, reason, message):
    sign_in(client, province.official)

    answer = choose(client, draft, reason)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    draft.plan.refresh_from_db()
    assert draft.plan.superior_reason == ""


def test_where_nobody_is_above_it_is_said(client, province):
    draft = make_draft(proposer=province.provincial_officer, agency=province.unit)
    sign_in(client, province.provincial_officer)

    answer = choose(client, draft, REASON)

    assert "Chưa có cơ quan cấp trên của Ủy ban nhân dân tỉnh" in answer.content.decode()
    with pytest.raises(NoRoute):
        sending.choose_recipient(draft.pk, REASON, by=province.provincial_officer)


def test_a_head_who_proposes_has_no_choice(client, province):
    draft = make_draft(proposer=province.head, agency=province.department)
    sign_in(client, province.head)

    page = client.get(check_url(draft))

    assert page.context["recipient"] is None
    assert "Đổi người xem xét" not in page.content.decode()


def test_only_the_proposer_chooses_and_only_in_a_draft(client, province, draft):
    make_coauthor(draft, province.colleague)
    with pytest.raises(PermissionDenied):
        sending.choose_recipient(draft.pk, REASON, by=province.colleague)
    sign_in(client, province.colleague)
    assert "Đổi người xem xét" not in client.get(check_url(draft)).content.decode()
    draft.coauthors.all().delete()
    sending.send(draft.pk, by=User.objects.get(pk=province.official.pk))

    with pytest.raises(Conflict):
        sending.choose_recipient(draft.pk, REASON, by=province.official)


def test_a_stale_choice_is_refused(province, draft):
    sending.choose_recipient(draft.pk, REASON, by=province.official, version=draft.version)

    with pytest.raises(Conflict):
        sending.choose_recipient(draft.pk, "", by=province.official, version=draft.version)


def test_the_party_committee_reads_from_the_intake_on(province, draft):
    liaison = make_user(role=Role.PARTY_LIAISON, unit=province.department)
    make_appointment(province.official, Role.PARTY_LIAISON, province.department)
    official = User.objects.get(pk=province.official.pk)
    sent = sending.send(draft.pk, by=official).proposal
    assert not Notice.objects.filter(recipient=liaison).exists()
    assert sight(Proposal.objects.get(pk=sent.pk), liaison) == 0

    intake.receive(draft.pk, by=province.focal)

    told = Notice.objects.get(recipient=liaison, subject__contains="Bản sao đề xuất để đọc")
    assert Proposal.objects.visible_to(liaison).filter(pk=draft.pk).exists()
    assert told.url == draft.get_absolute_url()
    assert not Notice.objects.filter(recipient=official, subject__contains="Bản sao").exists()

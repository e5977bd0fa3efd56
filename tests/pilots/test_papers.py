"""Each paper of a pilot is drawn from its facts in the form of Nghị định 30."""

from decimal import Decimal

import pytest
from django.urls import reverse

from documents.actions import drawn
from documents.models import OfficialDocument
from documents.papers import missing
from organisation.stages import Role
from pilots.actions import adjusting, concluding, conclusions, evaluating, halting, reports
from pilots.models import Evaluation
from pilots.stages import CauseKind, CauseWeight
from tests.factories.documents import mark_issued
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.pilots import in_days, make_started, make_team
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers():
    """The papers of one pilot, in the order of its life."""
    unit = make_unit("Sở Tài nguyên và Môi trường", abbrev="STNMT")
    team = make_team(unit)
    pilot = make_started(team)
    text = reports.ReportText(done="Trả kết quả.", next_steps="Mở rộng.", spent=42_000_000)
    reports.send_report(pilot.reports.get(number=1).pk, text, by=team.leader)
    change = adjusting.Change("Mưa lũ.", ends_on=in_days(240), scope="Ba xã")
    asked = adjusting.ask_adjustment(pilot.pk, change, by=team.leader)
    adjusting.decide_adjustment(asked.pk, by=team.head, is_approved=True)
    halting.terminate(pilot.pk, by=team.head, reason="Hết vốn.", hand_back="Trả tại cơ quan.")
    row = Evaluation.objects.get()
    evaluating.report_result(row.pk, by=team.leader, report="Đã trả 30 hồ sơ.")
    evaluating.record_party_opinion(row.pk, by=team.liaison, opinion="Nhất trí với bí mật.")
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text="Ý riêng.")
    said = conclusions.Conclusion(
        result="partially_completed",
        recommendation="stop",
        lessons="Lo vốn trước.",
        has_damage=True,
        values={pilot.indicators.get().pk: Decimal("80")},
        causes=[conclusions.CauseLine(CauseKind.OBJECTIVE, "Hết vốn.", CauseWeight.MAIN)],
        damages=[conclusions.DamageLine("budget", 5_000_000, "Sở")],
    )
    concluding.conclude(row.pk, said, by=team.head)
    return list(OfficialDocument.objects.order_by("pk"))


def test_each_move_makes_its_papers(papers):
    assert [paper.kind for paper in papers] == [
        *("report", "decision", "decision", "report", "official_letter", "notice", "minutes"),
    ]
    assert all("STNMT" in words_of(paper) for paper in papers)
    assert [missing(paper.facts) for paper in papers[:-1]] == [[]] * 6
    assert {gap.label for gap in missing(papers[-1].facts)} == {
        *("Thời gian bắt đầu", "Thời gian kết thúc", "Thư ký", "Họ và tên thư ký"),
    }


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (0, ["BÁO CÁO Tiến độ", "I. VIỆC ĐÃ LÀM Trả kết quả.", "42,0 triệu đồng trên 120,0"]),
        (
            1,
            [
                "QUYẾT ĐỊNH Về việc điều chỉnh Kế hoạch thí điểm đề xuất “",
                "Căn cứ Luật Tổ chức chính quyền địa phương",
                "Điều 1. Điều chỉnh Kế hoạch thí điểm đề xuất “",
                "Phạm vi: từ “Hai xã của huyện Ninh Sơn” thành “Ba xã”.",
                "Điều 2. Lý do điều chỉnh: Mưa lũ.",
                "- Như Điều 4;",
            ],
        ),
        (2, ["Về việc dừng thí điểm đề xuất “", "Lý do: Hết vốn.", "Trả tại cơ quan."]),
        (3, ["BÁO CÁO Kết quả thực hiện", "Đã trả 30 hồ sơ.", "71,5 chưa có 95"]),
        (4, ["V/v xin ý kiến cấp ủy về kết quả", "Cấp ủy Sở Tài nguyên", "- Như trên;"]),
        (
            5,
            [
                "THÔNG BÁO Kết quả đánh giá đề xuất “",
                "Đạt một phần.",
                "NGUYÊN NHÂN KHÁCH QUAN",
                "Ngân sách nhà nước: 5,0 triệu đồng, Sở chịu.",
                "80 95 36%",
            ],
        ),
        (
            6,
            [
                "BIÊN BẢN Họp đánh giá kết quả thực hiện đề xuất “",
                "01 ý kiến “đạt mục tiêu”",
                "Kết luận: Đạt một phần. Kiến nghị: dừng. Cuộc họp kết thúc vào",
            ],
        ),
    ],
)
def test_what_each_paper_says(papers, place, words):
    told = words_of(papers[place])
    assert [word for word in words if word not in told] == []


def test_no_paper_holds_a_single_opinion(papers):
    told = [words_of(paper) for paper in papers]
    assert not any("Ý riêng." in words or "bí mật" in words for words in told)


def listed(client, user, pilot):
    """The names and states of the papers that a person finds on the tab of papers."""
    answer = sign_in(client, user).get(reverse("proposals:papers", args=[pilot.proposal.ref]))
    return [(row.name, row.label) for row in answer.context["papers"]]


def test_those_who_do_the_work_find_their_reports_and_no_draft_of_a_decision(client):
    team = make_team()
    pilot = make_started(team)
    text = reports.ReportText(done="Trả kết quả.", next_steps="Mở rộng.")
    reports.send_report(pilot.reports.get(number=1).pk, text, by=team.leader)
    change = adjusting.Change("Mưa lũ.", scope="Ba xã")
    asked = adjusting.ask_adjustment(pilot.pk, change, by=team.leader)
    adjusting.decide_adjustment(asked.pk, by=team.head, is_approved=True)
    officer = make_user(role=Role.HOME_AFFAIRS_OFFICER)
    period = f"{pilot.reports.get(number=1).period_from:%d/%m/%Y} – "
    period += f"{pilot.reports.get(number=1).period_to:%d/%m/%Y}"
    names = ["Quyết định điều chỉnh Kế hoạch thí điểm", f"Báo cáo tiến độ kỳ 1 ({period})"]
    draft, report = [(name, "Dự thảo") for name in names]

    assert listed(client, team.head, pilot) == [draft, report]
    assert listed(client, team.leader, pilot) == [report]
    assert listed(client, team.member, pilot) == [report]
    assert listed(client, officer, pilot) == []

    mark_issued(OfficialDocument.objects.all())

    for user in (team.head, team.leader, team.member, officer):
        assert listed(client, user, pilot) == [(name, "Đã phát hành") for name in names]


def test_the_follow_up_tab_links_to_the_files_of_the_newest_papers(client):
    team = make_team()
    pilot = make_started(team)
    text = reports.ReportText(done="Trả kết quả.", next_steps="Mở rộng.")
    report = reports.send_report(pilot.reports.get(number=1).pk, text, by=team.leader)
    drawn(report.document_id, b"%PDF-1.7 bao cao")
    file = reverse("proposals:paper", args=[pilot.proposal.ref, report.document.ref])

    page = sign_in(client, team.member).get(pilot.get_absolute_url())

    assert report.document.get_absolute_url() in page.content.decode()
    answer = sign_in(client, team.member).get(file)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bao cao"

"""The pages of periodic reports: what they say, what they cost, what a stale form keeps."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from freezegun import freeze_time

from organisation.stages import Role
from reporting.periods.models import ReportingPeriod, ReportingRegime
from reporting.periods.numbers import LABELS
from reporting.periods.stages import Level
from tests.factories.organisation import make_unit, make_user, sign_in
from tests.factories.periods import (
    TEXTS,
    make_opened,
    make_regimes,
    make_report_sent,
    make_reporting_province,
    make_request,
    report_of,
)
from tests.factories.proposals import make_proposal
from tests.performance.counted import statements_of

pytestmark = pytest.mark.django_db
NOW = "2021-12-15 02:00"


@pytest.fixture
def house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with freeze_time(NOW):
        return make_reporting_province()


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def written(report, **over):
    facts = {f"part_{place}": text for place, text in TEXTS.items()}
    facts |= {"key": str(uuid.uuid4()), "version": report.version, "meetings": "2"}
    return facts | {"attendees": "120"} | over


def url(name, report):
    return reverse(f"reporting:report_{name}", args=[report.ref])


@freeze_time(NOW)
def test_a_report_is_written_and_sent_without_script_and_each_figure_opens_its_list(client, house):
    for stage in ("under_review", "refused"):
        make_proposal(stage, proposer=house.official, agency=house.department)
    make_request(house, from_on=date(2021, 1, 1))
    make_opened(date(2021, 12, 15))
    sign_in(client, house.focal)
    report = report_of(house.department)
    assert "Chuyên đề tháo gỡ điểm nghẽn" in words_of(client.get(reverse("reporting:reports")))
    assert "Lập báo cáo định kỳ" in words_of(client.get(reverse("reporting:home")))

    wrong = client.post(url("write", report), written(report, attendees="nhiều"))
    assert wrong.status_code == 422
    assert "Nhập số, dùng dấu phẩy" in words_of(wrong)
    assert "Nội dung mục 3." in wrong.content.decode()
    saved = client.post(url("write", report), written(report))
    assert saved["Location"] == report.get_absolute_url()
    stale = client.post(url("write", report), written(report, part_1="Viết sau cùng."))
    assert stale.status_code == 409
    assert "Viết sau cùng." in stale.content.decode()
    laid = {"key": str(uuid.uuid4()), "version": report_of(house.department).version}
    client.post(url("lay", report), laid)

    sign_in(client, house.head)
    assert "Gửi báo cáo" in words_of(client.get(report.get_absolute_url()))
    sent = {"key": str(uuid.uuid4()), "version": report_of(house.department).version}
    client.post(url("send", report), sent)
    report = report_of(house.department)
    assert report.state == "sent"
    page = client.get(report.get_absolute_url())
    assert "Mở văn bản để ký" in words_of(page)
    for key, count in report.facts["numbers"].items():
        if key in LABELS:
            listed = client.get(reverse("reporting:report_figure", args=[report.ref, key]))
            assert listed.content.decode().count('class="xs muted nb"') == count, key
    assert client.get(reverse("reporting:report_figure", args=[report.ref, "x"])).status_code == 404


@freeze_time(NOW)
def test_home_affairs_asks_follows_and_gives_back(client, house):
    sign_in(client, house.home_affairs_officer)
    asked = {
        "key": str(uuid.uuid4()),
        "kind": "ad_hoc",
        "label": "Báo cáo đột xuất về thí điểm",
        "from_on": "01/10/2021",
        "cutoff_on": "14/12/2021",
        "due_on": "14/12/2021",
        "summary_due_on": "20/12/2021",
        "owed_by": ["department"],
        "legal_ground": "Công văn số 9/SNV",
        "outline": "Kết quả\nKiến nghị",
    }
    early = client.post(reverse("reporting:report_ask"), asked)
    assert "Hạn gửi phải sau ngày chốt số liệu (14/12/2021)." in words_of(early)
    found = client.post(reverse("reporting:report_ask"), asked | {"due_on": "17/12/2021"})
    period = ReportingPeriod.objects.get()
    assert found["Location"] == period.get_absolute_url()
    make_opened(date(2021, 12, 15))
    report = report_of(house.department)
    assert [part.title for part in report.parts.all()] == ["Kết quả", "Kiến nghị"]
    make_report_sent(house)

    page = words_of(client.get(period.get_absolute_url()))
    assert "Đã gửi 1/2" in page
    assert "Lập báo cáo tổng hợp" in page
    back = {"key": str(uuid.uuid4()), "reason": "Bổ sung số liệu kèm theo.", "due_on": "22/12/2021"}
    back["version"] = str(report_of(house.department).version)
    client.post(url("give_back", report), back)
    assert "Đã gửi 0/2" in words_of(client.get(period.get_absolute_url()))
    summary = report_of(house.home_affairs, Level.PROVINCE)
    none = {"key": str(uuid.uuid4()), "version": str(summary.version)}
    refused = client.post(url("collect", summary), none)
    assert "Chưa có cơ quan nào gửi báo cáo." in words_of(refused)


@freeze_time(NOW)
def test_a_regime_is_another_from_a_day_on(client, house):
    old = make_regimes()[0]
    sign_in(client, house.home_affairs_lead)
    address = reverse("reporting:report_regime", args=[old.ref])
    said = {
        "key": str(uuid.uuid4()),
        "version": str(old.pk),
        "months": ["6"],
        "cutoff_day": "14",
        "due_day": "10",
        "summary_due_day": "22",
        "owed_by": ["department"],
        "legal_ground": "Quyết định mới",
        "outline": "Kết quả",
        "valid_from": "01/01/2022",
    }
    wrong = client.post(address, said)
    assert "Hạn gửi phải sau ngày chốt số liệu." in words_of(wrong)
    client.post(address, said | {"due_day": "18"})

    new = ReportingRegime.objects.get(code=old.code, valid_to=None)
    assert (new.due_day, new.valid_from, new.kind) == (18, date(2022, 1, 1), old.kind)
    assert "Quyết định mới" in words_of(client.get(reverse("reporting:report_regimes")))
    make_opened(date(2022, 6, 15))
    june = ReportingPeriod.objects.get(cutoff_on=date(2022, 6, 14))
    clock = june.reports.get(agency=house.department).clock
    assert "18/06/2022 (nghỉ cuối tuần), lùi đến ngày làm việc tiếp theo" in clock.detail
    assert (june.due_on, june.regime) == (date(2022, 6, 20), new)  # the 18th is a Saturday


@freeze_time(NOW)
@pytest.mark.parametrize("more", [0, 2])
def test_lists_cost_the_same_for_few_and_for_many(client, house, more):
    for number in range(more):
        agency = make_unit(f"Sở Mẫu {number}", parent=house.unit, abbrev=f"SM{number}")
        make_user(role=Role.AGENCY_FOCAL, unit=agency)
    period = make_request(house, owed_by=["district"] if not more else ["department"])
    sign_in(client, house.home_affairs_officer).get(reverse("reporting:search"))
    addresses = [reverse("reporting:reports"), reverse("reporting:report_periods")]
    pages = []
    costs = [
        len(statements_of(lambda at=str(at): pages.append(client.get(at))))
        for at in (*addresses, period.get_absolute_url())
    ]
    assert costs == [8, 5, 9]
    said = words_of(pages[2])
    assert f"Đã gửi 0/{2 + more if more else 1}" in said
    assert "Đang giữ:" in said

"""Pages and papers say the time that the rule of the day gives; none is typed."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from deadlines.lengths import within, within_on_paper
from deadlines.models import DeadlineRule
from organisation.days import today
from pilots.asking import report_in_full
from pilots.deeds import DEEDS
from tests.factories.organisation import sign_in
from tests.proposals.flows import LONG, make_checked, make_seeded_province, refuse

pytestmark = pytest.mark.django_db
TYPED = re.compile(r"(?<![\w}])\d+ ngày làm việc")
ROOMS = ("proposals", "pilots", "templates/proposals/review", "templates/pilots")


def test_a_changed_rule_changes_what_pages_and_papers_say(client):
    province = make_seeded_province()
    proposal = make_checked(province)
    DeadlineRule.objects.update(amount=8)
    sign_in(client, province.head)
    url = reverse("proposals:decide", args=[proposal.ref])
    form = client.get(url).context["form"]
    typed = {"key": form["key"].value(), "version": form["version"].value()}
    typed |= {"kind": "refuse", "ground": "not_feasible", "reason": LONG}

    page = client.post(url, typed).content.decode()
    paper = refuse(proposal, province).document.facts

    assert "Người đề xuất có thể phản hồi trong 8 ngày làm việc." in page
    assert "có thể phản hồi một lần trong 08 ngày làm việc kể từ" in page
    assert "phản hồi một lần trong 08 ngày làm việc kể từ ngày nhận kết quả" in str(paper)
    assert report_in_full() == "Báo cáo đầy đủ, trung thực trong 8 ngày làm việc từ ngày kết thúc."
    assert DEEDS["complete"].follows == "Báo cáo kết quả phải gửi trong 8 ngày làm việc từ hôm nay."
    assert DEEDS["take_up"].follows == "Nhóm thực hiện khắc phục trong 8 ngày làm việc."


def test_a_rule_without_a_time_is_not_given_one():
    assert within("REFUSAL_ANSWER") == within_on_paper("REFUSAL_ANSWER", today()) == ""
    assert report_in_full() == "Báo cáo đầy đủ, trung thực."


def test_no_number_of_working_days_is_typed():
    found = [
        f"{path}: {said}"
        for room in ROOMS
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*"))
        if path.suffix in {".py", ".html"}
        for said in TYPED.findall(path.read_text(encoding="utf-8"))
    ]

    assert found == []

"""Papers of a case that are seldom made, drawn whole: a pilot goes on, an appeal is decided."""

import pytest

from accountability.actions import deciding
from accountability.stages import CaseState, Outcome
from documents.models import OfficialDocument
from documents.papers import missing
from documents.render import render_pdf
from pilots.actions import halting
from tests.documents.measuring import measured
from tests.factories.accountability import REASON, make_case, make_cast
from tests.factories.pilots import make_started, make_team

pytestmark = pytest.mark.django_db


def drawn(paper):
    assert missing(paper.facts) == []
    return measured(render_pdf(paper.template, paper.facts))


def test_a_pilot_that_goes_on_has_a_decision_of_its_own():
    team = make_team()
    pilot = make_started(team)
    halting.suspend(pilot.pk, by=team.head, reason="Dịch bệnh.")
    halting.resume(pilot.pk, by=team.head, reason="Hết dịch.")

    paper = drawn(OfficialDocument.objects.latest("pk"))

    assert paper.row("Về việc tiếp tục thí điểm").is_bold
    assert paper.row("QUYẾT ĐỊNH:").is_bold
    assert paper.row("Điều 1. Tiếp tục thí điểm")
    assert paper.row("Điều 2. Lý do: Hết dịch.")
    assert paper.text.count("./.") == 1
    assert paper.row("- Như Điều 3;").size == 11


def test_an_appeal_is_decided_by_the_agency_above():
    cast = make_cast()
    case = make_case(CaseState.APPEALED, cast=cast, outcome=Outcome.MITIGATED)
    deciding.decide(case.pk, outcome=Outcome.EXEMPTED, reason=REASON, by=cast.chairman)
    deciding.confirm(case.pk, by=cast.vice_chairman)

    paper = drawn(OfficialDocument.objects.latest("pk"))
    rows = [row.text for row in paper.rows]

    assert paper.row("Về việc giải quyết khiếu nại").is_bold
    assert "CHỦ TỊCH" in rows
    assert paper.row("Điều 2. Lý do:")
    assert "có quyền khiếu nại" not in paper.text
    assert any("/QĐ-" in text for text in rows if text.startswith("Số:"))

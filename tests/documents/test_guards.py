"""The database itself refuses to change what was signed or issued, on both databases."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from documents.models import IssuedCopy, OfficialDocument, RegisterPeriod, SeriesYear
from documents.stages import PaperState
from tests.factories.documents import make_paper, make_series, mark_issued
from tests.factories.journal import lifted_guards
from tests.factories.organisation import LONG_AGO, make_unit, make_user

pytestmark = pytest.mark.django_db

PAPER = "UPDATE documents_officialdocument SET "
CHANGES = [
    f"{PAPER} title = 'Khác'",
    f"{PAPER} facts = '{{}}'",
    f"{PAPER} number = 99",
    f"{PAPER} issued_on = '2020-01-05'",
    f"{PAPER} check_code = 'KHAC'",
    f"{PAPER} signer_id = NULL",
    f"{PAPER} file_sha256 = 'khac'",
    f"{PAPER} state = 'signed'",
    f"{PAPER} state = 'draft'",
    "DELETE FROM documents_officialdocument",
    "UPDATE documents_issuedcopy SET name = 'Khác'",
    "DELETE FROM documents_issuedcopy",
    "UPDATE documents_seriesyear SET last = 3",
    "UPDATE documents_seriesyear SET last = 0",
    "DELETE FROM documents_seriesyear",
    "UPDATE documents_registerperiod SET count = 0",
    "DELETE FROM documents_registerperiod",
]


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def issued():
    unit = make_unit()
    paper = make_paper("official_letter", unit=unit)
    OfficialDocument.objects.update(file_sha256="a" * 64)
    mark_issued(OfficialDocument.objects.all())
    SeriesYear.objects.create(series=make_series(unit), year=2022, last=1)
    IssuedCopy.objects.create(paper=paper, place=1, name="Sở Nội vụ", sent_on=LONG_AGO)
    RegisterPeriod.objects.create(
        agency=unit,
        first_day=LONG_AGO,
        last_day=LONG_AGO,
        count=1,
        rows_sha256="b" * 64,
        closed_at=paper.created_at,
        closed_by=make_user(),
        paper=paper,
    )
    return paper


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("sql", CHANGES)
def test_change_is_refused(sql):
    with pytest.raises(DatabaseError, match="documents: refused by"):
        run(sql)


@pytest.mark.usefixtures("issued")
def test_control_without_the_guards_the_title_changes():
    with lifted_guards():
        run(CHANGES[0])

    assert OfficialDocument.objects.get().title == "Khác"


def test_an_issued_paper_may_only_go_on(issued):
    recalled = "recalled_by_id = signer_id, recalled_at = signed_at, recall_reason = 'Sai'"
    run(f"{PAPER} state = 'corrected'")
    run(f"{PAPER} state = 'recalled', {recalled}")

    with pytest.raises(DatabaseError, match="never_goes_back"):
        run(f"{PAPER} state = 'issued'")


def test_numbers_grow_by_one(issued):
    run("UPDATE documents_seriesyear SET last = 2")

    assert SeriesYear.objects.get().last == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"number": None},
        {"number": 0},
        {"issued_on": None},
        {"notation": ""},
        {"signer": None},
        {"signed_sha256": ""},
        {"check_code": None},
        {"state": PaperState.RECALLED},
    ],
)
def test_what_is_issued_must_have_everything(broken):
    make_paper("official_letter")

    with pytest.raises(IntegrityError), transaction.atomic():
        mark_issued(OfficialDocument.objects.all(), **broken)


def test_a_number_is_given_once_a_year_and_notation():
    unit = make_unit()
    for _ in range(2):
        make_paper("official_letter", unit=unit)

    with pytest.raises(IntegrityError, match=r"(?i)paper_number_once|unique"):
        mark_issued(OfficialDocument.objects.all(), number=5, notation="UBND-VX")

"""A list costs with ten rows what it costs with a thousand, on a later page what on the first."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from notifications.models import Notice
from organisation.days import today
from organisation.models import User
from proposals.models import Proposal
from proposals.paging import beyond
from reporting.tables import CaseFilter
from tests.factories.organisation import sign_in
from tests.performance.counted import statements_of
from tests.performance.rows import analyse, make_many, plan_of
from tests.proposals.flows import make_seeded_province

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no such plans"
)
KIB = 1024
UNCAPPED = re.compile(r"OFFSET|SELECT COUNT\(\*\) AS \S+ FROM \"proposals_proposal\"")

# page, who, statements
CASES = [
    ("proposals:agency", "head", 8),
    ("reporting:cases", "home_affairs_officer", 8),
    ("reporting:cases", "inspector", 8),
    ("proposals:list", "official", 8),
]


@pytest.fixture
def province():
    return make_seeded_province()


def asked(client, person, url, **words):
    """The page with what it cost, after the session has noted that somebody is there."""
    sign_in(client, person).get(reverse("reporting:search"))
    pages = []
    sql = statements_of(lambda: pages.append(client.get(url, words)))
    return pages[0], sql


@pytest.mark.parametrize(("route", "who", "most"), CASES)
@pytest.mark.parametrize("amount", [10, 1000])
def test_a_list_of_cases(client, province, route, who, most, amount):
    make_many(province, amount)

    page, sql = asked(client, province.people[who], reverse(route))

    assert page.status_code == 200
    assert page.content.decode().count("DX-2021-") >= 7
    assert len(sql) <= most
    assert not [one for one in sql if UNCAPPED.search(one)]
    assert len(page.content) <= 60 * KIB


@pytest.mark.parametrize(("route", "who", "most"), CASES)
def test_the_next_pages_cost_no_more(client, province, route, who, most):
    make_many(province, 1000)
    page, first = asked(client, province.people[who], reverse(route))

    for _ in range(3):
        following = re.search(r'href="([^"]*sau=[^"]+)"', page.content.decode())[1]
        page, sql = asked(client, province.people[who], f"{reverse(route)}{_query(following)}")
        assert len(sql) <= max(len(first), most)


def test_every_row_is_met_once_by_the_keys(client, province):
    make_many(province, 230)
    sign_in(client, province.home_affairs_officer)
    url, met = reverse("reporting:cases"), []

    while url:
        page = client.get(url).content.decode()
        met += re.findall(r">(DX-2021-\d{5})<", page)
        link = re.search(r'href="([^"]*sau=[^"]+)"', page)
        url = reverse("reporting:cases") + _query(link[1]) if link else ""

    assert sorted(set(met)) == [f"DX-2021-{number:05d}" for number in range(230)]
    assert len(set(met)) * (len(met) // len(set(met))) == len(met)


@pytest.mark.parametrize("amount", [10, 1000])
def test_notices(client, province, amount):
    told = {"recipient": province.head, "subject": "Chờ xem xét", "text": "Mới.", "url": "/"}
    Notice.objects.bulk_create(Notice(key=str(uuid.uuid4()), **told) for _ in range(amount))

    page, sql = asked(client, province.head, reverse("notifications:list"))

    assert len(sql) <= 6
    assert not any("OFFSET" in one for one in sql)
    assert len(page.content) <= 60 * KIB


@pytest.mark.parametrize("amount", [10, 1000])
def test_people(client, province, amount):
    rows = [User(username=f"nguoi{n}", full_name=f"Nguyễn Văn Mẫu {n}") for n in range(amount)]
    for row in rows:
        row.derive()
    User.objects.bulk_create(rows)

    page, sql = asked(client, province.admin, reverse("organisation:people"))

    assert len(sql) <= 9
    assert not any("OFFSET" in one for one in sql)
    assert len(page.content) <= 60 * KIB


@on_postgresql
def test_no_list_reads_the_table_from_end_to_end(province):
    made = make_many(province, 20_000)
    few = [row.pk for row in made[:40]]
    Proposal.objects.filter(pk__in=few).update(due_on=today() - timedelta(days=3))
    analyse()
    late = CaseFilter({"late": "co"}).narrowed(province.inspector)
    lists = {
        "head": Proposal.objects.of_agencies(province.head),
        "official": Proposal.objects.written_by(province.colleague),
        "author": Proposal.objects.written_by(province.official),
        "officer": Proposal.objects.listed_to(province.home_affairs_officer),
        "inspector": Proposal.objects.listed_to(province.inspector),
        "stage": Proposal.objects.listed_to(province.inspector).filter(stage="under_review"),
        "district": Proposal.objects.of_agencies(province.district_head),
    }

    plans = {name: plan_of(rows.for_list()[:51]) for name, rows in lists.items()}
    plans |= {f"{name}, counted": plan_of(rows.for_list()[:1001]) for name, rows in lists.items()}
    plans["late"] = plan_of(late.for_list()[:51])

    assert not [name for name, plan in plans.items() if "Seq Scan on proposals_proposal" in plan], (
        "\n\n".join(plans.values())
    )
    assert "proposal_due" in plans["late"], plans["late"]
    assert sorted(row.pk for row in late) == few


@on_postgresql
def test_a_deep_page_begins_where_the_one_before_ended(province):
    rows = make_many(province, 20_000)
    every = Proposal.objects.listed_to(province.home_affairs_officer).for_list()

    plan = plan_of(beyond(every, rows[10_000].touched_at, rows[10_000].pk)[:26])

    assert re.search(r"Index Cond: \(touched_at <= ", plan), plan


def _query(address: str) -> str:
    return "?" + address.partition("?")[2].replace("&amp;", "&")

"""Rare and common words, with and without tone marks, among few and many rows."""

import pytest
from django.db import connection
from django.urls import reverse

from proposals.models import Proposal
from proposals.search import FEW, found, words_of
from tests.factories.organisation import sign_in
from tests.performance.counted import statements_of
from tests.performance.rows import make_many, plan_of
from tests.proposals.flows import make_seeded_province

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no such plans"
)
SAME = [
    ("tảo xoắn", "tao xoan"),
    ("Tảo Xoắn đầm nại", "TAO XOAN dam nai"),
    ("kết quả", "ket qua"),
    ("nhà trả", "nha tra"),
]


@pytest.mark.parametrize("amount", [10, 1000])
@pytest.mark.parametrize(("marked", "bare"), SAME)
def test_tone_marks_and_case_do_not_matter(amount, marked, bare):
    make_many(make_seeded_province(), amount)
    every = Proposal.objects.exclude(code__startswith="DX-2026")

    one, other = (list(found(every, text).for_list()) for text in (marked, bare))

    rare = len(range(2, amount, 500))
    assert one == other
    assert len(one) == (rare if "oan" in bare.casefold() else amount - rare)
    assert one == sorted(one, key=lambda row: (row.touched_at, row.pk), reverse=True)


@pytest.mark.parametrize("word", ["kết quả", "tảo xoắn"])
def test_both_ways_find_the_same(word, monkeypatch):
    make_many(make_seeded_province(), 1100)
    every = Proposal.objects.all()
    by_keys = list(found(every, word).for_list())

    monkeypatch.setattr("proposals.search.FEW", 0)

    assert list(found(every, word).for_list()) == by_keys


@pytest.mark.parametrize("amount", [60, 1100])
def test_a_common_word_is_counted_no_further_than_shown(client, amount):
    province = make_seeded_province()
    make_many(province, amount)
    sign_in(client, province.inspector)

    sql = statements_of(lambda: client.get(reverse("reporting:cases"), {"q": "kết quả"}))
    page = client.get(reverse("reporting:search"), {"q": "kết quả"}).content.decode()
    lines = client.get(reverse("reporting:cases"), {"q": "kết quả"}).content.decode()

    assert "Hơn 25 hồ sơ cho “kết quả”" in page
    assert "hơn 25 hồ sơ" in lines
    assert not [one for one in sql if "LIMIT 1001" in one]


def test_a_rare_word_is_counted_to_the_last(client):
    province = make_seeded_province()
    make_many(province, 1100)
    sign_in(client, province.inspector)

    page = client.get(reverse("reporting:search"), {"q": "tảo xoắn"}).content.decode()

    assert "3 hồ sơ cho “tảo xoắn”" in page


def test_nothing_asked_narrows_nothing():
    make_many(make_seeded_province(), 3)

    assert found(Proposal.objects.all(), "  ").count() == 4


def test_signs_of_patterns_are_plain_letters():
    make_many(make_seeded_province(), 3)

    assert not found(Proposal.objects.all(), "%").exists()
    assert not found(Proposal.objects.all(), "t_o").exists()


def test_a_text_that_no_title_holds_is_not_looked_for():
    assert words_of("tảo\x00") == []


@pytest.mark.parametrize("who", ["home_affairs_officer", "official", "head", "inspector"])
@pytest.mark.parametrize("word", ["kết quả", "tảo xoắn"])
def test_the_page_costs_the_same_with_ten_and_with_eleven_hundred(client, who, word):
    province = make_seeded_province()
    sign_in(client, province.people[who]).get(reverse("reporting:search"))
    costs = set()

    for amount in (10, 1100):
        make_many(province, amount) if amount == 10 else _more(province, amount)
        sql = statements_of(lambda: client.get(reverse("reporting:search"), {"q": word}))
        costs.add(len(sql))

    assert costs == {COST[word]}


COST = {"kết quả": 6, "tảo xoắn": 7}  # a rare word is looked up by its keys


def _more(province, amount):
    Proposal.objects.filter(code__startswith="DX-2021").update(code=None, stage="withdrawn")
    make_many(province, amount)


@on_postgresql
class TestPlans:
    AMOUNT = 20_000

    @pytest.fixture
    def province(self):
        province = make_seeded_province()
        make_many(province, self.AMOUNT)
        return province

    def test_no_search_reads_the_table_from_end_to_end(self, province):
        every = Proposal.objects.visible_to(province.home_affairs_officer)
        for word in ("kết quả", "tảo xoắn"):
            plan = plan_of(found(every, word).for_list()[:51])
            assert "Seq Scan on proposals_proposal" not in plan
            assert connection.vendor == "postgresql"

    def test_a_rare_word_is_found_by_its_pieces(self, province):
        rare = Proposal.objects.filter(search_key__contains="tao xoan").order_by()

        assert "proposal_search" in plan_of(rare[: FEW + 1])

    def test_a_common_word_walks_the_newest(self, province):
        every = Proposal.objects.visible_to(province.home_affairs_officer)

        plan = plan_of(found(every, "kết quả").for_list()[:51])

        assert "Index Scan using proposal_recent" in plan
        assert "Sort" not in plan

"""An amount that was typed is said again below its field, as the server would read it."""

import pytest
from playwright.sync_api import Page, expect

from deadlines.seeds import seed_rules
from organisation.formfields import MoneyField
from proposals.stages import Part
from tests.browser.test_writing import shoot, sign_in
from tests.factories.organisation import make_province
from tests.factories.proposals import make_draft
from tests.proposals.filling import part_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = [  # what was typed, what the server reads, what the page says
    ("42000000", 42_000_000, "42 triệu đồng"),
    ("42.000.000", 42_000_000, "42 triệu đồng"),
    ("1,25 tỷ", 1_250_000_000, "1,25 tỷ đồng"),
    ("1150 nghìn đồng", 1_150_000, "1,15 triệu đồng"),
    ("84000", 84_000, "84.000 đồng"),
    ("42.123.456", 42_123_456, "42.123.456 đồng"),
    ("0", 0, "0 đồng"),
]
UNCLEAR = ["1.5 triệu", "mười đồng", "1,5"]


def test_the_words_below_the_budget(page: Page, live_server):
    seed_rules()
    province = make_province()
    draft = make_draft(proposer=province.official)
    sign_in(page, live_server.url, "official")
    page.goto(live_server.url + part_url(draft, Part.RESOURCES))
    budget = page.get_by_label("Kinh phí (đồng)")
    words = page.locator("#id_budget + .counter")

    for typed, amount, said in SAID:
        budget.fill(typed)
        expect(words).to_have_text(said)
        assert MoneyField(label="Kinh phí").clean(typed) == amount
    shoot(page, "kinh-phi")
    for typed in UNCLEAR:
        budget.fill(typed)
        expect(words).to_be_hidden()

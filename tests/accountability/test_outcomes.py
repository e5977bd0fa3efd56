"""The decision table of quy-trinh.md §8, every cell by hand."""

from datetime import date
from itertools import product

import pytest

from accountability.models import OutcomeRule
from accountability.outcomes import allowed
from accountability.seeds import seed_accountability, seed_outcome_rules
from accountability.stages import Finding, Outcome

MET, NOT_MET, UNCLEAR = "met", "not_met", "unclear"
NOT_HELD = {"not_held_liable"}
EXCLUDED = {"excluded"}
CONSIDER = {"excluded", "exempted", "mitigated"}
POLICY = {"exempted", "mitigated"}
NO_PROTECTION = {"not_applicable", "referred"}

# track, result, damage, all three criteria met: what may be concluded. Nothing else.
TABLE = {
    ("nd73", "completed", False, True): NOT_HELD,
    ("nd73", "completed", True, True): NOT_HELD,
    ("nd73", "completed", False, False): NOT_HELD | NO_PROTECTION,
    ("nd73", "completed", True, False): NOT_HELD | NO_PROTECTION,
    ("nd73", "partially_completed", False, True): EXCLUDED,
    ("nd73", "partially_completed", True, True): CONSIDER,
    ("nd73", "partially_completed", False, False): NO_PROTECTION,
    ("nd73", "partially_completed", True, False): NO_PROTECTION,
    ("nd73", "not_completed", False, True): EXCLUDED,
    ("nd73", "not_completed", True, True): CONSIDER,
    ("nd73", "not_completed", False, False): NO_PROTECTION,
    ("nd73", "not_completed", True, False): NO_PROTECTION,
    ("policy", "completed", False, True): NOT_HELD,
    ("policy", "completed", True, True): NOT_HELD | POLICY,
    ("policy", "completed", False, False): NOT_HELD | NO_PROTECTION,
    ("policy", "completed", True, False): NOT_HELD | NO_PROTECTION,
    ("policy", "partially_completed", False, True): POLICY,
    ("policy", "partially_completed", True, True): POLICY,
    ("policy", "partially_completed", False, False): NO_PROTECTION,
    ("policy", "partially_completed", True, False): NO_PROTECTION,
    ("policy", "not_completed", False, True): POLICY,
    ("policy", "not_completed", True, True): POLICY,
    ("policy", "not_completed", False, False): NO_PROTECTION,
    ("policy", "not_completed", True, False): NO_PROTECTION,
}


def criteria(right_policy: str, pure_motive: str, common_good: str) -> dict[str, str]:
    return {
        "right_policy": right_policy,
        "pure_motive": pure_motive,
        "common_good": common_good,
    }


def test_table_has_every_track_result_damage_and_criteria():
    results = ["completed", "partially_completed", "not_completed"]

    assert set(TABLE) == set(product(["nd73", "policy"], results, [False, True], [True, False]))


@pytest.mark.parametrize(("track", "result", "damage", "met"), list(TABLE))
def test_what_may_be_concluded(track, result, damage, met):
    found = criteria(MET, MET, MET) if met else criteria(MET, NOT_MET, MET)

    assert allowed(track, result, damage, found) == TABLE[track, result, damage, met]


@pytest.mark.parametrize(("track", "result", "damage"), sorted({key[:3] for key in TABLE}))
def test_each_criterion_counts_alike(track, result, damage):
    for findings in product([MET, NOT_MET, UNCLEAR], repeat=3):
        found = allowed(track, result, damage, criteria(*findings))

        if NOT_MET in findings:
            assert found == TABLE[track, result, damage, False], findings
        elif UNCLEAR in findings:
            assert found == frozenset(), findings
        else:
            assert found == TABLE[track, result, damage, True]


def test_a_criterion_that_nobody_weighed_is_unclear():
    assert allowed("policy", "not_completed", False, {"right_policy": Finding.MET}) == frozenset()


def test_policy_is_never_excluded_and_protection_never_without_criteria():
    for (track, _, _, met), found in TABLE.items():
        assert not (track == "policy" and "excluded" in found)
        assert met or not found & {"excluded", "exempted", "mitigated"}


def test_rows_of_the_database_say_what_the_seeds_say():
    seed_accountability()

    for (track, result, damage, met), expected in TABLE.items():
        found = criteria(MET, MET, MET) if met else criteria(NOT_MET, MET, MET)
        rows = OutcomeRule.objects.valid_on(date(2024, 1, 1))
        assert allowed(track, result, damage, found, rows) == expected


def test_decree_73_protects_nobody_before_it_was_in_force():
    seed_accountability()
    rows = OutcomeRule.objects.valid_on(date(2023, 9, 28))

    assert allowed("nd73", "not_completed", True, criteria(MET, MET, MET), rows) == frozenset()
    assert allowed("policy", "not_completed", True, criteria(MET, MET, MET), rows) == POLICY


def test_a_repealed_row_allows_nothing_more():
    seed_accountability()
    OutcomeRule.objects.filter(track="policy", outcome=Outcome.EXEMPTED).update(
        valid_to=date(2026, 1, 1)
    )

    rows = OutcomeRule.objects.valid_on(date(2026, 1, 1))
    assert allowed("policy", "not_completed", False, criteria(MET, MET, MET), rows) == {"mitigated"}


def test_seeding_again_changes_nothing():
    seed_outcome_rules()
    OutcomeRule.objects.update(legal_ground="Sửa tay")

    assert seed_outcome_rules() == 0
    assert set(OutcomeRule.objects.values_list("legal_ground", flat=True)) == {"Sửa tay"}


def test_every_row_names_its_law_and_its_day():
    seed_outcome_rules()

    assert not OutcomeRule.objects.filter(legal_ground="").exists()
    assert not OutcomeRule.objects.filter(valid_from=None).exists()

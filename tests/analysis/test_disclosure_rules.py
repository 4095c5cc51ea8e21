"""What disclosure control withholds, worked by hand at every limit of its rules."""

from dataclasses import replace

import numpy as np
import pytest
from disclosure_examples import AREAS, COUNT, DEVON, EXETER, SHARE, make_rows, make_table, withheld

from analysis.disclosure import Rules, compute_protected_change, protect_table
from data.own.shapes import OwnIndicator


def test_a_rate_gives_away_its_count_by_the_number_that_it_is_per():
    # 2, 4 and 5 of 2,000 people; 8 is what the fourth has.
    rate = OwnIndicator("r", "R", "per 1,000 people", "rate", 1, "no_judgement", source="x")
    assert withheld(protect_table(make_rows(rate, [1, 2, 2.5, 4], 2000.0), AREAS)) == [1, 1, 0, 0]
    wide = OwnIndicator("r", "R", "per 100,000 people", "rate", 1, "no_judgement", source="x")
    found = protect_table(make_rows(wide, [100, 200, 250, 400], 2000.0), AREAS)
    assert (withheld(found), found.checked, found.primary) == ([1, 1, 0, 0], True, 2)
    odd = OwnIndicator("r", "R", "each", "rate", 1, "no_judgement", source="x")
    found = protect_table(make_rows(odd, [1, 2, 2.5, 4], 2000.0), AREAS)
    assert (found.checked, found.primary, found.secondary) == (False, 0, 0)


def test_a_share_without_counts_is_taken_of_a_hundred_and_a_score_of_nothing():
    share = OwnIndicator("s", "S", "%", "percentage", 1, "no_judgement", source="x")
    rows = make_rows(share, [5.0, 4.9, 95, 95.1], 100.0)
    assert withheld(protect_table(rows, AREAS)) == [0, 1, 0, 1]
    score = OwnIndicator("s", "S", "per 1,000 people", "score", 1, "no_judgement", source="x")
    assert not protect_table(make_rows(score, [1.0, 2, 3, 4], 1000.0), AREAS).checked


def test_rounded_shares_have_limits_of_their_own_and_none_of_nobody():
    tops, under = np.array([33.0, 2, 12, np.nan]), np.array([48.0, 2, 24, np.nan])
    rows = make_rows(SHARE, 100 * tops / under, under, top=tops)
    rows.values.loc[3, "flag"] = "suppressed"
    shown = protect_table(rows, AREAS, Rules(threshold=2, round_to=5)).values
    # 35 of 50; 2 of 2 round to none of nobody; 10 of 25; the fourth came withheld.
    assert shown["value"].tolist()[::2] == [70, 40]
    assert shown["flag"].tolist() == ["", "not_available", "", "suppressed"]
    # Wilson, 35 of 50: (0.7384 ± 0.1327) / 1.0768.
    assert shown.loc[0, ["lower_ci", "upper_ci"]].tolist() == pytest.approx([56.2, 80.9], abs=0.1)
    assert shown.loc[[1, 3], ["lower_ci", "upper_ci"]].isna().all(axis=None)


def test_what_is_left_over_and_what_it_is_out_of_are_small_as_well():
    # 96 of 100 leave 4, 95 leave 5; 100 of 100 leave nothing; 4 of 4 are few people at all.
    under = [100.0, 100.0, 100.0, 4.0]
    table = make_rows(SHARE, [96.0, 95, 100, 100], under, top=[96.0, 95, 100, 4])
    found = protect_table(table, AREAS)
    assert withheld(found) == [1, 0, 0, 1]
    # What the first is out of stays, since everybody knows it; four people do not.
    assert list(found.values["denominator"].isna()) == [False, False, False, True]
    assert found.values.loc[0, ["value", "numerator", "lower_ci", "upper_ci"]].isna().all()


def test_a_region_and_the_country_are_totals_of_their_wards():
    # The total of 43 would give the 3 away: the 8 is hidden with it, whatever the total is of.
    wards = list(EXETER.index[:4])
    for total in ("E12000009", "E92000001", "E10000008", "E07000041"):
        rows = make_rows(COUNT, [3.0, 8, 12, 20, 43], np.nan, [*wards, total])
        assert withheld(protect_table(rows, AREAS)) == [1, 1, 0, 0, 0], total
    elsewhere = make_rows(COUNT, [3.0, 8, 12, 20, 43], np.nan, [*wards, "E12000001"])
    assert withheld(protect_table(elsewhere, AREAS)) == [1, 0, 0, 0, 0]


def test_of_figures_over_cases_the_number_of_cases_could_give_another_away():
    # 3 cases go, and the 8: were its number told, 43 - 8 - 12 - 20 would be 3.
    entry = replace(SHARE, by_case=True)
    codes, cases = [*EXETER.index[:4], "E07000041"], [3.0, 8, 12, 20, 43]
    found = protect_table(make_rows(entry, 50.0, cases, codes, np.array(cases) / 2), AREAS)
    assert withheld(found) == [1, 1, 0, 0, 0]
    assert list(found.values["denominator"].isna()) == [True, True, False, False, False]
    assert found.notes[0] == "Withheld: 1 figure that rests on 4 cases or fewer."


def test_of_a_rate_with_counts_the_count_is_what_is_small():
    rate = replace(SHARE, unit="per 1,000 people", measure="rate", multiplier=1000)
    tops = np.array([3.0, 8, 12, 2001])
    found = protect_table(make_rows(rate, tops / 2, 2000.0, top=tops), AREAS, Rules(round_to=5))
    assert withheld(found) == [1, 0, 0, 0]
    assert found.values["denominator"].tolist() == [2000] * 4
    assert found.values["value"].tolist()[1:] == [5, 5, 1000]  # 10, 10, 2,000 of 2,000


def test_people_around_a_count_are_not_rounded_with_it():
    found = protect_table(
        make_rows(COUNT, [12.0, 13, 22, 23], 1003.0, top=[12.0, 13, 22, 23]), AREAS,
        Rules(round_to=5),
    )  # fmt: skip
    assert found.values["value"].tolist() == [10, 15, 20, 25]
    assert found.values["denominator"].tolist() == [1003] * 4


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize(
    ("measure", "unit", "hidden"),
    [("percentage", "%", [1, 0, 1, 0]), ("rate", "per 100 people", [1, 1, 0, 0])],
)
def test_of_a_share_all_know_the_most_that_a_count_can_be(measure, unit, hidden, counted):
    # 3 + 9 = 12: nine is all there are of the second, so the first would be 3 to 7, four wide.
    # A rate may count a person twice.
    entry = replace(SHARE, measure=measure, unit=unit, has_counts=counted)
    tops, under = np.array([3.0, 9, 20, 32]), np.array([7.0, 9, 40, 56])
    codes = [*EXETER.index[:3], "E07000041"]
    rows = make_rows(entry, 100 * tops / under, under, codes, tops if counted else np.nan)
    assert withheld(protect_table(rows, AREAS)) == hidden


def test_districts_are_the_smallest_where_no_ward_came():
    codes = ["E07000041", "E07000042", "E07000046", "E10000008"]
    rows = make_rows(COUNT, [3.0, 8, 12, 23], np.nan, codes)
    assert withheld(protect_table(rows, AREAS)) == [1, 1, 0, 0]
    # A county whose districts did not come, beside two unitary councils of its region.
    codes = ["E06000026", "E10000008", "E06000027", "E12000009"]
    rows = make_rows(COUNT, [3.0, 8, 12, 23], np.nan, codes)
    assert withheld(protect_table(rows, AREAS)) == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("top", "under", "hidden"),
    [
        ([0.0, 1, 4, 5], [100.0] * 4, [0, 1, 1, 0]),
        ([99.0, 96, 95, 100], [100.0] * 4, [1, 1, 0, 0]),  # those left over: 1, 4, 5, none
        ([0.0, 0, 0, 5], [1.0, 4, 5, 5], [1, 1, 0, 0]),  # of 1, 4 and 5 people
    ],
)
def test_one_to_four_are_small_and_five_is_not(top, under, hidden):
    tops, people = np.array(top), np.array(under)
    rows = make_rows(SHARE, 100 * tops / people, people, top=tops)
    assert withheld(protect_table(rows, AREAS)) == hidden
    if under[0] == 100 and not top[0]:
        counts = make_rows(COUNT, tops, np.array([0.0, 1, 4, 6]), top=tops)  # no rest of a count
        assert withheld(protect_table(counts, AREAS)) == hidden
        assert withheld(protect_table(counts, AREAS, Rules(suppress_zero=True))) == [1, 1, 1, 0]


def test_a_period_without_small_counts_does_not_end_the_search():
    large, small = [20] * 12, [3, 2, 20, 8, 9, 20] + [30] * 6
    for years in (("2023", "2024"), ("2024", "2023")):
        found = protect_table(make_table({years[0]: large, years[1]: small}), AREAS)
        assert found.load_period(years[1]).loc[DEVON.index[:2], "value"].isna().all()
        assert (found.primary, found.secondary) == (2, 0)
        assert found.load_period(years[0])["value"].notna().all()


def test_small_ones_and_those_that_would_give_them_away_are_counted_apart():
    wards = [*EXETER.index[:4], "E07000041", *DEVON.index[6:8]]
    rows = make_rows(COUNT, [3.0, 8, 12, 20, 43, 1, 2], np.nan, wards)
    found = protect_table(rows, AREAS)
    assert (found.primary, found.secondary) == (3, 1)


def test_rounded_figures_over_cases_keep_their_mean_and_its_sum_tells_no_number():
    entry = replace(SHARE, by_case=True)
    cases = np.array([12.0, 13, 22, 23])
    rows = make_rows(entry, 50.0, cases, top=cases / 2)
    shown = protect_table(rows, AREAS, Rules(round_to=5)).values
    assert shown["denominator"].tolist() == [10, 15, 20, 25]
    assert shown["value"].tolist() == [50] * 4
    assert shown["numerator"].tolist() == [500, 750, 1000, 1250]


def test_what_a_hidden_count_is_out_of_stays_from_five_on():
    rows = make_rows(SHARE, [20.0, 25, 50, 60], [5.0, 4, 20, 20], top=[1.0, 1, 10, 12])
    found = protect_table(rows, AREAS)
    assert withheld(found) == [1, 1, 0, 0]
    assert found.values["denominator"].isna().tolist() == [False, True, False, False]


def test_of_a_rate_one_person_is_few_whatever_is_counted():
    rate = replace(SHARE, unit="per 1,000 people", measure="rate", multiplier=1000)
    rows = make_rows(rate, [0.0, 0, 0, 0], [1.0, 4, 5, 60], top=[0.0] * 4)
    assert withheld(protect_table(rows, AREAS)) == [1, 1, 0, 0]


def test_the_change_of_two_periods_by_hand():
    one = make_table({"2023": [3, 12, 9, 10] + [20] * 8, "2024": [7, 12, 19, 10] + [20] * 8})
    change = compute_protected_change(protect_table(one, AREAS), "2023", "2024")
    first, second, third = (change.loc[ward] for ward in DEVON.index[:3])
    assert (first["flag"], second["flag"], third["flag"]) == ("suppressed", "", "suppressed")
    assert (second["earlier"], second["later"], second["change"]) == (12, 12, 0)
    assert change.loc["E07000041", ["earlier", "later", "change"]].tolist() == [34, 48, 14]
    assert np.isnan(first["earlier"])
    assert first["later"] == 7
    assert np.isnan(first["change"])
    back = compute_protected_change(protect_table(one, AREAS), "2024", "2023")
    assert back.loc[DEVON.index[0], "flag"] == "suppressed"
    one.values.loc[one.values["area_code"] == DEVON.index[5], ["value", "numerator"]] = np.nan
    gone = compute_protected_change(protect_table(one, AREAS), "2023", "2024")
    assert gone.loc[DEVON.index[5], "flag"] == "not_available"
    new = (one.values["area_code"] == DEVON.index[6]) & (one.values["period"] == "2023")
    later = replace(one, values=one.values[~new])
    gone = compute_protected_change(protect_table(later, AREAS), "2023", "2024")
    assert gone.loc[DEVON.index[6], "flag"] == "not_available"
    assert gone.loc[DEVON.index[6], "later"] == 20


def test_the_notes_say_how_many_are_withheld_and_why():
    counts = [3, 12, 9, 10] + [20] * 8
    notes = protect_table(make_table({"2024": counts}), AREAS, Rules(round_to=5)).notes
    assert notes == (
        "Withheld: 1 figure that rests on a count of 1 to 4.",
        "Withheld as well: 1 figure from which, with totals, somebody could work those out.",
        "Counts are rounded to the nearest 5, so they may not add up.",
    )
    alone = OwnIndicator("s", "S", "%", "percentage", 1, "no_judgement", source="x")
    notes = protect_table(make_rows(alone, [50.0] * 4, 100.0), AREAS).notes
    assert len(notes) == 2
    assert "as if out of all residents" in notes[1]

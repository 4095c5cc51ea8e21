"""Disclosure control under attack: whatever is shown is exported, and hidden counts are sought."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.disclosure import Rules, compute_protected_change, protect_table
from data.load import load_areas
from data.own.shapes import OwnIndicator, OwnTable
from data.own.tables import COLUMNS, compute_limits

AREAS = load_areas()
WARDS = AREAS[AREAS["area_type"] == "ward"]
# Three districts of Devon: groups inside a larger group.
DEVON = WARDS[WARDS["district_code"].isin(["E07000041", "E07000042", "E07000046"])]
DEVON = DEVON.groupby("district_code").head(4)
EXETER = WARDS[WARDS["district_code"] == "E07000041"]
COUNT = OwnIndicator("own_parcels", "Parcels", "", "count", 0, "no_judgement", source="x")
SHARE = OwnIndicator("own_share", "Share", "%", "percentage", 1, "no_judgement", source="x",
                     multiplier=100, has_counts=True)  # fmt: skip


def make_table(counts: dict[str, list[float]], entry=COUNT, under=None, wards=DEVON) -> OwnTable:
    """Wards with counts for each period, the districts and the county they add up to."""
    parts = []
    for period, numbers in counts.items():
        table = pd.DataFrame({"area_code": wards.index, "numerator": numbers})
        table["denominator"] = np.nan if under is None else under
        for parent in ("district_code", "county_code"):
            sums = table.groupby(wards[parent].to_numpy())[["numerator", "denominator"]].sum()
            if under is None:
                sums["denominator"] = np.nan
            table = pd.concat([table, sums.rename_axis("area_code").reset_index()])
            table = table.reset_index(drop=True)
            table = table.iloc[: len(table)]
            if parent == "district_code":
                districts = table.iloc[len(wards) :]
                table = table.iloc[: len(wards)]
        table = pd.concat([table, districts], ignore_index=True)
        parts.append(table.assign(period=period, period_start=pd.Timestamp("2024-01-01"),
                                  period_end=pd.Timestamp("2024-12-31")))  # fmt: skip
    values = pd.concat(parts, ignore_index=True)
    values["value"] = values["numerator"]
    if under is not None:
        values["value"] = 100 * values["numerator"] / values["denominator"]
    values["lower_ci"], values["upper_ci"] = compute_limits(values, entry)
    values = values.assign(indicator_id=entry.id, flag="", fit="native", fit_quality=1.0)
    return OwnTable(entry, "E10000008", values[list(COLUMNS)], tuple(counts))


def groups_of(code: str, wards=DEVON) -> np.ndarray:
    if code in wards.index:
        return (wards.index == code).astype(float)
    column = "district_code" if code.startswith("E07") else "county_code"
    return (wards[column] == code).to_numpy().astype(float)


def attack(shown: pd.DataFrame, bounds: np.ndarray, wards=DEVON) -> dict[str, tuple[float, float]]:
    """The range of every hidden cell, from all that is shown: by linear programming."""
    known = shown[shown["numerator"].notna()]
    equations = np.array([groups_of(code, wards) for code in known.index])
    totals = known["numerator"].to_numpy()
    ranges = {}
    for code in shown.index[shown["numerator"].isna()]:
        aim = groups_of(code, wards)
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim,
                A_eq=equations if len(equations) else None,
                b_eq=totals if len(equations) else None,
                bounds=[(0, None if np.isinf(b) else b) for b in bounds],
                method="highs",
            )
            assert found.status in (0, 3), found.message
            ends.append(found.fun * sign if found.status == 0 else np.inf)
        ranges[code] = (ends[0], ends[1])
    return ranges


def assert_protected(shown, bounds, truth, threshold=5, wards=DEVON):
    for code, (low, high) in attack(shown, bounds, wards).items():
        hidden = shown["numerator"].reindex(wards.index).isna().to_numpy()
        most = float(bounds[(groups_of(code, wards) > 0) & hidden].sum())
        assert high - low >= min(threshold, most) - 1e-6, (code, low, high, truth[code])
        assert low - 1e-6 <= truth[code] <= high + 1e-6


counts_of_wards = st.lists(
    st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40)),
    min_size=len(DEVON), max_size=len(DEVON),
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(counts_of_wards)
def test_no_hidden_count_can_be_worked_out_from_everything_that_is_shown(counts):
    own = make_table({"2024": counts})
    protected = protect_table(own, AREAS)
    shown = protected.load_period("2024")
    truth = own.values.set_index("area_code")["value"]
    assert not ((shown["value"] > 0) & (shown["value"] < 5)).any()
    assert (shown["value"].dropna() == truth[shown["value"].dropna().index]).all()
    assert_protected(shown, np.full(len(DEVON), np.inf), truth)


@settings(max_examples=20, deadline=None)
@given(counts_of_wards, st.lists(st.integers(0, 60), min_size=len(DEVON), max_size=len(DEVON)))
def test_percentages_and_their_rest_are_protected_though_denominators_are_known(counts, more):
    under = np.array(counts) + np.array(more)
    own = make_table({"2024": counts}, SHARE, np.where(under > 0, under, np.nan))
    own.values.loc[~(own.values["denominator"] > 0), "numerator"] = np.nan
    own.values.loc[~(own.values["denominator"] > 0), "flag"] = "not_available"
    if own.values["numerator"].isna().any():
        return  # totals of missing wards are missing: another test
    protected = protect_table(own, AREAS)
    shown = protected.load_period("2024")
    assert (
        shown.loc[shown["numerator"].isna(), ["value", "lower_ci", "upper_ci"]]
        .isna()
        .all(axis=None)
    )
    left = shown["denominator"] - shown["numerator"]
    for numbers in (shown["numerator"], left):
        assert not ((numbers > 0) & (numbers < 5)).any()
    truth = own.values.set_index("area_code")["numerator"]
    assert_protected(shown, under.astype(float), truth)


@settings(max_examples=10, deadline=None)
@given(counts_of_wards, counts_of_wards, st.data())
def test_sums_and_differences_of_groups_and_periods_reveal_nothing_more(first, second, data):
    own = make_table({"2023": first, "2024": second})
    protected = protect_table(own, AREAS)
    change = compute_protected_change(protected, "2023", "2024")
    hidden = {p: protected.load_period(p)["value"].isna() for p in ("2023", "2024")}
    either = hidden["2023"] | hidden["2024"]
    assert change.loc[either, "change"].isna().all()
    assert (change.loc[either, "flag"] == "suppressed").all()
    # All that is known of two periods at once, the changes and a picked group's sum included.
    size = len(DEVON)
    rows, totals = [], []
    for place, period in enumerate(("2023", "2024")):
        shown = protected.load_period(period)["value"].dropna()
        for code, value in shown.items():
            rows.append(np.concatenate([groups_of(code) * (place == 0), groups_of(code) * place]))
            totals.append(value)
    for code, row in change.dropna(subset="change").iterrows():
        rows.append(np.concatenate([-groups_of(code), groups_of(code)]))
        totals.append(row["change"])
    picked = data.draw(st.sets(st.sampled_from(list(DEVON.index)), min_size=2))
    open_ = [c for c in picked if not hidden["2024"][c]]
    rows.append(np.concatenate([np.zeros(size), np.isin(DEVON.index, open_).astype(float)]))
    totals.append(protected.load_period("2024")["value"][open_].sum())
    for code in DEVON.index[hidden["2024"][DEVON.index]]:
        aim = np.concatenate([np.zeros(size), groups_of(code)])
        ends = [linprog(s * aim, A_eq=np.array(rows), b_eq=totals, bounds=(0, None))
                for s in (1, -1)]  # fmt: skip
        width = np.inf if ends[1].status == 3 else -ends[1].fun - ends[0].fun
        assert width >= 5 - 1e-6


def test_an_attack_on_primary_suppression_alone_succeeds():
    """The attack itself can win: without secondary suppression the total gives the ward away."""
    counts = [3, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30]
    own = make_table({"2024": counts})
    shown = own.values.set_index("area_code")
    shown.loc[DEVON.index[0], "numerator"] = np.nan
    low, high = attack(shown, np.full(len(DEVON), np.inf))[DEVON.index[0]]
    assert low == pytest.approx(high) == pytest.approx(3)


def test_the_smallest_other_ward_of_the_district_is_hidden_with_a_small_one():
    counts = [3, 12, 9, 10, 20, 20, 20, 20, 30, 30, 30, 30]
    protected = protect_table(make_table({"2024": counts}), AREAS)
    shown = protected.load_period("2024")
    assert list(shown.index[shown["value"].isna()]) == [DEVON.index[0], DEVON.index[2]]
    assert (protected.primary, protected.secondary) == (1, 1)
    assert set(shown.loc[shown["value"].isna(), "flag"]) == {"suppressed"}
    assert shown.at["E07000041", "value"] == 34


def test_zero_is_shown_unless_the_rules_say_otherwise():
    counts = [0, 12, 9, 10, 20, 20, 20, 20, 30, 30, 30, 30]
    own = make_table({"2024": counts})
    assert protect_table(own, AREAS).primary == 0
    strict = protect_table(own, AREAS, Rules(suppress_zero=True)).load_period("2024")
    assert strict["value"].isna().sum() == 2


def test_the_threshold_can_be_set():
    counts = [7, 12, 11, 10, 20, 20, 20, 20, 30, 30, 30, 30]
    own = make_table({"2024": counts})
    assert protect_table(own, AREAS).primary == 0
    protected = protect_table(own, AREAS, Rules(threshold=10))
    truth = own.values.set_index("area_code")["value"]
    assert_protected(protected.load_period("2024"), np.full(12, np.inf), truth, 10)
    assert protected.primary == 1


def test_a_small_total_of_a_district_is_hidden_too():
    counts = [1, 1, 0, 0, 20, 20, 20, 20, 30, 30, 30, 30]
    own = make_table({"2024": counts})
    shown = protect_table(own, AREAS).load_period("2024")
    assert np.isnan(shown.at["E07000041", "value"])
    truth = own.values.set_index("area_code")["value"]
    assert_protected(shown, np.full(12, np.inf), truth)


def test_a_small_total_beside_a_missing_ward_is_hidden_too():
    own = make_table({"2024": [np.nan, 3, 0, 0, 20, 20, 20, 20, 30, 30, 30, 30]})
    shown = protect_table(own, AREAS).load_period("2024")
    assert list(shown.index[shown["flag"] == "suppressed"]) == [DEVON.index[1], "E07000041"]


def test_percentages_without_counts_are_hidden_where_people_give_them_away():
    values = pd.DataFrame({"area_code": EXETER.index, "value": 10.0})
    values.loc[0, "value"] = 0.02  # two of some 10,000 people
    values["denominator"] = EXETER["population"].to_numpy()
    values = values.assign(
        indicator_id="own_x", period="2024", period_start=pd.Timestamp("2024-01-01"),
        period_end=pd.Timestamp("2024-12-31"), numerator=np.nan, lower_ci=np.nan, upper_ci=np.nan,
        flag="", fit="native", fit_quality=1.0,
    )  # fmt: skip
    entry = OwnIndicator("own_x", "X", "%", "percentage", 1, "no_judgement", source="x")
    shown = protect_table(OwnTable(entry, "E07000041", values, ("2024",)), AREAS)
    assert np.isnan(shown.load_period("2024")["value"].iloc[0])


def test_figures_without_counts_say_that_they_cannot_be_checked():
    own = make_table({"2024": [1.0] * 12})
    entry = OwnIndicator("own_x", "X", "", "score", 1, "no_judgement", source="x")
    protected = protect_table(OwnTable(entry, "E10000008", own.values, ("2024",)), AREAS)
    assert not protected.checked
    assert "cannot be found" in protected.notes[0]


def test_rounding_comes_on_top_and_totals_are_rounded_by_themselves():
    counts = [3, 12, 9, 10, 20, 21, 22, 23, 30, 30, 30, 33]
    shown = protect_table(make_table({"2024": counts}), AREAS, Rules(round_to=5))
    shown = shown.load_period("2024")
    known = shown["value"].dropna()
    assert (known % 5 == 0).all()
    assert shown.at["E07000041", "value"] == 35
    assert shown["value"].isna().sum() == 2


def test_rounded_percentages_come_of_rounded_counts_and_never_exceed_100():
    counts, people = [18.0, 33.0] + [20.0] * 10, [18.0, 48.0] + [41.0] * 10
    own = make_table({"2024": counts}, SHARE, people)
    shown = protect_table(own, AREAS, Rules(round_to=5)).load_period("2024")
    first, second = (shown.loc[ward] for ward in DEVON.index[:2])
    assert (first["numerator"], first["denominator"], first["value"]) == (20, 20, 100)
    assert (second["numerator"], second["denominator"], second["value"]) == (35, 50, 70)
    assert second["lower_ci"] < 70 < second["upper_ci"]
    district = shown.loc["E07000041"]
    assert district["value"] == pytest.approx(100 * district["numerator"] / district["denominator"])


def test_of_means_over_cases_the_number_of_cases_is_rounded_and_small_ones_hidden():
    mean = OwnIndicator("own_age", "Age", "", "mean", 1, "no_judgement", source="x",
                        has_counts=True, by_case=True)  # fmt: skip
    cases = [3.0, 12.0] + [21.0] * 10
    own = make_table({"2024": [40.0 * n for n in cases]}, mean, cases)
    own.values["value"] = own.values["numerator"] / own.values["denominator"]
    shown = protect_table(own, AREAS, Rules(round_to=5)).load_period("2024")
    assert shown.loc[DEVON.index[0], ["value", "numerator", "denominator"]].isna().all()
    third = shown.loc[DEVON.index[2]]
    assert (third["value"], third["denominator"], third["numerator"]) == (40, 20, 800)


def test_what_is_not_small_stays_as_it_is():
    own = make_table({"2024": [10.0] * 12})
    protected = protect_table(own, AREAS)
    pd.testing.assert_frame_equal(protected.values, own.values.reset_index(drop=True))
    assert protected.notes[0] == "Withheld: 0 figures that rest on a count of 1 to 4."


def make_rows(entry: OwnIndicator, value, under, codes=tuple(EXETER.index[:4]), top=np.nan):
    """One period of figures as they came, without totals."""
    values = pd.DataFrame({"area_code": codes, "value": value, "numerator": top})
    values = values.assign(
        denominator=under, indicator_id=entry.id, period="2024", lower_ci=np.nan, upper_ci=np.nan,
        period_start=pd.Timestamp("2024-01-01"), period_end=pd.Timestamp("2024-12-31"),
        flag="", fit="native", fit_quality=1.0,
    )  # fmt: skip
    return OwnTable(entry, "E07000041", values[list(COLUMNS)], ("2024",))


def withheld(protected) -> list[int]:
    return [int(flag == "suppressed") for flag in protected.values["flag"]]


def test_a_rate_gives_away_its_count_by_the_number_that_it_is_per():
    # 2, 4 and 5 of 2,000 people; 8 is what the fourth has.
    rate = OwnIndicator("r", "R", "per 1,000 people", "rate", 1, "no_judgement", source="x")
    assert withheld(protect_table(make_rows(rate, [1, 2, 2.5, 4], 2000.0), AREAS)) == [1, 1, 0, 0]
    wide = OwnIndicator("r", "R", "per 100,000 people", "rate", 1, "no_judgement", source="x")
    found = protect_table(make_rows(wide, [100, 200, 250, 400], 2000.0), AREAS)
    assert (withheld(found), found.checked, found.primary) == ([1, 1, 0, 0], True, 2)
    odd = OwnIndicator("r", "R", "each", "rate", 1, "no_judgement", source="x")
    assert not protect_table(make_rows(odd, [1, 2, 2.5, 4], 2000.0), AREAS).checked


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

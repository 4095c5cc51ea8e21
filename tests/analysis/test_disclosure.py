"""Disclosure control under attack: whatever is shown is exported, and hidden counts are sought."""

import numpy as np
import pandas as pd
import pytest
from disclosure_examples import AREAS, DEVON, EXETER, SHARE, make_table
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.disclosure import Rules, compute_protected_change, protect_table
from data.own.shapes import OwnIndicator, OwnTable


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


@settings(max_examples=20)
@given(counts_of_wards)
def test_no_hidden_count_can_be_worked_out_from_everything_that_is_shown(counts):
    own = make_table({"2024": counts})
    protected = protect_table(own, AREAS)
    shown = protected.load_period("2024")
    truth = own.values.set_index("area_code")["value"]
    assert not ((shown["value"] > 0) & (shown["value"] < 5)).any()
    assert (shown["value"].dropna() == truth[shown["value"].dropna().index]).all()
    assert_protected(shown, np.full(len(DEVON), np.inf), truth)


@settings(max_examples=20)
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


@settings(max_examples=10)
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

"""Custom areas: the built tables are the oracle, and small worlds worked by hand."""

import numpy as np
import pandas as pd
import pytest
import shapely
from examples import make_indicator
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.custom_area import compute_area_figures, compute_area_fit, make_whole_fit
from analysis.custom_area_words import (
    describe_cut,
    describe_fit,
    describe_wards,
    explain_nothing,
    list_warnings,
)
from data.load import load_areas, load_lsoas, load_period
from data.lsoa_parts import (
    LsoaIndicator,
    list_lsoa_indicators,
    list_missing_indicators,
    load_lsoa_parts,
)

NAN = float("nan")
HUNTINGDONSHIRE, DEVON = "E07000011", "E10000008"
# Two towns, a village ward, one LSOA alone, London, Birmingham, Cornwall.
WARDS = ("E05011266", "E05011911", "E05013564", "E05009293", "E05014804")


def lsoas_in(column: str, code: str) -> tuple[str, ...]:
    lsoas = load_lsoas()
    return tuple(lsoas.index[lsoas[column] == code])


def compute(*groups: tuple[str, ...]) -> list[pd.DataFrame]:
    codes = tuple(sorted({code for group in groups for code in group}))
    return compute_area_figures(load_lsoa_parts(codes), groups, list_lsoa_indicators())


def assert_equals_built(found: pd.DataFrame, area: str) -> None:
    """Every figure is the one the build wrote, to the places it keeps."""
    wrong = {}
    for spec in list_lsoa_indicators():
        built = load_period(spec.indicator.id, spec.period).loc[area]
        own = found.loc[spec.indicator.id]
        if not spec.exact:
            assert own["flag"] == "estimated"
            continue
        step = 10.0 ** -(spec.indicator.decimals + 1)
        for name in ("value", "lower_ci", "upper_ci"):
            close = own[name] == pytest.approx(built[name], abs=2 * step, rel=2e-5, nan_ok=True)
            if not close:
                wrong[spec.indicator.id, name] = (own[name], built[name])
        for name in ("numerator", "denominator"):
            known = not np.isnan(built[name])
            if known and own[name] != pytest.approx(built[name], abs=0.5, rel=1e-5):
                wrong[spec.indicator.id, name] = (own[name], built[name])
        if str(own["flag"]) != str(built["flag"]):
            wrong[spec.indicator.id, "flag"] = (own["flag"], built["flag"])
    assert wrong == {}


@pytest.mark.parametrize("area", [w for w in WARDS if w in load_areas().index])
def test_an_area_of_a_wards_lsoas_has_the_wards_figures(area: str) -> None:
    codes = lsoas_in("ward_code", area)
    if codes:
        assert_equals_built(compute(codes)[0], area)


def test_all_wards_of_a_council_at_once_have_their_figures() -> None:
    lsoas = load_lsoas()
    wards = sorted(lsoas.loc[lsoas["district_code"] == HUNTINGDONSHIRE, "ward_code"].unique())
    tables = compute(*(lsoas_in("ward_code", ward) for ward in wards))
    for ward, table in zip(wards, tables, strict=True):
        assert_equals_built(table, str(ward))


@pytest.mark.parametrize(
    ("column", "area"), [("district_code", HUNTINGDONSHIRE), ("county_code", DEVON)]
)
def test_an_area_of_a_whole_council_has_the_councils_figures(column: str, area: str) -> None:
    assert_equals_built(compute(lsoas_in(column, area))[0], area)


def test_means_whose_weight_is_not_kept_come_near_those_of_wards() -> None:
    lsoas = load_lsoas()
    specs = [spec for spec in list_lsoa_indicators() if not spec.exact]
    groups = {str(w): tuple(c) for w, c in lsoas.groupby("ward_code").groups.items()}
    parts = load_lsoa_parts(tuple(lsoas.index))
    tables = compute_area_figures(parts, list(groups.values())[::10], specs)
    assert {spec.indicator.weight for spec in specs} == {"people", "population_estimates.total"}
    for spec in specs:
        built = load_period(spec.indicator.id, spec.period)["value"].astype(float)
        own = pd.Series([t.at[spec.indicator.id, "value"] for t in tables], list(groups)[::10])
        gaps = (own / built.reindex(own.index) - 1).abs().dropna()
        assert gaps.median() < 0.01
        assert gaps.quantile(0.99) < 0.15


def test_figures_not_published_for_lsoas_are_not_invented() -> None:
    missing = {indicator.id for indicator in list_missing_indicators()}
    assert "children_in_low_income_families_percent" in missing
    found = compute(lsoas_in("ward_code", "E05011266"))[0]
    assert not missing & set(found.index)


def grid(width: int, height: int, people: list[float]) -> tuple[np.ndarray, pd.DataFrame]:
    shapes = [shapely.box(x, y, x + 1, y + 1) for y in range(height) for x in range(width)]
    codes = pd.Index([f"E010000{n:02d}" for n in range(width * height)], name="lsoa_code")
    return np.array(shapes), pd.DataFrame({"population": people}, index=codes)


def test_best_fit_and_its_quality_worked_by_hand() -> None:
    # Four squares in a row with 100, 200, 300 and 400 people; the line holds the first
    # whole, 60 % of the second and, on a second stroke, 25 % of the fourth.
    shapes, lsoas = grid(4, 1, [100, 200, 300, 400])
    line = shapely.union_all([shapely.box(0, 0, 1.6, 1), shapely.box(3.75, 0, 4, 1)])
    fit = compute_area_fit(line, shapes, lsoas)
    assert fit.codes == ("E01000000", "E01000001")
    assert fit.pieces["share"].tolist() == pytest.approx([1, 0.6, 0.25])
    assert fit.people == 300
    assert fit.people_inside == pytest.approx(100 + 120 + 100)
    assert fit.people_both == pytest.approx(220)
    assert fit.quality == pytest.approx(220 / (300 + 320 - 220))
    assert list(fit.cut.index) == ["E01000001", "E01000003"]


def test_shares_and_cover_are_of_land_whatever_its_size() -> None:
    shapes = np.array([shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2)])
    _, lsoas = grid(2, 1, [100, 100])
    fit = compute_area_fit(shapely.box(0, 0, 2.5, 4), shapes, lsoas)
    # One of four and a quarter of the other: 5 of 10.
    assert fit.pieces["share"].tolist() == pytest.approx([1, 0.25])
    assert fit.covered == pytest.approx(0.5)


def test_another_weight_makes_a_figure_estimated_but_no_figure_of_a_gap() -> None:
    mean = make_indicator(aggregation="weighted_mean", interval="none", multiplier=1)
    count = make_indicator(aggregation="sum", interval="none", measure="count", multiplier=1)
    codes = pd.Index(["a", "b", "c"])
    for indicator, found in (
        (mean, [(2.5, "estimated"), (NAN, "not_available")]),
        (count, [(4.0, "estimated"), (NAN, "suppressed")]),
    ):
        parts = pd.DataFrame({indicator.id: [1.0, 3.0, NAN], "people": [100.0, 300, 50]}, codes)
        hidden = (0.0, 4.0) if indicator is count else None
        spec = LsoaIndicator(indicator, ("people",), hidden, exact=False, period="2021")
        tables = compute_area_figures(parts, [["a", "b"], ["c"]], [spec])
        for table, (value, flag) in zip(tables, found, strict=True):
            row = table.loc[indicator.id]
            assert row["value"] == pytest.approx(value, nan_ok=True)
            assert row["flag"] == flag
            # A mean is made of no count; a sum is one.
            assert row["numerator"] == pytest.approx(
                NAN if indicator is mean else value, nan_ok=True
            )


def test_withheld_counts_of_lsoas_are_filled_with_the_middle() -> None:
    count = make_indicator(aggregation="sum", interval="none", measure="count", multiplier=1)
    parts = pd.DataFrame({count.id: [10.0, NAN]}, pd.Index(["a", "b"]))
    spec = LsoaIndicator(count, (), (0.0, 4.0), exact=True, period="2021")
    row = compute_area_figures(parts, [["a", "b"]], [spec])[0].loc[count.id]
    assert (row["value"], row["flag"]) == (12, "estimated")


def test_half_of_a_neighbourhood_is_not_more_than_half() -> None:
    shapes, lsoas = grid(2, 1, [100, 100])
    halves = [compute_area_fit(shapely.box(a, 0, b, 1), shapes, lsoas)
              for a, b in ((0, 0.5), (0.5, 2))]  # fmt: skip
    assert [fit.codes for fit in halves] == [(), ("E01000001",)]
    assert halves[0].quality == 0


def test_land_outside_england_is_told() -> None:
    shapes, lsoas = grid(2, 1, [100, 100])
    assert compute_area_fit(shapely.box(1, 0, 3, 1), shapes, lsoas).covered == pytest.approx(0.5)


def test_a_line_along_boundaries_fits_perfectly() -> None:
    shapes, lsoas = grid(3, 2, [10, 20, 30, 40, 50, 60])
    fit = compute_area_fit(shapely.box(0, 0, 2, 2), shapes, lsoas)
    assert (fit.quality, fit.people) == (1, 10 + 20 + 40 + 50)
    assert fit.cut.empty


squares = st.tuples(*(st.floats(0, 6).map(lambda n: round(n, 2)) for _ in range(4)))


@settings(max_examples=60)
@given(squares, squares)
def test_areas_that_do_not_overlap_share_no_lsoa(one: tuple, other: tuple) -> None:
    shapes, lsoas = grid(6, 6, [float(n) for n in range(1, 37)])
    lines = [shapely.box(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in (one, other)]
    # A box without width is no valid polygon, which is what a fit asks for.
    assume(all(line.is_valid and line.area > 0.01 for line in lines))
    lines[1] = shapely.difference(lines[1], lines[0])
    fits = [compute_area_fit(line, shapes, lsoas) for line in lines]
    assert not set(fits[0].codes) & set(fits[1].codes)
    both = compute_area_fit(shapely.union_all(lines), shapes, lsoas)
    # The two together hold at least what each holds, and their people inside add up.
    assert set(fits[0].codes) | set(fits[1].codes) <= set(both.codes)
    assert both.people_inside == pytest.approx(sum(fit.people_inside for fit in fits))
    assert all(0 <= fit.quality <= 1 for fit in fits)


HUNTINGDONSHIRE_LSOAS = lsoas_in("district_code", HUNTINGDONSHIRE)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(HUNTINGDONSHIRE_LSOAS), min_size=2, max_size=20, unique=True))
def test_counts_of_two_areas_without_common_lsoas_add_up(codes: list[str]) -> None:
    half = len(codes) // 2
    one, other, both = compute(tuple(codes[:half]), tuple(codes[half:]), tuple(codes))
    counts = [s.indicator.id for s in list_lsoa_indicators() if s.indicator.aggregation == "ratio"]
    for name in ("numerator", "denominator"):
        parts = one.loc[counts, name] + other.loc[counts, name]
        kept = parts.notna() & both.loc[counts, name].notna()
        assert kept.sum() > 40
        difference = (parts - both.loc[counts, name])[kept].abs()
        assert difference.max() < 1e-6


def test_a_list_of_lsoas_fits_by_definition() -> None:
    fit = make_whole_fit(["E01018076", "E01018074"], load_lsoas())
    assert fit.quality == 1
    assert fit.codes == ("E01018074", "E01018076")
    assert fit.people == load_lsoas().loc[list(fit.codes), "population"].sum()


def test_what_a_line_holds_is_said_in_words() -> None:
    shapes, lsoas = grid(4, 1, [100, 200, 300, 0])
    names = pd.Series([f"Aldham 00{n}A" for n in range(4)], index=lsoas.index)

    def fit(left: float, right: float):
        return compute_area_fit(shapely.box(left, 0, right, 1), shapes, lsoas)

    # 60 % of the second is counted, 25 % of the third is not.
    mixed = fit(1.4, 2.25)
    assert describe_cut(mixed) == (
        "Your line cuts through 2 neighbourhoods: 1 mostly inside and counted and 1 mostly outside "
        "and left out."
    )
    assert describe_cut(fit(1.4, 2)) == (
        "Your line cuts through 1 neighbourhood: 1 mostly inside and counted."
    )
    assert describe_fit(mixed).endswith("about 40 % of the people counted live outside it.")
    assert describe_fit(fit(3, 4)) == "Nobody lives inside your line."
    assert explain_nothing(fit(1, 1.3), names).startswith(
        "Your line holds no more than half of any neighbourhood: the most it holds is 30 % of "
        "Aldham 001A."
    )
    assert explain_nothing(fit(8, 9), names) == (
        "No neighbourhood of England lies inside your line. Draw it on the land shown."
    )


def test_land_outside_england_is_warned_of_and_land_inside_not() -> None:
    shapes, lsoas = grid(2, 1, [9_000, 9_000])
    sea = "50 % of your area's land lies in the sea or outside England and counts for nothing."
    for right, warned in ((2, False), (3, True)):
        found = list_warnings(compute_area_fit(shapely.box(1, 0, right, 1), shapes, lsoas))
        assert (sea in found) == warned


def test_only_the_wards_with_most_people_are_named() -> None:
    pieces = pd.DataFrame({"ward": list("ABCA"), "people": [20, 30, 10, 40]})
    assert describe_wards(pieces, most=2) == (
        "It lies in the wards A (60 % of its people), B (30 % of its people) and 1 more."
    )
    assert describe_wards(pieces[pieces["ward"] == "A"]) == (
        "It lies in the ward A (100 % of its people)."
    )

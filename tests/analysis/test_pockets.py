"""Hidden pockets, worked by hand: quartiles, ties, missing figures, both polarities."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.pocket_figure import explain_signs, plot_pockets
from analysis.pocket_table import HIDDEN, NO_POCKET, ONE, OPEN, make_pockets_table, make_ward_table
from analysis.pocket_words import (
    describe_pockets_list,
    describe_spread,
    describe_ward,
    explain_rule,
    make_pockets_title,
    name_fifth,
)
from analysis.pockets import (
    find_limit,
    find_pockets,
    in_high_fifth,
    place_in_fifths,
    summarise_wards,
)
from analysis.words import NO_LSOA
from data.catalogue import Catalogue

FUEL = make_indicator()
# Mill: four LSOAs; Quay: one; Town: three, one without a figure; Empty: none; Bare: no figures.
WARD_OF = ["Mill"] * 4 + ["Quay"] + ["Town"] * 3 + ["Bare"] * 2
VALUES = [10.0, 20, 30, 40, 50, 5, NAN, 15, NAN, NAN]
PEOPLE = [1000.0, 1500, 2000, 1200, 1700, 900, 800, 1100, 1, 1]
LSOAS = pd.DataFrame(
    {
        "ward_code": WARD_OF,
        "population": PEOPLE,
        "lsoa_name": [f"Aldham {n:03}A" for n in range(10)],
    },
    index=[f"l{n}" for n in range(10)],
)
WARDS = pd.Index(["Mill", "Quay", "Town", "Empty", "Bare"])


def summarise(limit: float = 40, polarity: str = "low_is_good") -> pd.DataFrame:
    return summarise_wards(pd.Series(VALUES, LSOAS.index), LSOAS, WARDS, limit, polarity)


def make_pockets(limit: float = 40, polarity: str = "low_is_good") -> pd.DataFrame:
    own = pd.DataFrame({"name": WARDS, "value": [24.7, 50.0, 10.5, NAN, NAN]}, index=WARDS)
    everywhere = np.arange(5.0, 55)  # 5 to 54: a value of 24.7 has 20 of 50 below it
    return find_pockets(own, summarise(limit, polarity), everywhere, polarity)


def test_the_limit_is_the_figure_at_a_fifth_from_the_high_end():
    assert find_limit(range(1, 11), "low_is_good") == 9
    assert find_limit(range(1, 11), "no_judgement") == 9
    assert find_limit(range(1, 11), "high_is_good") == 2
    assert find_limit([*range(1, 11), NAN, NAN], "low_is_good") == 9
    assert np.isnan(find_limit([1, 2, NAN], "low_is_good"))


def test_five_neighbourhoods_have_a_fifth_and_fifths_turn_with_the_polarity():
    assert find_limit([3, 1, 4, 2, 5], "low_is_good") == 5
    figures = [6.0, 14, 24, 34, 44]
    everywhere = np.arange(5.0, 55)
    assert place_in_fifths(figures, everywhere, "low_is_good").tolist() == [1, 1, 2, 3, 4]
    assert place_in_fifths(figures, everywhere, "high_is_good").tolist() == [5, 5, 4, 3, 2]
    assert place_in_fifths([54.0, 99], everywhere, "low_is_good").tolist() == [5, 5]


def test_wards_that_hide_pockets_come_by_people_and_the_others_by_spread_and_name():
    spread = pd.DataFrame(
        {"pockets": [1, 1, 0, 0, 0, 0], "known": [2] * 6, "people_in_pockets": [5, 9, 0, 0, 0, 0],
         "spread": [9.0, 1, 2, 2, NAN, 3]}, index=list("abcdef"),
    )  # fmt: skip
    own = pd.DataFrame({"name": list("abdcef"), "value": 1.0}, index=list("abcdef"))
    found = find_pockets(own, spread, np.arange(10.0), "low_is_good")
    assert found.index.tolist() == ["b", "a", "f", "d", "c", "e"]
    turned = find_pockets(own, spread, np.arange(10.0), "high_is_good")
    assert turned["fifth"].tolist() == [5] * 6
    assert not turned["hides"].any()


def test_ties_at_the_limit_are_all_in_unless_they_are_more_than_a_quarter():
    twelve = [9, 9, 9, *range(9)]
    limit = find_limit(twelve, "low_is_good")
    assert limit == 9
    assert in_high_fifth(twelve, limit, "low_is_good").sum() == 3
    many_zeros = [0] * 9 + [3]
    assert find_limit(many_zeros, "low_is_good") == 3
    assert np.isnan(find_limit([5] * 8 + [1, 2], "low_is_good"))
    assert not in_high_fifth([5, NAN], NAN, "low_is_good").any()
    assert in_high_fifth([1, 2, 3, NAN], 2, "high_is_good").tolist() == [True, True, False, False]


def test_quartiles_of_a_ward_are_those_of_its_lsoas():
    mill = summarise().loc["Mill"]
    quartiles = ["low", "lower_quartile", "median", "upper_quartile", "high"]
    assert mill[quartiles].tolist() == [10, 17.5, 25, 32.5, 40]
    assert mill[["spread", "iqr"]].tolist() == [30, 15]
    assert mill[["lsoas", "known", "people", "pockets"]].tolist() == [4, 4, 5700, 1]
    assert mill["people_in_pockets"] == 1200
    assert mill["share"] == pytest.approx(100 * 1200 / 5700)


def test_a_missing_figure_is_neither_zero_nor_a_person():
    table = summarise()
    town = table.loc["Town"]
    assert town[["lsoas", "known", "people", "low", "median", "high"]].tolist() == [
        3, 2, 2000, 5, 10, 15,
    ]  # fmt: skip
    assert town["share"] == 0
    assert table.loc["Empty", ["lsoas", "known", "people"]].tolist() == [0, 0, 0]
    assert table.loc[["Empty", "Bare"], ["low", "median", "high", "share"]].isna().all(axis=None)
    assert table.loc["Quay", ["low", "median", "high"]].tolist() == [50, 50, 50]


def test_quantiles_agree_with_numpy_on_random_wards():
    random = np.random.default_rng(5)
    wards = pd.Index([f"w{n}" for n in range(40)])
    ward = random.choice(wards, 400)
    values = pd.Series(random.normal(size=400).round(1))
    lsoas = pd.DataFrame({"ward_code": ward, "population": 1.0})
    table = summarise_wards(values, lsoas, wards, 1, "low_is_good")
    for code in wards:
        expected = np.quantile(values[ward == code], [0.25, 0.5, 0.75])
        got = table.loc[code, ["lower_quartile", "median", "upper_quartile"]]
        np.testing.assert_allclose(got.to_numpy(dtype=float), expected)


def test_where_high_is_good_the_low_lsoas_are_the_pockets():
    table = summarise(limit=15, polarity="high_is_good")
    assert table["pockets"].tolist() == [1, 0, 2, 0, 0]
    assert table.at["Mill", "people_in_pockets"] == 1000
    assert place_in_fifths([5.0], np.arange(5.0, 55), "high_is_good").tolist() == [5]
    assert place_in_fifths([5.0, NAN], np.arange(5.0, 55), "low_is_good")[0] == 1


def test_only_a_ward_outside_the_two_high_fifths_hides_its_pocket():
    pockets = make_pockets()
    assert pockets["fifth"].reindex(WARDS).tolist()[:3] == [3, 5, 1]
    assert pockets["hides"].reindex(WARDS).tolist() == [True, False, False, False, False]
    # Quay is one LSOA, and of Bare nothing is known: even a low fifth would hide nothing there.
    low = np.arange(60.0, 110)
    everything_low = find_pockets(
        pd.DataFrame({"name": WARDS, "value": 50.0}, index=WARDS), summarise(), low, "low_is_good"
    )
    assert everything_low["fifth"].eq(1).all()
    assert everything_low.index[everything_low["hides"]].tolist() == ["Mill"]
    every_one = find_pockets(
        pd.DataFrame({"name": WARDS, "value": 50.0}, index=WARDS), summarise(5), low, "low_is_good"
    )
    assert not every_one["hides"].any()
    # Mill first; then by spread: Town 10, Quay 0; those without any figure last.
    assert pockets.index.tolist()[:3] == ["Mill", "Town", "Quay"]


def test_sentences_carry_their_numbers():
    pockets = make_pockets()

    def sentence(code: str, **kind: bool) -> str:
        return describe_ward(pockets.loc[code], FUEL, **kind)

    assert sentence("Mill") == (
        "Mill as a whole is in the middle fifth of wards, but 1 of its 4 neighbourhoods is in "
        "England's highest fifth; 1,200 people live there."
    )
    assert sentence("Mill", named=True).startswith("Fuel poverty: Mill as a whole")
    assert sentence("Quay") == "Quay is one neighbourhood only, nothing can be hidden inside."
    assert sentence("Town") == (
        "None of the 2 neighbourhoods of Town is in England's highest fifth. "
        "1 neighbourhood has no figure."
    )
    assert sentence("Empty") == f"Empty has {NO_LSOA}."
    assert sentence("Bare") == "Bare: its neighbourhoods have no figure."
    assert describe_spread(pockets.loc["Mill"], FUEL) == (
        "Its neighbourhoods run from 10.0 to 40.0 %; the ward as a whole is 24.7 %; "
        "21.1 % of its people live in England's highest fifth."
    )
    assert describe_spread(pockets.loc["Quay"], FUEL) == ""


def test_a_ward_that_is_high_itself_hides_nothing():
    row = make_pockets().loc["Mill"].copy()
    row["fifth"], row["hides"] = 4.0, False
    assert describe_ward(row, FUEL) == (
        "Mill as a whole is in the second highest fifth of wards; 1 of its 4 neighbourhoods is "
        "in England's highest fifth; 1,200 people live there."
    )
    row["value"] = row["fifth"] = NAN
    assert describe_ward(row, FUEL).startswith("Mill has no figure as a whole; 1 of its 4")


def test_fifths_are_named_by_what_the_indicator_means():
    assert name_fifth(FUEL) == "highest fifth"
    assert name_fifth(FUEL, 1) == "lowest fifth"
    assert name_fifth(make_indicator(polarity="high_is_good")) == "lowest fifth"
    need = make_indicator(name="Overall deprivation score", measure="score", unit="")
    assert [name_fifth(need, n) for n in (1, 2, 3, 4, 5)] == [
        "least deprived fifth", "second least deprived fifth", "middle fifth",
        "second most deprived fifth", "most deprived fifth",
    ]  # fmt: skip
    assert "most deprived two fifths" in explain_rule(need)


def test_titles_state_the_finding_in_few_words():
    pockets = make_pockets()
    assert make_pockets_title(pockets, FUEL, "Aldham") == (
        "The average of Mill hides a pocket of high need"
    )
    two = pd.concat([pockets, pockets.head(1)])
    assert make_pockets_title(two, FUEL, "Aldham") == "2 of 4 wards hide a pocket of high need"
    none = pockets.assign(hides=False)
    plain = make_indicator(polarity="no_judgement")
    assert make_pockets_title(none, plain, "Aldham") == (
        "No ward average here hides a pocket of high figures"
    )
    empty = pockets.assign(value=NAN)
    assert make_pockets_title(empty, FUEL, "Aldham") == "Fuel poverty: no figures in Aldham"
    words = describe_pockets_list(pockets, FUEL, "Aldham")
    assert "5 wards" in words
    assert "1,200 people" in words
    assert "1 ward has one neighbourhood only. 1 ward has no estimate." in words


def test_the_table_says_the_state_of_each_ward_and_leaves_gaps_empty():
    table = make_pockets_table(make_pockets(), FUEL).set_index("Code")
    assert table["Pocket"].to_dict() == {
        "Mill": HIDDEN, "Town": NO_POCKET, "Quay": ONE, "Empty": NO_LSOA, "Bare": "no figure",
    }  # fmt: skip
    assert table.at["Mill", "Lower quartile"] == 17.5
    assert table.at["Mill", "People in them"] == 1200
    assert np.isnan(table.at["Empty", "People in them"])
    assert np.isnan(table.at["Bare", "Lowest LSOA"])


def make_catalogue() -> Catalogue:
    from examples import make_source

    flats = make_indicator(id="flats", name="Flats", polarity="no_judgement")
    near = make_indicator(id="near", name="Connectivity", polarity="high_is_good")
    sources = {"fuel": make_source(modelled=True)}
    return Catalogue(sources, {}, {FUEL.id: FUEL, "flats": flats, "near": near})


def test_one_ward_in_every_indicator_judged_ones_first():
    inside = LSOAS[LSOAS["ward_code"] == "Mill"]
    figures = pd.DataFrame(
        {"flats": [1.0, 2, 3, 90], "near": [60.0, 70, 80, NAN], FUEL.id: [10.0, 20, 30, 40]},
        index=inside.index,
    )
    every = np.arange(100.0)
    own = {"flats": (20.0, every), "near": (1.0, every), FUEL.id: (25.0, every)}
    limits = {"flats": 80.0, "near": 65.0, FUEL.id: 99.0}
    periods = dict.fromkeys(figures, "2022")
    table = make_ward_table(figures, inside, own, limits, make_catalogue(), periods)
    assert table["Indicator"].tolist() == ["Connectivity", "Households in fuel poverty", "Flats"]
    assert table["Pocket"].tolist() == [OPEN, NO_POCKET, HIDDEN]
    near = table.iloc[0]
    assert near["Which"] == "Aldham 000A (60.0 %)"
    assert near["Share of people (%)"] == round(100 * 1000 / 4500, 1)
    assert near["Middle (median)"] == 70
    assert table["Note"].iloc[0] == "a modelled estimate, not a local count"
    one = make_ward_table(figures.head(1), inside.head(1), own, limits, make_catalogue(), periods)
    assert set(one["Pocket"]) == {ONE}


def test_the_strip_chart_draws_every_lsoa_in_its_row():
    rows = make_pockets().loc[["Mill", "Town", "Quay"]]
    inside = LSOAS[LSOAS["ward_code"].isin(rows.index)]
    values = pd.Series(VALUES, LSOAS.index).reindex(inside.index)
    dots = inside.assign(value=values, people=inside["population"], pocket=values >= 40)
    figure = plot_pockets(rows, dots, FUEL, 40, selected="Town")
    lines, plain, pocket, wards = figure.data
    assert list(plain.x) == [10, 20, 30, 5, 15]
    assert list(plain.y) == [0, 0, 0, 1, 1]
    assert list(pocket.x) == [40, 50]
    assert pocket.marker.symbol == "triangle-up"
    assert list(pocket.customdata) == ["Mill", "Quay"]
    assert list(wards.x) == [24.7, 10.5, 50]
    assert list(lines.x)[:2] == [10, 40]
    assert list(figure.layout.yaxis.ticktext) == ["Mill", "<b>Town</b>", "Quay"]
    assert figure.layout.shapes[0].x0 == 40
    good = make_indicator(polarity="high_is_good")
    down = plot_pockets(rows, dots, good, NAN)
    assert down.data[2].marker.symbol == "triangle-down"
    assert not down.layout.shapes
    assert "▲ a neighbourhood in England's highest fifth" in explain_signs(FUEL, 40)
    assert "dotted" not in explain_signs(FUEL, NAN)

"""The tartan rug: cells are the figures of the table and the words of the comparison."""

import numpy as np
import pandas as pd
import pytest
from examples import CODES, NAN, make_areas, make_indicator, make_values

from analysis.comparison import compare_with_benchmark
from analysis.tartan import Rug, choose_rows, compute_fifths, make_rug_column, sort_rug
from analysis.tartan_words import (
    _most_worse,
    describe_cell,
    describe_rug,
    make_rug_heat_table,
    make_rug_table,
    make_rug_title,
)

ENGLAND = "E92000001"
FUEL = make_indicator()
SCORE = make_indicator(
    id="score", short_name="Score", name="A score", interval="none", unit="", theme="crime"
)
CARE = make_indicator(id="care", short_name="Care", polarity="no_judgement")


def make_wards() -> pd.DataFrame:
    """North, South, Mill, Empty (no LSOA), Quay (withheld), Old Town (no row)."""
    areas = make_areas()
    return areas.assign(
        ward_name=areas["name"],
        district_name="Aldham",
        population=[600.0, 500.0, 400.0, NAN, 200.0, 100.0],
    )


def with_england(values: pd.DataFrame) -> pd.DataFrame:
    england = values.iloc[[0]].assign(value=10.0, flag="", fit="best_fit")
    return pd.concat([values, england.set_axis([ENGLAND])])


def column_of(indicator=FUEL, values: pd.DataFrame | None = None):
    values = with_england(make_values() if values is None else values)
    return make_rug_column(
        indicator, "2022", values, make_wards(), pd.Index(CODES), ("England", ENGLAND)
    )


def make_rug(*indicators) -> Rug:
    return Rug("Aldham", make_wards(), tuple(column_of(i) for i in indicators or (FUEL, SCORE)))


def test_cells_hold_the_figures_and_the_words_of_the_comparison():
    column = column_of()
    values = make_values()
    assert column.printed[:3].tolist() == values["value"][:3].tolist()
    compared = compare_with_benchmark(
        values["lower_ci"], values["upper_ci"], 10.0, FUEL.polarity
    ).tolist()
    assert list(column.look[:3]) == compared[:3] == ["worse", "similar", "better"]
    assert list(column.sign[:3]) == ["▲", "●", "▼"]
    assert list(column.words[:2]) == ["worse than England", "similar to England"]
    assert set(column.fifth.tolist()) == {-1}
    assert column.is_worse.tolist() == [True, False, False, False, False, False]


def test_without_judgement_cells_are_higher_or_lower_and_never_counted():
    column = column_of(CARE)
    assert list(column.look[:3]) == ["higher", "similar", "lower"]
    assert not column.is_worse.any()


def test_a_missing_cell_has_a_pattern_and_a_reason():
    for column in (column_of(FUEL), column_of(SCORE)):
        assert list(column.look[3:]) == ["not_estimated", "suppressed", "not_available"]
        assert list(column.sign[3:]) == ["", "", ""]
        assert "no LSOA" in column.words[3]
        assert "withheld" in column.words[4]
        assert column.words[5] == "no figure for this area"


def test_without_an_interval_cells_are_fifths_of_england_with_open_signs():
    column = column_of(SCORE)
    # Three wards have a figure: first, second and third of three.
    assert column.fifth[:3].tolist() == [0, 1, 3]
    assert list(column.look[:3]) == ["class_5", "class_4", "class_2"]
    assert list(column.sign[:3]) == ["△", "△", "▽"]
    assert column.words[0] == "in the worst fifth of England"
    good = column_of(make_indicator(polarity="high_is_good", interval="none"))
    assert good.fifth[:3].tolist() == [3, 1, 0]
    neutral = column_of(make_indicator(polarity="no_judgement", interval="none"))
    assert neutral.words[0] == "in the highest fifth of England"


def test_a_figure_equal_to_the_benchmark_gets_a_ring():
    values = make_values()
    values["value"] = [10.04, 9.96, 5.0, NAN, NAN]
    assert list(column_of(SCORE, values).sign[:3]) == ["○", "○", "▽"]


def test_a_count_is_not_held_against_a_larger_area():
    count = make_indicator(measure="count", interval="none", polarity="no_judgement")
    column = column_of(count)
    assert list(column.sign[:3]) == ["", "", ""]
    assert column.look[0] == "class_5"
    assert not any("England:" in line for line in describe_cell(column, CODES[0], "Aldham"))


def test_unranked_figures_are_coloured_but_not_counted():
    column = column_of(make_indicator(interval="none", ranked=False))
    assert column.fifth[0] == 0
    assert not column.is_worse.any()


@pytest.mark.parametrize("high", [True, False])
def test_fifths_hold_equal_shares_and_ties_stand_together(high):
    everywhere = np.arange(100.0)
    fifths = compute_fifths(everywhere, everywhere, from_highest=high)
    assert np.bincount(fifths).tolist() == [20] * 5
    assert fifths[-1] == (0 if high else 4)
    tied = np.array([0.0] * 60 + list(range(1, 41)))
    assert len(set(compute_fifths(tied, tied, from_highest=high)[:60])) == 1
    assert compute_fifths(np.array([NAN]), everywhere, from_highest=high).tolist() == [-1]
    assert compute_fifths(np.array([1.0]), np.array([NAN]), from_highest=high).tolist() == [-1]


def test_rows_sort_by_any_column_missing_last_and_equal_by_name():
    rug = make_rug()
    names = rug.wards["name"].to_numpy()

    def order(by, direction):
        return names[sort_rug(rug, by, direction)].tolist()

    assert rug.worse.tolist() == [2, 0, 0, 0, 0, 0]
    assert order("worse", "descending") == ["North", "Empty", "Mill", "Old Town", "Quay", "South"]
    assert order(FUEL.id, "descending")[:3] == ["North", "South", "Mill"]
    assert order(FUEL.id, "ascending") == ["Mill", "South", "North", "Empty", "Old Town", "Quay"]
    assert order("ward", "descending")[0] == "South"
    assert order("people", "ascending") == ["Old Town", "Quay", "Mill", "South", "North", "Empty"]
    with pytest.raises(KeyError):
        order("nothing", "ascending")


def test_the_selected_ward_is_always_among_the_rows():
    rug = make_rug()
    order = sort_rug(rug, "ward", "ascending")
    assert choose_rows(rug, order, 2, "").tolist() == order[:2].tolist()
    cut = choose_rows(rug, order, 2, CODES[1])
    assert len(cut) == 2
    assert rug.wards.index[cut[-1]] == CODES[1]


def test_the_table_on_screen_prints_what_the_rug_holds():
    rug = make_rug()
    rows = sort_rug(rug, "worse", "descending")
    table = make_rug_heat_table(
        rug, rows, {"housing": "Housing", "crime": "Crime"}, ("worse", "descending"),
        (CODES[0], FUEL.id),
    )  # fmt: skip
    worse, fuel, score, people = table.columns
    assert [c.id for c in table.columns] == ["worse", FUEL.id, "score", "people"]
    assert worse.texts[0] == "2"
    assert fuel.texts == ["20.0", "", "5.0", "", "", "10.5"]
    assert fuel.foot == "England 10.0"
    assert (fuel.unit, fuel.group) == ("%", "Housing")
    assert fuel.ranges[0] == "18.0 to 22.0"
    assert (fuel.ranks[0], fuel.ranked) == (1, 3)
    assert score.looks[0] == "class_5"
    assert people.texts[1] == ""
    cells = sum(count for *_, count in table.legend)
    assert cells == 2 * len(rows)
    assert [key for key, *_ in table.legend][:4] == ["worse", "similar", "better", "class_5"]
    assert "No interval, fifths of England: worst fifth" in [e[2] for e in table.legend]


def test_pounds_stand_before_the_number_and_not_in_the_heading():
    income = make_indicator(unit="£", decimals=0, interval="none")
    rug = Rug("Aldham", make_wards(), (column_of(income),))
    column = make_rug_heat_table(
        rug, np.array([0]), {"housing": "Housing"}, ("ward", "ascending")
    ).columns[1]
    assert (column.texts, column.unit) == (["£20"], "")


def test_title_and_description_are_the_finding():
    rug = make_rug()
    assert make_rug_title(rug, "England") == "North: worse than England on 2 of 2"
    text = describe_rug(rug, "England")
    assert "North (2)" in text
    assert "5 wards have none" in text
    assert "6 cells have no figure" in text
    neutral = make_rug(CARE)
    assert make_rug_title(neutral, "England") == "1 indicator for 6 wards of Aldham"
    said = "Aldham, 6 wards, 1 indicator, compared with England. 3 cells have no figure."
    assert describe_rug(neutral, "England") == said
    assert not any("Worse" in heading for heading in make_rug_table(neutral))


def test_a_rug_without_gaps_or_worse_wards_says_neither():
    full = make_values().reindex(CODES).assign(
        value=10.5, lower_ci=9.0, upper_ci=12.0, numerator=21.0, denominator=200.0, flag="",
        fit="best_fit",
    )  # fmt: skip
    text = describe_rug(Rug("Aldham", make_wards(), (column_of(FUEL, full),)), "England")
    assert text.endswith("worst fifth of England. 6 wards have none.")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 4, 3, 2], [0, 1, 2]),
        ([3, 5, 2, 2], [1, 0, 2, 3]),
        ([4] + [1] * 9, [0]),
        ([2] * 9, []),
        ([0, 1, 0], [1]),
        ([0, 0], []),
    ],
)
def test_wards_that_share_a_number_are_named_together_or_not_at_all(counts, expected):
    assert _most_worse(np.array(counts)).tolist() == expected


def test_a_cell_in_full():
    column = column_of()
    lines = describe_cell(column, CODES[0], "Aldham")
    assert lines[0] == "20.0 % of households"
    assert lines[1:] == [
        "95 % interval: 18.0 to 22.0 %",
        "40 of 200",
        "▲ Worse than England",
        "England: 10.0 %",
        "1st highest of 3 wards in Aldham",
        "Period: 2022",
    ]
    unranked = column_of(make_indicator(ranked=False))
    assert not any("highest" in line for line in describe_cell(unranked, CODES[0], "Aldham"))
    assert describe_cell(column, CODES[4], "Aldham")[0] == "No figure"
    assert "Withheld" in describe_cell(column, CODES[4], "Aldham")[1]


def test_rows_for_download_hold_figures_and_comparison():
    table = make_rug_table(make_rug())
    assert table["Worse figures (of 2)"].tolist() == [2, 0, 0, 0, 0, 0]
    name = "Households in fuel poverty (%), 2022"
    assert table[name].tolist()[:3] == [20.0, 10.5, 5.0]
    assert np.isnan(table[name].iat[4])
    assert "withheld" in table[f"{name}: compared"].iat[4]

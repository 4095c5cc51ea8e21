"""Hot spots: a documented example, exact answers on small maps, planted clusters, islands."""

from itertools import combinations

import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import pytest
from libpysal.graph import Graph
from shapely.geometry import box

from analysis import hot_spots
from analysis.hot_spots import (
    FEWEST_WARDS,
    PERMUTATIONS,
    describe_hot_spots,
    describe_uncorrected,
    find_hot_spots,
    find_neighbours,
    list_hot_spots,
    make_hot_spots_title,
)

NAN = np.nan


def grid(size: int) -> gpd.GeoDataFrame:
    cells = [(x, y) for y in range(size) for x in range(size)]
    codes = [f"W{x:x}{y:x}" for x, y in cells]
    return gpd.GeoDataFrame(geometry=[box(x, y, x + 1, y + 1) for x, y in cells], index=codes)


def ring(size: int) -> Graph:
    """Everybody has the one before and the one after as neighbours."""
    codes = [f"W{n}" for n in range(size)]
    after = {code: [codes[n - 1], codes[(n + 1) % size]] for n, code in enumerate(codes)}
    return Graph.from_dicts(after)


def planted() -> pd.Series:
    """A high block with a low cell in it, a low block with a high one, noise between."""
    values = pd.Series(np.random.default_rng(4).normal(50, 2, 144), index=grid(12).index)
    for x in range(5):
        for y in range(5):
            values[f"W{x}{y}"] += 30
            values[f"W{x + 7:x}{y + 7:x}"] -= 30
    values["W22"], values["W99"] = 20, 80
    return values


@pytest.fixture(scope="module")
def neighbours() -> Graph:
    return find_neighbours(grid(12))


@pytest.fixture(scope="module")
def found(neighbours) -> pd.DataFrame:
    return find_hot_spots(planted(), neighbours)


def test_areas_that_touch_at_a_corner_are_neighbours():
    around = find_neighbours(grid(3))
    assert sorted(around["W00"].index) == ["W01", "W10", "W11"]
    assert len(around["W11"]) == 8


def test_the_documented_example_of_esda(monkeypatch):
    """desmith.gal with 10 areas: the quadrants printed in the docstring of Moran_Local."""
    monkeypatch.setattr(hot_spots, "LEVEL", 1.0)
    folder = libpysal.examples.get_path
    graph = Graph.from_W(libpysal.io.open(folder("desmith.gal")).read())
    column = libpysal.io.open(folder("desmith.txt")).by_col["z"]
    values = pd.Series(column, index=graph.unique_ids, dtype=float)
    result = find_hot_spots(values, graph)
    numbers = {name: number for number, name in hot_spots.QUADRANTS.items()}
    assert result["pattern"].map(numbers).tolist() == [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]
    distance = values - values.mean()
    lag = pd.Series({code: distance[graph[code].index].mean() for code in values.index})
    by_hand = 9 * distance * lag / (distance**2).sum()
    assert result["local_i"].to_numpy() == pytest.approx(by_hand.to_numpy())


def test_p_is_that_of_all_neighbourhoods_there_could_be():
    """With two neighbours out of eight others every neighbourhood can be counted."""
    values = pd.Series([9.0, 8, 2, 5, 1, 7, 3, 6, 4.5], index=[f"W{n}" for n in range(9)])
    result = find_hot_spots(values, ring(9))
    distance = (values - values.mean()).to_numpy()
    for place, code in enumerate(values.index):
        others = np.delete(distance, place)
        lags = np.array([sum(pair) / 2 for pair in combinations(others, 2)])
        could_be = distance[place] * lags
        own = distance[place] * (distance[place - 1] + distance[(place + 1) % 9]) / 2
        # The own neighbourhood is one of them; whether it counts is left to rounding.
        above = [(could_be >= own + hair).mean() for hair in (-1e-9, 1e-9)]
        one_sided = [min(share, 1 - share) for share in above]
        assert 2 * min(one_sided) - 0.03 <= result["p"][code] <= 2 * max(one_sided) + 0.03


def test_planted_clusters_and_odd_ones_out_are_found(found):
    assert found["pattern"]["W11"] == found["pattern"]["W33"] == "high_high"
    assert found["pattern"]["W88"] == "low_low"
    assert found["pattern"]["W22"] == "low_high"
    assert found["pattern"]["W99"] == "high_low"
    clear = found[found["pattern"] != "unclear"]
    noise = [code for code in clear.index if int(code[1], 16) >= 7 and int(code[2], 16) <= 4]
    assert noise == []
    assert (clear["corrected_p"] <= 0.05).all()
    assert (found.loc[found["pattern"] == "unclear", "corrected_p"] > 0.05).all()
    assert (found["corrected_p"] >= found["p"]).all()


def test_the_same_seed_gives_the_same_answer_and_leaves_chance_alone(neighbours, found):
    again = find_hot_spots(planted(), neighbours)
    pd.testing.assert_frame_equal(again, found)
    other = find_hot_spots(planted(), neighbours, seed=7)
    assert not other["p"].equals(found["p"])
    assert (other["p"] - found["p"]).abs().max() < 0.05


@pytest.mark.parametrize("permutations", [99, 999])
def test_the_least_p_follows_from_the_number_of_permutations(neighbours, permutations):
    result = find_hot_spots(planted(), neighbours, permutations)
    assert result["p"].min() == pytest.approx(2 / (permutations + 1))
    assert PERMUTATIONS == 9999


def test_chance_alone_makes_hardly_any_hot_spot(neighbours):
    random = np.random.default_rng(11)
    clear = 0
    for _ in range(20):
        values = pd.Series(random.normal(size=144), index=grid(12).index)
        result = find_hot_spots(values, neighbours, permutations=999)
        clear += int(result["pattern"].isin(hot_spots.CLEAR_PATTERNS).any())
    assert clear <= 3  # 5 % of 20 is 1


def test_areas_without_a_figure_are_left_out_also_as_neighbours(neighbours):
    values = planted()
    values[["W22", "W00"]] = NAN
    result = find_hot_spots(values, neighbours)
    assert result["pattern"][["W22", "W00"]].tolist() == ["", ""]
    assert result.loc["W22", ["local_i", "p", "neighbours"]].isna().all()
    assert result["neighbours"]["W11"] == 6
    assert result["neighbours"]["W55"] == 8
    without = values.drop(["W22", "W00"])
    fewer = find_hot_spots(without, find_neighbours(grid(12).loc[without.index]))
    pd.testing.assert_frame_equal(result.loc[without.index], fewer, check_dtype=False)


def test_islands_are_named_and_have_no_p():
    polygons = grid(4)
    polygons.loc["Lundy", "geometry"] = box(50, 50, 51, 51)
    values = pd.Series(np.arange(17.0), index=polygons.index)
    result = find_hot_spots(values, find_neighbours(polygons))
    assert result["pattern"]["Lundy"] == "alone"
    assert result["neighbours"]["Lundy"] == 0
    assert result.loc["Lundy", ["local_i", "p", "corrected_p"]].isna().all()
    assert result["p"].drop("Lundy").notna().all()
    # An area whose only neighbours have no figure is alone as well.
    values[["W01", "W10", "W11"]] = NAN
    assert find_hot_spots(values, find_neighbours(polygons))["pattern"]["W00"] == "alone"
    listed = list_hot_spots(result["pattern"], pd.Series(polygons.index, polygons.index))
    assert listed[-1] == ("× No neighbours, 1 ward", "Lundy")


@pytest.mark.parametrize(
    "values",
    [
        [1.0, 2, 3, 4, 5, 6, 7, NAN, NAN],  # under eight
        [5.0] * 9,  # all alike
        [NAN] * 9,
    ],
)
def test_too_little_to_say_anything(values):
    series = pd.Series(values, index=[f"W{n}" for n in range(9)])
    result = find_hot_spots(series, ring(9))
    assert FEWEST_WARDS == 8
    assert result["local_i"].isna().all()
    assert not result["pattern"].isin(hot_spots.CLEAR_PATTERNS).any()
    assert (result["pattern"] == "").equals(series.isna())


def test_eight_figures_are_enough():
    series = pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8, NAN], index=[f"W{n}" for n in range(9)])
    assert find_hot_spots(series, ring(9))["local_i"].notna().sum() == 8


def test_titles_say_what_was_found():
    def title(**counts: int) -> str:
        patterns = [key for key, number in counts.items() for _ in range(number)]
        return make_hot_spots_title(pd.Series(patterns, dtype=object), "Carers", "Devon")

    assert title(high_high=1, low_low=9) == "Carers: high figures cluster in 1 ward of Devon"
    assert title(low_low=2, unclear=3) == "Carers: low figures cluster in 2 wards of Devon"
    assert title(high_low=1) == "Carers: 1 ward of Devon differs from its neighbours"
    assert title(high_low=1, low_high=1).endswith("2 wards of Devon differ from their neighbours")
    assert title(unclear=5) == "Carers: no clear hot spots in Devon"


def test_long_places_are_left_out_of_titles():
    patterns = pd.Series(["high_high"] * 12)
    title = make_hot_spots_title(patterns, "Fuel poverty until 2018", "Vale of White Horse")
    assert title == "Fuel poverty until 2018: high figures cluster in 12 wards"


def test_without_a_clear_pattern_it_is_told_what_chance_would_mark():
    p = pd.Series([0.01, 0.05, 0.2, NAN] + [0.5] * 23)
    words = describe_uncorrected(p)
    assert words == (
        "Without the correction for many tests 2 wards would be marked; chance alone would mark "
        "about 1 of 26."
    )
    assert "hardly any of 9" in describe_uncorrected(p.tail(9))
    assert describe_uncorrected(pd.Series([NAN])) == ""
    unclear = pd.Series(["unclear"] * 27)
    assert words in describe_hot_spots(unclear, unclear, "Aldham", p)
    clear = pd.Series(["high_high"] * 27)
    assert words not in describe_hot_spots(clear, clear, "Aldham", p)


def test_lists_name_some_and_count_the_rest():
    patterns = pd.Series(["high_high"] * 15 + ["unclear"])
    names = pd.Series([f"Ward {n:02}, Devon" for n in range(16)])
    [(heading, wards)] = list_hot_spots(patterns, names)
    assert heading == "▲▲ High among high, 15 wards"
    assert wards.startswith("Ward 00, Devon; Ward 01, Devon")
    assert wards.endswith("Ward 11, Devon; 3 more")
    words = describe_hot_spots(patterns, names, "Devon")
    assert "among the wards of Devon only, 9,999 permutations" in words
    assert heading in words
    assert "No ward forms" in describe_hot_spots(pd.Series(["unclear"]), names[:1], "Devon")

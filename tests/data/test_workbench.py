"""What a build reads once: periods in order, people of larger areas, wards of an earlier year."""

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny

from data import compute
from data.geography import read_geography

OLD = "E05900001"


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    folder = tiny.write_world(tmp_path_factory.mktemp("raw"))
    sources = [tiny.make_source("counts")]
    return tiny.make_bench(folder, sources, tiny.make_indicator(), read_geography(folder))


def test_periods_stand_in_the_order_of_their_first_days(bench, monkeypatch):
    # As words they would stand the other way round.
    periods = ["2021", "mid-2020", "to-2019-09"]
    table = pd.concat([tiny.native_table(tiny.LSOAS, p, some=[1] * 5) for p in periods])
    read = []
    monkeypatch.setattr(compute, "read_source", lambda *given: read.append(given) or table)
    assert list(bench.tables("counts")) == ["to-2019-09", "mid-2020", "2021"]
    assert bench.tables("counts")["2021"].index.tolist() == tiny.LSOAS
    assert read == [("counts", bench.folder)]  # once


def test_people_of_larger_and_of_earlier_areas_are_those_of_their_lsoas(bench):
    assert bench.people("lsoa21").tolist() == tiny.PEOPLE
    assert bench.people("msoa21") == pytest.approx([300, 700, 1000])
    # One LSOA of 2011 became the second and the third; two became the fourth (half each).
    assert bench.people("lsoa11") == pytest.approx([100, 500, 200, 200, 1000])


def test_wards_of_an_earlier_year_count_at_every_level(bench, monkeypatch):
    pairs = pd.DataFrame(
        [(tiny.QUAY, tiny.QUAY, 1, True), (OLD, tiny.NORTH, 300, False),
         (OLD, tiny.SOUTH, 100, False)],
        columns=["source", "target", "weight", "same"],
    )  # fmt: skip
    asked = []
    monkeypatch.setattr(compute, "compute_ward_pairs", lambda *given: asked.append(given) or pairs)
    codes, shares, same = bench.wards("ward21")
    assert asked == [(bench.folder, bench.geography, "ward21")]
    assert codes.tolist() == [tiny.QUAY, OLD]
    areas = bench.geography.areas["area_code"]
    found = pd.DataFrame(shares.toarray(), index=areas)
    # Three in four of the old ward are North's, the rest South's; both lie in Aldham and Ashire.
    assert found.loc[[tiny.NORTH, tiny.SOUTH, tiny.MILL], 1].tolist() == [0.75, 0.25, 0]
    assert found.loc[[tiny.ALDHAM, tiny.BARTON, tiny.COTON], 1].tolist() == [1, 0, 0]
    assert found.loc[[tiny.ASHIRE, tiny.EAST, tiny.ENGLAND], 1].tolist() == [1, 1, 1]
    assert found.loc[[tiny.NORTH, tiny.QUAY, tiny.ALDHAM], 0].tolist() == [0, 1, 0]
    assert found.loc[[tiny.COTON, tiny.ASHIRE, tiny.EAST, tiny.ENGLAND], 0].tolist() == [1, 0, 1, 1]
    assert areas[same].tolist() == [tiny.QUAY]
    assert bench.wards("ward21")[1] is shares  # kept


def test_a_mean_of_larger_areas_weighs_them_by_their_people(bench, monkeypatch):
    # LSOA 4 of today is two of 2011, half of its people in each: (4 + 8) / 2.
    table = tiny.native_table(tiny.LSOAS_2011, score=[1, 2, 4, 8, 5])
    monkeypatch.setattr(compute, "read_source", lambda *_: table)
    source = tiny.make_source("scores", "lsoa11")
    other = tiny.make_bench(bench.folder, [source], tiny.make_indicator(), bench.geography)
    means = compute._lsoa_means(other, "score", source, "2021")
    assert means == pytest.approx([1, 2, 2, 6, 5])
    table.loc[2, "score"] = np.nan
    other = tiny.make_bench(bench.folder, [source], tiny.make_indicator(), bench.geography)
    assert compute._lsoa_means(other, "score", source, "2021")[3] == pytest.approx(8)

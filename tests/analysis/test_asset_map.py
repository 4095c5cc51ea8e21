"""Lists of places beside need: counted by hand, and never read as complete."""

import pandas as pd

from analysis.asset_map import (
    describe_assets,
    make_asset_table,
    make_assets_title,
    tabulate_asset_table,
    tabulate_named,
)

KINDS = {"school": ("school", "schools"), "gp": ("GP site", "GP sites")}
WARDS = pd.DataFrame(
    {
        "name": ["Ash", "Birch", "Cedar", "Dale", "Elm", "Fir", "Grove"],
        "population": [10_000.0, 5_000, 10_000, 10_000, 10_000, 20_000, float("nan")],
    },
    index=list("ABCDEFG"),
)
NEED = pd.Series({"A": 30.0, "B": 25, "C": 20, "D": 15, "E": 10, "F": 5, "G": 40})
SITES = pd.DataFrame(
    {"school": [1, 3, 2, 0, 4, 4, 0], "gp": [0, 1, 2, 1, 1, 0, 0]}, index=list("ABCDEFG")
)


def make_table(**changes):
    parts = {"wards": WARDS, "need": NEED, "sites": SITES, "named": pd.Series({"C": 2})}
    return make_asset_table(**(parts | changes))


def test_a_ward_with_high_need_and_few_listed_is_one_to_ask_about() -> None:
    table = make_table()
    assert table.index.tolist() == ["G", "A", "B", "C", "D", "E", "F"]
    # For each 10,000 people: A 1, B 8, C 4, D 1, E 5, F 2; the third with most need: A and B.
    assert table.loc[list("ABCDEF"), "per_people"].tolist() == [1, 8, 4, 1, 5, 2]
    assert table.index[table["ask"]].tolist() == ["A"]
    assert make_assets_title(table, "Woods") == "Ash combines high need and few listed places"


def test_a_ward_without_people_or_need_is_never_judged() -> None:
    table = make_table()
    assert pd.isna(table.at["G", "per_people"])
    assert not table.at["G", "ask"]
    unknown = make_table(need=NEED.drop("A"))
    assert unknown.at["A", "rank"] == 0
    assert not unknown.at["A", "ask"]
    assert unknown.index[-1] == "A"


def test_a_small_place_is_only_listed() -> None:
    table = make_table(wards=WARDS.loc[list("ABC")])
    assert not table["ask"].any()
    assert make_assets_title(table, "Woods") == "Places to build on in Woods"


def test_titles_say_how_many_wards() -> None:
    none = make_table(sites=SITES.assign(school=9))
    none["ask"] = False
    assert make_assets_title(none, "Woods") == "No ward of Woods combines high need and few listed"
    two = none.assign(ask=[True, True] + [False] * 5)
    assert make_assets_title(two, "Woods") == "Two wards combine high need and few listed places"


def test_words_say_listed_and_never_that_there_is_nothing() -> None:
    said = describe_assets(make_table(), KINDS, "Woods")
    assert said == (
        "Woods: 14 schools and 5 GP sites are listed. People named 2 community assets. "
        "High need and few listed: Ash. What is not listed may still be there."
    )
    rows = tabulate_asset_table(make_table(), {"school": "Schools", "gp": "GP sites"}, "Score")
    assert rows.loc[1].tolist() == ["Ash", "A", 2, 30, 10_000, 1, 0, 1, 0, "High need, few listed"]
    assert rows["Named by people"].sum() == 2


def test_what_people_named_is_listed_by_ward() -> None:
    assets = pd.DataFrame(
        [("Hall", "Place", "B", "", "List"), ("Café", "Group", "A", "open", "Workshop"),
         ("Somewhere", "Group", "", "", "Workshop")],
        columns=["name", "kind", "ward", "note", "source"],
    )  # fmt: skip
    names = WARDS["name"].to_dict()
    assert tabulate_named(assets, names)["Ward"].tolist() == ["Ash", "Birch", "No ward said"]
    assert tabulate_named(assets, names, ["A"])["Name"].tolist() == ["Café"]

"""Own figures stand beside the tables for one visitor only."""

from dataclasses import dataclass

import pandas as pd
import pytest

from data.catalogue import load_catalogue
from data.errors import TableError
from data.load import load_areas, load_newest, load_period, load_periods, load_values
from data.own import shelf
from data.own.shapes import OwnIndicator
from data.own.shelf import Shelf, current_catalogue, look_on, make_private

WARDS = ("E05011266", "E05011267")


@dataclass
class Figure:
    entry: OwnIndicator
    periods: tuple[str, ...]
    values: pd.DataFrame


def make_figure(value: float) -> Figure:
    entry = make_private(
        OwnIndicator("own_food_parcels", "Food parcels", "", "count", 0, "low_is_good")
    )
    rows = [
        (entry.id, ward, period, pd.Timestamp(f"{period}-01-01"), pd.Timestamp(f"{period}-12-31"),
         value, value, float("nan"), float("nan"), float("nan"), "", "native", 1.0)
        for ward in WARDS
        for period in ("2023", "2024")
    ]  # fmt: skip
    columns = list(load_values("imd_score").columns)
    return Figure(entry, ("2023", "2024"), pd.DataFrame(rows, columns=columns))


@pytest.fixture
def visitors():
    """Two visitors with a figure of the same name; `see` says whose page is being made."""
    shelves = {name: make_figure(value) for name, value in (("first", 7.0), ("second", 9.0))}
    looking = {"name": "first"}

    def find() -> Shelf:
        figure = shelves.get(looking["name"])
        return Shelf({figure.entry.id: figure}) if figure else shelf.EMPTY

    before = shelf._look[0]
    look_on(find)
    yield shelves, looking
    look_on(before)


def test_an_own_figure_is_loaded_like_any_other(visitors):
    own = visitors[0]["first"].entry.id
    assert load_periods(own) == ("2023", "2024")
    newest = load_newest(own)
    assert list(newest.columns) == list(load_newest("imd_score").columns)
    assert newest.index.equals(load_areas().index)
    assert newest.loc[WARDS[0], "value"] == 7
    assert newest["value"].notna().sum() == 2
    assert (newest.loc[newest["value"].isna(), "flag"] == "not_available").all()
    assert load_period(own, "2023").loc[WARDS[1], "value"] == 7
    assert current_catalogue().indicators[own].name == "Food parcels"
    assert own in current_catalogue().ward_indicators


def test_nobody_else_meets_it_even_with_its_id(visitors):
    shelves, looking = visitors
    own = shelves["first"].entry.id
    load_newest(own), load_period(own, "2024"), current_catalogue()
    for other in ("second", "nobody"):
        looking["name"] = other
        assert own not in current_catalogue().indicators
        for load in (load_newest, load_values, load_periods):
            with pytest.raises(TableError, match="Your data"):
                load(own)
    looking["name"] = "second"
    assert load_newest(shelves["second"].entry.id).loc[WARDS[0], "value"] == 9


def test_the_open_catalogue_stays_as_it_is(visitors):
    current_catalogue()
    assert not any(shelf.is_own(i) for i in load_catalogue().indicators)
    assert "own" not in load_catalogue().themes


def test_ids_cannot_be_guessed():
    ids = {make_figure(1.0).entry.id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(i.split("_")[1]) == 15 for i in ids)


def test_a_period_it_does_not_have_is_named(visitors):
    with pytest.raises(TableError, match="2023, 2024"):
        load_period(visitors[0]["first"].entry.id, "1999")

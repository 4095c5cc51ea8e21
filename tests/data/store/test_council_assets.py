"""A council's list of community assets is kept whole; what a lead hid is never in it."""

import pandas as pd
import pytest
import sqlalchemy as sa

from data.errors import StoreError
from data.store.audit import load_audit
from data.store.council_assets import (
    COLUMNS,
    MOST_ASSETS,
    keep_assets,
    load_kept_assets,
    load_named_assets,
)
from data.store.engine import open_store
from data.store.workshop_results import load_results
from data.store.workshop_words import hide_asset
from data.store.workshops import delete_workshop
from tests.workshop_rooms import LEAD, asset, open_room, vote

AREA = "E07000011"
HALL = ("Village hall", "Place to meet", "E05011266", "Open Tuesdays", "Parish list")
CAFE = ("Repair café", "Group or club", "E05011268", "", "")


@pytest.fixture
def engine(store_url) -> sa.Engine:
    return open_store(store_url)


def make_list(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_a_list_takes_the_place_of_the_one_before(engine) -> None:
    assert keep_assets(engine, AREA, make_list(HALL, CAFE), LEAD) == 2
    keep_assets(engine, "E10000008", make_list(HALL), LEAD)
    assert keep_assets(engine, AREA, make_list(CAFE), LEAD) == 1
    assert load_kept_assets(engine, AREA).values.tolist() == [list(CAFE)]
    assert len(load_kept_assets(engine, "E10000008")) == 1
    keep_assets(engine, AREA, make_list(), LEAD)
    assert load_kept_assets(engine, AREA).empty
    assert load_audit(engine, AREA)["what"].tolist()[0] == "deleted its community assets"


def test_a_list_too_long_changes_nothing(engine) -> None:
    keep_assets(engine, AREA, make_list(HALL), LEAD)
    with pytest.raises(StoreError, match="5,001 rows"):
        keep_assets(engine, AREA, make_list(*[CAFE] * (MOST_ASSETS + 1)), LEAD)
    assert load_kept_assets(engine, AREA)["name"].tolist() == ["Village hall"]


def test_what_people_named_is_there_until_it_is_hidden_or_deleted(engine) -> None:
    room = open_room(engine, moderated=False)
    for name, ward in (("a", HALL[2]), ("b", CAFE[2])):
        vote(engine, room, name, ward, 1)
    asset(engine, room, "a", "Village hall", "place", "Open Tuesdays")
    asset(engine, room, "b", "Somebody’s address", "other")
    waiting = open_room(engine, moderated=True)
    vote(engine, waiting, "a", HALL[2], 1)
    asset(engine, waiting, "a", "Not read yet", "place")
    hidden = (
        load_results(engine, room).assets.set_index("name").at["Somebody’s address", "asset_id"]
    )
    hide_asset(engine, int(hidden), LEAD)
    named = load_named_assets(engine, AREA)
    assert named.values.tolist() == [
        ["Village hall", "Place to meet", HALL[2], "Open Tuesdays", "Workshop “What matters most?”"]
    ]
    assert load_named_assets(engine, "E10000008").empty
    delete_workshop(engine, room.id, LEAD)
    assert load_named_assets(engine, AREA).empty

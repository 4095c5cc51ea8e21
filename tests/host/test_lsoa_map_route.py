"""The route of composed maps: kept for ever by its name, refused for another release."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import lsoa_maps
from data.errors import TableError
from data.lsoa_maps import name_lsoa_map
from host.lsoa_maps import list_routes

DEVON = "E10000008"


@pytest.fixture
def client():
    return TestClient(Starlette(routes=list_routes()))


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_map_comes_whole_and_may_be_kept(client, encoding):
    answer = client.get(f"/maps/{name_lsoa_map(DEVON)}", headers={"accept-encoding": encoding})
    assert answer.status_code == 200
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.json()["codes"]) == 474


@pytest.mark.parametrize("name", [f"lsoa-{DEVON}-00000000.json", "lsoa-E99999999-1.json"])
def test_an_unknown_map_is_not_found(client, name):
    assert client.get(f"/maps/{name}").status_code == 404


@pytest.mark.parametrize("broken", ["load_boundaries", "load_lsoas"])
def test_tables_that_cannot_be_read_are_no_crash_and_not_said_to_be_unknown(
    client, monkeypatch, broken
):
    def fail(*_):
        raise TableError("lsoa.parquet: cannot be read")

    monkeypatch.setattr(lsoa_maps, "_made", {})
    address = f"/maps/{name_lsoa_map(DEVON)}"
    monkeypatch.setattr(lsoa_maps, broken, fail)
    assert client.get(address).status_code == 503


def test_what_is_made_does_not_wait_for_what_is_being_made(monkeypatch):
    monkeypatch.setattr(lsoa_maps, "_made", {DEVON: b"made"})
    with lsoa_maps._one_at_a_time:
        assert lsoa_maps.write_lsoa_map(DEVON) == b"made"


def test_the_oldest_map_makes_room(monkeypatch):
    monkeypatch.setattr(lsoa_maps, "_made", {})
    monkeypatch.setattr(lsoa_maps, "MOST_MADE", 2)
    monkeypatch.setattr(lsoa_maps, "compose_lsoa_map", lambda area: {"area": area})
    for area in ("A", "B", "B", "C"):
        lsoa_maps.write_lsoa_map(area)
    assert list(lsoa_maps._made) == ["B", "C"]

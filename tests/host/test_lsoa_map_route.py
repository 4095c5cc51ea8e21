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


def test_boundaries_that_cannot_be_read_are_no_crash(client, monkeypatch):
    def fail(_layer):
        raise TableError("lsoa.parquet: cannot be read")

    lsoa_maps._write.cache_clear()
    monkeypatch.setattr(lsoa_maps, "load_boundaries", fail)
    assert client.get(f"/maps/{name_lsoa_map(DEVON)}").status_code == 503

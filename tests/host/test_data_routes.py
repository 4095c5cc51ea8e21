"""The data routes: what they answer equals the tables, and what they refuse they explain."""

import io
import itertools
import json
from dataclasses import replace

import pandas as pd
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.catalogue import load_catalogue
from data.load import load_areas, load_newest, load_periods, load_values
from data.open_data import INDICATOR_FIELDS, VALUE_FIELDS
from host.api import list_routes

HUNTINGDONSHIRE, DEVON = "E07000011", "E10000008"
APP = Starlette(routes=list_routes())
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)


@pytest.fixture(scope="module")
def client():
    with TestClient(APP) as running:
        yield running


def ask(client, path, **parameters):
    return client.get(f"/api/v1/{path}", params=parameters)


def test_the_newest_values_of_a_councils_wards_are_those_of_the_tables(client):
    answer = ask(client, "values", indicator="imd_score", within=HUNTINGDONSHIRE,
                 area_type="ward").json()  # fmt: skip
    areas = load_areas()
    wards = areas.index[areas["district_code"].eq(HUNTINGDONSHIRE) & areas["area_type"].eq("ward")]
    expected = load_newest("imd_score").loc[wards, "value"]
    assert answer["total"] == len(answer["data"]) == 26
    assert {row["area_code"]: row["value"] for row in answer["data"]} == expected.to_dict()
    assert list(answer["data"][0]) == list(VALUE_FIELDS)
    assert answer["sources"][0]["licence"]


def test_csv_and_json_say_the_same(client):
    asked = {"indicator": "claimant_count_percent", "area": "E05011266,E07000011", "period": "all"}
    rows = ask(client, "values", page_size=10_000, **asked).json()["data"]
    text = ask(client, "values", page_size=10_000, format="csv", **asked)
    table = pd.read_csv(io.BytesIO(text.content))
    assert text.headers["x-total-count"] == str(len(rows)) == str(len(table))
    assert table["value"].tolist() == [row["value"] for row in rows]
    assert len(table) == 2 * len(load_periods("claimant_count_percent"))


def test_the_pages_together_are_the_whole_without_gap_or_double(client):
    address, rows = "/api/v1/values?indicator=imd_score&within=E10000008&page_size=37", []
    while address:
        page = client.get(address).json()
        rows += page["data"]
        address = page["next"]
    codes = [row["area_code"] for row in rows]
    assert len(codes) == len(set(codes)) == page["total"] > 170


def test_missing_is_null_with_its_reason_and_never_zero(client):
    table = load_values("imd_score")
    (code, *_) = table.loc[table["value"].isna(), "area_code"]
    (row,) = ask(client, "values", indicator="imd_score", area=code).json()["data"]
    assert row["value"] is None
    assert row["flag"]
    text = ask(client, "values", indicator="imd_score", area=code, format="csv").text
    assert text.splitlines()[1].split(",")[list(VALUE_FIELDS).index("value")] == ""


def test_a_district_figure_is_not_given_for_wards(client):
    indicators = ask(client, "catalogue", page_size=1000).json()["data"]
    only = next(i["indicator_id"] for i in indicators if not i["for_wards"])
    asked = {"indicator": only, "within": HUNTINGDONSHIRE}
    assert ask(client, "values", area_type="ward", **asked).json()["total"] == 0
    assert ask(client, "values", area_type="district", **asked).json()["total"] == 1


def test_what_is_held_already_is_not_sent_again(client):
    first = ask(client, "values", indicator="imd_score", area=DEVON)
    again = client.get(first.url, headers={"if-none-match": f'W/"old", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    other = ask(client, "values", indicator="imd_score", area=HUNTINGDONSHIRE)
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "asked", "named", "helped"),
    [
        ("values", {}, "indicator", "/api/v1/catalogue"),
        ("values", {"indicator": "imd_scor"}, "indicator", "did you mean 'imd_score'"),
        ("values", {"indicator": "imd_score", "aera": "E07000011"}, "aera", "did you mean 'area'"),
        ("values", {"indicator": "imd_score", "area": "E05000001x"}, "area", "/api/v1/areas"),
        ("values", {"indicator": "imd_score", "area": ""}, "area", "one comma"),
        ("values", {"indicator": "imd_score", "within": "E05011266"}, "within", "district"),
        ("values", {"indicator": "imd_score", "period": "1066"}, "period", "latest, all"),
        ("values", {"indicator": "imd_score", "page": "0"}, "page", "from 1"),
        ("values", {"indicator": "imd_score", "page_size": "99999"}, "page_size", "10,000"),
        ("values", {"indicator": "imd_score", "page": "١"}, "page", "whole number"),
        ("areas", {"area_type": "parish"}, "area_type", "ward, district"),
        ("areas", {"format": "xml"}, "format", "json or csv"),
        ("boundaries", {}, "within", "name a district"),
        ("boundaries", {"layer": "../x", "within": DEVON}, "layer", "ward, district"),
        ("values", {"indicator": "x' OR 1=1; DROP TABLE audit --"}, "indicator", "catalogue"),
    ],
)
def test_a_wrong_question_is_refused_with_place_value_and_cure(client, path, asked, named, helped):
    answer = ask(client, path, **asked)
    problem = answer.json()
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["parameter"] == named
    assert helped in problem["detail"]


def test_a_parameter_that_stands_twice_is_refused(client):
    answer = client.get("/api/v1/areas?area_type=ward&area_type=county")
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["v1/nothing", "v2/values", "v1/files/../../data/load.py", ""])
def test_other_addresses_are_not_found(client, path):
    assert client.get(f"/api/{path}").status_code == 404


def test_the_package_is_served_only_where_it_was_made(client, monkeypatch, tmp_path):
    monkeypatch.setattr("host.api.routes.PACKAGE", tmp_path)
    assert "make package" in ask(client, "files/values.parquet").json()["detail"]
    (tmp_path / "values.parquet").write_bytes(b"PAR1")
    assert ask(client, "files/values.parquet").content == b"PAR1"
    assert list(ask(client, "").json()["files"]) == ["values.parquet"]


def test_nothing_can_be_changed_through_the_routes(client):
    for method, path in itertools.product(("POST", "PUT", "DELETE"), ("values", "areas")):
        assert client.request(method, f"/api/v1/{path}").status_code == 405


def test_boundaries_come_as_geojson_with_their_names(client):
    shapes = ask(client, "boundaries", layer="ward", within=HUNTINGDONSHIRE).json()
    names = {feature["properties"]["area_name"] for feature in shapes["features"]}
    assert len(shapes["features"]) == 26
    assert "Huntingdon North" in names


def test_a_damaged_table_is_said_and_is_no_crash(client, monkeypatch, tmp_path):
    (tmp_path / "values").mkdir()
    (tmp_path / "values" / "imd_score.parquet").write_bytes(b"not a table")
    monkeypatch.setattr("data.load.TABLES", tmp_path)
    answer = ask(client, "values", indicator="imd_score", area=DEVON)
    assert answer.status_code == 503
    assert "imd_score.parquet" in answer.json()["detail"]


def test_a_broken_entry_costs_its_own_figures_only(client, monkeypatch):
    catalogue = load_catalogue()
    spoilt = replace(catalogue, broken={"imd_score": "deprivation.toml: [imd_score] unit = 1."})
    monkeypatch.setattr("data.load.load_catalogue", lambda: spoilt)
    monkeypatch.setattr("data.open_data.load_catalogue", lambda: spoilt)
    answer = ask(client, "values", indicator="imd_score", area=DEVON)
    assert answer.status_code == 503
    assert "[imd_score] unit = 1. Put it right" in answer.json()["detail"]
    assert ask(client, "values", indicator="crime_score", area=DEVON).status_code == 200
    left = ask(client, "catalogue", page_size=10_000).json()
    assert left["total"] == len(catalogue.indicators) - 1


def test_the_description_names_every_column(client):
    shapes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert list(shapes["Indicator"]["properties"]) == list(INDICATOR_FIELDS)


@schema.parametrize()
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_every_answer_to_any_question_is_as_described(case):
    case.call_and_validate()


def test_answers_are_json_without_nan(client):
    text = ask(client, "values", indicator="imd_score", within=DEVON, page_size=10_000).text
    json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))

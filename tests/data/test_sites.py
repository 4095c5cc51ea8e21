"""Sites are counted in the ward they lie in; the committed table agrees with the raw lists."""

import os
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.compute_sites import count_sites, has_sites, make_sites_table
from data.errors import SourceError, TableError
from data.load import load_areas, load_table
from data.sites import load_site_kinds, load_sites
from data.sources.service_sites import KINDS, read_sites

RAW = Path(os.environ.get("WARD_NEEDS_RAW", Path(__file__).parents[3] / "shared" / "data"))
SQUARES = gpd.GeoSeries(
    [shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)],
    index=pd.Index(["E05000001", "E05000002"], name="area_code"),
)


def make_sites(*rows: tuple[str, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "easting", "northing", "count"])


def write_lists(folder: Path, *, east: object = 523_000, latitude: float = 52.33) -> Path:
    """Four schools, of which one is online and one has no place, and five places of health."""
    path = folder / "services"
    path.mkdir()
    schools = pd.DataFrame(
        {
            "urn": [1, 2, 3, 4],
            "establishment_type": ["Academy", "Online provider", "Sixth form centres", "Academy"],
            "easting": [east, 400_000, 0, "410000"],
            "northing": [272_000, 300_000, 0, "200000"],
        }
    ).astype({"easting": str, "northing": str})
    schools.to_parquet(path / "schools.parquet")
    health = pd.DataFrame(
        [
            ("gp", "PE29 1AA", "One | Two", latitude, -0.18),
            ("dentist", "PE29 1AA", "A | B | C", 52.33, -0.18),
            ("dentist", "PE29 1AB", "D", 52.33, -0.18),
            ("pharmacy", "PE29 1AA", "E | F", 52.33, -0.18),
        ],
        columns=["service", "postcode", "name", "latitude", "longitude"],
    )
    health.to_parquet(path / "gp_dentist_pharmacy_points.parquet")
    return folder


def test_sites_are_points_and_names_that_share_a_postcode_are_as_many_sites(tmp_path) -> None:
    assert not has_sites(tmp_path)
    sites = read_sites(write_lists(tmp_path))
    assert has_sites(tmp_path)
    found = list(zip(sites["kind"], sites["count"], strict=True))
    # Schools without a place are left out; several prescribers of one practice are one place.
    assert found == [("school", 1), ("school", 1), ("gp", 1), ("dental", 3), ("dental", 1),
                     ("pharmacy", 2)]  # fmt: skip
    assert sites["easting"].tolist()[:2] == [523_000, 410_000]
    # 52.33 N, 0.18 W lies in Huntingdon: TL 24 71.
    gp = sites[sites["kind"] == "gp"].iloc[0]
    assert (gp["easting"], gp["northing"]) == pytest.approx((524_000, 271_500), abs=1_000)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"east": "unknown"}, r"schools\.parquet.*easting"),
        ({"east": 700_000}, r"schools\.parquet.*easting.*700000"),
        ({"latitude": 57.0}, r"gp_dentist_pharmacy_points\.parquet.*latitude.*57"),
    ],
)
def test_a_point_outside_england_is_named(broken, said, tmp_path) -> None:
    with pytest.raises(SourceError, match=said):
        read_sites(write_lists(tmp_path, **broken))


def test_each_site_counts_in_the_ward_it_lies_in() -> None:
    sites = make_sites(
        ("school", 10, 10, 1), ("school", 1500, 10, 1), ("dental", 1500, 500, 2),
        ("gp", 2400, 500, 1), ("gp", 1000, 500, 1),
    )  # fmt: skip
    table = count_sites(sites, SQUARES).set_index("area_code")
    assert list(table.columns) == list(KINDS)
    # 400 metres out at sea counts in the nearest ward; a point on the line counts once.
    assert table.loc["E05000002"].tolist() == [1, 1, 2, 0]
    assert table.loc["E05000001"].tolist() == [1, 1, 0, 0]


def test_several_sites_of_a_kind_add_up_and_a_ward_without_any_has_none() -> None:
    sites = make_sites(("dental", 10, 10, 3), ("dental", 20, 10, 2))
    table = count_sites(sites, SQUARES)
    assert table["area_code"].tolist() == ["E05000001", "E05000002"]
    assert table["dental"].tolist() == [5, 0]


def test_the_table_counts_what_the_lists_hold(tmp_path) -> None:
    england = shapely.box(0, 0, 700_000, 700_000)
    wards = gpd.GeoSeries([england], index=pd.Index(["E05000001"], name="area_code"))
    table = make_sites_table(write_lists(tmp_path), wards)
    assert table[list(KINDS)].iloc[0].to_dict() == {
        "school": 2,
        "gp": 1,
        "dental": 4,
        "pharmacy": 2,
    }


def test_a_site_far_from_every_ward_stops_the_build() -> None:
    with pytest.raises(SourceError, match=r"services.*row 2.*9000, 10.*lies in no ward"):
        count_sites(make_sites(("gp", 10, 10, 1), ("gp", 9000, 10, 1)), SQUARES)
    # Exactly a kilometre out at sea still counts.
    assert count_sites(make_sites(("gp", 3000, 10, 1)), SQUARES)["gp"].tolist() == [0, 1]


def test_every_ward_has_counts_and_every_column_its_words() -> None:
    sites, areas = load_sites(), load_areas()
    assert set(sites.index) == set(areas.index[areas["area_type"] == "ward"])
    assert list(sites.columns) == list(load_site_kinds()) == list(KINDS)
    assert (sites >= 0).all(axis=None)
    # Huntingdon North, looked up by hand: six schools, three practices.
    assert sites.loc["E05011266"].tolist() == [6, 3, 5, 4]


def test_a_missing_table_says_what_to_do() -> None:
    with pytest.raises(TableError, match="make data"):
        load_table("nothing.parquet", "area_code")


@pytest.mark.skipif(not has_sites(RAW), reason=f"no lists of sites in {RAW}")
def test_the_committed_counts_are_those_of_the_raw_lists() -> None:
    raw, sites = read_sites(RAW), load_sites()
    totals = raw.groupby("kind")["count"].sum()
    assert sites.sum().to_dict() == totals.to_dict()
    schools = pd.read_parquet(RAW / "services/schools.parquet", columns=["la_name"])
    # Herefordshire's wards lie in no other council: counted by the publisher's own name.
    areas = load_areas()
    wards = areas.index[(areas["area_type"] == "ward") & (areas["district_code"] == "E06000019")]
    own = int((schools["la_name"] == "Herefordshire, County of").sum())
    assert abs(int(sites.loc[wards, "school"].sum()) - own) <= 3

"""A tiny England in which every figure can be worked out by hand.

    England E92000001, region East E12000001
      county Ashire E10000001
        district Aldham E07000001   ward North E05000001   LSOAs 1 (100 people), 2 (300)
                                    ward South E05000002   LSOA 3 (200)
        district Barton E07000002   ward Mill  E05000003   LSOA 4 (400)
                                    ward Empty E05000004   none
      unitary Coton E06000003       ward Quay  E05000005   LSOA 5 (1,000)

MSOA 1 holds LSOAs 1 and 3, MSOA 2 holds LSOAs 2 and 4, MSOA 3 holds LSOA 5. In 2011 one
LSOA covered 2 and 3, two covered 4. A fifth of LSOA 2 lies in ward South.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.catalogue import Catalogue, Indicator, Source, Theme
from data.compute import Workbench
from data.geography import Geography, read_geography

NORTH, SOUTH, MILL, EMPTY, QUAY = (f"E0500000{n}" for n in range(1, 6))
ALDHAM, BARTON, COTON = "E07000001", "E07000002", "E06000003"
ASHIRE, EAST, ENGLAND = "E10000001", "E12000001", "E92000001"
LSOAS = [f"E0100000{n}" for n in range(1, 6)]
LSOAS_2011 = [f"E0190000{n}" for n in range(1, 6)]
MSOAS = ["E02000001", "E02000002", "E02000003"]
PEOPLE = [100, 300, 200, 400, 1000]
WARD_OF = [NORTH, NORTH, SOUTH, MILL, QUAY]
DISTRICT_OF = [ALDHAM, ALDHAM, ALDHAM, BARTON, COTON]
MSOA_OF = [MSOAS[n] for n in (0, 1, 0, 1, 2)]


def _put(folder: Path, file: str, columns: dict[str, list[object]]) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame(columns)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path)


def write_world(folder: Path, ward_of: list[str] = WARD_OF) -> Path:
    """Write the raw lookups of the tiny world; boundaries without their polygons."""
    upper = [ASHIRE, ASHIRE, ASHIRE, ASHIRE, COTON]
    wards = {
        "WD25CD": [NORTH, SOUTH, MILL, EMPTY, QUAY],
        "WD25NM": ["North", "South", "Mill", "Empty", "Quay"],
        "LAD25CD": [ALDHAM, ALDHAM, BARTON, BARTON, COTON],
        "UTLACD": upper,
        "RGNCD": [EAST] * 5,
    }
    _put(folder, "boundaries/ward_2025.parquet", wards)
    districts = {"LAD25CD": [COTON, ALDHAM, BARTON], "LAD25NM": ["Coton", "Aldham", "Barton"]}
    _put(folder, "boundaries/ltla_2025.parquet", districts)
    uppers = {"UTLACD": [COTON, ASHIRE], "UTLANM": ["Coton", "Ashire"]}
    _put(folder, "boundaries/utla_2025.parquet", uppers)
    _put(folder, "boundaries/region_2025.parquet", {"RGNCD": [EAST], "RGNNM": ["East"]})
    names = [f"Place 00{n}A" for n in range(1, 6)]
    best_fit = {"lsoa21_code": LSOAS, "lsoa21_name": names, "ward25_code": ward_of}
    _put(folder, "lookups/lsoa21_ward25_derived.parquet", best_fit)
    nesting = {"LSOA21CD": LSOAS, "MSOA21CD": MSOA_OF, "LAD25CD": DISTRICT_OF}
    _put(folder, "lookups/lsoa21_msoa21_ltla25.parquet", nesting)
    people = {"lsoa21_code": LSOAS, "total": PEOPLE}
    _put(folder, "demographics/census21_age5_lsoa21.parquet", people)
    _write_changes(folder)
    return folder


def _write_changes(folder: Path) -> None:
    overlap = {
        "LSOA21CD": [LSOAS[n] for n in (0, 1, 1, 2, 3, 4)],
        "WD25CD": [NORTH, NORTH, SOUTH, SOUTH, MILL, QUAY],
        "area_share": [1.0, 0.8, 0.2, 1.0, 1.0, 1.0],
    }
    _put(folder, "lookups/lsoa21_ward25_area_overlap.parquet", overlap)
    then, now = ([0, 1, 1, 2, 3, 4], [0, 1, 2, 3, 3, 4])
    changes = {"lsoa11_code": [LSOAS_2011[n] for n in then], "lsoa21_code": [LSOAS[n] for n in now]}
    _put(folder, "lookups/lsoa11_lsoa21_ltla22.parquet", changes)
    nesting = {"lsoa11_code": LSOAS_2011, "msoa11_code": [MSOAS[n] for n in (0, 0, 1, 1, 2)]}
    _put(folder, "lookups/lsoa11_msoa11_ltla21.parquet", nesting)
    people = {"lsoa11_code": LSOAS_2011, "total_population": [100, 500, 150, 250, 1000]}
    _put(folder, "demographics/population_mid2020_single_year_lsoa11.parquet", people)
    codes = [ALDHAM, BARTON, COTON, "E07000009"]
    successors = {"LADCD": codes, "LADCD_ACTIVE": [ALDHAM, BARTON, COTON, ALDHAM]}
    _put(folder, "lookups/ltla_all_codes_active.csv", successors)
    rows = {"old": ["E07000091", "E07000092", BARTON, COTON]}
    today = [ALDHAM, ALDHAM, BARTON, COTON]
    years = {f"ltla{year}_code": rows["old"] if year < 20 else today for year in range(16, 25)}
    _put(folder, "lookups/ltla_changes_2016_2025.csv", years)


def make_source(source_id: str, geography: str = "lsoa21", **changes: object) -> Source:
    words = dict.fromkeys(
        ("title", "publisher", "url", "licence", "attribution", "vintage"), "in words"
    )
    notes = dict.fromkeys(("producer_description", "processing_note", "obtained_from"), "in words")
    return Source(id=source_id, geography=geography, files=("a.csv",), **words, **notes, **changes)


def make_indicator(source: str = "counts", **changes: object) -> Indicator:
    fields: dict[str, object] = {
        "id": "tested_percent",
        "theme": "tested",
        "name": "People tested",
        "short_name": "Tested",
        "definition": "People tested.",
        "unit": "%",
        "measure": "percentage",
        "decimals": 1,
        "polarity": "low_is_good",
        "source": source,
        "aggregation": "ratio",
        "numerator": ("some",),
        "denominator": ("all",),
        "multiplier": 100,
    }
    return Indicator(**(fields | changes))


def native_table(codes: list[str], period: str = "2021", **measures: list[float]) -> pd.DataFrame:
    """A tidy table at the native geography, as a reader gives it."""
    columns = {name: np.array(figures, dtype=float) for name, figures in measures.items()}
    return pd.DataFrame({"area_code": codes, "period": period, **columns})


def make_bench(
    folder: Path, sources: list[Source], indicator: Indicator, geography: Geography | None = None
) -> Workbench:
    catalogue = Catalogue(
        {source.id: source for source in sources},
        {"tested": Theme("tested", "Tested", "In words.")},
        {indicator.id: indicator},
    )
    return Workbench(folder, catalogue, geography or read_geography(folder))


SIDES = {NORTH: 100, SOUTH: 200, MILL: 300, EMPTY: 400, QUAY: 500}


def draw_squares(*_: object) -> gpd.GeoSeries:
    """A square for each ward of the tiny world: 1, 4, 9, 16 and 25 hectares."""
    squares = [shapely.box(0, 0, side, side) for side in SIDES.values()]
    return gpd.GeoSeries(squares, index=list(SIDES), crs=27700)

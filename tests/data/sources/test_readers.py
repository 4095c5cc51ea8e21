"""Readers on tiny hand-made raw files: what a good one gives, and what a broken one says."""

from pathlib import Path

import pandas as pd
import pytest

from data.errors import SourceError
from data.sources import (
    census11_household_deprivation,
    census21_accommodation,
    census21_age,
    census21_disability,
    census21_english_proficiency,
    census21_ethnicity,
    census21_household_deprivation,
    census21_migration,
    census21_occupancy,
    census21_religion,
    census21_sexual_orientation,
    census21_tenure,
    census21_unpaid_care,
    digital_exclusion,
    fuel_poverty,
    house_price_msoa,
    household_income,
    household_poverty,
    imd2019_indicators,
    imd2025,
    imd2025_counts,
    imd_most_deprived,
    imd_most_deprived_2015_2019,
    loneliness,
    population_estimates,
    private_outdoor_space,
    read_source,
    rural_urban,
)
from data.sources.reading import CENSUS_DAY

ONE, TWO = "E01000001", "E01000002"
MSOA = "E02000001"
LONG = {
    census21_accommodation: ("lsoa21_code", "type", "total_households", ONE),
    census21_disability: ("lsoa21_code", "disability", "total_residents", ONE),
    census21_ethnicity: ("lsoa21_code", "ethnic_group", "total_residents", ONE),
    census21_household_deprivation: (
        "lsoa21_code",
        "deprivation_dimensions",
        "total_households",
        ONE,
    ),
    census21_occupancy: ("lsoa21_code", "occupancy_rating", "total_households", ONE),
    census21_religion: ("lsoa21_code", "religion", "total_residents", ONE),
    census21_sexual_orientation: ("msoa21_code", "sexual_orientation", "total_residents", MSOA),
    census21_tenure: ("lsoa21_code", "tenure", "total_households", ONE),
}


def write(folder: Path, file: str, columns: dict) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path)
    return frame


def row_of(table: pd.DataFrame, position: int = 0) -> dict:
    return table.iloc[position].to_dict()


def write_ages(folder: Path, areas: list[str], people: float = 10.0) -> None:
    """Every five-year band of every LSOA holds the same number; so does every single year."""
    write(
        folder,
        census21_age.BANDS_FILE,
        {
            "lsoa21_code": areas,
            "total": people * 18,
            **dict.fromkeys(census21_age.BANDS, people),
        },
    )
    years = [f"age_{age}" for age in [*range(15, 20), *range(65, 70)]]
    write(folder, census21_age.YEARS_FILE, {"msoa21cd": [MSOA], **dict.fromkeys(years, 3)})
    write(folder, census21_age.LOOKUP_FILE, {"LSOA21CD": areas, "MSOA21CD": MSOA})


def write_disability(folder: Path, **changes: list) -> None:
    columns = {
        "lsoa21_code": [ONE, ONE, TWO, TWO],
        "disability": ["Disabled under the Equality Act", "Not disabled under the Equality Act"]
        * 2,
        "n": [30, 70, 5, 45],
        "total_residents": [100, 100, 50, 50],
    }
    kept = {k: v for k, v in {**columns, **changes}.items() if v}
    write(folder, census21_disability.FILE, kept)


def test_long_census_table_becomes_one_row_per_area(tmp_path):
    write_disability(tmp_path)
    table = read_source("census21_disability", tmp_path)
    assert list(table.columns) == ["area_code", "period", "disabled", "not_disabled", "people"]
    assert table.to_numpy().tolist() == [
        [ONE, CENSUS_DAY, 30.0, 70.0, 100.0],
        [TWO, CENSUS_DAY, 5.0, 45.0, 50.0],
    ]


@pytest.mark.parametrize("reader", LONG, ids=lambda module: module.__name__.rsplit(".")[-1])
def test_every_long_census_reader_keeps_every_category(tmp_path, reader):
    area, category, total, code = LONG[reader]
    counts = list(range(1, len(reader.MEASURES) + 1))
    write(
        tmp_path,
        reader.FILE,
        {area: code, category: list(reader.MEASURES), "n": counts, total: sum(counts)},
    )
    row = row_of(reader.read(tmp_path))
    assert [row[measure] for measure in reader.MEASURES.values()] == counts
    assert sum(counts) in row.values()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"n": []}, ["column 'n'", "missing"]),
        ({"lsoa21_code": [ONE, ONE, "W01000001", TWO]}, ["row 3", "'lsoa21_code'", "'W01000001'"]),
        ({"lsoa21_code": [ONE, ONE, TWO, ONE]}, ["row 4", "occurs twice", ONE]),
        ({"n": [30, -70, 5, 45]}, ["row 2", "column 'n'", "value", "-70"]),
        ({"disability": ["x", "y"] * 2}, ["row 1", "column 'disability'", "value 'x'"]),
        ({"total_residents": [100, 100, 50, 51]}, ["'total_residents'", TWO]),
        ({"total_residents": [100, 100, 60, 60]}, ["'total_residents'", TWO, "add up to 50"]),
    ],
)
def test_broken_long_table_is_named(tmp_path, changes, said):
    write_disability(tmp_path, **changes)
    with pytest.raises(SourceError) as error:
        census21_disability.read(tmp_path)
    for words in ["census21_disability_lsoa21.parquet", *said]:
        assert words in str(error.value)


def test_area_without_a_category_is_named(tmp_path):
    columns = {"lsoa21_code": [ONE], "total_residents": [1], "n": [1]}
    write(
        tmp_path,
        census21_disability.FILE,
        {**columns, "disability": ["Disabled under the Equality Act"]},
    )
    with pytest.raises(SourceError, match=f"{ONE}.*lacks a category"):
        census21_disability.read(tmp_path)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"census21_tenure_lsoa21\.parquet: not found"):
        census21_tenure.read(tmp_path)


def test_age_groups_split_a_band_as_the_msoa_does(tmp_path):
    write_ages(tmp_path, [ONE, TWO])
    row = row_of(read_source("census21_age", tmp_path))
    assert row["total"] == 180
    assert row["aged_85_and_over"] == 10
    assert row["aged_0_15"] == pytest.approx(32)  # three bands and a fifth of 15-19
    assert row["aged_16_64"] == pytest.approx(8 + 90)
    assert row["aged_18_66"] == pytest.approx(4 + 90 + 4)
    assert row["aged_16_and_over"] == pytest.approx(180 - 32)
    assert (row["aged_25_64"], row["aged_60_and_over"]) == (80, 60)


def test_age_bands_must_add_up(tmp_path):
    write_ages(tmp_path, [ONE])
    columns = {"lsoa21_code": [ONE], "total": 179, **dict.fromkeys(census21_age.BANDS, 10)}
    write(tmp_path, census21_age.BANDS_FILE, columns)
    with pytest.raises(SourceError, match=r"row 1, column 'total', value 179.*add up to 180"):
        census21_age.read(tmp_path)


def test_lsoa_without_a_lookup_row_is_named(tmp_path):
    write_ages(tmp_path, [ONE, TWO])
    write(tmp_path, census21_age.LOOKUP_FILE, {"LSOA21CD": [ONE], "MSOA21CD": [MSOA]})
    with pytest.raises(SourceError, match=f"{TWO}'.*has no row"):
        census21_age.read(tmp_path)


def test_unpaid_care_and_migration_check_their_total(tmp_path):
    for reader, area in ((census21_unpaid_care, "msoa21cd"), (census21_migration, "msoa21_code")):
        total, *parts = reader.MEASURES
        write(tmp_path, reader.FILE, {area: [MSOA], total: len(parts), **dict.fromkeys(parts, 1)})
        assert row_of(reader.read(tmp_path))[reader.MEASURES[total]] == len(parts)
        write(tmp_path, reader.FILE, {area: [MSOA], total: 99, **dict.fromkeys(parts, 1)})
        with pytest.raises(SourceError, match="value 99: the parts add up to"):
            reader.read(tmp_path)


def test_english_proficiency_is_taken_over_everyone_aged_three_and_over(tmp_path):
    reader = census21_english_proficiency
    levels = {f"{reader.OTHER}: {level}": [5] for level in reader.LEVELS}
    columns = {"msoa21_code": [MSOA], reader.ENGLISH: [80], reader.OTHER: [20], **levels}
    write(tmp_path, reader.FILE, columns)
    row = row_of(reader.read(tmp_path))
    assert row["people_aged_3_and_over"] == 100
    assert row["cannot_speak_english_well"] + row["cannot_speak_english"] == 10
    write(tmp_path, reader.FILE, {**columns, reader.OTHER: [21]})
    with pytest.raises(SourceError, match="add up to 20"):
        reader.read(tmp_path)


def test_census_2011_households_are_the_sum_of_their_rows(tmp_path):
    reader = census11_household_deprivation
    columns = {"lsoa11_code": [ONE] * 5, reader.DIMENSIONS: range(5), "count": [5, 4, 3, 2, 1]}
    write(tmp_path, reader.FILE, columns)
    row = row_of(read_source("census11_household_deprivation", tmp_path))
    assert row["households"] == 15
    assert row["deprived_in_three_dimensions"] == 2
    assert row["period"] == "2011-03-27"
    write(tmp_path, reader.FILE, {**columns, reader.DIMENSIONS: [0, 1, 2, 3, 5]})
    with pytest.raises(SourceError, match=r"row 5.*value '5'.*unknown category"):
        reader.read(tmp_path)


def test_population_estimates_add_single_years(tmp_path):
    reader = population_estimates
    ages = dict.fromkeys(reader.AGES, 1)
    for file in reader.FILES.values():
        write(tmp_path, file, {"lsoa11_code": [ONE], "total_population": [91], **ages})
    table = read_source("population_estimates", tmp_path)
    assert table["period"].tolist() == ["mid-2019", "mid-2020"]
    measures = ["aged_0_15", "aged_0_19", "aged_16_64", "aged_18_and_over", "aged_65_and_over"]
    assert table.loc[0, ["total", *measures]].tolist() == [91, 16, 20, 49, 73, 26]


def test_rural_is_one_and_urban_zero(tmp_path):
    write(tmp_path, rural_urban.FILE, {"lsoa21_code": [ONE, TWO], "ruc": ["Rural", "Urban"]})
    assert rural_urban.read(tmp_path)["is_rural"].tolist() == [1.0, 0.0]
    write(tmp_path, rural_urban.FILE, {"lsoa21_code": [ONE], "ruc": ["Suburban"]})
    with pytest.raises(SourceError, match="row 1, column 'ruc', value 'Suburban'"):
        rural_urban.read(tmp_path)


def write_imd2025(folder: Path, **changes: list) -> None:
    for file in {table[0] for table in imd2025.TABLES}:
        raw = [c for other, measures, *_ in imd2025.TABLES if other == file for c in measures]
        columns = {"lsoa21_code": [ONE], **dict.fromkeys(raw, 0.5)}
        write(folder, file, {**columns, **{k: v for k, v in changes.items() if k in columns}})


def test_imd2025_gathers_three_files(tmp_path):
    write_imd2025(tmp_path, IMD_score=[42.0], mental_health_indicator=[-1.5])
    row = row_of(read_source("imd2025", tmp_path))
    assert (row["imd_score"], row["mental_health_score"], row["theft_rate"]) == (42, -1.5, 0.5)
    share = "adult_skills_and_english_language_proficiency_indicator"
    write_imd2025(tmp_path, **{share: [1.2]})
    with pytest.raises(SourceError, match=f"imd2025_lsoa21_indicators.*row 1.*{share}.*1.2"):
        imd2025.read(tmp_path)


def test_imd2025_counts_give_back_the_population(tmp_path):
    write_ages(tmp_path, [ONE, TWO])
    income, children, older, work = imd2025_counts.COUNTS
    write(
        tmp_path,
        imd2025_counts.COUNT_FILE,
        {
            "lsoa21_code": [ONE, TWO],
            income: [50, None],
            children: [40, None],
            older: [10, None],
            work: [20, None],
        },
    )
    scores = {"Income_score": [0.25, 0.01], "Employment_score": [0.2, 0.01]}
    write(tmp_path, imd2025_counts.SCORE_FILE, {"lsoa21_code": [ONE, TWO], **scores})
    table = read_source("imd2025_counts", tmp_path)
    first, second = row_of(table), row_of(table, 1)
    assert (first["income_population"], first["employment_population"]) == (200, 100)
    assert first["children_aged_0_15"] == 40  # more counted than the census found
    assert first["people_aged_60_and_over"] == 60
    assert pd.isna(second["income_deprived_people"])
    assert pd.isna(second["income_deprived_children"])
    assert second["income_population"] == 180  # no count: the census population stands in
    assert second["employment_population"] == pytest.approx(98)
    assert second["children_aged_0_15"] == pytest.approx(32)


def test_most_deprived_people_are_those_of_the_first_deciles(tmp_path):
    areas = [ONE, TWO, "E01000003"]
    write(tmp_path, imd_most_deprived.INDEX_FILE, {"lsoa21_code": areas, "IMD_decile": [1, 2, 3]})
    write(
        tmp_path,
        imd_most_deprived.PEOPLE_FILE,
        {"lsoa21_code": areas[::-1], "total": [300, 200, 100]},
    )
    table = read_source("imd_most_deprived", tmp_path)
    assert table["people_in_most_deprived_tenth"].tolist() == [100, 0, 0]
    assert table["people_in_most_deprived_fifth"].tolist() == [100, 200, 0]


def test_most_deprived_of_2015_and_2019_share_one_population(tmp_path):
    reader = imd_most_deprived_2015_2019
    for file, decile in zip(reader.FILES.values(), (1, 11), strict=True):
        write(tmp_path, file, {"lsoa11_code": [ONE], "IMD_decile": [decile]})
    write(tmp_path, reader.PEOPLE_FILE, {"lsoa11_code": [ONE], "pop_total_2015": [100]})
    with pytest.raises(SourceError, match=r"imd2019_lsoa11.parquet.*'IMD_decile', value.*11"):
        reader.read(tmp_path)
    write(tmp_path, reader.FILES["2019"], {"lsoa11_code": [ONE], "IMD_decile": [2]})
    table = reader.read(tmp_path)
    assert table["people_in_most_deprived_tenth"].tolist() == [100, 0]
    assert table["period"].tolist() == ["2015", "2019"]


def test_imd2019_indicators_carry_the_people_they_are_weighted_by(tmp_path):
    reader = imd2019_indicators
    raw = {**reader.DISTANCES, **reader.SHARES, **reader.AIR}
    write(tmp_path, reader.FILE, {"lsoa11_code": [ONE], **dict.fromkeys(raw, 0.5)})
    write(tmp_path, reader.PEOPLE_FILE, {"lsoa11_code": [ONE], "pop_total_2015": [1500]})
    row = row_of(read_source("imd2019_indicators", tmp_path))
    assert (row["distance_to_gp_surgery"], row["people"]) == (0.5, 1500)


def write_fuel(folder: Path, **changes: list) -> None:
    columns = {
        "year": [2018, 2019, 2021, 2022],
        "lsoa_code": [ONE] * 4,
        "lsoa_vintage": ["LSOA11", "LSOA11", "LSOA21", "LSOA21"],
        "definition": ["LIHC", "LILEE", "LILEE", "LILEE"],
        "households": [100] * 4,
        "households_fuel_poor": [10, 11, 12, 13],
    }
    write(folder, fuel_poverty.FILE, {**columns, **changes})


def test_fuel_poverty_is_cut_where_codes_or_definition_change(tmp_path):
    write_fuel(tmp_path)
    poor = {
        source: read_source(source, tmp_path)["fuel_poor_households"].tolist()
        for source in (
            "fuel_poverty",
            "fuel_poverty_2019_2020",
            "fuel_poverty_low_income_high_costs",
        )
    }
    assert list(poor.values()) == [[12, 13], [11], [10]]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"households_fuel_poor": [10, 11, 12, 101]}, "row 4.*'households_fuel_poor', value.*101"),
        ({"definition": ["LIHC"] * 4}, "column 'definition', value 'LIHC'"),
        ({"lsoa_vintage": ["LSOA11"] * 4}, "column 'lsoa_vintage', value 'LSOA11'"),
        ({"year": [2018, 2019, 2021, 2021]}, r"row 4, column 'year \+ lsoa_code'"),
    ],
)
def test_broken_fuel_poverty_is_named(tmp_path, changes, said):
    write_fuel(tmp_path, **changes)
    with pytest.raises(SourceError, match=said):
        fuel_poverty.read(tmp_path)


@pytest.mark.parametrize(
    ("reader", "area", "column", "good", "bad"),
    [
        (house_price_msoa, "msoa11cd", "house_price_median_yrto_sep_21", 250_000.0, 0),
        (
            household_income,
            "msoa11cd",
            "total_annual_household_income_fye2018",
            43_000.0,
            -5,
        ),
        (household_poverty, "msoa11cd", "households_in_poverty_pct_fye2014", 21.5, 101),
        (loneliness, "lsoa21_code", "perc", 25.0, 101),
        (digital_exclusion, "lsoa11_code", "deri_score_national", 3.0, 11),
    ],
)
def test_tables_of_one_column(tmp_path, reader, area, column, good, bad):
    code = MSOA if area == "msoa11cd" else ONE
    write(tmp_path, reader.FILE, {area: [code], column: [good]})
    table = read_source(reader.__name__.rsplit(".", maxsplit=1)[-1], tmp_path)
    assert table.iloc[0, 2] == good
    write(tmp_path, reader.FILE, {area: [code], column: [bad]})
    with pytest.raises(SourceError, match=f"row 1, column '{column}'.*not a possible figure"):
        reader.read(tmp_path)


def test_outdoor_space_cannot_be_had_by_more_addresses_than_there_are(tmp_path):
    reader = private_outdoor_space
    columns = {"msoa11_code": [MSOA], "address_count": [100], reader.WITH_SPACE: [90]}
    write(tmp_path, reader.FILE, columns)
    row = row_of(read_source("private_outdoor_space", tmp_path))
    assert row[reader.WITH_SPACE] / row["addresses"] == 0.9
    write(tmp_path, reader.FILE, {**columns, reader.WITH_SPACE: [101]})
    with pytest.raises(SourceError, match=r"row 1.*larger than the whole"):
        reader.read(tmp_path)

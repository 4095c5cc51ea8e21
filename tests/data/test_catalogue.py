"""The catalogue: it loads, it is complete, and mistakes in it are named."""

import re
import shutil
from pathlib import Path

import pytest

from data.catalogue import METADATA, load_catalogue, read_catalogue
from data.errors import CatalogueError

MEASURE = re.compile(r"([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*")


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def metadata(tmp_path):
    return Path(shutil.copytree(METADATA, tmp_path / "metadata"))


def entry(**changes: object) -> str:
    fields = {
        "name": "A test",
        "short_name": "Test",
        "definition": "What is tested.",
        "unit": "%",
        "measure": "percentage",
        "decimals": 1,
        "polarity": "low_is_good",
        "source": "census21_age",
        "aggregation": "ratio",
        "numerator": ["aged_0_4"],
        "denominator": ["total"],
    } | changes
    lines = []
    for key, value in fields.items():
        if value is not None:
            lines.append(f"{key} = {value!r}")
    return "\n".join(["", "[tested]", *lines, ""])


def add(metadata: Path, text: str, file: str = "indicators/deprivation.toml") -> None:
    with (metadata / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_it_holds_every_theme_and_many_ward_indicators(catalogue):
    assert len(catalogue.ward_indicators) >= 85
    for theme in catalogue.themes:
        assert catalogue.by_theme(theme), theme


def test_names_are_unique_and_short(catalogue):
    names = [indicator.name for indicator in catalogue.indicators.values()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 60
    assert max(len(i.short_name) for i in catalogue.indicators.values()) <= 30


def test_every_definition_is_a_sentence(catalogue):
    for indicator in catalogue.indicators.values():
        assert indicator.definition.endswith("."), indicator.id
        assert indicator.unit or indicator.measure in ("score", "ratio"), indicator.id


def test_every_percentage_says_of_what(catalogue):
    for indicator in catalogue.indicators.values():
        if indicator.measure == "percentage":
            assert indicator.denominator_words.startswith("of ") or indicator.weight, indicator.id


def test_ids_end_in_their_measure(catalogue):
    for indicator in catalogue.indicators.values():
        if indicator.measure == "percentage":
            assert indicator.id.endswith("_percent"), indicator.id


def test_measures_have_plausible_names(catalogue):
    for indicator in catalogue.indicators.values():
        assert indicator.numerator, indicator.id
        weight = [indicator.weight] if indicator.weight else []
        for name in (*indicator.numerator, *indicator.denominator, *weight):
            assert MEASURE.fullmatch(name), f"{indicator.id}: {name}"


def test_limits_need_counts(catalogue):
    for indicator in catalogue.indicators.values():
        if indicator.interval == "wilson":
            assert indicator.aggregation == "ratio", indicator.id


def test_every_source_can_be_cited(catalogue):
    for source in catalogue.sources.values():
        assert source.url.startswith("https://"), source.id
        assert source.attribution, source.id
        assert source.files, source.id
        assert source.producer_description != source.processing_note, source.id


def test_shared_fields_apply_unless_an_entry_says_otherwise(catalogue):
    assert catalogue.indicators["population_aged_0_4_percent"].denominator_words == "of people"
    assert catalogue.indicators["population_count"].unit == "people"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, r"\['colour'\]"),
        ({"definition": None}, "'definition'"),
        ({"aggregation": "median"}, "aggregation = 'median'"),
        ({"polarity": "good"}, "polarity = 'good'"),
        ({"source": "census_1801"}, "source = 'census_1801'"),
        ({"earlier_sources": ["census_1801"]}, "earlier_sources = 'census_1801'"),
        ({"denominator": ["census_1801.total"]}, "'census_1801.total'"),
        ({"denominator": None}, "needs denominator"),
        ({"aggregation": "weighted_mean"}, "needs weight"),
    ],
)
def test_a_wrong_entry_is_named(metadata, changes, said):
    add(metadata, entry(**changes))
    with pytest.raises(CatalogueError, match=rf"deprivation\.toml: \[tested\].*{said}"):
        read_catalogue(metadata)


def test_an_id_used_twice_is_named(metadata):
    add(metadata, entry().replace("[tested]", "[population_count]"))
    with pytest.raises(CatalogueError, match=r"\[population_count\] is defined twice"):
        read_catalogue(metadata)


def test_broken_toml_and_missing_files_are_named(metadata):
    add(metadata, "\n[open\n")
    with pytest.raises(CatalogueError, match=r"deprivation\.toml: not valid TOML"):
        read_catalogue(metadata)
    (metadata / "indicators" / "deprivation.toml").unlink()
    with pytest.raises(CatalogueError, match=r"deprivation\.toml: the file is missing"):
        read_catalogue(metadata)


def test_a_wrong_source_is_named(metadata):
    path = metadata / "sources" / "access.toml"
    text = path.read_text(encoding="utf-8").replace('geography = "msoa11"', 'geography = "parish"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"\[private_outdoor_space\] geography = 'parish'"):
        read_catalogue(metadata)

"""The catalogue: it loads, it is complete, and mistakes in it are named."""

import re
import shutil
from pathlib import Path

import pytest

from data import catalogue as catalogue_module
from data.catalogue import METADATA, load_catalogue, load_whole_catalogue, read_catalogue
from data.catalogue_reader import read_sound_entries
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
    with pytest.raises(CatalogueError, match=r"deprivation\.toml: \[open\] is not valid TOML"):
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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('update_words = ""', r"update_words = ''; write a sentence"),
        ('update_words = "soon"', r"update_words = 'soon'; write a sentence"),
        (
            'update_words = "Once a year."\nnext_release = " "',
            r"next_release is empty; say when, or leave the field out",
        ),
        ("", r"update_words = ''; write a sentence"),
    ],
)
def test_a_source_that_does_not_say_what_would_replace_it_is_named(metadata, line, said):
    path = metadata / "sources" / "access.toml"
    lines = [
        x
        for x in path.read_text(encoding="utf-8").splitlines()
        if x[:6] not in ("update", "next_r")
    ]
    place = lines.index("[private_outdoor_space]") + 1
    lines.insert(place, line)
    lines.insert(lines.index("[digital_exclusion]") + 1, 'update_words = "Now and then."')
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"access\.toml: \[private_outdoor_space\] {said}"):
        read_catalogue(metadata)


def spoil(path: Path, entry_id: str, old: str, new: str) -> None:
    """Change the first `old` below the heading of an entry."""
    text = path.read_text(encoding="utf-8")
    start = text.index(old, text.index(f"[{entry_id}]\n"))
    path.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"low_is_good"', '"low"', r"polarity = 'low'; allowed: high_is_good"),
        ("name =", 'id = "x"\nname =', r"has id = 'x'; the heading in \[ \] is the id: leave"),
        ("decimals = 1", 'decimals = "one"', r"decimals = 'one'; write a whole number"),
        ("numerator = [", 'numerator = "x" #', r"numerator = 'x'; write a list of texts"),
        ('name = "', 'name = ""', r"is not valid TOML: .* \(at line \d+"),
        ("[fuel_poverty_percent]", "[fuel_poverty_percent", "is not valid TOML"),
        ("source = ", "source = 1 #", r"source = 1; write a text"),
        ("source = ", 'source = "census_1801" #', r"source = 'census_1801'; allowed"),
    ],
)
def test_a_broken_entry_costs_that_one_indicator(metadata, catalogue, old, new, said):
    broken = "fuel_poverty_percent"
    spoil(metadata / "indicators/housing.toml", broken, old, new)
    found = read_sound_entries(metadata)
    assert list(found.broken) == [broken]
    assert re.match(rf".*housing\.toml: \[{broken}\] {said}", found.broken[broken])
    assert list(found.indicators) == list(load_whole_catalogue().indicators)
    whole = load_whole_catalogue().indicators
    assert all(x == whole[i] for i, x in found.indicators.items() if i != broken)
    assert found.indicators[broken].name
    assert found.source_of(broken).title
    assert broken in found.ward_indicators
    with pytest.raises(CatalogueError, match=said):
        read_catalogue(metadata)


def test_a_broken_source_costs_its_indicators(metadata, catalogue):
    spoil(metadata / "sources/access.toml", "private_outdoor_space", '"msoa11"', '"parish"')
    found = read_sound_entries(metadata)
    assert set(found.broken_sources) == {"private_outdoor_space"}
    lost = {i for i, x in catalogue.indicators.items() if x.source == "private_outdoor_space"}
    assert set(found.broken) == lost
    assert all("access.toml: [private_outdoor_space] geography" in w for w in found.broken.values())


@pytest.mark.parametrize("file", ["themes.toml", "sources/access.toml", "indicators/housing.toml"])
def test_a_line_that_stands_below_no_heading_is_named(metadata, file):
    path = metadata / file
    path.write_text(f"stray = 1\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"{file}: stray stands outside \[ \]"):
        read_catalogue(metadata)


def test_a_file_is_named_where_no_one_entry_is_to_blame(metadata):
    path = metadata / "indicators/housing.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"oops\n{text}", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"housing\.toml: not valid TOML: .*line 1"):
        read_sound_entries(metadata)


def test_messages_name_files_inside_the_project():
    path = METADATA / "indicators" / "gone.toml"
    assert str(CatalogueError(f"{path}: missing")) == "data/metadata/indicators/gone.toml: missing"


OPTIONAL = {
    "claimant_count_ward": {"claimant_count_monthly_percent"},
    "life_expectancy": {"life_expectancy_women_years", "life_expectancy_men_years"},
}


def test_optional_sources_are_named_by_the_files_they_lack(tmp_path):
    whole = load_whole_catalogue()
    files = {i: whole.sources[i].files[0] for i in OPTIONAL}
    assert whole.list_absent(tmp_path) == files
    (tmp_path / "live").mkdir()
    (tmp_path / files["life_expectancy"]).touch()
    assert set(whole.list_absent(tmp_path)) == {"claimant_count_ward"}


@pytest.mark.parametrize("source_id", OPTIONAL)
def test_a_source_goes_with_everything_computed_from_it(source_id):
    whole = load_whole_catalogue()
    rest = whole.without([source_id])
    assert set(whole.sources) - set(rest.sources) == {source_id}
    assert set(whole.indicators) - set(rest.indicators) == OPTIONAL[source_id]
    assert whole.without([]).indicators == whole.indicators


def test_a_denominator_from_a_source_is_computed_from_it_too():
    needed = load_whole_catalogue().indicators["claimant_count_monthly_percent"].needed_sources
    assert needed == {"claimant_count_ward", "census21_age"}


def test_the_catalogue_in_use_holds_an_optional_source_once_it_is_built(tmp_path, monkeypatch):
    ids = set(load_whole_catalogue().indicators)
    for indicator_id in ids - OPTIONAL["claimant_count_ward"]:
        (tmp_path / f"{indicator_id}.parquet").touch()
    monkeypatch.setattr(catalogue_module, "VALUES", tmp_path)
    built = load_catalogue.__wrapped__()
    assert set(built.indicators) == ids - OPTIONAL["claimant_count_ward"]
    assert "life_expectancy" in built.sources
    assert "claimant_count_ward" not in built.sources
    # A missing table of any other source is for the page to complain of.
    (tmp_path / "population_count.parquet").unlink()
    assert "population_count" in load_catalogue.__wrapped__().indicators

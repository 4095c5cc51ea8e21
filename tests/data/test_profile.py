"""What the Ward profile shows: read from metadata, checked by name."""

import pytest

from data.catalogue import METADATA, load_catalogue
from data.errors import CatalogueError
from data.profile import DENSITY, load_profile, read_profile

TEXT = (METADATA / "profile.toml").read_text(encoding="utf-8")


def test_every_ward_indicator_stands_in_exactly_one_part_of_the_page():
    profile, catalogue = load_profile(), load_catalogue()
    parts = [*profile.rows, *profile.age_bands, *profile.equality_rows, *profile.left_out]
    assert sorted(parts) == sorted(catalogue.ward_indicators)
    assert len(profile.age_bands) == 18


def test_needs_never_make_wards_similar():
    profile, catalogue = load_profile(), load_catalogue()
    for name in (*profile.figures, *profile.same_thing):
        assert name == DENSITY or catalogue.indicators[name].polarity == "no_judgement", name
    assert len(profile.characteristics) >= 6
    for group in profile.characteristics:
        assert group.reason.endswith(".")


def test_a_row_that_is_a_characteristic_or_part_of_one_is_known():
    same = load_profile().same_thing
    assert same["owned_percent"] == "Who owns the homes"
    assert same["caravans_percent"] == "Kind of home"
    assert same["white_percent"] == "Ethnic group"
    assert "imd_score" not in same
    assert DENSITY not in same


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('need = "imd_score"', 'need = "imd_scores"', "'imd_scores' is not an indicator"),
        ('need = "imd_score"', 'need = "smoking_percent"', "'smoking_percent' is not an indicator"),
        ('need = "imd_score"', "", "lacks 'need'"),
        ('need = "imd_score"', "need = ", "cannot be read"),
        ('first = "2019-01"', 'first = "January 2019"', "period 'January 2019' is not written"),
        ('log = ["terraced_homes_percent", "flats_percent"]', 'log = ["asian_percent"]',
         "Kind of home: log names 'asian_percent', which is not"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_profile_is_named(tmp_path, old, new, said):
    path = tmp_path / "profile.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"profile\.toml: {said}"):
        read_profile(path, load_catalogue())

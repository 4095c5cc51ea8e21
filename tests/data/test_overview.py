"""What the Overview shows and what was left out: read from metadata, checked by name."""

import pytest

from data import left_out
from data.catalogue import METADATA, load_catalogue
from data.errors import CatalogueError
from data.left_out import load_left_out
from data.load import load_periods
from data.overview import load_overview, read_overview

TEXT = (METADATA / "overview.toml").read_text(encoding="utf-8")


def test_everything_on_the_overview_is_a_ward_indicator_with_its_periods():
    overview, catalogue = load_overview(), load_catalogue()
    named = {overview.headline, *(i for _, i in overview.themes)}
    assert named <= set(catalogue.ward_indicators)
    assert len({heading for heading, _ in overview.themes}) == len(overview.themes) >= 5
    for indicator, baseline in overview.key_figures:
        periods = load_periods(indicator)
        assert not baseline or baseline in periods[:-1], indicator


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('headline = "imd_score"', 'headline = "imd_scores"', "'imd_scores' is not an indicator"),
        ('headline = "imd_score"', "", "lacks 'headline'"),
        ('heading = "Income"', "", "lacks 'heading'"),
        ('headline = "imd_score"', "headline = ", "cannot be read"),
    ],
)
def test_a_mistake_in_the_overview_is_named(tmp_path, old, new, said):
    path = tmp_path / "overview.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"overview\.toml: {said}"):
        read_overview(path, load_catalogue())


def test_what_is_left_out_says_what_and_why():
    entries = load_left_out()
    assert len(entries) >= 20
    for what, why in entries:
        assert what
        assert not what.endswith(".")
        assert why.endswith(".")
    assert len({what for what, _ in entries}) == len(entries)


def test_a_mistake_in_the_list_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(left_out, "METADATA", tmp_path)
    load_left_out.cache_clear()
    (tmp_path / "left_out.toml").write_text('[[tables]]\nwhat = "A table"\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"left_out\.toml: cannot be read: KeyError\('why'\)"):
        load_left_out()
    load_left_out.cache_clear()

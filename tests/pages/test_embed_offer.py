"""The snippet that a view offers to other websites."""

import pytest

from analysis.embed import Snippet
from data.load import load_periods
from pages.shared.embed_offer import find_base, make_snippet

HUNTINGDONSHIRE, CLAIMANTS = "E07000011", "claimant_count_percent"


def test_a_snippet_follows_the_newest_figures_and_keeps_older_ones():
    newest, older = load_periods(CLAIMANTS)[-1], load_periods(CLAIMANTS)[0]
    view = {"area": HUNTINGDONSHIRE, "ward": "", "indicator": CLAIMANTS}
    assert make_snippet("map", "x", {**view, "period": newest}).path == (
        f"embed/map?area={HUNTINGDONSHIRE}&indicator={CLAIMANTS}"
    )
    assert f"period={older}" in make_snippet("map", "x", {**view, "period": older}).path


def test_a_snippet_has_a_title_and_loads_when_it_is_seen():
    text = Snippet("map", 'A "map" <b>', {"area": "E1", "ward": "E2"}).write("https://a.uk/x/")
    assert text.startswith('<iframe src="https://a.uk/x/embed/map?area=E1&amp;ward=E2"')
    assert 'title="A &quot;map&quot; &lt;b&gt;"' in text
    assert 'loading="lazy"' in text
    assert 'width="100%"' in text


@pytest.mark.parametrize(
    ("page", "base"),
    [
        ("https://a.uk/ward-map", "https://a.uk/"),
        ("https://a.uk", "https://a.uk/"),
        ("https://a.uk/", "https://a.uk/"),
        ("http://a.uk:85/needs/ward-map?area=x/y", "http://a.uk:85/needs/"),
    ],
)
def test_the_dashboards_own_address_is_found(page, base):
    assert find_base(page) == base

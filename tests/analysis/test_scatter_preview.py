"""The still picture of a scatter: figures as printed, at their places, escaped."""

import base64
import re

import pandas as pd
import pytest

from analysis.scatter_preview import render_preview
from data.catalogue import load_catalogue

ACROSS = load_catalogue().indicators["imd_score"]
UP = load_catalogue().indicators["claimant_count_percent"]


def render(x, y, alt="A <b>"):
    pairs = pd.DataFrame({"x": x, "y": y})
    return render_preview(pairs, ACROSS, UP, ("Across & on", "Up"), alt, "dark")


def test_every_ward_has_a_dot_and_the_ends_stand_at_their_figures():
    page = render([10.0, 20.0, 30.0], [1.0, 3.0, 2.0])
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", page)[1]).decode()
    assert picture.count("h0") == 3
    marks = re.findall(r"left:([\d.]+)%;transform:translateX\(-50%\)\">([^<]+)<", page)
    # A little room on both sides: 4 % of the run of the figures.
    assert [(float(at), float(text)) for at, text in marks] == [
        (pytest.approx(100 * 0.04 / 1.08, abs=0.05), 10),
        (pytest.approx(100 * 1.04 / 1.08, abs=0.05), 30),
    ]
    first = re.search(r"M(\d+) (\d+)h0", picture)
    assert int(first[1]) / 2000 == pytest.approx(0.04 / 1.08, abs=0.001)


def test_words_are_escaped_and_equal_figures_are_marked_once():
    page = render([5.0, 5.0], [1.0, 2.0])
    assert 'alt="A &lt;b&gt;"' in page
    assert "Across &amp; on" in page
    assert page.count("translateX(-50%)") == 1

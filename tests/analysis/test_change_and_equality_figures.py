"""Charts of need then and now and of need by group: the numbers drawn, the words beside."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN

from analysis.change_figures import plot_need_change
from analysis.equality_figures import make_gaps_title, plot_concentration_curve, plot_group_gaps
from analysis.need_change import COLUMNS, NeedChange
from analysis.need_equality import EqualityGroup, NeedByGroup


def make_change() -> NeedChange:
    rows = [
        ("A", "i1", "People with Claims", "Claims", "2013", "2022", 1, 2, 40.0, 70.0, 30.0, "", ""),
        (
            "A",
            "i2",
            "People with Skills",
            "Skills",
            "2019",
            "2022",
            1,
            2,
            60.0,
            20.0,
            -40.0,
            "index",
            "Other edition.",
        ),
        ("A", "i3", "People with Crime", "Crime", "2019", "2022", 1, NAN, 60.0, NAN, NAN, "", ""),
        (
            "A",
            "i4",
            "People with Noise",
            "Noise",
            "2022-01",
            "2022-12",
            1,
            1,
            50.0,
            52.0,
            2.0,
            "",
            "",
        ),
        ("A", "i5", "People with Debt", "Debt", "2012", "2022", 1, 1, 50.0, 45.0, -5.0, "", ""),
        ("B", "i1", "People with Claims", "Claims", "2013", "2022", 1, 2, 1.0, 2.0, 1.0, "", ""),
    ]
    return NeedChange(pd.DataFrame(rows, columns=list(COLUMNS)), ())


def texts(figure) -> list[str]:
    return [(n.text or "").replace("\N{NO-BREAK SPACE}", " ") for n in figure.layout.annotations]


def test_the_dumbbells_are_then_and_now_of_one_ward():
    figure = plot_need_change(make_change(), "A")
    then, now = figure.data[-2:]
    assert list(then.x) == pytest.approx([40, 60, 60, 50, 50])
    assert list(now.x) == pytest.approx([70, 20, NAN, 52, 45], nan_ok=True)
    assert then.marker.color != now.marker.color
    assert len(figure.data) == 5 + 2


def test_a_break_is_dotted_and_is_no_rise_or_fall():
    figure = plot_need_change(make_change(), "A")
    assert [line.line.dash for line in figure.data[:5]] == ["solid", "dot", *["solid"] * 3]
    assert texts(figure)[1:6] == ["▲ more", "break", "no figure", "● same", "▼ less"]
    assert "Break: Other edition." in figure.data[-1].text[1]


def test_rows_say_their_years_or_their_months():
    words = plot_need_change(make_change(), "A").layout.yaxis.ticktext
    assert "2013 to 2022" in words[0]
    assert "January 2022 to December 2022" in words[3]


def by_group(name: str, gap: float, limits: tuple[float, float], **changes: object) -> NeedByGroup:
    curve = pd.DataFrame({"people": [0.0, 40, 100], "need": [0.0, 30, 100]})
    fields = {
        "group": EqualityGroup(f"{name}_percent", f"{name} people"),
        "wards": 26,
        "fifth": 5,
        "high_mean": 40 + gap,
        "low_mean": 40.0,
        "gap": gap,
        "gap_limits": limits,
        "index": -0.1,
        "index_limits": (-0.2, 0.1),
        "curve": curve,
        "part_of_score": False,
    }
    return NeedByGroup(**(fields | changes))


NOTHING = by_group(
    "few", NAN, (NAN, NAN), reason="3 wards", curve=pd.DataFrame(columns=["people", "need"])
)
GROUPS = [by_group("older", -12, (-20, -3)), by_group("disabled", 6, (-3, 15)), NOTHING]


def test_the_curve_is_drawn_against_the_even_line():
    figure = plot_concentration_curve(GROUPS[0])
    even, curve = figure.data
    assert list(even.x) == list(even.y) == [0, 100]
    assert list(curve.y) == [0, 30, 100]
    assert "concentration index −0.10" in texts(figure)
    empty = plot_concentration_curve(NOTHING)
    assert not [t for t in texts(empty) if "index" in t]


def test_gaps_are_drawn_with_words_where_unclear_or_missing():
    figure = plot_group_gaps(GROUPS)
    low, high = figure.data[-2:]
    assert list(low.x) == [40, 40]
    assert list(high.x) == [28, 46]
    assert texts(figure) == ["Gap", "<b>−12</b>", "+6<br>unclear", "too few"]
    assert len(figure.layout.yaxis.tickvals) == 3


def test_the_title_names_the_widest_clear_gap_that_is_not_built_in():
    assert make_gaps_title(GROUPS) == "Need is lower where more older people live"
    built_in = by_group("sick", 40, (30, 50), part_of_score=True)
    assert make_gaps_title([*GROUPS, built_in]) == "Need is lower where more older people live"
    assert make_gaps_title(GROUPS[1:]) == "No clear difference in need by the groups shown"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hollow_dots_show_the_page(theme):
    from analysis.palette import CHART_INK

    for figure in (
        plot_group_gaps(GROUPS, theme=theme),
        plot_need_change(make_change(), "A", theme=theme),
    ):
        hollow, solid = figure.data[-2:]
        assert hollow.marker.color == CHART_INK[theme]["surface"]
        assert solid.marker.color == CHART_INK[theme]["strong"]
        assert np.all(hollow.marker.line.width == 2)

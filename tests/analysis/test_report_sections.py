"""Sections of a report whose figures are few or none: what then stands in their place."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator, make_subject
from report_examples import make_lines, make_picture

from analysis.bars import Bar
from analysis.choropleth import Benchmark
from analysis.report.blocks import Band, Bullets, Chart, Paragraph, Series, Table
from analysis.report.pictures import draw_safe
from analysis.report.pieces import make_ranking, make_ranking_title
from analysis.report.sections_actions import NO_PLAN, make_actions
from analysis.report.sections_recovery import (
    RecoveryFigures,
    describe_lines,
    find_bands,
    make_recovery,
)
from analysis.report.sections_summary import NO_PLAN as NO_EXCEPTIONS_OF_A_PLAN
from analysis.report.sections_summary import Exceptional, make_exceptions
from analysis.report.sections_wards import WardFigures, make_wards
from data.recovery import Lockdown

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def texts(section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def kinds(section) -> list[type]:
    return [type(block) for block in section.blocks]


def make_ward(**changes) -> WardFigures:
    columns = ["name", "note", "period", "value", "benchmark", "sign", "compared", "rank", "of",
               "trend"]  # fmt: skip
    ages = [Bar("0 to 15", NAN, NAN), Bar("16 to 64", NAN, NAN)]
    ward = WardFigures("North", "Young and poor", "North lies in Aldham", "Aldham", ["Poverty"],
                       ages, pd.DataFrame(columns=columns), "ONS.", "Census 2021.")  # fmt: skip
    return replace(ward, **changes)


def test_a_report_without_wards_says_so():
    (section,) = make_wards([])
    assert texts(section) == ["No ward was chosen for this report."]


def test_a_ward_where_nothing_stands_out_and_ages_are_unknown_is_a_page_all_the_same():
    ages = [Bar("0 to 15", 20.0, 18.0), Bar("16 to 64", 60.0, 62.0)]
    _, plain, full = make_wards(
        [make_ward(stand_outs=[], note="Its line was drawn anew in 2023."), make_ward(ages=ages)]
    )
    assert texts(plain)[1:] == [
        "North lies in Aldham",
        "Its line was drawn anew in 2023.",
        "Nothing lies clearly apart from the benchmark.",
    ]
    assert kinds(plain)[-1] is Table
    assert kinds(full) == [Paragraph, Paragraph, Bullets, Table, Chart]


def make_recovery_figures(**changes) -> RecoveryFigures:
    rows = pd.DataFrame({"Area": ["Aldham"], "Recovery %": [50]})
    gaps = pd.DataFrame({"Place": ["Aldham"], "Gap": [1.0]})
    found = RecoveryFigures("Half back", "Claimants", ["Half"], make_picture(), rows, 1,
                            ["Slower than England"], gaps, make_lines(), [], "By peaks.",
                            ["Nomis"])  # fmt: skip
    return replace(found, **changes)


def test_recovery_is_compared_as_far_as_there_is_something_to_compare_with():
    _, against = make_recovery(make_recovery_figures())
    assert kinds(against) == [Bullets, Chart, Table]
    _, words = make_recovery(make_recovery_figures(lines=None, gaps=pd.DataFrame()))
    assert kinds(words) == [Bullets]
    bare = make_recovery_figures(compared=[], lines=None, gaps=pd.DataFrame())
    assert len(make_recovery(bare)) == 1


def test_a_line_without_figures_is_described_as_such():
    lines = [Series("Aldham", [None, 2.0, 5.0, 3.0]), Series("Bedham", [None] * 4)]
    said = describe_lines(lines, ["2019", "2020", "2021", "2022"], make_indicator())
    assert said.endswith(
        "Aldham: 2.0 in 2020, highest 5.0 in 2021, 3.0 in 2022. Bedham: no figure."
    )


def test_a_lockdown_outside_the_periods_is_no_band():
    def lockdown(name: str, month: int, year: int) -> Lockdown:
        return Lockdown(name, dt.date(year, month, 2), dt.date(year, month, 20), "", "", "")

    bands = find_bands(
        ["2020-03", "2020-04", "2020-05"], [lockdown("First", 4, 2020), lockdown("Late", 1, 2021)]
    )
    assert bands == [Band("First", 1, 1)]


def test_exceptions_without_plan_worse_figures_or_need_say_what_there_is_not():
    found = Exceptional(None, pd.DataFrame(), "Left out: nothing.", [], pd.DataFrame(), "Jobs", ())
    first, worse = make_exceptions(found)
    assert texts(first) == [NO_EXCEPTIONS_OF_A_PLAN]
    assert texts(worse) == ["No key figure got worse in any ward.", "Left out: nothing."]
    rows = pd.DataFrame({"Ward": ["North"], "Before": [1.0]})
    *_, back, need = make_exceptions(replace(found, recovery=rows, highest=["North needs most"]))
    assert [back.heading, need.heading] == ["Who has not come back", "Where need is highest"]
    assert texts(back)[0].startswith("Jobs: wards that are stalled")


def test_actions_without_a_plan_say_how_to_bring_one():
    (section,) = make_actions(None, ())
    assert texts(section) == [NO_PLAN]


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([4.0, NAN], "Fuel poverty, ward by ward"),
        ([4.3, 30.4, NAN], "Fuel poverty: from 4.3 % to 30.4 %"),
    ],
)
def test_a_ranking_says_its_ends_where_it_has_two(values, title):
    assert make_ranking_title(pd.Series(values), make_indicator()) == title


def test_a_ranking_without_figures_or_benchmark_says_neither():
    rows = pd.DataFrame({"name": ["North", "South"], "value": [5.0, 4.0], "low": NAN, "high": NAN})

    def rank(rows: pd.DataFrame, benchmark: float) -> Chart:
        return make_ranking("R", rows, rows["value"], make_subject(),
                            Benchmark("England", benchmark), ())  # fmt: skip

    with_line, without = rank(rows, 3.0), rank(rows, np.nan)
    assert [series.name for series in with_line.series] == ["Fuel poverty", "England"]
    assert with_line.description.endswith("England: 3.0 %.")
    assert [series.name for series in without.series] == ["Fuel poverty"]
    assert "England" not in without.description
    assert rank(rows.head(0), 3.0).description.endswith("There are no figures.")


@pytest.mark.parametrize(
    "svg",
    [
        "<!DOCTYPE svg>" + SVG.format(""),
        '<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("&a;"),
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<svg><oops",
    ],
)
def test_a_text_that_is_no_plain_picture_is_not_drawn(svg):
    assert draw_safe(replace(make_picture(), svg=svg), "p") is None


def test_the_parts_of_a_picture_refer_to_its_own_parts_only():
    inside = '<g id="a"/><use href="#a"/><use href="https://example.org/b"/>'
    drawn = draw_safe(replace(make_picture(), svg=SVG.format(inside)), "p")
    assert 'id="p-a"' in drawn
    assert 'href="#p-a"' in drawn
    assert "example.org" not in drawn

"""Key figures: the newest value, its change in the right words, its comparison."""

import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.key_figures import describe_change, make_key_figure


def plain(text: str) -> str:
    """Numbers are held to their unit by a space that does not break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("now", "then", "polarity", "said"),
    [
        (12.0, 10.0, "low_is_good", ("up 2.0 points since 2019", "worse")),
        (12.0, 10.0, "high_is_good", ("up 2.0 points since 2019", "better")),
        (12.0, 10.0, "no_judgement", ("up 2.0 points since 2019", "neutral")),
        (8.0, 10.0, "low_is_good", ("down 2.0 points since 2019", "better")),
        (8.0, 10.0, "high_is_good", ("down 2.0 points since 2019", "worse")),
        (10.04, 10.0, "low_is_good", ("no change since 2019", "neutral")),
        (NAN, 10.0, "low_is_good", ("", "")),
        (10.0, NAN, "low_is_good", ("", "")),
        (0.0, 0.0, "low_is_good", ("no change since 2019", "neutral")),
    ],
)
def test_percentages_change_by_points(now, then, polarity, said):
    change, direction = describe_change(now, then, make_indicator(polarity=polarity), "2019")
    assert (plain(change), direction) == said


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (150.0, 100.0, ("up 50.0 % since 2019", "worse")),
        (75.0, 100.0, ("down 25.0 % since 2019", "better")),
        (5.0, 0.0, ("", "")),
        (2_000_000.0, 1.0, ("up 199,999,900.0 % since 2019", "worse")),
        # Scores can be negative: from -2 to -1 is up, whatever the quotient says.
        (-1.0, -2.0, ("up 50.0 % since 2019", "worse")),
        (-3.0, -2.0, ("down 50.0 % since 2019", "better")),
    ],
)
def test_other_figures_change_by_per_cent(now, then, said):
    change, direction = describe_change(now, then, make_indicator(measure="score"), "2019")
    assert (plain(change), direction) == said


def values(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "period", "value", "lower_ci", "upper_ci"])
    frame["period_end"] = pd.to_datetime(frame["period"].astype(str) + "-12-31")
    return frame.astype({"area_code": "category", "period": "category"})


SERIES = values(
    ("E07000001", "2019", 10, 9, 11),
    ("E07000001", "2022", 14.04, 13, 15),
    ("E92000001", "2019", 11, 11, 11),
    ("E92000001", "2022", 13.1, 13.1, 13.1),
)
ENGLAND = ("E92000001", "England")


def test_a_key_figure_is_the_newest_value_with_change_and_comparison():
    figure = make_key_figure(make_indicator(), SERIES, "E07000001", ENGLAND, "2019")
    assert (plain(figure.value), figure.period) == ("14.0 %", "2022")
    assert "fuel poverty" in figure.label.lower()
    assert figure.change == "up 4.0 points since 2019"
    assert figure.direction == "worse"
    assert plain(figure.comparison) == "similar to England (13.1 %)"


def test_a_clear_difference_is_judged():
    clear = values(("E07000001", "2022", 16, 15, 17), ("E92000001", "2022", 13.1, 13, 13.2))
    figure = make_key_figure(make_indicator(), clear, "E07000001", ENGLAND)
    assert plain(figure.comparison) == "worse than England (13.1 %)"
    assert (figure.change, figure.direction) == ("", "")


def test_without_limits_the_benchmark_is_only_named():
    bare = SERIES.assign(lower_ci=NAN, upper_ci=NAN)
    figure = make_key_figure(make_indicator(), bare, "E07000001", ENGLAND)
    assert plain(figure.comparison) == "England: 13.1 %"


@pytest.mark.parametrize(
    ("changes", "area"), [({"measure": "count"}, "E07000001"), ({}, "E92000001")]
)
def test_counts_and_the_benchmark_itself_are_not_compared(changes, area):
    assert make_key_figure(make_indicator(**changes), SERIES, area, ENGLAND).comparison == ""


def test_a_missing_figure_is_said_and_never_zero():
    gone = values(("E07000001", "2022", NAN, NAN, NAN), ("E92000001", "2022", 13, 13, 13))
    for area in ("E07000001", "E07000099"):
        figure = make_key_figure(make_indicator(), gone, area, ENGLAND, "2022")
        assert plain(figure.value) == "no figure"
        assert figure.change == ""


def test_small_changes_and_their_decimals():
    share = make_indicator(decimals=2, polarity="low_is_good")
    assert describe_change(4.4, 4.0, share, "2019") == ("up 0.40 points since 2019", "worse")
    assert describe_change(4.004, 4.0, share, "2019") == ("no change since 2019", "neutral")
    count = make_indicator(measure="count", decimals=0, polarity="low_is_good")
    assert describe_change(1004, 1000, count, "2019") == ("up 0.4 % since 2019", "worse")
    assert describe_change(996, 1000, count, "2019") == ("down 0.4 % since 2019", "better")

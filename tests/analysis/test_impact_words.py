"""Commentary on an action: balanced, without a causal verb, every number a figure of the chart."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from impact_examples import ACTION, make_figures, make_place, mirror

from analysis.impact_words import (
    CAREFUL,
    comment_on_impact,
    describe_impact,
    make_impact_title,
    subtitle_of,
)

NAN = float("nan")
CAUSAL = re.compile(
    r"\b(caus\w*|because|due to|thanks to|owing to|leads? to|led to|result\w* (?:in|from)|drove"
    r"|driven|improv\w*|reduc\w*|rais\w*|cuts?|boost\w*|deliver\w*|achiev\w*|made|makes|help\w*"
    r"|work(?:s|ed)|success\w*|fail\w*|impact\w*|brought|prevent\w*|contribut\w*|effective\w*)\b",
    re.IGNORECASE,
)
TENTHS = st.integers(-300, 600).map(lambda n: n / 10)
VALUES = st.lists(TENTHS, min_size=5, max_size=5)
POLARITIES = st.sampled_from(["low_is_good", "high_is_good", "no_judgement"])
SWAPPED = {"better": "worse", "up": "down", "highest": "lowest", "higher": "lower"}
SWAPPED |= {there: here for here, there in SWAPPED.items()}


def every_text(figures) -> str:
    return " ".join(
        [make_impact_title(figures), *comment_on_impact(figures), describe_impact(figures)]
    )


def shape_of(text: str, *, swap: bool) -> str:
    words = re.sub(r"−?\d[\d,.]*", "N", text)
    if not swap:
        return words
    return re.sub(r"\b[a-z]+\b", lambda hit: SWAPPED.get(hit[0], hit[0]), words)


@settings(max_examples=50)
@given(VALUES, VALUES, POLARITIES, st.floats(0, 5), TENTHS, st.dates(dt.date(2015, 1, 1)))
def test_no_text_says_that_an_action_brought_a_change_about(
    values, other, polarity, half, target, start
) -> None:
    action = replace(ACTION, target=target, start=min(start, dt.date(2030, 1, 1)))
    figures = make_figures(values, other, polarity, half, action)
    text = every_text(figures)
    assert not CAUSAL.search(text), CAUSAL.search(text)
    assert comment_on_impact(figures)[-1] == CAREFUL
    assert len(make_impact_title(figures).split()) <= 10


@settings(max_examples=50)
@given(VALUES, VALUES, POLARITIES, st.integers(0, 50).map(lambda n: n / 10))
def test_better_and_worse_are_said_in_the_same_words(values, other, polarity, half) -> None:
    figures = make_figures(values, other, polarity, half)
    turned = mirror(figures)
    said, mirrored = comment_on_impact(figures), comment_on_impact(turned)
    assert len(said) == len(mirrored)
    for one, two in zip(said, mirrored, strict=True):
        if one == CAREFUL or "pandemic" in one:
            assert one == two
        else:
            assert shape_of(one, swap=True) == shape_of(two, swap=False)


def test_what_got_worse_is_said_as_plainly_as_what_got_better() -> None:
    said = comment_on_impact(make_figures([10, 10, 16, 15, 13], [10, 10, 12, 12, 11]))
    assert said[0] == (
        "Since the baseline the figure of Ashford got worse: from 10.0 % (2019) to 13.0 % (2022), "
        "up 3.0 percentage points. The change is clear (95 % interval of the change: 2.3 to 3.7 "
        "percentage points)."
    )
    assert said[1] == (
        "Over the same time England got worse, up 1.0 percentage points: the change in Ashford is "
        "2.0 percentage points worse; the 95 % intervals of the two changes do not overlap."
    )
    assert said[2].startswith(
        "Since the last figure before the start the figure of Ashford got better: from 16.0 % "
        "(2020) to 13.0 % (2022), down 3.0 percentage points."
    )
    title = make_impact_title(make_figures([10, 10, 16, 15, 13]))
    assert title == "Fuel poverty: worse than 2019, target not met"


def test_a_change_inside_the_margin_of_error_is_not_called_better_in_the_title() -> None:
    figures = make_figures([10, 10, 16, 15, 9.6], half=2)
    assert make_impact_title(figures) == "Fuel poverty: no clear change since 2019, target not met"
    assert "within the margin of error" in comment_on_impact(figures)[0]


def test_without_polarity_nothing_is_better_or_worse() -> None:
    text = every_text(make_figures([10, 10, 16, 15, 13], [10, 10, 12, 12, 11], "no_judgement"))
    assert "worse" not in text
    assert "Neither higher nor lower is called better here" in text
    assert "target not" not in text
    assert make_impact_title(make_figures([1, 1, 2, 2, 3], (), "no_judgement")) == (
        "Fuel poverty: higher than 2019"
    )


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (dt.date(2021, 1, 15), "began in the third national lockdown"),
        (dt.date(2021, 4, 1), "less than a year after the third national lockdown"),
        (dt.date(2019, 9, 1), "less than a year before the first national lockdown"),
    ],
)
def test_a_start_in_or_near_a_lockdown_is_said(start, words) -> None:
    said = comment_on_impact(
        make_figures([10, 10, 16, 15, 13], action=replace(ACTION, start=start))
    )
    found = [one for one in said if "lockdown" in one]
    assert len(found) == 1
    assert words in found[0]
    assert "with or without a local action" in found[0]


def test_a_start_far_from_lockdowns_is_not_tied_to_them() -> None:
    action = replace(ACTION, start=dt.date(2022, 6, 1))
    assert "lockdown" not in " ".join(
        comment_on_impact(make_figures([1, 1, 2, 2, 3], action=action))
    )


def test_a_start_at_a_high_warns_of_regression_to_the_mean() -> None:
    assert any("regression to the mean" in one
               for one in comment_on_impact(make_figures([10, 9, 16, 15, 13])))  # fmt: skip
    # Where a series only ever rises, its last figure is always the highest.
    assert not any("regression to the mean" in one
                   for one in comment_on_impact(make_figures([10, 12, 16, 18, 20])))  # fmt: skip


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (None, "gives no day"),
        (dt.date(2024, 1, 1), "all of these are from before it"),
        (dt.date(2015, 1, 1), "all of these are from after it"),
    ],
)
def test_a_missing_early_or_late_start_is_said(start, words) -> None:
    text = every_text(make_figures([10, 10, 16, 15, 13], action=replace(ACTION, start=start)))
    assert words in text


def test_missing_figures_are_named_and_never_zero() -> None:
    said = " ".join(comment_on_impact(make_figures([10, 10, 16, 15, NAN])))
    assert "15.0 % (2021)" in said
    assert "There is nothing newer: 2022, withheld so that no small number is told" in said
    no_baseline = make_figures([10, NAN, 16, 15, 13])
    assert make_impact_title(no_baseline) == "Fuel poverty: no baseline to compare with"
    assert "Since the baseline" not in " ".join(comment_on_impact(no_baseline))
    nothing = make_figures([NAN] * 5)
    assert comment_on_impact(nothing)[0] == "Ashford has no figure for this indicator."
    assert make_impact_title(nothing) == "Fuel poverty: no figure for Ashford"
    gone = replace(make_figures([10, 10, 16, 15, 13]), others=(make_place([10, NAN, 1, 1, 1]),))
    assert "has no figure for these two periods" in comment_on_impact(gone)[1]


def test_a_baseline_that_is_the_newest_figure_is_said() -> None:
    figures = replace(make_figures([10, 10, 16, 15, 13]), baseline="2022")
    assert make_impact_title(figures) == "Fuel poverty: nothing newer than the baseline"
    text = " ".join(comment_on_impact(figures))
    assert "The baseline, 2022, is the newest figure" in text
    assert "Since the last figure before the start" in text


def test_one_period_is_compared_with_others_and_not_with_itself() -> None:
    figures = make_figures([12.0], [10.0])
    assert make_impact_title(figures) == "Fuel poverty: one figure, so no before and after"
    said = comment_on_impact(figures)
    assert said[1] == (
        "Ashford is 2.0 percentage points worse than England (10.0 %); the 95 % interval, 11.5 % "
        "to 12.5 %, does not hold that figure."
    )
    assert "Since" not in " ".join(said)


def test_the_preferred_direction_is_in_words() -> None:
    assert subtitle_of(make_figures([1, 2, 3, 4, 5])).endswith("Lower is better.")
    assert subtitle_of(make_figures([1, 2, 3, 4, 5], (), "high_is_good")).endswith(
        "Higher is better."
    )

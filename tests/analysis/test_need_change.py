"""Need then and now: relative standing in each period, breaks kept and marked."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN
from need_examples import COUNCIL, EVERYWHERE, make_area, scored

from analysis.need_change import (
    NeedChange,
    change_word,
    choose_periods,
    compute_need_change,
    describe_change,
    make_change_title,
)
from analysis.need_scores import NeedScoreError
from data.breaks import Break
from data.periods import read_period


def tidy(**periods: list[float]) -> pd.DataFrame:
    """Tidy values of the wards A to E; y2019=[…] is the period 2019."""
    parts = []
    for key, values in periods.items():
        period = key.removeprefix("y").replace("_", "-")
        frame = pd.DataFrame({"area_code": EVERYWHERE, "value": np.asarray(values, dtype=float)})
        frame["period"], frame["period_end"] = period, pd.Timestamp(read_period(period).end)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True).astype({"area_code": "category"})


CLAIMS = tidy(y2013=[1, 2, 3, 4, 5], y2019=[9, 2, 3, 4, 5])
SKILLS = tidy(y2019=[1, 2, 3, 4, 5], y2022=[1, 2, 3, 4, 50])
AREA = make_area(scored("claims"), scored("skills", 1, "low"))
CHANGED = Break("claims", "2019", "definition", "More people were counted.")


def change(*breaks: Break, **options: object) -> NeedChange:
    values = {"claims": CLAIMS, "skills": SKILLS}
    return compute_need_change(AREA, values, COUNCIL, EVERYWHERE, breaks, **options)


def row_of(found: NeedChange, ward: str, indicator: str) -> pd.Series:
    rows = found.table
    return rows[(rows["ward"] == ward) & (rows["indicator_id"] == indicator)].iloc[0]


def test_standing_is_relative_to_england_in_each_period():
    found = change()
    rose = row_of(found, "A", "claims")
    assert (rose["then"], rose["now"], rose["change"]) == (10, 90, 80)
    assert (rose["value_then"], rose["value_now"]) == (1, 9)
    assert (rose["period_then"], rose["period_now"]) == ("2013", "2019")
    # B kept its figure, but A overtook it.
    assert row_of(found, "B", "claims")["change"] == -20
    # Low skills are need; everybody kept their place.
    still = row_of(found, "A", "skills")
    assert (still["then"], still["now"]) == (90, 90)


def test_a_break_between_the_periods_is_marked_with_its_reason():
    found = change(CHANGED, Break("skills", "2019", "index", "Before the first period."))
    marked = row_of(found, "A", "claims")
    assert (marked["break_kind"], marked["break_reason"]) == (
        "definition",
        "More people were counted.",
    )
    assert row_of(found, "A", "skills")["break_kind"] == ""


def test_several_breaks_are_all_named():
    other = Break("claims", "2015", "boundary", "The map was redrawn.")
    marked = row_of(change(CHANGED, other), "A", "claims")
    assert marked["break_kind"] == "definition, boundary"
    assert marked["break_reason"] == "More people were counted. The map was redrawn."


def test_the_first_period_covers_nearly_all_wards():
    values = tidy(y2013=[1, NAN, NAN, 4, 5], y2015=[1, 2, 3, 4, 5], y2019=[1, 2, 3, 4, 5])
    assert choose_periods(values, EVERYWHERE) == ("2015", "2019")
    assert choose_periods(values, EVERYWHERE, "2013") == ("2015", "2019")
    more = tidy(y2013=[1, 2, 3, 4, 5], y2015=[1, 2, 3, 4, 5], y2019=[1, 2, 3, 4, 5])
    assert choose_periods(more, EVERYWHERE, "2015") == ("2015", "2019")
    assert choose_periods(tidy(y2019=[1, 2, 3, 4, 5]), EVERYWHERE) is None
    # Nineteen of twenty wards are 95 %.
    codes = pd.Index([f"W{n:02}" for n in range(20)])
    then = pd.DataFrame({"area_code": codes[1:], "value": 1.0, "period": "2013"})
    now = pd.DataFrame({"area_code": codes, "value": 1.0, "period": "2019"})
    both = pd.concat([then, now]).assign(period_end=lambda t: pd.to_datetime(t["period"]))
    assert choose_periods(both, codes) == ("2013", "2019")
    assert choose_periods(tidy(y2019=[NAN] * 5), EVERYWHERE) is None


def test_each_indicator_starts_from_its_own_baseline():
    claims = tidy(y2013=[1, 2, 3, 4, 5], y2015=[6, 2, 3, 4, 5], y2019=[9, 2, 3, 4, 5])
    area = make_area(scored("crime", 0), scored("claims"), scored("skills", 1, "low"))
    values = {"claims": claims, "skills": SKILLS}
    given = {"baselines": {"claims": "2015"}}
    found = compute_need_change(area, values, COUNCIL, EVERYWHERE, **given)
    assert row_of(found, "A", "claims")["period_then"] == "2015"
    # What counts for nothing, and what has one period, does not end the list.
    assert row_of(found, "A", "skills")["period_then"] == "2019"
    values["claims"] = tidy(y2019=[1, 2, 3, 4, 5])
    found = compute_need_change(area, values, COUNCIL, EVERYWHERE)
    assert set(found.table["indicator_id"]) == {"skills"}
    words = describe_change(found, "A", "Mill")
    assert words.endswith("1 indicator has one period only: People with claims.")
    two = NeedChange(found.table, ("Claims", "Crime"))
    assert describe_change(two, "A", "Mill").endswith(
        "2 indicators have one period only: Claims; Crime."
    )


def test_districts_in_the_table_are_not_among_the_wards_of_england():
    district = CLAIMS.astype({"area_code": object}).assign(value=0.5)
    district["area_code"] = [f"E0700000{n}" for n in range(1, 6)] * 2
    values = {"claims": pd.concat([CLAIMS.astype({"area_code": object}), district])}
    area = make_area(scored("claims"))
    found = compute_need_change(area, values, COUNCIL, EVERYWHERE)
    assert row_of(found, "A", "claims")["then"] == 10
    assert found.table.index.tolist() == [0, 1, 2]


def test_an_indicator_with_one_period_is_named_and_has_no_row():
    area = make_area(scored("claims"), scored("crime"))
    values = {"claims": CLAIMS, "crime": tidy(y2019=[1, 2, 3, 4, 5])}
    found = compute_need_change(area, values, COUNCIL, EVERYWHERE)
    assert found.one_period == ("People with crime",)
    assert set(found.table["indicator_id"]) == {"claims"}
    alone = compute_need_change(make_area(scored("crime")), values, COUNCIL, EVERYWHERE)
    assert alone.table.empty
    assert make_change_title(alone, "A", "Mill") == "Mill: no like-for-like figures then and now"


def test_a_missing_figure_stays_missing():
    values = {"claims": tidy(y2013=[1, 2, 3, 4, 5], y2019=[NAN, 2, 3, 4, 5])}
    area = make_area(scored("claims"))
    found = compute_need_change(area, values, pd.Index(["A"]), EVERYWHERE)
    both = {**values, "skills": SKILLS}
    words = describe_change(compute_need_change(AREA, both, COUNCIL, EVERYWHERE), "A", "Mill")
    assert "a figure is missing. People with skills (2019 to 2022): from 90 to 90" in words
    assert "not counted" not in words
    assert np.isnan(found.table.at[0, "now"])
    assert np.isnan(found.table.at[0, "change"])
    assert found.table.at[0, "then"] == 10
    assert "a figure is missing" in describe_change(found, "A", "Mill")


def test_values_that_were_not_given_are_asked_for():
    with pytest.raises(NeedScoreError, match="no values were given for skills"):
        compute_need_change(AREA, {"claims": CLAIMS}, COUNCIL, EVERYWHERE)


def test_titles_count_sound_rows_only():
    # claims +80, skills 0: neither has a majority.
    assert make_change_title(change(), "A", "Mill") == "Mill: no one direction among 2 indicators"
    only = compute_need_change(make_area(scored("claims")), {"claims": CLAIMS}, COUNCIL, EVERYWHERE)
    assert make_change_title(only, "A", "Mill") == "Mill: more need than before on 1 of 1 indicator"
    assert make_change_title(only, "B", "Quay") == "Quay: less need than before on 1 of 1 indicator"
    broken = change(CHANGED)
    assert make_change_title(broken, "A", "Mill") == "Mill stands about where it stood before"


@pytest.mark.parametrize(
    ("points", "word"),
    [(5, "more need"), (-5, "less need"), (4.9, "about the same"), (NAN, "no figure")],
)
def test_small_changes_are_about_the_same(points, word):
    assert change_word(points) == word


def test_the_description_says_periods_standing_and_breaks():
    words = describe_change(change(CHANGED), "A", "Mill")
    assert words == (
        "Mill, compared with all wards in England in each period. People with claims (2013 to "
        "2019): from 10 to 90 of 100, not like for like: More people were counted. "
        "People with skills (2019 to 2022): from 90 to 90 of 100, about the same. "
        "1 row with a break not counted."
    )


def test_standings_at_a_half_are_printed_as_elsewhere():
    found = change()
    found.table["then"], found.table["now"] = 62.5, 70.5
    assert "from 63 to 71 of 100" in describe_change(found, "A", "Mill")

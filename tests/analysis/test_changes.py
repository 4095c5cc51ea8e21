"""What changed most: differences by hand, and figures that cannot be compared left out."""

import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.changes import compute_changes, make_changes_table

PLACE = "E07000001"
NAMES = pd.Series({"A": "Ash", "B": "Beck", "C": "Cole", "D": "Dale", "E": "Elm"})


def tidy(then: dict[str, float], now: dict[str, float], **flags: str) -> pd.DataFrame:
    """Values of 2019 and 2022; `flags` are of the later year."""
    rows = [(code, "2019", value, "") for code, value in then.items()]
    rows += [(code, "2022", value, flags.get(code, "")) for code, value in now.items()]
    frame = pd.DataFrame(rows, columns=["area_code", "period", "value", "flag"])
    return frame.assign(period_end=pd.to_datetime(frame["period"] + "-12-31"))


def test_the_largest_rise_comes_first_in_points_or_per_cent_of_the_baseline():
    values = tidy({"A": 10, "B": 40, "C": 20}, {"A": 15, "B": 44, "C": 18})
    places = pd.Index(["A", "B", "C"])
    points = compute_changes(values, places, "2019", "2022", points=True)
    assert points.to_dict() == {"A": 5, "B": 4, "C": -2}
    assert points.index.tolist() == ["A", "B", "C"]
    share = compute_changes(values, places, "2019", "2022", points=False)
    assert share.to_dict() == {"A": 50, "B": 10, "C": -10}
    only = compute_changes(values, pd.Index(["C"]), "2019", "2022", points=True)
    assert only.to_dict() == {"C": -2}


def test_a_rise_from_below_nought_is_a_rise_and_from_nought_has_no_percentage():
    values = tidy({"A": -10, "B": 0}, {"A": -5, "B": 3})
    assert compute_changes(values, NAMES.index, "2019", "2022", points=False).to_dict() == {"A": 50}
    points = compute_changes(values, NAMES.index, "2019", "2022", points=True)
    assert points.to_dict() == {"A": 5, "B": 3}


def test_what_is_missing_withheld_or_estimated_in_either_year_is_left_out():
    then = {"A": 1, "B": NAN, "C": 1, "D": 1}
    now = {"A": 2, "B": 2, "C": 2, "D": NAN, "E": 9}
    values = tidy(then, now, C="estimated", D="suppressed")
    assert compute_changes(values, NAMES.index, "2019", "2022", points=True).to_dict() == {"A": 1}
    assert compute_changes(values, NAMES.index, "2018", "2022", points=True).empty


def test_equal_changes_stay_in_the_order_of_their_codes():
    codes = [f"W{n:02}" for n in range(40)]
    values = tidy(dict.fromkeys(codes[::-1], 1), {code: 2 + n % 2 for n, code in enumerate(codes)})
    found = compute_changes(values, pd.Index(codes), "2019", "2022", points=True)
    assert found.index.tolist() == codes[1::2] + codes[::2]


@pytest.mark.parametrize(
    ("measure", "own", "highest", "lowest"),
    [
        ("percentage", "−2.0 points", "Beck +1,200.0 points", "Ash −5.0 points"),
        ("rate", "−4.0 %", "Beck +120.0 %", "Ash −50.0 %"),
    ],
)
def test_one_row_says_how_the_place_changed_and_which_wards_most(measure, own, highest, lowest):
    then = {"A": 10, "B": 1000, "C": 20, PLACE: 50}
    values = tidy(then, {"A": 5, "B": 2200, "C": 20, PLACE: 48})
    indicator = make_indicator(name="Jobs", measure=measure)
    table = make_changes_table([(indicator, values, "2019")], (PLACE, "Aldham"), NAMES)
    assert table.to_dict("records") == [
        {
            "Indicator": "Jobs",
            "Periods": "2019 to 2022",
            "Aldham": own,
            "Highest": highest,
            "Lowest": lowest,
        }
    ]


def test_a_fall_of_less_than_one_is_a_fall():
    values = tidy({"A": 2, PLACE: 1}, {"A": 1.6, PLACE: 0.9})
    row = make_changes_table([(make_indicator(), values, "2019")], (PLACE, "Aldham"), NAMES).iloc[0]
    assert (row["Aldham"], row["Lowest"]) == ("−0.1 points", "Ash −0.4 points")


def test_an_indicator_no_ward_has_is_left_out_and_a_place_without_a_figure_stays_blank():
    nowhere = tidy({PLACE: 1}, {PLACE: 2})
    wards = tidy({"A": 1}, {"A": 0.98})
    entries = [(make_indicator(name="Gone"), nowhere, "2019"), (make_indicator(), wards, "2019")]
    table = make_changes_table(entries, (PLACE, "Aldham"), NAMES)
    assert len(table) == 1
    # A fall that prints as nought has no sign of a fall.
    assert table.iloc[0][["Aldham", "Highest", "Lowest"]].tolist() == [
        "",
        "Ash +0.0 points",
        "Ash +0.0 points",
    ]

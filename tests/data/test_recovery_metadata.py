"""The series of impact and recovery and the lockdowns: read from metadata, every name checked."""

import datetime as dt

import pytest

from data.catalogue import METADATA, load_catalogue, load_whole_catalogue
from data.errors import CatalogueError
from data.load import load_periods
from data.recovery import (
    is_before_pandemic,
    load_lockdowns,
    load_recovery,
    read_lockdowns,
    read_recovery,
)

TEXT = (METADATA / "recovery.toml").read_text(encoding="utf-8")
LOCKDOWNS = (METADATA / "lockdowns.toml").read_text(encoding="utf-8")


def test_every_series_has_the_periods_it_names():
    for indicator, rule in load_recovery().series.items():
        periods = load_periods(indicator)
        assert rule.first in periods
        assert set(rule.baseline) <= set(periods)
        assert not rule.shock_last or rule.shock_last in periods
        assert not is_before_pandemic(periods[-1])
        assert rule.notes
        assert rule.why_baseline.endswith(".")


@pytest.mark.parametrize(
    ("period", "before"),
    [("2019", True), ("2019/20", True), ("2020-Q1", True), ("2020-02", True), ("to-2020-03", True),
     ("2020-03", False), ("to-2020-06", False), ("2020", False), ("2020/21", False)],
)  # fmt: skip
def test_a_period_before_the_pandemic_holds_no_month_of_lockdown(period, before):
    assert is_before_pandemic(period) is before


def test_a_rise_in_universal_credit_is_not_judged_and_says_why():
    rule = load_recovery().series["universal_credit_households_percent"]
    assert not rule.judged
    assert rule.first >= "2019-01"  # before is roll-out
    assert any("moved from older benefits" in note for note in rule.notes)


def test_insolvencies_say_that_the_law_held_back():
    notes = " ".join(load_recovery().series["individual_insolvencies_rate"].notes)
    assert "not a sign of less debt" in notes


def test_lockdowns_are_those_of_the_law():
    found = [(one.start, one.end) for one in load_lockdowns()]
    assert found == [
        (dt.date(2020, 3, 26), dt.date(2020, 7, 3)),
        (dt.date(2020, 11, 5), dt.date(2020, 12, 1)),
        (dt.date(2021, 1, 6), dt.date(2021, 3, 28)),
    ]
    for one in load_lockdowns():
        number = one.address.split("uksi/")[1]
        assert f"S.I. {number}" in one.law


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"claimant_count_percent"', '"claimants"', "'claimants' is not an indicator"),
        ('"claimant_count_percent"', '"furlough_take_up_percent"', "is not an indicator"),
        ('["2019", "2019"]', '["2019", "2021"]', "the baseline must run"),
        ('["2019", "2019"]', '["2017", "2019"]', "the baseline must run"),
        ('["2019", "2019"]', '["2019", "yesterday"]', "is not written in a known form"),
        ('shock_last = "2021-12"', 'shock_last = "2019-12"', "shock_last is before"),
        ('worse_words = "above the peak of 2020–21"', "", "needs worse_words"),
        ("judged = false", "judge = false", "unexpected keyword argument 'judge'"),
        ('deprivation = "imd_score"', "", "lacks 'deprivation'"),
        ('"median_weekly_pay"', '"imd_score"', "'imd_score' is not a district series"),
        ("[[series]]", "[[series]", "cannot be read"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, said):
    path = tmp_path / "recovery.toml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"recovery\.toml: .*{said}"):
        read_recovery(path, load_catalogue(), load_whole_catalogue())


def test_an_optional_series_is_left_out_until_it_is_fetched():
    built = "claimant_count_monthly_percent" in load_catalogue().indicators
    assert ("claimant_count_monthly_percent" in load_recovery().series) == built


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start = 2020-03-26", "", "missing 1 required"),
        ("end = 2020-07-03", "end = 2020-12-24", "oldest first"),
        ("start = 2020-03-26", 'start = "2020-03-26"', "must be dates"),
        ("[[lockdown]]", "[[lock]]", "oldest first|lacks|unexpected|cannot be read"),
    ],
)
def test_a_mistake_in_the_lockdowns_is_named(tmp_path, old, new, said):
    path = tmp_path / "lockdowns.toml"
    text = LOCKDOWNS.replace(old, new) if "lock]" in new else LOCKDOWNS.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"lockdowns\.toml: .*({said})"):
        read_lockdowns(path)

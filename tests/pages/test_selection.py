"""The selection in the address: what it reads, what it says, what it falls back to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.load import load_periods
from pages.shared import selection as selection_module
from pages.shared.places import benchmarks_of, place_codes, place_label, wards_of
from pages.shared.selection import FIELDS, Selection, parse_selection, settle

HUNTINGDONSHIRE, DEVON, MID_DEVON = "E07000011", "E10000008", "E07000042"
KIMBOLTON, CULLOMPTON_VALE = "E05011267", "E05014804"


def test_empty_address_is_huntingdonshire_with_newest_period() -> None:
    selection, problems = parse_selection({})
    assert selection.area == HUNTINGDONSHIRE
    assert selection.period == load_periods(selection.indicator)[-1]
    assert problems == []


def test_full_address_comes_back_unchanged() -> None:
    params = {
        "area": DEVON,
        "ward": CULLOMPTON_VALE,
        "indicator": "fuel_poverty_percent",
        "period": "2020",
        "classes": "significance",
        "compare": "region",
    }
    selection, problems = parse_selection(params)
    assert problems == []
    assert {field: getattr(selection, field) for field in params} == params
    assert set(params) < set(FIELDS)


def test_ward_alone_brings_its_council() -> None:
    for params in ({"ward": CULLOMPTON_VALE}, {"area": CULLOMPTON_VALE}):
        selection, problems = parse_selection(params)
        assert (selection.area, selection.ward, problems) == (MID_DEVON, CULLOMPTON_VALE, [])


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"area": "E99999999"}, "E99999999"),
        ({"area": "E01000001"}, "E01000001"),
        ({"ward": "E05000000"}, "E05000000"),
        ({"area": DEVON, "ward": KIMBOLTON}, KIMBOLTON),
        ({"indicator": "no_such_thing"}, "no_such_thing"),
        ({"indicator": "median_weekly_pay"}, "median_weekly_pay"),
        ({"period": "1999"}, "1999"),
        ({"classes": "rainbow"}, "rainbow"),
        ({"compare": "moon"}, "moon"),
        ({"detail": "street"}, "street"),
        ({"area": "<script>alert(1)</script>" * 9}, "<script>"),
    ],
)
def test_what_is_wrong_is_said_and_replaced(params: dict[str, str], named: str) -> None:
    selection, problems = parse_selection(params)
    assert len(problems) == 1
    assert named in problems[0]
    assert len(problems[0]) < 250
    assert settle(selection) == selection


def test_bad_part_keeps_the_good_parts() -> None:
    selection, problems = parse_selection({"area": DEVON, "indicator": "nothing"})
    assert selection.area == DEVON
    assert len(problems) == 1


def test_current_selection_stays_where_the_address_is_silent() -> None:
    current = replace(Selection(), area=DEVON, indicator="fuel_poverty_percent")
    selection, _ = parse_selection({"classes": "equal_steps"}, current)
    assert (selection.area, selection.indicator) == (DEVON, "fuel_poverty_percent")
    assert selection.classes == "equal_steps"


def test_settle_drops_what_no_longer_fits() -> None:
    odd = Selection(area=DEVON, ward=KIMBOLTON, compare="county", period="1066")
    settled = settle(odd)
    assert settled.ward == ""
    assert settled.compare == "england"
    assert settled.period in load_periods(settled.indicator)


def test_every_place_has_wards_and_a_benchmark() -> None:
    assert len(place_codes()) == 296 + 21 + 9 + 1
    for code in place_codes():
        assert len(wards_of(code)) > 0
        assert "england" in benchmarks_of(code)
    assert place_label(DEVON) == "Devon (county)"


def test_ward_names_are_told_apart() -> None:
    for area in (DEVON, "E92000001"):
        names = wards_of(area)["name"]
        twice = names[names.duplicated()]
        # Two wards of one council with one name would need more than the council's name.
        assert twice.empty, twice.tolist()


def test_a_choice_from_a_list_that_is_gone_changes_nothing(monkeypatch) -> None:
    chosen = Selection(area="E07000011")
    monkeypatch.setattr(selection_module.st, "session_state", {"selection": chosen})
    selection_module.choose_ward("Newtown and St Leonard's")
    selection_module.choose(area="Exeter", ward="")
    assert selection_module.st.session_state["selection"] == chosen

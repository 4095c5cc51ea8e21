"""Covid impact and recovery: figures traceable to rows, links, classes, district words."""

from __future__ import annotations

import html
import re

import numpy as np
import pandas as pd
import pytest
from said import as_seen
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from analysis.map_view import format_number
from analysis.recovery_words import percent_words
from data import load
from data.catalogue import load_catalogue
from data.errors import TableError
from data.load import load_areas, load_values
from data.recovery import load_recovery
from pages.shared.recovery_ages import make_age_table
from pages.shared.recovery_choices import Choices, parse_choices
from pages.shared.recovery_compare import similar_councils
from pages.shared.recovery_data import load_impact, load_series
from pages.shared.recovery_district import districts_of
from pages.shared.selection import Selection

PAGE = "scrutinise/covid_recovery.py"
HUNTINGDONSHIRE, DEVON, MID_DEVON = "E07000011", "E10000008", "E07000042"
UNIVERSAL_CREDIT = "universal_credit_households_percent"


def words_of(app: AppTest) -> str:
    blocks = [str(block.proto.body) for block in app.get("html")]
    return " ".join([*blocks, *(text.value for text in app.markdown)])


def address(app: AppTest, name: str) -> str:
    value = app.query_params.get(name, "")
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("series", list(load_recovery().series))
@pytest.mark.parametrize("area", [HUNTINGDONSHIRE, DEVON])
def test_every_series_opens(series: str, area: str) -> None:
    app = open_page(PAGE, area=area, series=series)
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert len(app.title[0].value.split()) <= 12


def test_every_figure_of_the_list_is_a_row_of_the_tables() -> None:
    app = open_page(PAGE, area=HUNTINGDONSHIRE)
    page = words_of(app)
    values = load_values("claimant_count_percent")
    values = values.set_index(["area_code", "period"])["value"]
    rows = re.findall(
        r'<th scope="row">(.+?)<span.+?</th><td>(.+?)</td><td>(.+?)<span class="soft">in (\d+)'
        r"</span></td><td>(.+?)</td><td>(.+?)<",
        page,
    )
    assert len(rows) == 14  # the place, England and 12 wards
    areas = load_areas()
    here = areas[(areas["district_code"] == HUNTINGDONSHIRE) | (areas["area_type"] != "ward")]
    codes = {name: code for code, name in here["area_name"].items()}
    for name, before, worst, when, latest, back in rows:
        own = values[codes[html.unescape(name)]]
        assert before == format_number(own["2019"], 1)
        assert worst == format_number(own[when], 1)
        assert own[when] == own[["2020", "2021", "2022"]].max()
        assert latest == format_number(own["2022"], 1)
        recovery = 100 * (own[when] - own["2022"]) / (own[when] - own["2019"])
        assert back == percent_words(recovery)


@pytest.mark.parametrize("series", ["claimant_count_percent", UNIVERSAL_CREDIT])
@pytest.mark.parametrize("district", [HUNTINGDONSHIRE, "E07000041"])
def test_wards_add_up_to_the_district(series: str, district: str) -> None:
    areas = load_areas()
    wards = areas.index[(areas["area_type"] == "ward") & (areas["district_code"] == district)]
    each, whole = load_series(series, wards), load_series(series, pd.Index([district]))
    complete = ~np.isnan(each.value).any(axis=0)
    assert complete.sum() >= 10
    counts = each.numerator[:, complete].sum(axis=0)
    # Counts shared out over wards are kept to two decimals.
    np.testing.assert_allclose(counts, whole.numerator[0, complete], atol=0.01 * len(wards))


def test_universal_credit_is_never_called_simply_worse() -> None:
    page = words_of(open_page(PAGE, area=HUNTINGDONSHIRE, series=UNIVERSAL_CREDIT))
    assert "moved from older benefits" in page
    shown = page.split("How recovery")[0].split("Recovery % =")[0]
    assert "worsening" not in shown
    assert "recovered" not in shown
    assert "above the peak of 2020–21" in page


def test_a_chosen_ward_is_told_first() -> None:
    app = open_page(PAGE, area=HUNTINGDONSHIRE, ward="E05011266")
    said = next(text.value for text in app.markdown if text.value.startswith("- "))
    assert said.startswith("- Huntingdon North: 2.5 % before, 5.7 % at its worst (2021)")


def test_district_figures_say_so() -> None:
    page = words_of(open_page(PAGE, area=HUNTINGDONSHIRE))
    assert "District figure, not ward" in page
    assert "29 %, 31 July 2020" in page  # furlough
    district_only = [i for _, indicators in load_recovery().district for i in indicators]
    assert all(load_catalogue().is_district_only(indicator) for indicator in district_only)


def test_the_choices_are_in_the_link_and_a_link_brings_them_back() -> None:
    app = open_page(PAGE, area=MID_DEVON)
    app.selectbox(key="recovery_series").set_value(UNIVERSAL_CREDIT).run()
    app.selectbox(key="recovery_start").set_value("2019-03").run()
    app.selectbox(key="recovery_end").set_value("2022-06").run()
    assert not app.exception
    assert address(app, "baseline") == "2019-03..2020-02"
    params = {name: address(app, name) for name in ("area", "series", "baseline", "end")}
    again = open_page(PAGE, **params)
    assert again.title[0].value == app.title[0].value
    assert again.selectbox(key="recovery_start").value == "2019-03"
    assert again.selectbox(key="recovery_end").value == "2022-06"


def test_wrong_choices_in_a_link_are_said() -> None:
    app = open_page(
        PAGE, area=MID_DEVON, series="imd_score", baseline="2021..2022", end="1999", shade="red"
    )
    assert not app.exception
    assert len(app.warning) == 4
    assert "imd_score" in as_seen(app.warning[0].value)
    assert app.title[0].value


def test_choices_settle_and_read_back() -> None:
    own = Choices(series=UNIVERSAL_CREDIT, start="2020-02", stop="2019-06").settled()
    assert (own.start, own.stop) == ("2019-06", "2020-02")
    read, problems = parse_choices(own.address(), Choices())
    assert problems == []
    assert read.settled() == own
    assert Choices(series="gone").settled().series == next(iter(load_recovery().series))
    assert Choices().settled(UNIVERSAL_CREDIT).series == UNIVERSAL_CREDIT


def test_steps_go_through_the_months_and_stop_at_the_ends() -> None:
    app = open_page(PAGE, area=MID_DEVON, moving="covid_deaths_monthly_count", month="2020-04")
    assert "**April 2020**" in words_of(app)
    assert "First national lockdown in force" in words_of(app)
    app.button(key="recovery_next").click().run()
    assert "**May 2020**" in words_of(app)
    assert address(app, "month") == "2020-05"
    app.button(key="recovery_back").click().run()
    app.button(key="recovery_back").click().run()
    assert "**March 2020**" in words_of(app)
    assert app.button(key="recovery_back").disabled


def test_nothing_plays_before_it_is_started() -> None:
    app = open_page(PAGE, area=MID_DEVON)
    assert app.button(key="recovery_play").label == "Play"
    app.button(key="recovery_play").click().run()
    assert not app.exception
    assert app.button(key="recovery_play").label == "Pause"
    app.button(key="recovery_play").click().run()
    assert app.button(key="recovery_play").label == "Play"


def test_similar_councils_are_others_and_nearest_first() -> None:
    found = similar_councils(HUNTINGDONSHIRE)
    assert len(found) == 10
    assert HUNTINGDONSHIRE not in found
    assert set(load_areas().loc[list(found), "area_type"]) == {"district"}


def test_the_burden_names_age() -> None:
    page = words_of(open_page(PAGE, area=MID_DEVON))
    assert "older people were far more likely to die" in page
    assert not re.search(r"caused by deprivation|because of deprivation|leads to", page)


def test_every_series_has_its_age_in_words() -> None:
    import datetime as dt

    table = make_age_table(dt.date(2026, 11, 25))
    row = table.set_index("Series").loc["People claiming out-of-work benefits"]
    assert row["Age"] == "latest figure is 3 years 10 months old"
    assert table["What would replace it"].str.endswith(".").all()
    recovery = load_recovery()
    district = [i for _, indicators in recovery.district for i in indicators]
    assert len(table) == len({*recovery.series, *recovery.burden, *recovery.totals, *district})


def test_a_county_offers_its_councils() -> None:
    assert len(districts_of(DEVON)) == 8
    app = open_page(PAGE, area=DEVON)
    app.selectbox(key="recovery_district").set_value(MID_DEVON).run()
    assert address(app, "district") == MID_DEVON
    assert "all of Mid Devon together" in words_of(app)


def test_wards_without_an_lsoa_cannot_be_told() -> None:
    chosen = Choices().settled()
    impact = load_impact(Selection(area=MID_DEVON), chosen)
    row = impact.frame.loc["E05014804"]  # Cullompton Vale
    assert row["class"] == "cannot_tell"
    assert np.isnan(row["recovery"])


def test_one_broken_table_takes_one_panel_down(monkeypatch: pytest.MonkeyPatch) -> None:
    real = load.load_newest

    def broken(indicator: str) -> pd.DataFrame:
        if indicator == "covid_cases_rate":
            raise TableError("covid_cases_rate.parquet: the table is damaged; run `make data`.")
        return real(indicator)

    monkeypatch.setattr("pages.shared.recovery_burden.load_newest", broken)
    app = open_page(PAGE, area=MID_DEVON)
    assert not app.exception
    assert len(app.error) == 1
    assert "burden cannot be shown" in app.error[0].value


def test_a_broken_month_leaves_the_rest_of_its_fragment(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TableError("claimants.parquet: the table is missing.")

    monkeypatch.setattr("pages.shared.recovery_then._make_month", broken)
    app = open_page(PAGE, area=MID_DEVON)
    assert not app.exception
    assert ["The map of the month cannot be shown." in e.value for e in app.error] == [True]

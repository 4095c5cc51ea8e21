"""What is drawn, what is said of it and the table beside it hold the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from said import texts_of
from streamlit.testing.v1 import AppTest

from pages.shared import downloads, ward_panel

ROOT = Path(__file__).parents[2]
WARD, PLACE = "E05011266", "E07000011"
UNIVERSAL_CREDIT = "universal_credit_households_percent"
#: Every kind of figure once: page, address, how many charts of Plotly are on it at least.
VIEWS = {
    "explore/overview.py": [({}, 1)],
    "explore/ward_map.py": [({"ward": WARD, "indicator": UNIVERSAL_CREDIT}, 0)],
    "explore/compare.py": [
        ({"ward": WARD}, 1),
        ({"view": "ranked", "indicator": "claimant_count_percent"}, 1),
        ({"view": "side", "ward": WARD}, 1),
    ],
    "explore/hidden_pockets.py": [({"ward": WARD}, 1)],
    "present/action_areas.py": [({"ward": WARD}, 5)],
    "scrutinise/covid_recovery.py": [({"ward": WARD}, 1)],
    "scrutinise/actions.py": [({"plan": "example", "action": "EX1"}, 1)],
}
#: A ranking beside a map of the same figures has the table of the map.
SHARED = {"overview-ranking": "ward"}
#: Dots of single LSOAs behind the wards, and where they were moved to so that none hides another;
#: their figures stand with the map of LSOAs of each ward.
LEFT_OUT = {("pocket-strips", "1x"), ("pocket-strips", "1y")}
CASES = [(page, view, least) for page, views in VIEWS.items() for view, least in views]


class Beside:
    """Every box “Data and downloads” open, and what stands in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.charts: dict[str, tuple[object, str]] = {}
        self.offers: list[downloads.Offer] = []
        monkeypatch.setattr(st, "plotly_chart", self.keep_chart)
        monkeypatch.setattr(st, "expander", self.open_box)
        monkeypatch.setattr(downloads, "_list_downloads", self.keep_offer)
        monkeypatch.setattr(downloads, "show_picture_buttons", lambda *_, **__: None)

    def keep_chart(self, figure, *, key: str, alt: str = "", **_) -> None:
        self.charts[key] = (figure, alt)

    def keep_offer(self, offer: downloads.Offer):
        self.offers.append(offer)
        return iter(())

    def open_box(self, *_, **__):
        box = st.container()

        class Open:
            open = True
            __enter__ = box.__enter__
            __exit__ = box.__exit__

        return Open()

    def offer_of(self, chart: str) -> downloads.Offer:
        chart = SHARED.get(chart, chart)
        (offer,) = [o for o in self.offers if chart in (o.chart, o.layer)]
        return offer


def numbers_of(table: pd.DataFrame) -> list[tuple[float, float]]:
    """Each number of a table, and how far what was rounded to it may lie from it."""
    found = []
    for name in table.columns:
        column = pd.to_numeric(table[name], errors="coerce").dropna().to_numpy(dtype=float)
        places = [len(str(number).partition(".")[2].rstrip("0")) for number in column]
        off = 0.5 * 10.0 ** -max(places, default=0) + 1e-9
        found += [(number, off) for number in column]
    return found


def as_number(text: str) -> float:
    return abs(float(text.replace(",", "")))


def is_in(number: float, table: list[tuple[float, float]]) -> bool:
    return any(min(abs(number - cell), abs(number + cell)) <= off for cell, off in table)


def drawn_by(figure) -> dict[str, list[float]]:
    """The figures that marks stand at: by trace and axis, without helping lines."""
    drawn = {}
    for place, trace in enumerate(figure.data):
        if getattr(trace, "hoverinfo", None) == "skip":
            continue
        for axis in "xy":
            values = getattr(trace, axis, None)
            if values is None or len(values) < 3:
                continue
            marks = pd.Series(list(values))
            if pd.api.types.is_datetime64_any_dtype(marks):
                continue
            numbers = pd.to_numeric(marks, errors="coerce").dropna()
            steps = np.diff(np.sort(numbers.to_numpy(dtype=float)))
            if len(numbers) < len(values) / 2 or (len(steps) and np.allclose(steps, 1)):
                continue  # dates, names, or places in a row
            drawn[f"{place}{axis}"] = numbers.tolist()
    return drawn


@pytest.mark.parametrize(("page", "view", "least"), CASES)
def test_charts_say_what_they_draw_and_so_does_the_table(page, view, least, monkeypatch):
    beside = Beside(monkeypatch)
    app = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=300)
    app.query_params["area"] = PLACE
    for name, value in view.items():
        app.query_params[name] = value
    app.session_state["first_view_is_out"] = True
    app.run()
    assert not app.exception
    assert len(beside.charts) >= least
    words = " ".join([*texts_of(app), *(offer.description for offer in beside.offers)])
    for key, (figure, alt) in beside.charts.items():
        assert len(alt.split()) >= 4, f"{key} has no description"
        table = numbers_of(beside.offer_of(key).table)
        # What is said is in the table, or stands on the page in words.
        spoken = re.findall(r"(?<![\d.,])\d[\d,]*\.\d+", alt)
        unknown = [n for n in spoken if n not in words and not is_in(as_number(n), table)]
        assert unknown == [], f"{key} says what nothing else shows"
        for name, numbers in drawn_by(figure).items():
            if (key, name) in LEFT_OUT:
                continue
            lost = [n for n in numbers if not is_in(n, table)]
            assert lost == [], f"{key}, {name}: drawn, and not in the table"
    for offer in beside.offers:
        if offer.layer and offer.table.select_dtypes("number").size:
            table = numbers_of(offer.table)
            spoken = re.findall(r"\(£?(\d[\d,]*\.\d+)(?: %)?\)", offer.description)
            assert [n for n in spoken if not is_in(as_number(n), table)] == []


def test_the_line_of_a_ward_tells_the_figures_of_its_table(monkeypatch):
    beside, drawn = Beside(monkeypatch), []
    monkeypatch.setattr(ward_panel, "show_trend", lambda *parts: drawn.append(parts))
    app = AppTest.from_file(str(ROOT / "pages" / "explore/ward_map.py"), default_timeout=300)
    app.query_params.update({"area": PLACE, "ward": WARD, "indicator": UNIVERSAL_CREDIT})
    app.run()
    assert not app.exception
    ((picture, alt, _),) = drawn
    (offer,) = [o for o in beside.offers if o.name.startswith("trend_")]
    assert alt == offer.description
    told = {
        (line["name"], label, printed)
        for line in picture.points["lines"]
        for label, printed in zip(picture.points["labels"], line["printed"], strict=True)
        if printed != "no figure"
    }
    figures = offer.table.columns[2]
    known = offer.table.dropna(subset=figures)
    rows = {
        (area, period, f"{value:.1f} %")
        for area, period, value in known[["Area", "Period", figures]].itertuples(index=False)
    }
    assert told == rows
    assert len(told) > 200

"""A small app that shows the ward map alone, for the browser tests and measurements.

Run it with a `static/boundaries` folder beside it and the repository on the path.
Address parameters: `areas` (26, 196, 1000, 6826), `plain=1` for a page without a
map (the floor of a measurement), `broken=1` for boundaries that cannot be fetched,
`free=1` for two maps that keep their own choice, the second one in a tab not yet open.
"""

import math
from itertools import pairwise

import numpy as np
import streamlit as st

from analysis.map_view import COMPARED, MapView, count_classes

AREAS = int(st.query_params.get("areas", "26"))
BENCHMARK = 20.0
INDICATORS = ("Need score", "People in fuel poverty", "Median house price", "Compared with England")


def make_view(indicator: str) -> MapView:
    """Return made-up figures for the areas of the test boundaries."""
    codes = [f"E05{number:06d}" for number in range(AREAS)]
    random = np.random.default_rng(INDICATORS.index(indicator) + 3)
    value = random.gamma(5, 4, AREAS)
    if indicator == "Median house price":
        value = value * 13_000
    spread = np.sqrt(value)
    value[3], value[7] = math.nan, math.nan
    order = np.argsort(-np.nan_to_num(value, nan=-1))
    rank = np.empty(AREAS, dtype=int)
    rank[order] = np.arange(1, AREAS + 1)
    rank[[3, 7]] = 0
    entries, classes = classify(indicator, value, spread)
    compared = np.select(
        [np.isnan(value), value - spread > BENCHMARK, value + spread < BENCHMARK], [0, 3, 1], 2
    )
    unit = {"People in fuel poverty": "%", "Median house price": "£"}.get(indicator, "")
    return MapView(
        codes=codes,
        value=value,
        lower=value - spread,
        upper=value + spread,
        rank=rank.tolist(),
        ranked=AREAS - 2,
        legend_class=classes,
        legend=count_classes(classes, entries),
        compared=[COMPARED[word] for word in compared],
        flag=["Suppressed: fewer than 5 people" if i == 3 else "" for i in range(AREAS)],
        fit=["Carried from LSOAs to wards by best fit"] * AREAS,
        fit_quality=np.linspace(0.5, 1.0, AREAS),
        title="Ward 4 has the highest need in the district",
        indicator=indicator,
        unit=unit,
        decimals=0 if unit == "£" else 1,
        period="2025",
        scale="significance" if indicator == INDICATORS[3] else "sequential",
        polarity="low_is_good",
        benchmark_name="England",
        benchmark_value=BENCHMARK,
        native_geography="Published for LSOAs, carried to wards by best fit",
        source="Made-up figures for tests, 2025",
        description=f"{AREAS} wards; the highest figure is {np.nanmax(value):.1f}.",
    )


def classify(
    indicator: str, value: np.ndarray, spread: np.ndarray
) -> tuple[list[tuple[str, str]], list[int]]:
    """Return legend (key, label) pairs and the legend position of each area."""
    if indicator == INDICATORS[3]:
        entries = [("better", "better than England"), ("similar", "similar to England")]
        entries.append(("worse", "worse than England"))
        tests = [value + spread < BENCHMARK, value - spread > BENCHMARK]
        classes = np.select(tests, [0, 2], 1)
    else:
        breaks = np.nanquantile(value, [0, 0.2, 0.4, 0.6, 0.8, 1])
        entries = [
            (f"class_{n + 1}", f"{low:,.0f} to {high:,.0f}")
            for n, (low, high) in enumerate(pairwise(breaks))
        ]
        classes = np.clip(np.searchsorted(breaks[1:5], value), 0, 4)
    special = [("suppressed", "suppressed"), ("not_available", "no data")]
    special.append(("not_estimated", "not estimated"))
    start = len(entries)
    classes[3], classes[7] = start, start + 1
    if len(classes) > 11:
        classes[11] = start + 2
    return entries + special, classes.tolist()


def main() -> None:
    """Show the controls, the map and what Python knows of the choice."""
    st.set_page_config(layout="wide")
    indicator = st.selectbox("Indicator", INDICATORS)
    if "plain" in st.query_params:
        st.text(f"Shown: {indicator}")
        return
    from pages.shared.ward_map import show_map

    if "free" in st.query_params:
        address = f"app/static/boundaries/ward-{AREAS}.json"
        passed = "E05000005" if st.checkbox("Sixth ward") else None
        left, right = st.tabs(["Left", "Right"])
        with left:
            first = show_map(make_view(indicator), address, key="left", selected=passed)
        with right:
            second = show_map(make_view(indicator), address, key="right", height=300)
        st.text(f"Left: {first}, right: {second}")
        return

    def remember(code: str) -> None:
        st.session_state["area"] = code
        st.session_state["calls"] = st.session_state.get("calls", 0) + 1

    if st.button("Choose the sixth ward"):
        st.session_state["area"] = "E05000005"
    name = "missing" if "broken" in st.query_params else f"ward-{AREAS}"
    view = make_view(indicator)
    show_map(
        view,
        f"app/static/boundaries/{name}.json",
        key="map",
        on_select=remember,
        selected=st.session_state.get("area"),
    )
    st.text(f"Chosen: {st.session_state.get('area')}")
    st.text(f"Calls: {st.session_state.get('calls', 0)}")
    st.text(f"Shown: {indicator}, {sum(entry.count for entry in view.legend)} areas")


main()

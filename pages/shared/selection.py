"""One selection for all pages, kept in the address so that a copied link reopens the view.

The address is read when a visitor arrives, follows a link or goes back; what is wrong in
it is said on the page and replaced. Between pages the selection stays in the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from analysis.classes import METHODS
from data.errors import TableError
from data.load import load_areas, load_periods
from data.own.shelf import GONE, current_catalogue, is_own, list_gone
from pages.shared import own_shelf  # noqa: F401 (its shelf is what own ids are looked up on)
from pages.shared.places import benchmarks_of, place_codes, place_name, wards_of
from pages.shared.plain import as_plain

DEFAULT_AREA = "E07000011"
DEFAULT_INDICATOR = "imd_score"
DEFAULT_CLASSES = "england_fifths"
DEFAULT_COMPARE = "england"


@dataclass(frozen=True)
class Selection:
    """What the visitor looks at; `period` "" means the newest, `ward` "" none."""

    area: str = DEFAULT_AREA
    ward: str = ""
    indicator: str = DEFAULT_INDICATOR
    period: str = ""
    classes: str = DEFAULT_CLASSES
    compare: str = DEFAULT_COMPARE
    detail: str = "ward"

    @property
    def benchmark_code(self) -> str:
        """Area code of the benchmark."""
        return benchmarks_of(self.area)[self.compare]

    def address(self, *fields: str, **own: str) -> dict[str, str]:
        """Area, ward and the named parts as parameters of an address, with a page's own."""
        return {name: getattr(self, name) for name in ("area", "ward", *fields)} | own


FIELDS = tuple(Selection.__dataclass_fields__)


def _known_periods(indicator: str) -> tuple[str, ...]:
    try:
        return load_periods(indicator)
    except TableError:
        return ()


def settle(selection: Selection) -> Selection:
    """Return the selection with parts that no longer go together put back to their default."""
    if selection.indicator not in current_catalogue().ward_indicators:
        selection = replace(selection, indicator=DEFAULT_INDICATOR, period="")
    if selection.ward and selection.ward not in wards_of(selection.area).index:
        selection = replace(selection, ward="")
    if selection.compare not in benchmarks_of(selection.area):
        selection = replace(selection, compare=DEFAULT_COMPARE)
    periods = _known_periods(selection.indicator)
    if selection.period not in periods:
        selection = replace(selection, period=periods[-1] if periods else "")
    return selection


def _read_place(params: Mapping[str, str], selection: Selection) -> tuple[Selection, list[str]]:
    problems = []
    areas = load_areas()
    area, ward = params.get("area", ""), params.get("ward", "")
    if area in areas.index and areas.at[area, "area_type"] == "ward":
        area, ward = str(areas.at[area, "district_code"]), area
    if area and area not in place_codes():
        problems.append(
            f"The link names the area “{area[:40]}”, which is not a council, county or region "
            f"of England. {place_name(selection.area)} is shown instead."
        )
        area = ""
    if area:
        selection = replace(selection, area=area, ward="")
    if ward:
        known = ward in areas.index and areas.at[ward, "area_type"] == "ward"
        if known and not area:
            selection = replace(selection, area=str(areas.at[ward, "district_code"]))
        if known and ward in wards_of(selection.area).index:
            selection = replace(selection, ward=ward)
        else:
            problems.append(
                f"The link names the ward “{ward[:40]}”, which is not a 2025 ward of "
                f"{place_name(selection.area)}. No ward is selected."
            )
    return selection, problems


def _read_view(params: Mapping[str, str], selection: Selection) -> tuple[Selection, list[str]]:
    problems = []
    indicator = params.get("indicator", "")
    if indicator in current_catalogue().ward_indicators:
        selection = replace(selection, indicator=indicator, period="")
    elif is_own(indicator):
        problems.append(GONE)
    elif indicator:
        problems.append(
            f"The link names the indicator “{indicator[:60]}”, which is not in the catalogue "
            "of ward figures. The last one chosen is shown instead."
        )
    period = params.get("period", "")
    if period:
        known = _known_periods(selection.indicator)
        if period in known:
            selection = replace(selection, period=period)
        else:
            problems.append(
                f"The link names the period “{period[:20]}”, for which this indicator has no "
                "figures. The newest is shown instead."
            )
    allowed = {"classes": tuple(METHODS), "compare": tuple(benchmarks_of(selection.area)),
               "detail": ("ward", "lsoa")}  # fmt: skip
    for field, choices in allowed.items():
        value = params.get(field, "")
        if value in choices:
            selection = replace(selection, **{field: value})
        elif value:
            problems.append(
                f"The link asks for {field} “{value[:40]}”; here it can be {', '.join(choices)}."
            )
    return selection, problems


def parse_selection(
    params: Mapping[str, str], current: Selection | None = None
) -> tuple[Selection, list[str]]:
    """Read a selection from the parameters of an address.

    Args:
        params: parameter name -> value; unknown names are ignored.
        current: what stays where the address says nothing.

    Returns:
        a selection whose parts go together, and a sentence for each thing that was wrong.
    """
    selection, problems = _read_place(params, current or Selection())
    selection, more = _read_view(params, selection)
    return settle(selection), problems + more


def current_selection() -> Selection:
    """The visitor's selection; reads the address if it changed since it was last written."""
    params = st.query_params.to_dict()
    stored = st.session_state.get("selection")
    # Where keys are pressed fast, a choice arrives with the address of before the last one.
    chose = st.session_state.pop("chose", False)
    if stored is None or (
        not chose and params and params != st.session_state.get("written_address")
    ):
        stored, problems = parse_selection(params, stored)
        st.session_state["selection"] = stored
        st.session_state["link_problems"] = problems
        st.session_state["written_address"] = params
        # What a page's own choices are read from, once (see `choices.current_choices`).
        st.session_state["arrived_with"] = params
        st.session_state["arrival"] = st.session_state.get("arrival", 0) + 1
    if gone := list_gone(stored.indicator):
        stored = settle(replace(stored, indicator=DEFAULT_INDICATOR, period=""))
        st.session_state["selection"] = stored
        st.session_state["link_problems"] = gone
    return stored


def choose(**changes: str) -> None:
    """Change the selection; parts that no longer fit fall back. For widget callbacks."""
    old = st.session_state.get("selection") or Selection()
    if changes.get("area", old.area) not in load_areas().index:
        return  # a list that is gone by now sends words, not codes
    st.session_state["chose"] = True
    if "area" in changes and load_areas().at[changes["area"], "area_type"] != "district":
        changes = {"detail": "ward"} | changes  # thousands of LSOAs come when asked for
    st.session_state["selection"] = settle(replace(old, **changes))
    st.session_state["link_problems"] = []


def choose_ward(code: str | None) -> None:
    """Select a ward, and its council where it lies outside the area shown."""
    if not code:
        choose(ward="")
    elif code not in load_areas().index:
        return  # chosen from the list of a place that has been left meanwhile: it comes as its name
    elif code in wards_of(st.session_state["selection"].area).index:
        choose(ward=code)
    else:
        choose(area=str(load_areas().at[code, "district_code"]), ward=code)


def write_address(*fields: str, **own: str) -> None:
    """Put the named parts of the selection, and a page's own choices, in the address.

    Args:
        fields: names of parts of the selection.
        own: parameter -> value of the page's own choices; "" leaves one out.
    """
    selection = st.session_state["selection"]
    params = {field: value for field in fields if (value := getattr(selection, field))}
    if "detail" in params and params["detail"] == "ward":
        del params["detail"]
    params |= {name: value for name, value in own.items() if value}
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    st.session_state["written_address"] = params


def current_link() -> str:
    """The address that reopens what the page shows; "" where the server does not know it."""
    address = st.context.url
    if not address:
        return ""
    params = st.session_state.get("written_address", {})
    return f"{address.split('?')[0]}?{urlencode(params, safe=',')}" if params else address


def show_link_problems() -> None:
    """Say what was wrong in the link that was followed."""
    for problem in st.session_state.get("link_problems", []):
        st.warning(as_plain(problem), icon=":material/link_off:")

"""The second map beside the first: its own indicator, period and colours, the same wards."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from analysis.classes import METHODS
from analysis.two_maps import compare_colours, find_top_fifth, make_two_maps_title
from data.errors import TableError
from data.load import load_periods
from data.own.shelf import current_catalogue
from data.periods import read_period
from pages.shared.choices import choose_here, current_choices
from pages.shared.figures import MapFigure, all_ward_values
from pages.shared.offered import when_offered
from pages.shared.page import indicator_options, keep
from pages.shared.selection import DEFAULT_CLASSES, Selection

PAGE = "ward-map"


@dataclass(frozen=True)
class SecondMap:
    """What the second map shows; `period` "" means the newest."""

    shown: bool = False
    indicator: str = ""
    period: str = ""
    classes: str = DEFAULT_CLASSES

    @property
    def address(self) -> dict[str, str]:
        """Its parameters of the address; none while it is not shown."""
        if not self.shown:
            return {}
        return {
            "maps": "2",
            "indicator2": self.indicator,
            "period2": self.period,
            "classes2": self.classes,
        }

    def beside(self, selection: Selection) -> Selection:
        """The selection as the second map has it: the same wards and benchmark."""
        own = {"indicator": self.indicator, "period": self.period, "classes": self.classes}
        return replace(selection, **own)


def _periods(indicator: str) -> tuple[str, ...]:
    try:
        return load_periods(indicator)
    except TableError:
        return ()


def settle_second(second: SecondMap, selection: Selection) -> SecondMap:
    """Fill in what is not chosen.

    An indicator with several periods is set beside its own first one, so that then and now can
    be compared; another beside the first of the next theme.
    """
    known = current_catalogue().ward_indicators
    if second.indicator not in known:
        periods = _periods(selection.indicator)
        if len(periods) > 1 and selection.period != periods[0]:
            return replace(second, indicator=selection.indicator, period=periods[0])
        second = replace(second, indicator=_next_indicator(selection.indicator), period="")
    periods = _periods(second.indicator)
    if second.period not in periods:
        second = replace(second, period=periods[-1] if periods else "")
    return second


def _next_indicator(indicator: str) -> str:
    catalogue = current_catalogue()
    known = list(catalogue.ward_indicators)
    place = known.index(indicator)
    theme = catalogue.indicators[indicator].theme
    others = (i for i in known[place:] + known[:place] if catalogue.indicators[i].theme != theme)
    return next(others, known[0])


def parse_second(
    params: Mapping[str, str], current: SecondMap, selection: Selection
) -> tuple[SecondMap, list[str]]:
    """Read the second map from the parameters of an address.

    Args:
        params: parameter name -> value.
        current: what stays where the address says nothing.
        selection: what the first map shows.

    Returns:
        a second map whose parts go together, and a sentence for each thing that was wrong.
    """
    maps, problems = params.get("maps", "1" if params else ""), []
    if maps not in ("", "1", "2"):
        problems.append(f"The link asks for “{maps[:20]}” maps; there can be 1 or 2.")
    shown = {"1": False, "2": True}.get(maps, current.shown)
    second = replace(current, shown=shown)
    if not shown:
        return second, problems
    indicator, classes = params.get("indicator2", ""), params.get("classes2", "")
    if indicator in current_catalogue().ward_indicators:
        second = replace(second, indicator=indicator, period="")
    elif indicator:
        problems.append(
            f"The link names the second indicator “{indicator[:60]}”, which is not in the "
            "catalogue of ward figures. Another is shown instead."
        )
    second = settle_second(second, selection)
    period = params.get("period2", "")
    if period in _periods(second.indicator):
        second = replace(second, period=period)
    elif period:
        problems.append(
            f"The link names the second period “{period[:20]}”, for which the second indicator "
            "has no figures. Another is shown instead."
        )
    if classes in METHODS:
        second = replace(second, classes=classes)
    elif classes:
        problems.append(
            f"The link asks for second colours “{classes[:40]}”; they can be {', '.join(METHODS)}."
        )
    return second, problems


def current_second_map(selection: Selection) -> SecondMap:
    """The visitor's second map; call it after `selection.current_selection`."""
    return current_choices(PAGE, SecondMap(), partial(parse_second, selection=selection))


def pick_two_maps(second: SecondMap, selection: Selection) -> None:
    """Let the visitor show a second map, or put it away."""
    keep("pick_two_maps", second.shown)

    def follow() -> None:
        chosen = replace(second, shown=st.session_state["pick_two_maps"])
        chosen = settle_second(chosen, selection) if chosen.shown else chosen
        choose_here(PAGE, **vars(chosen))

    st.toggle(
        "Two maps",
        key="pick_two_maps",
        on_change=follow,
        help="Another indicator or period beside this one. A ward chosen on one is ringed on both.",
    )


def pick_second(second: SecondMap, selection: Selection) -> None:
    """The lists from which the second map's indicator, period and colours are chosen."""
    periods = {p: read_period(p).label for p in reversed(_periods(second.indicator))}

    def new_indicator(value: str) -> None:
        chosen = settle_second(replace(second, indicator=value, period=""), selection)
        choose_here(PAGE, indicator=value, period=chosen.period)

    with st.container(key="pickers2"):
        _pick("indicator", "Second indicator", indicator_options(), second, new_indicator)
        _pick("period", "Second period", periods, second)
        _pick("classes", "Second colours", METHODS, second)


def _pick(
    field: str,
    label: str,
    options: Mapping[str, str],
    second: SecondMap,
    on_change: Callable[[str], None] | None = None,
) -> None:
    key = f"pick_{field}2"
    keep(key, getattr(second, field))
    change = on_change or (lambda value: choose_here(PAGE, **{field: value}))
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=when_offered(key, options, change),
    )


def show_map_head(finding: str, what: str) -> None:
    """The finding of one of two maps, in a space that keeps the maps level."""
    st.html(
        f'<section class="needs-map-head"><h2>{html.escape(finding)}</h2>'
        f'<p class="needs-subtitle">{html.escape(what)}</p></section>'
    )


def title_of_both(first: MapFigure, second: MapFigure) -> str:
    """The finding that the two maps share."""
    tops = []
    for figure in (first, second):
        subject = figure.subject
        everywhere = all_ward_values(subject.indicator.id, subject.period)
        decimals = subject.indicator.decimals
        tops.append(find_top_fifth(figure.frame["value"], everywhere, decimals))
    known = first.frame["value"].notna() & second.frame["value"].notna()
    return make_two_maps_title(tops[0], tops[1], int(known.sum()))


def colours_of_both(first: MapFigure, second: MapFigure) -> str:
    """How far the colours of the two maps can be compared, in words."""
    return compare_colours(first.view, second.view, (first.method, second.method))

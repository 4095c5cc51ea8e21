"""A heat table in the browser: rows of wards, cells with sign, figure and colour.

A component of the project's own, since neither a Plotly heatmap nor Streamlit's data grid
(a canvas) lets people reach a coloured cell with the keyboard and hear what it means. It is
an HTML table with the ARIA pattern "grid": one stop for the Tab key, arrow keys inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.heat_table import HeatTable, pack_table
from analysis.palette import MAP_COLOURS, Theme, css_variables, ink_on

_FOLDER = Path(__file__).parent
_CODE = ("build.js", "keys.js", "card.js", "main.js")


def _read_script() -> str:
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in _CODE)


def _colours(theme: Theme) -> str:
    """The map's colours, and on each fill the ink that is read best."""
    fills = {k: v for k, v in MAP_COLOURS[theme].items() if k.startswith("class_")}
    fills |= {k: MAP_COLOURS[theme][k] for k in ("better", "similar", "worse", "lower", "higher")}
    inks = ";".join(f"--ink-{key}:{ink_on(fill)}" for key, fill in fills.items())
    return f"{css_variables(theme)};{inks}"


def _read_style() -> str:
    """The style sheet with the colours of both themes; paper is always light."""
    light, dark = _colours("light"), _colours("dark")
    keys = ("better", "similar", "worse", "lower", "higher", *(f"class_{n}" for n in range(1, 6)))
    looks = "".join(
        f".k-{key}{{background:var(--map-{key});color:var(--ink-{key})}}" for key in keys
    )
    sheet = re.sub(r"/\*.*?\*/", "", (_FOLDER / "table.css").read_text("utf-8"), flags=re.DOTALL)
    return (
        f".heat{{{light}}}.heat[data-theme=dark]{{{dark}}}"
        f"@media print{{.heat[data-theme]{{{light}}}}}{looks}{sheet}"
    )


_mount = st.components.v2.component("heat_table", js=_read_script(), css=_read_style())


def show_heat_table(
    table: HeatTable,
    key: str,
    on_choose: Callable[[str, str], None],
    on_sort: Callable[[str], None],
) -> None:
    """Draw a table; the page owns what is selected and how it is sorted.

    Args:
        table: rows in the order of the page's sort.
        key: name of the table on the page.
        on_choose: called before the next run with the ward's code and the column's id
            ("" where the ward's name was chosen).
        on_sort: called before the next run with the id of the column whose heading was
            pressed, `ward` for the names.
    """

    def state(name: str) -> dict[str, Any]:
        shown: Any = st.session_state.get(key) or {}
        return dict(shown.get(name) or {})

    def chosen() -> None:
        if choice := state("chosen"):
            on_choose(choice["code"], choice["column"])

    def sorted_by() -> None:
        if choice := state("sort"):
            on_sort(choice["column"])

    _mount(key=key, data=pack_table(table), on_chosen_change=chosen, on_sort_change=sorted_by)

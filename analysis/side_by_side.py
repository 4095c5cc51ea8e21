"""Several areas side by side: one row per indicator, one column per area."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.comparison import compare_with_benchmark, compute_percentiles
from analysis.figures import base_layout
from analysis.map_view import format_number, sign_of
from analysis.palette import CHART_INK, MAP_COLOURS, Theme
from analysis.words import FLAG_WORDS, NO_LSOA
from data.catalogue import Indicator

ROW_HEIGHT = 40


@dataclass(frozen=True)
class Column:
    """One area of the table: a code (or a group's key), its name, and the letter of its dot.

    Areas without a letter have no dot.
    """

    code: str
    name: str
    letter: str = ""


def make_side_by_side(
    entries: Iterable[tuple[Indicator, pd.DataFrame]],
    columns: Sequence[Column],
    benchmark: str,
    everywhere: pd.Index,
) -> pd.DataFrame:
    """Collect the newest figures of some areas, compared with a benchmark.

    Args:
        entries: indicators with their values, index area code or group key, with the
            columns of `data.load.load_newest`.
        columns: the areas, in order.
        benchmark: area code of the benchmark.
        everywhere: codes of all wards in England, for the percentile.

    Returns:
        one row per indicator and area: indicator, theme, area, value, lower_ci, upper_ci,
        flag, compared (see `comparison`), percentile (0 to 100, among the wards of England).
    """
    codes = [column.code for column in columns]
    tables = []
    for indicator, values in entries:
        rows = values.reindex(codes)
        level = float(values["value"].get(benchmark, np.nan))
        lower, upper = rows["lower_ci"], rows["upper_ci"]
        wards = values["value"].reindex(everywhere)
        # A count grows with the size of the place: no place of a larger area among wards.
        spread = indicator.aggregation != "sum"
        placed = compute_percentiles(rows["value"], wards) if spread else np.nan
        compared = compare_with_benchmark(lower, upper, level, indicator.polarity)
        table = pd.DataFrame(
            {
                "indicator": indicator.id,
                "theme": indicator.theme,
                "area": codes,
                "value": rows["value"].to_numpy(),
                "lower_ci": lower.to_numpy(),
                "upper_ci": upper.to_numpy(),
                "flag": rows["flag"].astype(object).where(rows["flag"].notna(), "not_available"),
                "compared": np.where([c == benchmark for c in codes], "", compared),
                "percentile": placed,
            }
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _cell(row: pd.Series, indicator: Indicator, *, empty: bool) -> str:
    if np.isnan(row["value"]):
        reason = NO_LSOA if empty else FLAG_WORDS.get(str(row["flag"]), "no figure")
        return f'<span class="none">{html.escape(reason)}</span>'
    lines = [format_number(row["value"], indicator.decimals, indicator.unit)]
    if row["compared"]:
        lines.append(f"{sign_of(row['compared'], indicator.polarity)} {row['compared']}")  # type: ignore[arg-type]
    if row["flag"] == "estimated":
        lines.append("estimated")
    return "<br>".join(html.escape(line) for line in lines)


def render_side_by_side(
    table: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    columns: Sequence[Column],
    themes: Mapping[str, str],
    periods: Mapping[str, str],
    empty: frozenset[str],
    caption: str,
) -> str:
    """The table as HTML with headings for screen readers.

    Args:
        table: see `make_side_by_side`.
        indicators: by id.
        columns: the areas, in order.
        themes: theme id -> name.
        periods: indicator id -> period in words.
        empty: codes of wards that no LSOA fits.
        caption: what the table shows.
    """
    heads = "".join(
        f'<th scope="col">{f"<b>{column.letter}</b> " if column.letter else ""}'
        f"{html.escape(column.name)}</th>"
        for column in columns
    )
    body: list[str] = []
    theme = ""
    for indicator_id, rows in table.groupby("indicator", sort=False):
        indicator = indicators[str(indicator_id)]
        if indicator.theme != theme:
            theme = indicator.theme
            body.append(
                f'<tr><th scope="colgroup" colspan="{len(columns) + 1}" class="theme">'
                f"{html.escape(themes[theme])}</th></tr>"
            )
        cells = "".join(
            f"<td>{_cell(row, indicator, empty=row['area'] in empty)}</td>"
            for _, row in rows.iterrows()
        )
        period = html.escape(periods[indicator.id])
        name = f'{html.escape(indicator.name)}<br><span class="when">{period}</span>'
        body.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    return (
        f"<table><caption><span>{html.escape(caption)}</span></caption><thead><tr>"
        f'<th scope="col">Indicator</th>{heads}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    )


def plot_places(
    table: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    columns: Sequence[Column],
    *,
    selected: str = "",
    theme: Theme = "light",
) -> go.Figure:
    """Draw where areas stand among the wards of England: a line per indicator, lettered dots.

    Args:
        table: see `make_side_by_side`.
        indicators: by id.
        columns: the areas; those with a letter have a dot.
        selected: code of the area that is ringed.
        theme: light or dark.
    """
    placed = table.dropna(subset="percentile")
    order = list(dict.fromkeys(placed["indicator"]))
    row_of = {indicator: row for row, indicator in enumerate(order)}
    figure = go.Figure(layout=base_layout(theme, height=ROW_HEIGHT * max(len(order), 2) + 70))
    lettered = [column for column in columns if column.letter]
    for place, column in enumerate(lettered):
        own = placed[placed["area"] == column.code]
        # Dots of one row stand a little below each other, so that equal ones can be told.
        shift = (place - (len(lettered) - 1) / 2) * 0.62 / max(len(lettered), 1)
        rows = [row_of[indicator] + shift for indicator in own["indicator"]]
        hover = [_hover(row, column, indicators) for _, row in own.iterrows()]
        dots = _dots(column, chosen=column.code == selected, theme=theme)
        dots.update(x=own["percentile"].round(1).tolist(), y=rows, customdata=hover)
        dots.update(text=[column.letter] * len(own))
        figure.add_trace(dots)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(order))),
        ticktext=[_wrap(indicators[i].short_name) for i in order],
        range=[len(order) - 0.4, -0.6],
    )
    figure.update_xaxes(
        range=[-3, 103],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["lowest", "25", "middle", "75", "highest"],
        side="top",
    )
    return figure


def _dots(column: Column, *, chosen: bool, theme: Theme) -> go.Scatter:
    """The dots of one area, without their places: a square for a group, ringed if chosen."""
    ink, colours = CHART_INK[theme], MAP_COLOURS[theme]
    edge = {"width": 2.5 if chosen else 1, "color": colours["selected" if chosen else "surface"]}
    return go.Scatter(
        mode="markers+text",
        textfont={"size": 11, "color": ink["surface"]},
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "size": 17,
            "symbol": "square" if column.code.startswith("group:") else "circle",
            "color": ink["strong"],
            "line": edge,
        },
        # A click chooses a ward; Plotly would otherwise pale all others.
        unselected={"marker": {"opacity": 1}, "textfont": {"color": ink["surface"]}},
    )


def _hover(row: pd.Series, column: Column, indicators: Mapping[str, Indicator]) -> str:
    indicator = indicators[row["indicator"]]
    value = format_number(row["value"], indicator.decimals, indicator.unit)
    return (
        f"<b>{html.escape(column.name)}</b><br>{html.escape(indicator.name)}: {value}"
        f"<br>higher than {format_number(row['percentile'], 0)} of 100 wards in England"
    )


def _wrap(text: str, most: int = 24) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)

"""Bars of one ward with a marker for the benchmark: the age pyramid and the equality view."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import NamedTuple

from analysis.map_view import format_number


class Bar(NamedTuple):
    """One bar: label, the ward's and the benchmark's figure in per cent, how they compare.

    `heading` stands above the bar where a group begins, else ""; `note` says what is to be
    minded.
    """

    label: str
    value: float
    benchmark: float
    compared: str = ""
    sign: str = ""
    heading: str = ""
    note: str = ""


def longest(bars: Sequence[Bar]) -> float:
    """The figure that fills the whole width: a round number above all bars and markers."""
    known = [f for bar in bars for f in (bar.value, bar.benchmark) if not math.isnan(f)]
    top = max(known, default=1.0)
    step = 5 if top > 10 else 1
    return float(max(step, math.ceil(top / step) * step))


def _row(bar: Bar, most: float) -> str:
    e = html.escape
    drawing = ""
    if not math.isnan(bar.value):
        drawing += f'<i style="width:{100 * bar.value / most:.1f}%"></i>'
    if not math.isnan(bar.benchmark):
        drawing += f'<b style="left:{100 * bar.benchmark / most:.1f}%"></b>'
    other = "–" if math.isnan(bar.benchmark) else format_number(bar.benchmark, 1)
    value = "no figure" if math.isnan(bar.value) else format_number(bar.value, 1)
    compared = f"{bar.sign} {bar.compared}".strip()
    note = f" <small>{e(bar.note)}</small>" if bar.note else ""
    words = f'<td role="cell" class="c">{e(compared)}</td>' if compared else ""
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{e(bar.label)}{note}</th>'
        f'<td role="cell" class="d"><div class="b" aria-hidden="true">{drawing}</div></td>'
        f'<td role="cell" class="v">{e(value)}</td><td role="cell" class="n">{e(other)}</td>'
        f"{words}</tr>"
    )


def render_bars(bars: Sequence[Bar], caption: str, ward: str, benchmark: str) -> str:
    """A table in HTML whose cells hold the bars; all text is escaped."""
    e = html.escape
    most = longest(bars)
    rows = []
    for bar in bars:
        if bar.heading:
            rows.append(f'<tr role="row" class="theme"><th role="rowheader" scope="rowgroup" '
                        f'colspan="5">{e(bar.heading)}</th></tr>')  # fmt: skip
        rows.append(_row(bar, most))
    last = '<th role="columnheader" scope="col" class="c">Compared</th>'
    compared = last if any(bar.compared for bar in bars) else ""
    kind = " compared" if compared else ""
    return (
        f'<table class="needs-bars{kind}" role="table"><caption>{e(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">'
        f'<span class="unseen">Group</span></th><th role="columnheader" scope="col" class="d">'
        f'<span class="unseen">Bar</span></th>'
        f'<th role="columnheader" scope="col" class="v">{e(ward)}</th>'
        f'<th role="columnheader" scope="col" class="n">{e(benchmark)}</th>{compared}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table>'
    )

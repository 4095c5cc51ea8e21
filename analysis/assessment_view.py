"""Scored impacts as HTML and SVG: the matrix, the list, the history. All text is escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from analysis.assessment import (
    BANDS,
    NOT_SCORED,
    SCALE,
    Band,
    band_of,
    make_matrix,
    print_day,
    step_words,
)
from analysis.palette import MAP_COLOURS, Theme, ink_on

KIND_SIGNS = {"Damaging": "−", "Positive": "+"}
MOST_IN_CELL = 6
STYLE = """
<style>
.needs-scroll {overflow-x: auto; max-width: 100%;}
.needs-matrix, .needs-impacts {border-collapse: collapse; width: 100%; font-size: .875rem;
  line-height: 1.35;}
.needs-matrix {table-layout: fixed; min-width: 320px;}
.needs-matrix col.h {width: 4.5em;}
.needs-matrix ul, .needs-matrix ul li {font-size: inherit !important;}
.needs-matrix caption, .needs-impacts caption {text-align: left; padding: 0 0 .25rem;
  font-size: .875rem; opacity: .85;}
.needs-matrix th {font-weight: 600; padding: 4px; text-align: center; vertical-align: bottom;}
.needs-matrix tbody th {vertical-align: top;}
.needs-matrix th[scope=row] {text-align: left;}
.needs-matrix td {border: 2px solid var(--edge); vertical-align: top; padding: 4px 6px;
  height: 4.5em; overflow-wrap: anywhere;}
.needs-matrix td:focus-visible {outline: 3px solid var(--focus); outline-offset: -5px;}
.needs-matrix .n {font-weight: 600; display: block;}
.needs-matrix ul {list-style: none; margin: 0; padding: 0;}
.needs-matrix li {margin: 2px 0 0; padding: 0;}
.needs-matrix li b, .needs-impacts b {font-weight: 600;}
.needs-impacts th {text-align: left; font-weight: 600; padding: 6px 10px 6px 0;
  border-bottom: 2px solid color-mix(in srgb, currentColor 40%, transparent);}
.needs-impacts td {vertical-align: top; padding: 6px 10px 6px 0; overflow-wrap: anywhere;
  border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent);}
.needs-impacts small.f {white-space: nowrap;}
.needs-impacts a {color: inherit;}
.needs-impacts small {font-size: .8125rem; opacity: .85; display: block;}
.needs-band {display: inline-block; padding: 1px 8px; border-radius: 4px; font-weight: 600;
  white-space: nowrap; border: 1px solid var(--edge);}
.needs-key {display: flex; flex-wrap: wrap; gap: 4px 12px; font-size: .875rem; margin: 4px 0 0;}
@media (max-width: 640px) {
  .needs-matrix {font-size: .8125rem;}
  .needs-matrix .t {position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%);}
  .needs-matrix td {padding: 4px; height: 3.5em;}
  .needs-matrix col.h {width: 3em;}
  .needs-matrix th {padding: 4px 2px;}
  .needs-stack thead {position: absolute; clip-path: inset(50%);}
  .needs-stack tr {display: block; padding: 8px 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 40%, transparent);}
  .needs-stack td {display: block; border: 0; padding: 2px 0;}
  .needs-stack td[data-name]::before {content: attr(data-name) ": "; opacity: .85;}
  .needs-stack td:empty {display: none;}
}
</style>
"""


class Evidence(NamedTuple):
    """What an evidence indicator says for the place; `link` is "" where there is no map of it."""

    name: str
    value: str
    period: str
    compared: str
    note: str = ""
    link: str = ""


def _e(text: object) -> str:
    """Text for HTML."""
    return html.escape(str(text))


def _colours(band: Band, theme: Theme) -> str:
    fill = MAP_COLOURS[theme][band.colour]
    return f"background:{fill};color:{ink_on(fill)}"


def _badge(score: float, theme: Theme) -> str:
    """A score with sign, number and word on its colour."""
    band = band_of(score)
    if band is None:
        return _e(NOT_SCORED)
    return (
        f'<span class="needs-band" style="{_colours(band, theme)}">'
        f"{band.sign} {score:.0f} {band.name}</span>"
    )


def _variables(theme: Theme) -> str:
    colours = MAP_COLOURS[theme]
    return f"--edge:{colours['surface']};--focus:{colours['selected']}"


def _cell(impact: int, likelihood: int, items: pd.DataFrame | None, theme: Theme) -> str:
    score = impact * likelihood
    band = band_of(score)
    assert band is not None  # noqa: S101 (every product of the scale has a band)
    style = f'style="{_colours(band, theme)}"'
    head = f'<span class="n">{band.sign} {score}</span>'
    if items is None:
        return f"<td {style}>{head}</td>"
    entries = [
        f"<li>{KIND_SIGNS[item.kind]} <b>{_e(item.id)}</b>{' ?' if item.incomplete else ''} "
        f'<span class="t">{_e(item.title)}</span></li>'
        for item in items.itertuples()
    ]
    more = len(entries) - MOST_IN_CELL
    if more > 0:
        entries = [*entries[:MOST_IN_CELL], f"<li>and {more:,} more</li>"]
    first = items.head(MOST_IN_CELL).itertuples()
    names = "; ".join(f"{item.id} {item.title}, {item.kind.lower()}" for item in first)
    label = f"Impact {impact}, likelihood {likelihood}, score {score}, {band.name}: {names}"
    label += f"; and {more:,} more" if more > 0 else ""
    return (
        f'<td {style} tabindex="0" aria-label="{_e(label)}">{head}<ul>{"".join(entries)}</ul></td>'
    )


def render_matrix(items: pd.DataFrame, caption: str, theme: Theme) -> str:
    """Impact by likelihood as a table of five rows and columns; cells with impacts take focus.

    Args:
        items: see `assessment.list_items`; unscored ones are told in the caption only.
        caption: what the table shows.
        theme: of the page.
    """
    cells = make_matrix(items)
    head = "".join(f'<th scope="col">{n}</th>' for n in SCALE)
    body = "".join(
        f'<tr><th scope="row">{impact}</th>'
        + "".join(_cell(impact, n, cells.get((impact, n)), theme) for n in SCALE)
        + "</tr>"
        for impact in reversed(SCALE)
    )
    key = "".join(
        f'<span><span class="needs-band" style="{_colours(b, theme)}">{b.sign} {b.name}</span> '
        f"{b.first} to {b.last}</span>"
        for b in reversed(BANDS)
    )
    unsure = "<span>? a row of it was set aside</span>" if items["incomplete"].any() else ""
    return (
        f'<div class="needs-scroll" style="{_variables(theme)}">'
        f'<table class="needs-matrix"><caption>{_e(caption)}</caption>'
        f'<colgroup><col class="h"><col span="5"></colgroup><thead>'
        f'<tr><th scope="col" rowspan="2">Impact</th>'
        f'<th colspan="5" scope="colgroup">Likelihood →</th></tr>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<p class="needs-key">{key}<span>− damaging</span><span>+ positive</span>'
        f"{unsure}</p></div>"
    )


def _evidence_html(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    compared = f"; {_e(evidence.compared)}" if evidence.compared else ""
    note = f"<small>{_e(evidence.note)}</small>" if evidence.note else ""
    link = (
        f'<small><a href="{_e(evidence.link)}" target="_self">See it on the ward map</a></small>'
        if evidence.link
        else ""
    )
    return (
        f"{_e(evidence.name)}: <b>{_e(evidence.value)}</b> ({_e(evidence.period)}){compared}"
        f"{note}{link}"
    )


def render_table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A table whose cells are HTML already; on a phone each row becomes a block.

    Columns that are empty in every row are left out. Roles are said, since a block would
    otherwise no longer be a row to a screen reader.
    """
    used = [n for n in range(len(headings)) if any(row[n] for row in rows)]
    head = "".join(f'<th role="columnheader" scope="col">{_e(headings[n])}</th>' for n in used)
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-name="{_e(headings[n])}">{row[n]}</td>'
            if row[n]
            else '<td role="cell"></td>'
            for n in used
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="needs-scroll"><table class="needs-impacts needs-stack" role="table">'
        f'<caption>{_e(caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def render_list(
    items: pd.DataFrame, evidence: Sequence[Evidence | None], caption: str, theme: Theme
) -> str:
    """The impacts with score, change, confidence and evidence, in the order given.

    Args:
        items: see `assessment.list_items`.
        evidence: one per item.
        caption: what the list shows.
        theme: of the page.
    """
    rows = []
    for (_, item), proof in zip(items.iterrows(), evidence, strict=True):
        scored = not pd.isna(item["score"])
        factors = (
            f'<small class="f">impact {item["impact"]:.0f} × '
            f"likelihood {item['likelihood']:.0f}</small>"
            if scored
            else ""
        )
        what = f"{item['kind']}; {item['area_of_impact'] or 'area of impact not stated'}"
        wards = f"; wards: {item['wards']}" if item["wards"] else ""
        step = step_words(item["step"], item["previous"], item["score"], item["kind"])
        day = f"<small>scored on {print_day(item['date'])}</small>" if scored else ""
        rows.append(
            [
                f"{_badge(item['score'], theme)}{factors}",
                f"<b>{_e(item['id'])}</b> {_e(item['title'])}<small>{_e(what + wards)}</small>",
                f"{_e(step)}{day}" if step != NOT_SCORED else "",
                _e(item["confidence"].lower()),
                _evidence_html(proof),
            ]
        )
    headings = ("Score", "Impact", "Since the score before", "Confidence", "Evidence")
    body = render_table(headings, rows, caption)
    return f'<div style="{_variables(theme)}">{body}</div>'


def render_history(history: pd.DataFrame, caption: str, theme: Theme) -> str:
    """Every score of one impact, newest first (see `assessment.list_history`)."""
    rows = []
    for _, row in history.iloc[::-1].iterrows():
        step = step_words(row["step"], row["previous"], row["score"], row["kind"])
        scored = not pd.isna(row["score"])
        factors = f"{row['impact']:.0f} × {row['likelihood']:.0f}" if scored else ""
        rows.append(
            [
                f"{print_day(row['date'])}",
                _e(row["version"]),
                _badge(row["score"], theme),
                factors,
                _e(step) if step != NOT_SCORED else "",
                _e(row["confidence"].lower()),
                _e(row["officer_role"]),
                _e("; ".join(part for part in (row["note"], row["source"]) if part)),
            ]
        )
    headings = ("Date", "Version", "Score", "Impact × likelihood", "Change", "Confidence",
                "Scored by", "Note and source")  # fmt: skip
    return f'<div style="{_variables(theme)}">{render_table(headings, rows, caption)}</div>'


def render_changes(changes: pd.DataFrame, caption: str, theme: Theme) -> str:
    """What changed between two days (see `assessment.compare_days`)."""
    rows = [
        [
            _e(step_words(row["step"], row["score_then"], row["score_now"], row["kind"])),
            f"<b>{_e(row['id'])}</b> {_e(row['title'])}"
            f"<small>{_e(row['kind'])}; {_e(row['area_of_impact'] or 'area not stated')}</small>",
            "not known"
            if row["incomplete"] and pd.isna(row["score_then"])
            else _badge(row["score_then"], theme),
            _badge(row["score_now"], theme),
            _e(_confidence(row["confidence_then"], row["confidence_now"])),
        ]
        for _, row in changes.iterrows()
    ]
    headings = ("Change", "Impact", "Then", "Now", "Confidence")
    return f'<div style="{_variables(theme)}">{render_table(headings, rows, caption)}</div>'


def _confidence(then: str, now: str) -> str:
    then, now = then.lower(), now.lower()
    if then and now and then != now:
        return f"{then}, now {now}"
    return now or then


def render_mistakes(rows: Sequence[tuple[str, str]], caption: str) -> str:
    """Where each mistake stands and what it is."""
    return render_table(("Row", "What is wrong"), [[_e(w), _e(m)] for w, m in rows], caption)

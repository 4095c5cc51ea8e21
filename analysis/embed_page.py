"""Writes a chart or map for another website as one HTML page that needs no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from analysis.embed import Embed, MapDrawing
from analysis.embed_strips import write_strips
from analysis.embed_style import NARROW, WIDE, make_style
from analysis.map_view import LegendEntry, MapView, sign_of
from analysis.palette import MAP_COLOURS
from analysis.report.blocks import Chart
from analysis.report.pictures import draw_safe
from analysis.report.printed import NO_PICTURE, clean_text
from analysis.report.write_html import write_table
from analysis.strips import Strips
from analysis.svg_map import look_of, render_small_map

_MAP_WIDTH = 720
#: So many licences stand below a figure; more of them in a box that opens.
FEW = 2


def write_embed(embed: Embed, made: str, theme: str = "", *, links: bool = False) -> str:
    """The page.

    Args:
        embed: what it shows.
        made: when, and from which release of the data, in words.
        theme: `light`, `dark`, or "" for what the reader's device asks for.
        links: make each ward of a map a link to its profile.
    """
    figure = _draw(embed, links=links)
    table = write_table(embed.table, "", "rows")
    few = len(embed.licences) <= FEW
    lines = _paragraphs(*embed.sources, *(embed.licences if few else ()), made)
    more = _paragraphs(*embed.methods, *(() if few else embed.licences))
    name = "Method" if few else "Method and licences" if embed.methods else "Licences"
    body = (
        f'<h1 id="finding">{_text(embed.title)}</h1>'
        f'<p class="subtitle">{_text(embed.subtitle)}</p>{figure}'
        f'<details><summary>In words</summary><p id="words">{_text(embed.description)}</p>'
        f"</details><details><summary>All figures as a table</summary>{table}</details>"
        f"{f'<details><summary>{name}</summary>{more}</details>' if more else ''}"
        f"<footer>{_link_back(embed.page, embed.address)}{lines}</footer>"
    )
    return _write_page(embed.title, body, theme)


def write_refusal(title: str, why: str, theme: str = "") -> str:
    """A small page that says why nothing is shown, and where to go."""
    body = (
        f'<h1 id="finding">{_text(title)}</h1><p>{_text(why)}</p>'
        "<p>To mend it, open the view in the dashboard and copy the snippet again from “Data and "
        f"downloads”.</p><footer>{_link_back('', {})}</footer>"
    )
    return _write_page(title, body, theme)


def _write_page(title: str, body: str, theme: str) -> str:
    chosen = f' data-theme="{theme}"' if theme in ("light", "dark") else ""
    return (
        f'<!DOCTYPE html><html lang="en-GB"{chosen}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{_text(title)}</title>'
        f'<link rel="stylesheet" href="{make_style()[1]}"></head>'
        f"<body><main>{body}</main></body></html>"
    )


def _text(text: str) -> str:
    whole = clean_text(text).replace(" %", "\N{NO-BREAK SPACE}%")
    return escape(whole).replace("\n", "<br>")


def _paragraphs(*lines: str) -> str:
    return "".join(f"<p>{_text(line)}</p>" for line in lines)


def _address(page: str, given: Mapping[str, str]) -> str:
    # From `/embed/kind` one step up is the dashboard, wherever a proxy has put it.
    query = urlencode({name: value for name, value in given.items() if value}, safe=",")
    return f"../{page}{f'?{query}' if query else ''}"


def _link_back(page: str, given: Mapping[str, str]) -> str:
    words = "Open this view in the dashboard" if page else "Open the dashboard"
    leads = escape(_address(page, given))
    return f'<p><a class="back" href="{leads}" target="_top" rel="noopener">{words}</a></p>'


def _draw(embed: Embed, *, links: bool) -> str:
    drawing = embed.drawing
    if isinstance(drawing, Strips):
        return write_strips(drawing, _text)
    if isinstance(drawing, Chart):
        return _draw_chart(embed, drawing)
    return _draw_map(embed, drawing, links=links)


def _draw_chart(embed: Embed, drawing: Chart) -> str:
    """The chart twice, for narrow and wide frames; the style sheet shows one of them."""
    chart = replace(drawing, title=embed.title, description=embed.description)
    drawn = []
    for name, width in (("narrow", NARROW), ("wide", WIDE)):
        svg = draw_safe(chart, name, width)
        if svg is None:
            return f'<p class="quiet">{NO_PICTURE}</p><p>{_text(chart.description)}</p>'
        drawn.append(svg.replace("<svg ", f'<svg class="{name}-chart" ', 1))
    return f'<figure class="chart">{"".join(drawn)}</figure>'


def _draw_map(embed: Embed, drawing: MapDrawing, *, links: bool) -> str:
    view, geometry = drawing.view, drawing.geometry

    def lead(code: str) -> str:
        ward = drawing.leads_to.get(code, code)
        return _address(embed.profile, {"area": embed.address.get("area", ""), "ward": ward})

    svg = render_small_map(view, geometry, _MAP_WIDTH, names=True, address=lead if links else None)
    role = "group" if links else "img"  # what is inside a picture cannot be reached
    named = f'<svg role="{role}" aria-labelledby="finding" aria-describedby="words" '
    skip = '<p><a class="skip" href="#legend">Skip the links of the map</a></p>' if links else ""
    return (
        f'{skip}<figure class="map">{svg.replace("<svg ", named, 1)}{_write_legend(view)}</figure>'
    )


def _write_legend(view: MapView) -> str:
    items = [_write_entry(entry, view) for entry in view.legend if entry.count]
    codes = list(view.codes)
    if view.selected in codes:
        ring = f'class="selected" fill="none" stroke="{MAP_COLOURS["light"]["selected"]}"'
        items.append(f"<li>{_swatch(ring)}Chosen ward</li>")
    unit = f" ({view.unit})" if view.unit and view.unit not in view.indicator else ""
    heading = f"{view.indicator}{unit}; after each class the number of {view.area_word}"
    return (
        f'<p class="quiet" id="legend" tabindex="-1">{_text(heading)}</p>'
        f'<ul class="legend" aria-labelledby="legend">{"".join(items)}</ul>'
    )


def _write_entry(entry: LegendEntry, view: MapView) -> str:
    fill, line = look_of(entry.key, "light")
    swatch = _swatch(f'class="{entry.key}" fill="{fill}" stroke="{line}"')
    label = f"{sign_of(entry.key, view.polarity)} {entry.label}".strip()
    return f'<li>{swatch}{_text(label)} <span class="count">{entry.count:,}</span></li>'


def _swatch(look: str) -> str:
    return (
        '<svg viewBox="0 0 24 16" aria-hidden="true">'
        f'<rect x="1.5" y="1.5" width="21" height="13" {look}/></svg>'
    )

"""A map as one self-contained SVG text, for downloads, reports and print.

It is drawn from the same prepared paths and the same `MapView` as the interactive
map, with every colour and width written out, so that word processors, slide
programs and converters show it as a browser does.
"""

import html
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from analysis.map_view import LegendEntry, MapView, MapViewError, format_number, sign_of
from analysis.palette import MAP_COLOURS, PATTERNS, Theme, line_colour
from analysis.words import ordinal

_MARGIN = 24
_FONT = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
_CHARACTER = 0.52  # mean width of a character, as a share of the font size

#: Area code -> where its link leads.
Address = Callable[[str], str]


def render_svg_map(
    view: MapView,
    geometry: Mapping[str, Any],
    width: int = 960,
    theme: Theme = "light",
    *,
    words: bool = True,
) -> str:
    """Return a map with title, legend, notes and a text description as SVG text.

    Where the words stand beside the picture already, `words` leaves out all but the legend.

    `geometry` is the content of a boundary file, or a part of it (`map_part.cut_geometry`).
    `width` is in pixels; the height
    follows from the shape of the area. Raises MapViewError when the boundaries
    are not those of the view.
    """
    _check_codes(view, geometry)
    colours = MAP_COLOURS[theme]
    inner = width - 2 * _MARGIN
    scale = min(inner / geometry["width"], 0.85 * width / geometry["height"])
    head, top = _head(view, inner, colours) if words else ("", float(_MARGIN))
    shapes = _areas(view, geometry, scale, theme)
    left = (width - geometry["width"] * scale) / 2
    bottom = top + geometry["height"] * scale
    notes = [view.native_geography, view.source] if words else []
    foot, height = _foot(view, notes, bottom + 28, inner, theme)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
            f'width="{width}" height="{height:.0f}" role="img" '
            f'aria-labelledby="map-title map-description" font-family="{_FONT}">',
            f'<title id="map-title">{html.escape(view.title or view.indicator)}</title>',
            f'<desc id="map-description">{html.escape(view.description)}</desc>',
            _patterns(view.legend, colours, scale),
            f'<rect width="{width}" height="{height:.0f}" fill="{colours["surface"]}"/>',
            head,
            f'<g transform="translate({left:.2f} {top:.0f}) scale({scale:.5f})'
            f'{_shift(geometry)}" stroke-linejoin="round">{_cut(shapes, geometry)}</g>',
            foot,
            "</svg>",
        )
    )


def render_small_map(
    view: MapView,
    geometry: Mapping[str, Any],
    width: int = 320,
    theme: Theme = "light",
    *,
    names: bool = False,
    address: Address | None = None,
) -> str:
    """Return the areas alone as SVG text, for several maps side by side with one legend.

    `geometry` is the content of a boundary file, or a part of it (`map_part.cut_geometry`). Words
    stand beside the picture, so it holds none: whoever shows it says its `description` too. With
    `names` each area says its name and figure where it is pointed at; with `address` (area code ->
    address) it is a link as well.
    Raises MapViewError when the boundaries are not those of the view.
    """
    _check_codes(view, geometry)
    edge = 4  # room for the ring of the chosen area
    scale = min(
        (width - 2 * edge) / geometry["width"], (0.95 * width - 2 * edge) / geometry["height"]
    )
    height = geometry["height"] * scale + 2 * edge
    patterns = _patterns(view.legend, MAP_COLOURS[theme], scale)
    left = (width - geometry["width"] * scale) / 2
    areas = _areas(view, geometry, scale, theme, names=names, address=address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}">{patterns}'
        f'<g transform="translate({left:.1f} {edge}) scale({scale:.5f}){_shift(geometry)}" '
        f'stroke-linejoin="round">{_cut(areas, geometry)}</g></svg>'
    )


def _check_codes(view: MapView, geometry: Mapping[str, Any]) -> None:
    if list(geometry["codes"]) != list(view.codes):
        raise MapViewError(
            f"Map '{view.indicator}': its {len(view.codes)} areas are not the "
            f"{len(geometry['codes'])} areas of the boundary file, in the same order."
        )


def _shift(geometry: Mapping[str, Any]) -> str:
    """What brings a part of a map to the corner of the picture; "" for a whole one."""
    if "left" not in geometry:
        return ""
    return f" translate({-geometry['left']} {-geometry['top']})"


def _cut(shapes: str, geometry: Mapping[str, Any]) -> str:
    """Keep what stands around a part of a map inside the picture."""
    if "rest" not in geometry:
        return shapes
    box = f'x="{geometry["left"]}" y="{geometry["top"]}"'
    size = f'width="{geometry["width"]}" height="{geometry["height"]}"'
    clip = f'<clipPath id="part"><rect {box} {size}/></clipPath>'
    return f'{clip}<g clip-path="url(#part)">{shapes}</g>'


def area_summary(view: MapView, index: int) -> str:
    """Return the figure and rank of an area: "22.7 %, 1st of 26"; of hot spots the pattern too."""
    value = float(np.asarray(view.value)[index])
    if not math.isfinite(value):
        flag = view.flag[index] if len(view.flag) else ""
        return flag or view.legend[view.legend_class[index]].label
    text = format_number(value, view.decimals, view.unit)
    rank = view.rank[index] if len(view.rank) else 0
    text = f"{text}, {ordinal(int(rank))} of {view.ranked:,}" if rank else text
    if view.scale == "clusters":
        entry = view.legend[view.legend_class[index]]
        text += f", {sign_of(entry.key, view.polarity)} {entry.label}"
    return text


def _areas(
    view: MapView,
    geometry: Mapping[str, Any],
    scale: float,
    theme: Theme,
    *,
    names: bool = True,
    address: Address | None = None,
) -> str:
    """Return the areas, one group per legend class, then outlines and the chosen one."""
    colours = MAP_COLOURS[theme]
    members: list[list[int]] = [[] for _ in view.legend]
    for index, place in enumerate(view.legend_class):
        members[place].append(index)
    thin = min(0.6, 18 / math.sqrt(max(len(view.codes), 1))) / scale
    parts: list[str] = []
    if rest := geometry.get("rest"):
        look = f'fill="{colours["quiet"]}" stroke="{colours["card_line"]}"'
        parts.append(f'<path class="rest" d="{rest}" {look} stroke-width="{thin:.2f}"/>')
    for entry, indices in zip(view.legend, members, strict=True):
        fill, line = look_of(entry.key, theme, "-map")
        parts.append(
            f'<g class="{entry.key}" fill="{fill}" stroke="{line}" stroke-width="{thin:.2f}" '
            'fill-rule="evenodd">'
        )
        if names:
            parts.extend(_named_path(view, geometry, index, address) for index in indices)
        elif indices:
            together = "".join(geometry["paths"][index] for index in indices)
            parts.append(f'<path d="{together}"/>')
        parts.append("</g>")
    outline = "".join(geometry.get("outlines", ()))
    if outline:
        for name, size in (("halo", 2.6), ("outline", 1.1)):
            parts.append(_line(outline, name, colours, size / scale))
    if view.selected in geometry["codes"]:
        chosen = geometry["paths"][list(geometry["codes"]).index(view.selected)]
        for name, size in (("halo", 5.5), ("selected", 2.5)):
            parts.append(_line(chosen, name, colours, size / scale))
    return "".join(parts)


def _named_path(
    view: MapView, geometry: Mapping[str, Any], index: int, address: Address | None
) -> str:
    words = html.escape(f"{geometry['names'][index]}: {area_summary(view, index)}")
    path = f'<path d="{geometry["paths"][index]}"><title>{words}</title></path>'
    if address is None:
        return path
    leads = html.escape(address(view.codes[index]))
    return f'<a href="{leads}" target="_top" rel="noopener" aria-label="{words}">{path}</a>'


def _line(path: str, name: str, colours: Mapping[str, str], size: float) -> str:
    look = f'stroke="{colours[name]}" stroke-width="{size:.2f}"'
    return f'<path class="{name}" d="{path}" fill="none" pointer-events="none" {look}/>'


def look_of(key: str, theme: Theme, ending: str = "") -> tuple[str, str]:
    """Return fill and line colour of a legend class; `ending` chooses the pattern's size."""
    if key in PATTERNS:
        return f"url(#p-{key}{ending})", line_colour(theme, key)
    fill = "none" if key == "not_estimated" else MAP_COLOURS[theme][key]
    return fill, line_colour(theme, key)


def _patterns(legend: Sequence[LegendEntry], colours: Mapping[str, str], scale: float) -> str:
    """Return the patterns for the legend and, of the same size on paper, for the map."""
    parts: list[str] = []
    for key in (entry.key for entry in legend if entry.key in PATTERNS):
        pattern = PATTERNS[key]
        size = f'width="{pattern.size}" height="{pattern.size}"'
        marks = "".join(_mark(mark) for mark in pattern.marks)
        for ending, shrink in (("", ""), ("-map", f"scale({1 / scale:.4f})")):
            turned = f'patternTransform="{shrink}rotate({pattern.turn})"'
            parts.append(
                f'<pattern id="p-{key}{ending}" {size} patternUnits="userSpaceOnUse" {turned}>'
                f'<rect {size} fill="{colours[pattern.paper]}"/>'
                f'<g fill="{colours[pattern.ink]}">{marks}</g></pattern>'
            )
    return f"<defs>{''.join(parts)}</defs>"


def _mark(mark: Sequence[float]) -> str:
    if len(mark) == 3:
        return f'<circle cx="{mark[0]}" cy="{mark[1]}" r="{mark[2]}"/>'
    return f'<rect x="{mark[0]}" y="{mark[1]}" width="{mark[2]}" height="{mark[3]}"/>'


def _head(view: MapView, inner: float, colours: Mapping[str, str]) -> tuple[str, float]:
    """Return title and subtitle, and where the map may begin."""
    unit = f" ({view.unit})" if view.unit and view.unit not in view.indicator else ""
    subtitle = f"{view.indicator}{unit}" + (f", {view.period}" if view.period else "")
    compared = view.benchmark_name and view.scale != "clusters"
    if compared and math.isfinite(view.benchmark_value):
        figure = format_number(view.benchmark_value, view.decimals, view.unit)
        subtitle += f". {view.benchmark_name}: {figure}"
    title, y = _text([view.title] if view.title else [], 40, 22, inner, colours["ink"], bold=True)
    under, y = _text([subtitle], y, 15, inner, colours["ink_soft"])
    return title + under, y


def _foot(
    view: MapView, notes: Sequence[str], y: float, inner: float, theme: Theme
) -> tuple[str, float]:
    """Return legend and notes, and the height of the whole picture."""
    colours = MAP_COLOURS[theme]
    parts: list[str] = []
    x = float(_MARGIN)
    for entry in view.legend:
        sign = sign_of(entry.key, view.polarity)
        label = f"{sign} {entry.label}".strip()
        wide = 30 + (len(label) + len(f"{entry.count:,}") + 2) * 14 * _CHARACTER + 14
        if x > _MARGIN and x + wide > inner + _MARGIN:
            x, y = float(_MARGIN), y + 26
        fill, line = look_of(entry.key, theme)
        parts.append(
            f'<rect x="{x + 0.5:.1f}" y="{y - 12:.1f}" width="21" height="15" rx="1.5" '
            f'fill="{fill}" stroke="{line}" stroke-width="0.8"/>'
            f'<text x="{x + 30:.1f}" y="{y:.1f}" font-size="14" fill="{colours["ink"]}">'
            f'{html.escape(label)}  <tspan fill="{colours["ink_soft"]}">{entry.count:,}</tspan>'
            "</text>"
        )
        x += wide
    last, y = _text(notes, y + 28, 13, inner, colours["ink_soft"])
    return "".join(parts) + last, y + 4


def _text(
    lines: Sequence[str], y: float, size: int, inner: float, colour: str, *, bold: bool = False
) -> tuple[str, float]:
    """Return lines of text broken to a width in pixels, and the next free line."""
    fitting = max(20, int(inner / (size * _CHARACTER)))
    parts: list[str] = []
    for piece in _broken(lines, fitting):
        weight = ' font-weight="600"' if bold else ""
        parts.append(
            f'<text x="{_MARGIN}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}>'
            f"{html.escape(piece)}</text>"
        )
        y += size * 1.4
    return "".join(parts), y


def _broken(lines: Iterable[str], fitting: int) -> list[str]:
    return [piece for line in lines if line for piece in textwrap.wrap(line, fitting)]

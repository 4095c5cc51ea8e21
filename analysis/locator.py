"""A small map that says where a ward lies in its council."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.palette import CHART_INK, MAP_COLOURS, Theme


def draw_locator(geometry: Mapping[str, Any], ward: str, theme: Theme = "light") -> str:
    """The wards of a council as one SVG; the ward is filled, and ringed so that none is lost.

    Args:
        geometry: a prepared map (see `data.prepare_boundaries.make_path_file`).
        ward: code of the ward, one of `codes`.
        theme: of the page.
    """
    width, height = int(geometry["width"]), int(geometry["height"])
    place = list(geometry["codes"]).index(ward)
    others = "".join(path for n, path in enumerate(geometry["paths"]) if n != place)
    longest, (x, y) = max(width, height), geometry["centres"][2 * place : 2 * place + 2]
    colours, strong = MAP_COLOURS[theme], CHART_INK[theme]["strong"]
    line = f'stroke="{colours["ink_soft"]}" stroke-width="{longest / 300:.1f}"'
    edge = longest // 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{-edge} {-edge} {width + 2 * edge} {height + 2 * edge}">'
        f'<path d="{others}" fill="{colours["card_line"]}" fill-rule="evenodd" {line}/>'
        f'<path d="{geometry["paths"][place]}" fill="{strong}" fill-rule="evenodd" {line}/>'
        f'<circle cx="{x}" cy="{y}" r="{longest // 16}" fill="none" stroke="{strong}" '
        f'stroke-width="{longest / 120:.1f}"/></svg>'
    )

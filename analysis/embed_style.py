"""The look of a chart or map in another website: from 280 pixels, by day and night, on paper.

Drawings are made in the colours of the light theme, each written out. By night the rules below
repaint them in those of the dark theme: the palette stays the one place of every colour.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from analysis.palette import (
    CHART_COLOURS,
    CHART_INK,
    COMPARISON_KEYS,
    LEGEND_KEYS,
    MAP_COLOURS,
    PATTERNS,
    line_colour,
)
from analysis.report.svg_marks import BAND, GRID, GUIDE, INK, QUIET, SOFT, STRONG

#: From this width of the frame on the wide drawing of a chart is shown.
NARROW, WIDE = 340, 720

_LAYOUT = """
* { box-sizing: border-box; }
html { color-scheme: light; background: var(--paper); }
body { margin: 0; padding: .75rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 "Source Sans 3", "Source Sans Pro", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; overflow-wrap: break-word; }
h1 { font-size: 1.25rem; line-height: 1.25; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
.subtitle, .quiet, footer, details p { color: var(--soft); font-size: .875rem; }
.subtitle { margin-bottom: .5rem; }
footer { border-top: 1px solid var(--line); margin-top: .75rem; padding-top: .5rem; }
a { color: var(--accent); }
.back { font-weight: 600; font-size: 1rem; display: inline-block; padding: .25rem 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
figure { margin: 0; }
figure > svg { display: block; width: 100%; height: auto; }
.map > svg { max-height: 34rem; }
.chart > .wide-chart { display: none; max-width: 45rem; }
.chart > .narrow-chart { max-width: 28rem; }
@media (min-width: 37rem) {
  .chart > .wide-chart { display: block; }
  .chart > .narrow-chart { display: none; }
}
.map path:hover { stroke: var(--focus); stroke-width: 3px; vector-effect: non-scaling-stroke; }
/* Neighbours drawn later hide half of a ring: the ward is filled too, in no class's colour. */
.map a:focus { outline: none; }
.map a:focus-visible path { fill: #FFDD00; stroke: #0B0C0C; stroke-width: 6px;
  vector-effect: non-scaling-stroke; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0;
  margin: .5rem 0; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .375rem; }
.legend svg { width: 24px; height: 16px; flex: none; }
.legend .count { color: var(--soft); }
summary { cursor: pointer; color: var(--accent); padding: .375rem 0; font-weight: 600; }
.wide { overflow: auto; max-height: 24rem; }
.strips ul { list-style: none; margin: 0; padding: 0; }
.strips ul.legend { display: flex; margin: .5rem 0; }
.strips h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
.strips ul:not(.legend) li { display: grid; grid-template-columns: 1fr; gap: 0 1rem;
  align-items: center; padding: .25rem 0; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }
.strips small, .strips .ends { color: var(--soft); font-size: .8125rem; }
.strips small { display: block; }
.strips .words { font-size: .875rem; }
.strips .ends { display: flex; justify-content: space-between; gap: 1rem; }
.legend .strip { width: 40px; height: 20px; }
.strip { display: block; overflow: visible; }
.strip .bar { fill: var(--accent); }
.strip .range { fill: var(--quiet); stroke: var(--line); }
.strip .middle { fill: var(--line); }
.strip .line { fill: var(--ink); }
.strip .benchmark, .strip .own { stroke: var(--ink); stroke-width: 3px; }
.strip .halo { stroke: var(--paper); stroke-width: 6px; }
.strip .limit { stroke: var(--soft); stroke-width: 1.5px; stroke-dasharray: 2 3; }
.strip :is(.dot, .up, .down) { fill: var(--paper); stroke: var(--ink); }
@media (min-width: 26rem) {
  .strips ul:not(.legend) li { grid-template-columns: 1fr auto; }
  .strips ul:not(.legend) svg { grid-column: span 2; }
}
@media (min-width: 50rem) {
  .strips ul:not(.legend) li { grid-template-columns: 14rem 1fr 21rem; }
  .strips ul:not(.legend) svg { grid-column: 2; grid-row: 1; }
  .strips .ends { margin: 0 22rem 0 15rem; }
}
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line);
  text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 8rem; }
.figure { text-align: right; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print {
  @page { size: A4; margin: 15mm; }
  body { padding: 0; font-size: 10.5pt; }
  .skip, details:not([open]), summary { display: none; }
  .wide { overflow: visible; max-height: none; }
  figure, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  svg { print-color-adjust: exact; }
}
"""


def _page_colours(theme: str) -> dict[str, str]:
    """The colours of words and lines, by the name of their variable."""
    colours, charts = MAP_COLOURS[theme], CHART_COLOURS[theme]  # type: ignore[index]
    return {
        "--ink": colours["ink"], "--soft": colours["ink_soft"], "--paper": colours["surface"],
        "--line": colours["card_line"], "--accent": charts[0], "--focus": colours["focus"],
        "--quiet": colours["quiet"], **{f"--{key}": colours[key] for key in COMPARISON_KEYS},
    }  # fmt: skip


def _list_looks() -> str:
    """Marks in the colours of a comparison, which are variables: they need no second rule."""
    return "\n".join(f".strip .{key} {{ fill: var(--{key}); }}" for key in COMPARISON_KEYS)


def _declare(colours: dict[str, str]) -> str:
    return ";".join(f"{name}:{colour}" for name, colour in colours.items())


def _repaint_map() -> list[tuple[str, str]]:
    """Rules that turn a map's light colours into dark ones."""
    dark = MAP_COLOURS["dark"]
    rules = []
    for key in LEGEND_KEYS:
        line = f"stroke:{line_colour('dark', key)}"
        if key in PATTERNS:
            paper, ink = dark[PATTERNS[key].paper], dark[PATTERNS[key].ink]
            rules.append((f".map .{key}", line))
            rules.append((f":is(#p-{key},#p-{key}-map)>rect", f"fill:{paper}"))
            rules.append((f":is(#p-{key},#p-{key}-map)>g", f"fill:{ink}"))
        else:
            fill = "" if key == "not_estimated" else f"fill:{dark[key]};"
            rules.append((f".map .{key}", fill + line))
    rules.append((".map .rest", f"fill:{dark['quiet']};stroke:{dark['card_line']}"))
    rules += [(f".map .{name}", f"stroke:{dark[name]}") for name in ("halo", "outline", "selected")]
    return rules


def _repaint_chart() -> list[tuple[str, str]]:
    """Rules that turn a chart's light colours into dark ones, found by the colour itself."""
    ink = CHART_INK["dark"]
    pairs = {
        INK: ink["text"], SOFT: ink["axis"], GRID: ink["grid"], BAND: ink["band"],
        QUIET: ink["quiet"], GUIDE: ink["benchmark"], "#FFFFFF": ink["surface"],
    } | dict(zip(STRONG, CHART_COLOURS["dark"], strict=False))  # fmt: skip
    return [
        (f'.chart [{what}="{light}"]', f"{what}:{dark}")
        for light, dark in pairs.items()
        for what in ("fill", "stroke")
    ]


def _dark_rules(root: str) -> str:
    rules = [(root, f"{_declare(_page_colours('dark'))};color-scheme:dark")]
    rules += [(f"{root} {name}", what) for name, what in (*_repaint_map(), *_repaint_chart())]
    return "\n".join(f"{name}{{{what}}}" for name, what in rules)


@lru_cache(maxsize=1)
def make_style() -> tuple[str, str]:
    """The style sheet and its file name, which changes with every letter of it."""
    text = "\n".join(
        (
            f":root{{{_declare(_page_colours('light'))}}}",
            _LAYOUT,
            _list_looks(),
            f"@media screen {{\n{_dark_rules(':root[data-theme=dark]')}\n}}",
            "@media screen and (prefers-color-scheme: dark) {\n"
            f"{_dark_rules(':root:not([data-theme])')}\n}}",
        )
    )
    return text, f"style-{hashlib.sha256(text.encode()).hexdigest()[:12]}.css"

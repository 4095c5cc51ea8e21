"""The colours of every map and chart, in one place.

The interactive map (as CSS variables), the static map and the charts all read
these constants, so a colour is changed here and nowhere else. The dark values
are tuned for a dark page, they are not an inversion: on a dark page the low end
of a sequence recedes into the page and the high end is the brightest.

The five classes of a sequence step in lightness by an even ratio of about 1.7,
so all five can be told apart in greyscale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark"]

#: Legend keys that stand for a colour class of a sequence, low to high.
SEQUENTIAL_KEYS = ("class_1", "class_2", "class_3", "class_4", "class_5")

#: Legend keys of a comparison with a benchmark.
COMPARISON_KEYS = ("better", "similar", "worse", "lower", "higher")

#: Legend keys of the patterns that wards form with their neighbours.
CLUSTER_KEYS = ("high_high", "low_low", "high_low", "low_high", "unclear", "alone")

#: Legend keys of recovery: how far an area came back from a shock.
RECOVERY_KEYS = (
    "better_than_before",
    "recovered",
    "recovering",
    "stalled",
    "worsening",
    "not_hit",
    "in_margin",
)

#: Legend keys drawn as a pattern or outline, never as a class colour.
SPECIAL_KEYS = ("suppressed", "not_available", "not_estimated")

#: Every legend key.
LEGEND_KEYS = (
    *SEQUENTIAL_KEYS,
    *COMPARISON_KEYS,
    *CLUSTER_KEYS,
    *RECOVERY_KEYS,
    *SPECIAL_KEYS,
)


@dataclass(frozen=True)
class Pattern:
    """A tile of `size` pixels, repeated and turned by `turn` degrees.

    `paper` and `ink` name colours. `marks` are rectangles (x, y, width, height) or
    circles (x, y, radius) in ink.
    """

    size: float
    turn: int
    paper: str
    ink: str
    marks: tuple[tuple[float, ...], ...]


#: Legend keys that are not filled with one colour. The interactive map (SVG and canvas) and
#: the static map all draw these tiles, so that a pattern is the same wherever it is seen.
#: Areas like their neighbours are filled and finely lined; those unlike them are marked on paper.
PATTERNS: Mapping[str, Pattern] = MappingProxyType(
    {
        "suppressed": Pattern(6, 45, "pattern_paper", "pattern_ink", ((0, 0, 1.4, 6),)),
        "not_available": Pattern(6, 0, "pattern_paper", "pattern_ink", ((3, 3, 1),)),
        "high_high": Pattern(7, 0, "high_high", "high_high_ink", ((0, 3, 7, 1.2),)),
        "low_low": Pattern(7, 0, "low_low", "low_low_ink", ((3, 0, 1.2, 7),)),
        "high_low": Pattern(
            8, 0, "pattern_paper", "high_low", ((3, 0.5, 2.4, 7), (0.7, 2.8, 7, 2.4))
        ),
        "low_high": Pattern(7, 0, "pattern_paper", "low_high", ((0, 2, 7, 3),)),
        "alone": Pattern(
            8, 45, "pattern_paper", "pattern_ink", ((3.4, 1, 1.2, 6), (1, 3.4, 6, 1.2))
        ),
        "better_than_before": Pattern(7, 45, "recovered", "halo", ((3, 0, 1.3, 7),)),
        "recovering": Pattern(7, 135, "pattern_paper", "recovered", ((2, 0, 3, 7),)),
        "stalled": Pattern(7, 0, "pattern_paper", "worsening", ((3.5, 3.5, 1.9),)),
        "in_margin": Pattern(8, 0, "pattern_paper", "pattern_ink", ((0, 4, 4, 1.2),)),
    }
)

_MAP_LIGHT = {
    "class_1": "#DBF0E8",
    "class_2": "#8ACBBF",
    "class_3": "#3F9C9D",
    "class_4": "#1B6B7C",
    "class_5": "#0A3F54",
    "better": "#2073BC",
    "similar": "#A8A8A8",
    "worse": "#D4581A",
    "lower": "#A285D1",
    "higher": "#4B2A85",
    # Hot spots: the violets of "higher" and "lower", since neither is good or bad.
    "high_high": "#4B2A85",
    "high_high_ink": "#C9B6EA",
    "low_low": "#A285D1",
    "low_low_ink": "#33156B",
    "high_low": "#4B2A85",
    "low_high": "#8A66C2",
    "unclear": "#E6E9EB",
    # Recovery: the blue of "better" and the orange of "worse".
    "recovered": "#2073BC",
    "worsening": "#D4581A",
    "not_hit": "#E6E9EB",
    # Patterns: ink on paper.
    "pattern_paper": "#F6F7F7",
    "pattern_ink": "#7A8285",
    # Lines between areas: dark on the pale classes, pale on the dark ones.
    "line_on_pale": "#1E3A42",
    "line_on_dark": "#FFFFFF",
    "outline": "#22313A",
    # Used for the chosen area and for nothing else.
    "selected": "#D6006C",
    "halo": "#FFFFFF",
    "focus": "#0B0C0C",
    "surface": "#FFFFFF",
    "ink": "#1D232A",
    "ink_soft": "#56616B",
    "quiet": "#F1F3F4",
    "card": "#FFFFFF",
    "card_line": "#C8CDD2",
}

_MAP_DARK = {
    "class_1": "#17444D",
    "class_2": "#206C74",
    "class_3": "#3A979A",
    "class_4": "#76C4BC",
    "class_5": "#CDF3E7",
    "better": "#5BA6E6",
    "similar": "#7B8087",
    "worse": "#F0884A",
    "lower": "#7E62BE",
    "higher": "#D6C2F7",
    "high_high": "#D6C2F7",
    "high_high_ink": "#5B3A9E",
    "low_low": "#785BB8",
    "low_low_ink": "#EADFFC",
    "high_low": "#D6C2F7",
    "low_high": "#9C80DA",
    "unclear": "#39424B",
    "recovered": "#5BA6E6",
    "worsening": "#F0884A",
    "not_hit": "#39424B",
    "pattern_paper": "#1F262D",
    "pattern_ink": "#8C949C",
    "line_on_pale": "#14191E",
    "line_on_dark": "#7FA3A8",
    "outline": "#C9D3D6",
    "selected": "#FF5FAF",
    "halo": "#14191E",
    "focus": "#FFFFFF",
    "surface": "#14191E",
    "ink": "#E6EAED",
    "ink_soft": "#A9B3BC",
    "quiet": "#262E36",
    "card": "#1F262D",
    "card_line": "#4A535D",
}

#: Colours of the map by theme and name.
MAP_COLOURS: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {"light": MappingProxyType(_MAP_LIGHT), "dark": MappingProxyType(_MAP_DARK)}
)

#: Classes on which the line between areas is pale instead of dark.
DARK_FILLS: Mapping[Theme, frozenset[str]] = MappingProxyType(
    {
        "light": frozenset(
            {"class_4", "class_5", "better", "worse", "higher", "high_high"}
            | {"better_than_before", "recovered", "worsening"}
        ),
        "dark": frozenset({"class_1", "class_2", "unclear", "not_hit"}),
    }
)

#: Lines and bars: the Government Analysis Function palette, then grey and lilac.
#: At most four at once.
CHART_COLOURS: Mapping[Theme, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"),
        "dark": ("#7FB8E6", "#4CC4B8", "#E08DB6", "#FF9C66", "#B4BBC2", "#BFA5E6"),
    }
)

#: Charts: the place in question is strong, the rest is quiet.
CHART_INK: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {
        "light": MappingProxyType(
            {
                "strong": "#12436D",
                "quiet": "#8C9196",
                "grid": "#E3E6E8",
                "axis": "#56616B",
                "text": "#1D232A",
                "band": "#EEF0F2",
                "benchmark": "#3D3D3D",
                "surface": "#FFFFFF",
            }
        ),
        "dark": MappingProxyType(
            {
                "strong": "#7FB8E6",
                "quiet": "#7B8087",
                "grid": "#2A3038",
                "axis": "#A9B3BC",
                "text": "#E6EAED",
                "band": "#1E242C",
                "benchmark": "#C9CDD2",
                "surface": "#14191E",
            }
        ),
    }
)


def css_variables(theme: Theme) -> str:
    """Return the map colours of a theme as CSS declarations.

    `class_1` becomes `--map-class_1`. Each class also gets the colour of the
    line around it, `--map-line-class_1`.
    """
    colours = MAP_COLOURS[theme]
    declarations = [f"--map-{name}:{colour}" for name, colour in colours.items()]
    for key in LEGEND_KEYS:
        declarations.append(f"--map-line-{key}:{line_colour(theme, key)}")
    return ";".join(declarations)


def css_classes() -> str:
    """Return the fill and line of every legend key, and the colours of the patterns, as CSS.

    `class_1` becomes `.k-class_1`. The pattern of `suppressed` is `#p-suppressed`, or
    `#p-suppressed-still` where zooming does not change it.
    """
    rules = []
    for key in LEGEND_KEYS:
        fill = f"url(#p-{key})" if key in PATTERNS else f"var(--map-{key})"
        fill = "transparent" if key == "not_estimated" else fill
        rules.append(f".k-{key}{{fill:{fill};stroke:var(--map-line-{key})}}")
    for key, pattern in PATTERNS.items():
        rules.append(f".swatch .k-{key}{{fill:url(#p-{key}-still)}}")
        rules.append(f".p-{key} .paper{{fill:var(--map-{pattern.paper})}}")
        rules.append(f".p-{key} .ink{{fill:var(--map-{pattern.ink})}}")
    return "".join(rules)


def line_colour(theme: Theme, key: str) -> str:
    """Return the colour of the line around an area of legend class `key`."""
    colours = MAP_COLOURS[theme]
    if key in SPECIAL_KEYS or (key in PATTERNS and PATTERNS[key].paper == "pattern_paper"):
        return colours["pattern_ink"]
    if key in DARK_FILLS[theme]:
        return colours["line_on_dark"]
    return colours["line_on_pale"]


def ink_on(fill: str) -> str:
    """Return black or white, whichever is read better on a colour such as "#2073BC".

    One of the two always has a contrast of at least 4.58:1 (WCAG 2.2, relative luminance).
    """
    parts = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#FFFFFF"

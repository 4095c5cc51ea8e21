"""Pictures for files: charts and maps as safe SVG, and as small PNG with the same letters."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from analysis.export import make_png
from analysis.report.blocks import Chart, Picture
from analysis.report.chart_svg import WIDTH, draw_chart

_SVG = "http://www.w3.org/2000/svg"
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
_DANGEROUS = {"script", "foreignObject", "iframe", "object", "embed", "image", "style", "animate",
              "set", "a"}  # fmt: skip

#: No picture of ours comes near; what is longer is no picture of a report.
_MOST_SIGNS = 20_000_000

#: Of a side: sharp on paper and projectors, and small.
_MOST_PIXELS = 1_300
_PAPER = 251


@dataclass(frozen=True)
class PNG:
    """A picture of pixels, with its shape for placing it."""

    content: bytes
    width: int
    height: int


def draw_safe(block: Chart | Picture, prefix: str, width: int = WIDTH) -> str | None:
    """A block as SVG without anything active or outside, its ids made its own with `prefix`.

    `width` of a chart in pixels. None where the picture is no well-formed SVG: the document
    then says so in its place.
    """
    svg = draw_chart(block, width) if isinstance(block, Chart) else block.svg
    if len(svg) > _MOST_SIGNS or "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return None
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 (a text that declares entities is refused)
    except ElementTree.ParseError:
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    _make_safe(root, prefix)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _make_safe(root: ElementTree.Element, prefix: str) -> None:
    for parent in root.iter():
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.split("}")[-1] in _DANGEROUS:
                parent.remove(child)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            plain = name.split("}")[-1].lower()
            leads_away = plain == "href" and not value.startswith("#")
            if plain.startswith("on") or leads_away or _OUTSIDE.search(value):
                del element.attrib[name]
            else:
                element.attrib[name] = _own(plain, value, prefix)


def _own(name: str, value: str, prefix: str) -> str:
    """An attribute's value with ids that no other picture of the page has."""
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return f"#{prefix}-{value[1:]}"
    if name in ("aria-labelledby", "aria-describedby"):
        return " ".join(f"{prefix}-{part}" for part in value.split())
    return _REFERENCE.sub(rf"url(#{prefix}-\1)", value)


def draw_png(block: Chart | Picture) -> PNG | None:
    """A block as a PNG of few colours, which is a third of the size; None where it cannot be."""
    svg = draw_safe(block, "p")
    return None if svg is None else _rasterise(svg)


# Word and slides show the same pictures: each is drawn once.
@lru_cache(maxsize=48)
def _rasterise(svg: str) -> PNG | None:
    from PIL import Image, PngImagePlugin

    wide, high = shape_of(svg)
    try:
        drawn = make_png(svg, min(2.0, _MOST_PIXELS / wide, _MOST_PIXELS / high))
    except ValueError:  # well-formed, yet no picture, such as one without a size
        return None
    picture = PngImagePlugin.PngImageFile(io.BytesIO(drawn)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    stream = io.BytesIO()
    small = paper.convert("RGB").quantize(
        colors=128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    colours = bytes(small.palette.palette) if small.palette else b""
    # The few colours are means of what lies near: paper would be a shade of grey.
    small.putpalette(bytes(255 if part >= _PAPER else part for part in colours))
    small.save(stream, "PNG", optimize=True)
    return PNG(stream.getvalue(), paper.width, paper.height)


def shape_of(svg: str) -> tuple[float, float]:
    """Width and height of a picture, 4 by 3 where it does not say."""
    found = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', svg[:2_000])
    wide, high = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return (wide, high) if wide and high else (4.0, 3.0)

"""The ward map: shows a MapView, tells which area was chosen.

Two components, registered once when this module is imported. One brings the code and
the colours and never changes, so Streamlit sends it once to a visitor; the other
carries the figures, a few kilobytes at each change. Boundaries are fetched by the
browser from their own address and kept there.
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.map_view import MapView, pack_view
from analysis.palette import PATTERNS, css_classes, css_variables

_FOLDER = Path(__file__).parent
_CODE = (
    "geometry.js",
    "words.js",
    "paint.js",
    "interact.js",
    "legend.js",
    "link.js",
    "place.js",
    "main.js",
    "card.js",
    "bring.js",
)


def _read_script(*names: str) -> str:
    """Return scripts joined in order, without indentation and whole-line comments."""
    text = "\n".join((_FOLDER / name).read_text("utf-8") for name in names)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _read_style() -> str:
    """Return the style sheet with the colours of both themes; paper is always light."""
    light, dark = css_variables("light"), css_variables("dark")
    sheet = (_FOLDER / "map.css").read_text("utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return (
        f".ward-map{{{light}}}.ward-map[data-theme=dark]:not(.on-paper){{{dark}}}"
        f"@media print{{.ward-map[data-theme]{{{light}}}}}{css_classes()}{sheet}"
    )


def _scripts() -> tuple[str, str]:
    """Return the script that brings the code and the one that uses it.

    Both name the shelf they meet on after the content, so that a browser tab left open
    while the dashboard is renewed never mixes two versions.
    """
    patterns = {key: asdict(pattern) for key, pattern in PATTERNS.items()}
    constants = {"STYLE_SHEET": _read_style(), "PATTERNS": patterns}
    given = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    code = "\n".join([*given, _read_script(*_CODE)])
    version = hashlib.sha256(code.encode()).hexdigest()[:12]
    shelf = _read_script("shelf.js").replace("VERSION", version)
    return f"{shelf}\n{code}", f"{shelf}\n{_read_script('mount.js')}"


_BRING, _MOUNT = _scripts()
_bring_code = st.components.v2.component("ward_map_code", js=_BRING)
_mount_map = st.components.v2.component("ward_map", js=_MOUNT)


def bring_map_code() -> None:
    """Bring the code of maps to a page whose maps stand in a fragment, once and outside of it."""
    with st.container(key="map-code"):
        _bring_code(key="map-code-once")


def show_map(
    view: MapView,
    geometry_url: str,
    key: str,
    height: int = 520,
    on_select: Callable[[str], None] | None = None,
    selected: str | None = None,
    linked: bool = False,
    part: bool = False,
    brought: bool = False,
) -> str | None:
    """Draw a map and return the code of the chosen area, or None.

    Parameters
    ----------
    view: the figures and words to show; areas in the order of the boundary file.
    geometry_url: address of the boundary file, such as
        "app/static/boundaries/ward-E07000011-1a2b3c.json".
    key: name of the map, unique on the page. Zoom and choice are kept under it.
    height: of the frame in pixels; a narrow screen gets a lower one.
    on_select: called with the code before the next run when a visitor chooses an
        area. With it the page owns the choice: `selected` is always what is shown.
    selected: code to show as chosen. Without `on_select` it is applied when it
        changes, and in between the map keeps what the visitor chose.
    linked: what is pointed at or chosen here is marked at once on the other linked
        maps of the page, and the other way round.
    part: the view holds some areas of the boundary file only; the map is fitted to them,
        and the others stand around them without colour.
    brought: the page has called `bring_map_code`.
    """
    chosen, sequence = _visitor_choice(key)
    passed = selected if selected is not None else view.selected
    shown = passed if on_select else _kept_choice(key, passed, chosen, sequence)

    def changed() -> None:
        code, _ = _visitor_choice(key)
        if on_select is not None and code is not None:
            on_select(code)

    data = {
        "view": pack_view(view),
        "geometry": rooted(geometry_url) + (f"#{','.join(view.codes)}" if part else ""),
        "selected": shown,
        "sequence": sequence,
        "height": height,
        "linked": linked,
    }
    with nullcontext() if brought else _code_above(key):
        _mount_map(key=key, data=data, on_selected_change=changed)
    return shown


def _code_above(key: str) -> DeltaGenerator:
    """A place for a map below its code, without the gap of two elements."""
    place = st.container(gap=None)
    with place:
        _bring_code(key=f"{key}-code")
    return place


def _kept_choice(key: str, passed: str | None, chosen: str | None, sequence: int) -> str | None:
    """Return what a map that keeps its own choice shows: the newer of visitor and page."""
    last = st.session_state.get(f"{key}:passed")
    shown = passed if passed != last and passed is not None else None
    shown = shown or st.session_state.get(f"{key}:shown")
    if sequence != st.session_state.get(f"{key}:sequence", 0):
        shown = chosen
    st.session_state[f"{key}:passed"] = passed
    st.session_state[f"{key}:shown"] = shown
    st.session_state[f"{key}:sequence"] = sequence
    return shown


def _visitor_choice(key: str) -> tuple[str | None, int]:
    """Return the last area chosen on the map and the number of that choice."""
    state: Any = st.session_state.get(key) or {}
    choice = state.get("selected") or {}
    return choice.get("code"), int(choice.get("sequence", 0))


def rooted(address: str) -> str:
    """Return an address that is right on every page of the app.

    "app/static/…" alone would be looked for below the page that shows the map.
    """
    if address.startswith(("/", "http://", "https://")):
        return address
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{address}" if base else f"/{address}"

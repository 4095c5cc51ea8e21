"""What every page begins with: style, the selection bar, and panels that fail alone."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.palette import MAP_COLOURS, Theme
from data.catalogue import load_catalogue
from data.errors import DataError
from data.load import load_areas
from data.own.entry import THEME
from data.own.shelf import current_shelf
from pages.shared.offered import when_offered
from pages.shared.places import place_codes, place_label, ward_label, ward_names
from pages.shared.plain import as_plain
from pages.shared.selection import Selection, choose, choose_ward

# What Streamlit's theme cannot say: a page no wider than lines can be read, quiet notes,
# and figures that keep together on paper.
STYLE = """
<style>
.block-container {max-width: 1280px;}
.st-key-map-code {display: none;}
.stMainBlockContainer h1 {padding: 0 0 .25rem; text-wrap: balance;}
.needs-subtitle {font-size: 1rem; opacity: .85; margin: 0 0 .25rem; max-width: 75ch;}
.needs-note {font-size: .875rem; line-height: 1.4; opacity: .85; max-width: 120ch; margin: 0;}
.needs-note strong {font-weight: 600;}
.needs-ward h2 {font-size: 1.25rem; padding: 0; margin: 0;}
.needs-ward .value {font-size: 1.75rem; font-weight: 600; margin: .25rem 0 0; line-height: 1.2;}
.needs-ward p {margin: .25rem 0; line-height: 1.4;}
.needs-figures {display: grid; gap: 8px; margin: 0 0 1rem; padding: 0;
  grid-template-columns: repeat(auto-fit, minmax(168px, 1fr));}
.needs-figure {border: 1px solid color-mix(in srgb, currentColor 22%, transparent);
  border-radius: 4px; padding: 10px 12px; margin: 0;}
.needs-figure h2 {font-size: .875rem !important; line-height: 1.25; min-height: 3.75em;
  font-weight: 600; padding: 0; margin: 0;}
.needs-figure p.value {font-size: 1.75rem; font-weight: 600; line-height: 1.25;}
.needs-figure p {margin: 0; font-size: .875rem; line-height: 1.35;}
.needs-figure .when {opacity: .8;}
.st-key-pocket_list button {text-align: left; justify-content: flex-start;}
.st-key-pocket_list button p {text-align: left; font-size: 1rem; line-height: 1.4;}
@media (max-width: 480px) {.needs-figures {grid-template-columns: repeat(2, 1fr);}}
:is(.st-key-pickers, .st-key-compare-pickers).stVerticalBlock {border: 0; padding: 0;}
.st-key-pickers:empty {min-height: 148px;} .st-key-compare-pickers:empty {min-height: 204px;}
.block-container:has(.needs-figures) .st-key-pickers:empty {min-height: 72px;}
.st-key-pickers, .st-key-pickers2 {display: grid !important; align-items: end;
  grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 8px 16px;}
.st-key-pickers > *, .st-key-pickers2 > * {grid-column: span 2; width: auto !important;
  min-width: 0;}
.st-key-pickers > :nth-child(-n+2) {grid-column: span 6;}
.st-key-pickers > :nth-child(3), .st-key-pickers2 > :nth-child(1) {grid-column: span 4;}
.st-key-pickers:has(.st-key-find_text) > :is(.st-key-find_text, .st-key-pick_area,
  .st-key-pick_ward, .st-key-pick_indicator) {grid-column: span 4;}
.st-key-pickers:has(.st-key-find_text) > :is(.st-key-pick_period, .st-key-pick_classes,
  .st-key-pick_compare) {grid-column: span 2;}
.st-key-pickers > :has(> .st-key-find_answer), .st-key-pickers > .stElementContainer:has(.stSpinner)
  {grid-column: 1 / -1 !important; order: 1;}
.st-key-pickers:has(.st-key-find_text) > :is(.st-key-pick_themes, .st-key-compare_theme)
  {grid-column: span 4;}
.st-key-pickers:has(.st-key-find_text) > .st-key-compare_end {grid-column: span 2;}
.needs-links {margin: 0;}
[data-testid="stPageLink"] p {text-decoration: underline; text-underline-offset: 2px;}
.needs-links a {display: inline-block; min-height: 24px;}
.st-key-pick_two_maps {padding-bottom: 8px;}
@media (max-width: 640px) {
  .st-key-pickers, .st-key-pickers2 {grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 4px 8px;}
  .st-key-pickers > :nth-child(n), .st-key-pickers2 > :nth-child(n) {grid-column: span 1;}
  .st-key-pickers > :nth-child(3), .st-key-pickers2 > :nth-child(1) {grid-column: span 2;}
  .st-key-pickers:has(.st-key-find_text) > :is(.st-key-find_text, .st-key-pick_indicator)
    {grid-column: span 2;}
  .st-key-pickers:has(.st-key-find_text) > :is(.st-key-pick_area, .st-key-pick_ward,
    .st-key-pick_period, .st-key-pick_classes, .st-key-pick_compare) {grid-column: span 1;}
  .st-key-pickers:has(.st-key-find_text) > .st-key-pick_themes {grid-column: span 2;}
  .st-key-pickers:has(.st-key-find_text) > :is(.st-key-compare_theme, .st-key-compare_end)
    {grid-column: span 1;}
  .st-key-pickers > :has(> .st-key-find_answer) {order: 0;}
  .st-key-find_text label {position: absolute; width: 1px; height: 1px; min-height: 0 !important;
    overflow: hidden; clip-path: inset(50%);}
}
.needs-scroll {overflow-x: auto; max-width: 100%;}
.needs-scroll table {border-collapse: collapse; width: 100%; font-size: .875rem;
  line-height: 1.4;}
.needs-scroll :is(th, td) {text-align: left !important; vertical-align: top;
  padding: 6px 12px 6px 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); min-width: 6.5em;}
.needs-map-head h2 {font-size: 1.25rem; padding: 0; margin: 0; text-wrap: balance;}
@media (min-width: 641px) {.needs-map-head {min-height: 6.5em;}}
@media print {
  header, .stDownloadButton, [data-testid="stExpander"], .stSelectbox, .stTextInput, .stButton,
  .stCheckbox:has([role="switch"]), .stButtonGroup, .st-key-pickers, .st-key-pickers2,
  .st-key-compare-pickers, .st-key-add_to_story_box {display: none !important;}
  .stHorizontalBlock {break-inside: avoid;}
  .block-container {padding: 0; max-width: none;}
}
</style>
"""

# Chosen words in a list stand on the theme's main colour, which is a light one in the dark.
DARK_STYLE = f"""
<style>.stMultiSelect [data-tag-index] * {{color: {MAP_COLOURS["dark"]["surface"]} !important;}}
</style>
"""


# What keyboard, touch and forced colours need of Streamlit's own elements.
REACH = f"<style>{Path(__file__).with_name('reach.css').read_text(encoding='utf-8')}</style>"


def begin_page() -> None:
    """Put the style of all pages in place."""
    st.html(STYLE + REACH + (DARK_STYLE if current_theme() == "dark" else ""))


# A little more than the time for which a browser gathers what arrives, to draw it in one go.
BETWEEN_MESSAGES = 0.012


# What the first view of a visit gets: a new browser needs as long for the code of the lists as
# for all of the map, and would run both before it draws anything.
FIRST_VIEW_ALONE = 0.3


def send_what_is_ready() -> None:
    """Let what was drawn so far go out by itself: what arrives together is drawn together.

    Without the pause a map waits in the visitor's browser for the lists, texts and charts
    that follow it; with it, it is there some 50 ms earlier (of a first visit 200) and the rest
    hardly later.
    """
    seen = st.session_state.get("first_view_is_out") or st.session_state.get("lists_were_sent")
    time.sleep(BETWEEN_MESSAGES if seen else FIRST_VIEW_ALONE)
    st.session_state["lists_were_sent"] = True


@contextmanager
def lists_follow(draw_lists: Callable[[], None]) -> Iterator[None]:
    """Draw the first view of a page, then its lists, even if the first view breaks.

    The lists are how a visitor leaves a choice that cannot be shown.
    """
    try:
        yield
    except Exception:
        draw_lists()
        raise
    send_what_is_ready()
    draw_lists()


# How long a visitor's browser gets for the first view before charts and tables ask for theirs.
HEAD_START = 0.5


def first_view_is_out() -> bool:
    """Whether charts and tables may be sent; asked where they would stand.

    Plotly and the table grid bring megabytes of script, which would hold up the map and the
    key figures of a visitor's first page. So these are left out of the first run, and a
    moment later the page runs once more, complete (`complete_first_view`).
    """
    if not st.session_state.get("first_view_is_out"):
        st.session_state["first_view_waits"] = True
        return False
    return True


def complete_first_view() -> None:
    """Run the page once more where it left something out; the front door calls it, last of all.

    Not where the page leaves something out: there its timer would stand inside the page's own
    fragment. Who clicks before it has run makes that fragment anew, and the timer's answer, which
    still goes to the old place, would blank the page (Streamlit's issue 15084).
    """
    if st.session_state.pop("first_view_waits", False):
        _complete_later()


@st.fragment(run_every=HEAD_START)
def _complete_later() -> None:
    if st.session_state.get("first_view_sent"):
        st.session_state["first_view_is_out"] = True
        st.rerun()
    st.session_state["first_view_sent"] = True
    st.caption("Charts and tables follow …")


def hold_pickers(key: str = "pickers") -> DeltaGenerator:
    """The place of a page's lists, which are drawn after the first view.

    Six lists take a browser longer than a map or a table of a hundred rows. Meanwhile their place
    is kept free, so that nothing moves when they come: only a box with a border is there while
    it is empty.
    """
    return st.container(key=key, border=True)


def current_theme() -> Theme:
    """The theme the visitor sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_title(finding: str, what: str, meaning: str = "") -> None:
    """Show the page's finding and, below it, what it is about and what that means."""
    st.title(as_plain(finding), anchor=False)
    note = f'<p class="needs-note">{html.escape(meaning)}</p>' if meaning else ""
    st.html(f'<p class="needs-subtitle">{html.escape(what)}</p>{note}')


def show_note(*sentences: str) -> None:
    """Show a quiet note below a figure; empty sentences are left out."""
    text = " · ".join(html.escape(sentence) for sentence in sentences if sentence)
    st.html(f'<p class="needs-note">{text}</p>')


# How often a new widget is told what is selected: a browser that is still fetching the list's
# own code draws the last of the first runs only, and would fall back to the first option.
SAID_AGAIN = 3


def keep(key: str, value: object) -> None:
    """Make a widget show what is selected; later, writing only a difference spares resending."""
    times: dict[str, int] = st.session_state.setdefault("kept_times", {})
    times[key] = times.get(key, 0) + 1 if key in st.session_state else 1
    if times[key] <= SAID_AGAIN or st.session_state[key] != value:
        st.session_state[key] = value


def pick_area(selection: Selection) -> None:
    """Let the visitor choose a council, county, region or England."""
    keep("pick_area", selection.area)
    st.selectbox(
        "Place",
        place_codes(),
        format_func=place_label,
        key="pick_area",
        on_change=lambda: choose(area=st.session_state["pick_area"], ward=""),
        help="Any council, county or region of England, or all England: type its first letters.",
    )


def pick_ward(selection: Selection) -> None:
    """Let the visitor choose a ward of the area by name."""
    names = ward_names(selection.area)
    keep("pick_ward", selection.ward or None)
    st.selectbox(
        "Ward",
        list(names),
        format_func=lambda code: names.get(code, code),
        key="pick_ward",
        index=None,
        placeholder=f"Any of {len(names):,} wards",
        on_change=lambda: choose_ward(st.session_state["pick_ward"]),
        help="Type a name, or click a ward on the map.",
    )


def pick(
    field: str, label: str, options: Mapping[str, str], selection: Selection, *, hint: str = ""
) -> None:
    """Let the visitor choose one part of the selection.

    Args:
        field: name of the part.
        label: above the list.
        options: value -> words.
        selection: what is chosen now.
        hint: behind the question mark.
    """
    keep(f"pick_{field}", getattr(selection, field))
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=f"pick_{field}",
        on_change=when_offered(f"pick_{field}", options, lambda value: choose(**{field: value})),
        help=hint or None,
    )


def indicator_options() -> dict[str, str]:
    """Ids of the ward indicators with their name and theme, as a pick-list shows them.

    The visitor's own figures come first.
    """
    own = {i: f.entry.name for i, f in current_shelf().figures.items()}
    named = {i: f"{name}  ({THEME.name})" for i, name in own.items()}
    return {**named, **_open_options()} if own else _open_options()


@lru_cache(maxsize=1)
def _open_options() -> dict[str, str]:
    catalogue = load_catalogue()
    chosen = (catalogue.indicators[i] for i in catalogue.ward_indicators)
    return {i.id: f"{i.name}  ({catalogue.themes[i.theme].name})" for i in chosen}


def name_of_ward(code: str, selection: Selection) -> str:
    """A ward's name, with its council where the area holds several."""
    if load_areas().at[selection.area, "area_type"] == "district":
        return str(load_areas().at[code, "area_name"])
    return ward_label(code)


@contextmanager
def panel(what: str) -> Iterator[None]:
    """Keep a broken table from taking the page down: say what failed and what to do.

    Args:
        what: the panel's name in the message, e.g. "the map".
    """
    try:
        yield
    except DataError as error:
        st.error(
            f"**{what[0].upper()}{what[1:]} cannot be shown.** {as_plain(str(error))} "
            "Everything else on this page still works.",
            icon=":material/error:",
        )

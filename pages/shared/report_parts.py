"""Parts of the page Report: what goes in, a preview, making the pack, its files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from analysis.report.contents import ROWS, SECTION_KINDS, order_sections
from analysis.report.formats import FORMATS, WORKBOOK
from analysis.report.sections_actions import PackPlan
from analysis.words import count_words, join_words
from data import clock
from data.catalogue import load_catalogue
from data.recovery import load_recovery
from pages.shared.choices import choose_here, pick_here
from pages.shared.offered import when_offered
from pages.shared.page import indicator_options, keep, name_of_ward, show_note
from pages.shared.places import place_label, place_name, ward_names, wards_of
from pages.shared.report_choices import (
    MOST_INDICATORS,
    MOST_WARDS,
    PAGE,
    PackChoices,
    list_years,
)
from pages.shared.report_more import MOST_CHARTS
from pages.shared.report_pack import file_stem, make_document, write_files
from pages.shared.selection import Selection

#: A place with more wards than these makes large pictures and long tables.
MANY_WARDS = 400
_MADE = "report:made"
# A box says in full what its section holds, on a phone on several lines.
STYLE = """
<style>
.st-key-report_sections {gap: 6px;}
.st-key-report_sections :is(label, label *) {white-space: normal !important;
  overflow: visible !important; text-overflow: clip !important;}
.st-key-report_sections label {align-items: flex-start;}
</style>
"""


@dataclass(frozen=True)
class MadePack:
    """A pack a visitor has made: for which choices, its files by format, what failed."""

    choices: PackChoices
    files: dict[str, bytes]
    problems: tuple[str, ...]
    stem: str
    at: dt.datetime


def pick_sections(chosen: PackChoices) -> None:
    """One box for each section, with what is in it."""
    st.header("What goes in", anchor=False)
    with st.container(key="report_sections"):
        for kind in SECTION_KINDS.values():
            key = f"report_section_{kind.id}"
            keep(key, kind.id in chosen.sections)
            st.checkbox(f"{kind.heading}: {kind.words}", key=key, on_change=_follow_sections)


def _follow_sections() -> None:
    ticked = [kind for kind in SECTION_KINDS if st.session_state.get(f"report_section_{kind}")]
    choose_here(PAGE, sections=order_sections(ticked))


def pick_details(chosen: PackChoices, selection: Selection) -> None:
    """Wards, indicators, series and the last period, where their section is chosen."""
    if "wards" in chosen.sections:
        names = ward_names(selection.area)
        first = f"{name_of_ward(chosen.shown_wards[0], selection)} (highest need)"
        _pick_several("wards", "Wards", names, chosen.wards, MOST_WARDS, first)
    if "indicators" in chosen.sections:
        known = load_catalogue().indicators
        shown = join_words([known[i].short_name for i in chosen.shown_indicators])
        _pick_several("indicators", "Indicators", indicator_options(), chosen.indicators,
                      MOST_INDICATORS, shown)  # fmt: skip
    if "recovery" in chosen.sections:
        series = {i: load_catalogue().indicators[i].name for i in load_recovery().series}
        _pick_one("series", "Covid series", series, chosen.series)
    if {"recovery", "indicators"} & set(chosen.sections):
        years = {"": "The newest", **{year: f"Up to the end of {year}" for year in list_years()}}
        _pick_one("until", "Figures", years, chosen.until,
                  "For Covid impact and recovery and for chosen indicators. Key figures and need "
                  "scores are always the newest.")  # fmt: skip


def _pick_several(
    field: str, label: str, options: dict[str, str], value: tuple[str, ...], most: int, else_: str
) -> None:
    key = f"report_{field}"
    keep(key, list(value))
    st.multiselect(
        f"{label}, up to {most}",
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        max_selections=most,
        placeholder=else_,
        on_change=when_offered(
            key, options, lambda value: choose_here(PAGE, **{field: tuple(value)})
        ),
    )


def _pick_one(field: str, label: str, options: dict[str, str], value: str, hint: str = "") -> None:
    pick_here(PAGE, field, label, options, value, f"report_{field}", hint)


def pick_formats(chosen: PackChoices) -> None:
    """The kinds of file."""
    keep("report_formats", list(chosen.formats))
    st.pills(
        "Files",
        list(FORMATS),
        selection_mode="multi",
        format_func=lambda kind: FORMATS[kind].name,
        key="report_formats",
        on_change=lambda: choose_here(
            PAGE, formats=tuple(k for k in FORMATS if k in st.session_state["report_formats"])
        ),
    )
    said = [f"{FORMATS[kind].name}: {FORMATS[kind].words}" for kind in chosen.formats]
    show_note(*said)


def preview(chosen: PackChoices, plan: PackPlan | None, selection: Selection) -> list[str]:
    """What each section will hold, one line each, in order."""
    wards = [name_of_ward(ward, selection) for ward in chosen.shown_wards]
    known = load_catalogue().indicators
    shown = [known[i].name for i in chosen.shown_indicators]
    more = {
        "wards": join_words(wards),
        "indicators": join_words(shown),
        "recovery": known[chosen.series].name,
        "actions": _preview_plan(plan),
        ROWS: "in the Excel file"
        if WORKBOOK in chosen.formats
        else "only in an Excel file, which is not chosen below",
        "exceptions": "from the plan and the figures" if plan else "from the figures alone",
    }
    return [
        f"**{SECTION_KINDS[kind].heading}**" + (f": {more[kind]}" if more.get(kind) else "")
        for kind in chosen.sections
    ]


def _preview_plan(plan: PackPlan | None) -> str:
    if plan is None:
        return "there is no plan here yet; see the page Actions and impact"
    lines = plan.summary.lines
    charts = f", charts of the first {MOST_CHARTS}" if len(lines) > MOST_CHARTS else ""
    return f"{count_words(len(lines), 'action', 'actions')}{charts}. {plan.said}"


def show_preview(chosen: PackChoices, plan: PackPlan | None, selection: Selection) -> None:
    """The contents in order, and what to mind before it is made."""
    st.header("What the pack will hold", anchor=False)
    lines = preview(chosen, plan, selection)
    if not lines:
        show_note("Nothing yet: choose at least one section.")
        return
    st.markdown("\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)))
    show_note("Before them a title page with the date of the report and of its newest figure")
    number = len(wards_of(chosen.area))
    if number > MANY_WARDS:
        st.info(
            f"{place_name(chosen.area)} has {number:,} wards. This pack can take some minutes and "
            "its maps are fine-grained; a council or county makes a report that is easier to read.",
            icon=":material/hourglass_top:",
        )


def show_making(chosen: PackChoices, plan: PackPlan | None) -> None:
    """The button, progress while the pack is made, and its files."""
    ready = bool(chosen.sections and chosen.formats)
    if not ready:
        show_note("Choose at least one section and one kind of file.")
    pressed = st.button(
        "Make the pack",
        type="primary",
        icon=":material/inventory_2:",
        key="report_make",
        disabled=not ready,
    )
    if pressed:
        _make(chosen, plan)
    made = st.session_state.get(_MADE)
    if made is not None:
        _show_files(made, chosen)


def _make(chosen: PackChoices, plan: PackPlan | None) -> None:
    """Make the pack with progress, and keep its files for this visit."""
    steps = len(chosen.sections) + len(chosen.formats)
    now = clock.now()
    with st.status("Making the pack …", expanded=True) as status:
        bar = st.progress(0.0)
        pack = make_document(
            chosen, plan, now.date(),
            lambda step, _, what: bar.progress((step - 1) / steps, what),
        )  # fmt: skip
        done = len(chosen.sections)
        write_files(
            pack, chosen.formats,
            lambda step, _, what: bar.progress((done + step - 1) / steps, what),
        )  # fmt: skip
        bar.progress(1.0, "All sections and files are done")
        said = "The pack is made" if not pack.problems else "The pack is made, with gaps"
        status.update(label=said, state="complete" if pack.files else "error", expanded=False)
    st.session_state[_MADE] = MadePack(
        chosen, pack.files, tuple(pack.problems), file_stem(chosen, now.date()), now
    )


def _show_files(made: MadePack, chosen: PackChoices) -> None:
    """What was made: one button for each file, and what could not be made."""
    for problem in made.problems:
        st.warning(f"{problem} The rest of the pack is complete.", icon=":material/report:")
    where = place_label(made.choices.area)
    if made.choices != chosen:
        st.info(
            f"These files are for {where}, made at {made.at:%H:%M}, before you changed what goes "
            "in. Make the pack again for what is chosen now.",
            icon=":material/update:",
        )
    with st.container(horizontal=True):
        for kind, content in made.files.items():
            size = f"{len(content) / 1_000_000:,.1f} MB" if len(content) > 999_000 else (
                f"{len(content) / 1000:,.0f} kB"
            )  # fmt: skip
            st.download_button(
                f"{FORMATS[kind].name} ({size})",
                content,
                f"{made.stem}.{kind}",
                FORMATS[kind].mime,
                key=f"report_file_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
    if made.files:
        show_note(
            f"{where}, made at {made.at:%H:%M}. The files are kept for this visit only",
            "The figures are those of the pages: the same functions make both",
        )

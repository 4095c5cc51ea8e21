"""The impact of one action on a page: chart, commentary, process chart, data and source.

A page that shows it puts `**current_impact_choices().address()` in its call of `write_address`,
so that a copied link keeps the comparator and the chosen limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from analysis.choropleth import Benchmark
from analysis.impact_chart import interval_words, plot_impact, subject_of
from analysis.impact_figures import ImpactFigures, make_impact_table
from analysis.impact_levels import starts_at_zero
from analysis.impact_words import (
    comment_on_impact,
    describe_impact,
    district_words,
    make_impact_title,
    subtitle_of,
)
from analysis.process_chart import ProcessChart, is_month, why_no_process
from analysis.process_figure import (
    PROCESS_METHOD,
    compute_impact_process,
    describe_process,
    list_cautions,
    make_process_table,
    make_process_title,
    plot_process,
    say_assurance,
    say_variation,
)
from analysis.recovery_lines import describe_lockdowns, short_lockdowns
from data.periods import read_period
from data.planned_action import PlannedAction
from pages.shared.charts import show_chart
from pages.shared.choices import choose_here, current_choices
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import notes_for_download, show_provenance
from pages.shared.impact_data import list_comparators, load_impact_figures, why_no_figures
from pages.shared.offered import when_offered
from pages.shared.page import current_theme, keep, panel, show_note
from pages.shared.selection import Selection

PAGE = "impact"
ENGLAND_FIRST = "england"
KINDS = ("england", "region", "county", "council", "similar", "none")


@dataclass(frozen=True)
class ImpactChoices:
    """What a visitor chooses on the panel.

    `against`: a key of `impact_data.list_comparators`; `restart`: the month at which the limits
    of the process chart start anew, "" for none.
    """

    against: str = ENGLAND_FIRST
    restart: str = ""

    def address(self) -> dict[str, str]:
        """The parameters of the address that bring the choices back."""
        own = self.against if self.against != ENGLAND_FIRST else ""
        return {"against": own, "restart": self.restart}


def parse_impact_choices(
    params: Mapping[str, str], current: ImpactChoices
) -> tuple[ImpactChoices, list[str]]:
    """Read the choices from the parameters of an address.

    Returns:
        choices that can be shown, and a sentence for each thing that was wrong.
    """
    problems, against, restart = [], current.against, current.restart
    if wanted := params.get("against", ""):
        if wanted in KINDS:
            against = wanted
        else:
            problems.append(
                f"The link compares with “{wanted[:40]}”, which cannot be done here. England is "
                "shown instead."
            )
    if month := params.get("restart", ""):
        if is_month(month):
            restart = month
        else:
            problems.append(
                f"The link starts the limits anew at “{month[:20]}”, which is not a month such as "
                "2021-04. They are not started anew."
            )
    return ImpactChoices(against, restart), problems


def current_impact_choices() -> ImpactChoices:
    """The visitor's choices; call it after `selection.current_selection`."""
    return current_choices(PAGE, ImpactChoices(), parse_impact_choices)


def show_impact(action: PlannedAction, selection: Selection, key: str) -> None:
    """Show the impact of an action; what is missing is said, nothing is raised.

    Args:
        action: of the plan of the selected place.
        selection: the place.
        key: name of this panel on the page, different for each action.
    """
    choices = current_impact_choices()
    with panel("the impact chart"):
        if why := why_no_figures(action, selection.area):
            st.info(_plain(why), icon=":material/info:")
            return
        _pick_comparator(action, selection, choices, key)
        figures = load_impact_figures(action, selection.area, choices.against)
        _show_figures(figures, key)
        with panel("the process chart"):
            _show_process(figures, choices, f"{key}-process")


def _pick_comparator(
    action: PlannedAction, selection: Selection, choices: ImpactChoices, key: str
) -> None:
    options = list_comparators(action, selection.area)
    if len(options) < 2:
        return
    chosen = choices.against if choices.against in options else next(iter(options))
    name = f"{key}-against"
    keep(name, chosen)
    with st.columns([1, 2])[0]:
        st.selectbox(
            "Compare with",
            list(options),
            format_func=lambda option: options.get(option, option),
            key=name,
            on_change=when_offered(name, options, lambda value: choose_here(PAGE, against=value)),
        )


def _show_figures(figures: ImpactFigures, key: str) -> None:
    title, words = make_impact_title(figures), describe_impact(figures)
    st.subheader(title, anchor=False)
    show_note(subtitle_of(figures))
    if own := district_words(figures):
        st.warning(own, icon=":material/location_city:")
    show_chart(plot_impact(figures, current_theme()), key, words)
    show_note(
        interval_words(figures),
        "" if starts_at_zero(figures) else "The scale does not start at zero",
        short_lockdowns(figures.lockdowns) if not figures.single else "",
    )
    st.markdown("\n".join(f"- {_plain(sentence)}" for sentence in comment_on_impact(figures)))
    subject = subject_of(figures)
    show_provenance(subject)
    show_note(*figures.notes)
    nobody = Benchmark("see the rows", float("nan"))
    notes = [
        *notes_for_download(subject, nobody),
        ("Action", figures.action.title),
        ("Notes", " ".join(figures.notes)),
        ("Lockdowns", describe_lockdowns(figures.lockdowns)),
    ]
    name = f"impact_{figures.action.id}_{figures.indicator.id}"
    table, caption = make_impact_table(figures), _caption(figures)
    show_offer(
        lambda: Offer(name, table, notes, words, chart=key, title=title, caption=caption), key
    )


def _caption(figures: ImpactFigures) -> list[str]:
    """What stands below a picture that leaves the page: what it shows and where it is from."""
    subject = subject_of(figures)
    lines = [subtitle_of(figures), district_words(figures), f"Source: {subject.source_line}"]
    return [line for line in (*lines, subject.geography_line) if line]


def _plain(sentence: str) -> str:
    """A sentence whose signs are not taken for Markdown or mathematics."""
    sentence = sentence.replace(" %", "\N{NO-BREAK SPACE}%")
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>$~#|" else sign for sign in sentence)


def _show_process(figures: ImpactFigures, choices: ImpactChoices, key: str) -> None:
    if why := why_no_process(figures.periods, figures.place.value):
        show_note(why)
        return
    indicator = figures.indicator
    chart = compute_impact_process(figures, (choices.restart,))
    title = make_process_title(chart, indicator)
    words = describe_process(chart, indicator, figures.place.name)
    st.subheader(title, anchor=False)
    show_note(f"Process chart, month by month. {subtitle_of(figures)}")
    st.markdown(f"- {_plain(say_variation(chart))}\n- {_plain(say_assurance(chart))}")
    _pick_restart(chart, choices, key)
    drawn = plot_process(chart, indicator, figures.lockdowns, current_theme())
    show_chart(drawn, key, words)
    show_note("▲ high or rising, ▼ low or falling: signals", *list_cautions(chart))
    show_note(PROCESS_METHOD)
    show_provenance(subject_of(figures))
    nobody = Benchmark("itself over time", float("nan"))
    notes = [*notes_for_download(subject_of(figures), nobody), ("Method", PROCESS_METHOD)]
    name = f"process_{figures.action.id}_{indicator.id}"
    table, caption = make_process_table(chart, indicator), _caption(figures)
    show_offer(
        lambda: Offer(name, table, notes, words, chart=key, title=title, caption=caption), key
    )


def _pick_restart(chart: ProcessChart, choices: ImpactChoices, key: str) -> None:
    options = ["", *chart.periods[1:]]
    name = f"{key}-restart"
    keep(name, choices.restart if choices.restart in options else "")
    with st.columns([1, 2])[0]:
        st.selectbox(
            "Start the limits anew from",
            options,
            format_func=lambda month: read_period(month).label if month else "nowhere: one set",
            key=name,
            on_change=when_offered(name, options, lambda value: choose_here(PAGE, restart=value)),
            help="Choose a month only where you know that the way of working changed in it.",
        )

"""The strategy's own words on a page, each with where it comes from; nothing is made up."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from analysis.words import count_words
from data.strategy import (
    ACTION_KINDS,
    ActionArea,
    Strategy,
    StrategySource,
    Text,
    Theme,
    load_strategies,
)
from pages.shared.page import show_note

_STATUS = {"published": "published", "summary": "summary", "working": "working words"}


def show_strategy_problems() -> None:
    """Say which strategies were left out for mistakes, and what is shown instead."""
    for folder, problems in load_strategies().problems.items():
        mistakes = count_words(len(problems), "mistake", "mistakes")
        st.warning(
            f"The strategy “{folder}” was left out: it has {mistakes}. Its areas show their "
            f"county's strategy or the general set. First: {problems[0]} To see all: "
            f"`python -m data.check data/strategies/{folder}`.",
            icon=":material/rule:",
        )


def show_whose_words(strategy: Strategy, changed: Sequence[str] = ()) -> None:
    """Badges: which strategy this is, whether its headings are published, what was changed.

    Args:
        strategy: whose words are shown.
        changed: headings whose weights are not the strategy's own.
    """
    working = [area for area in strategy.action_areas if area.is_working]
    with st.container(horizontal=True, gap="small"):
        if strategy.is_general:
            st.badge(strategy.label, icon=":material/info:", color="orange")
        else:
            st.badge(f"{strategy.title} · {strategy.council}", icon=":material/flag:")
        for heading in changed:
            st.badge(f"Weights changed: {heading}", icon=":material/tune:", color="orange")
        if not working:
            source = strategy.action_areas[0].heading.source
            named = f" in {source.title}" if strategy.is_general and source else ""
            st.badge(f"Headings as published{named}", icon=":material/verified:", color="green")
        elif len(working) == len(strategy.action_areas):
            words = "Working headings, not published by a council"
            st.badge(words, icon=":material/edit_note:", color="orange")
        else:
            words = f"{len(working)} of {len(strategy.action_areas)} headings are working headings"
            st.badge(words, icon=":material/edit_note:", color="orange")
    show_note(
        strategy.tied_words.rstrip("."),
        f"The strategy ran {strategy.years}" if strategy.years else "",
        *(n.words.rstrip(".") for n in strategy.notes if working and n.status == "working"),
    )


def _quote(text: Text) -> str:
    words = html.escape(text.words)
    return f"“{words}”" if text.is_published else words


def _marked(text: Text, extra: str = "") -> str:
    """Words with their status behind them."""
    mark = html.escape(f"({_STATUS[text.status]})")
    return f'{_quote(text)}{html.escape(extra)} <span class="needs-mark">{mark}</span>'


def _item(text: Text, extra: str = "") -> str:
    return f"<li>{_marked(text, extra)}</li>"


def describe_theme(theme: Theme) -> str:
    """A theme as an item of a list, with the council's own sketch of it where there is one."""
    sketch = f"<p>{_marked(theme.pen_picture)}</p>" if theme.pen_picture else ""
    return f"<li>{_marked(theme.name)}{sketch}</li>"


def _list(title: str, items: Iterable[str]) -> str:
    lines = "".join(items)
    return f"<h3>{html.escape(title)}</h3><ul>{lines}</ul>" if lines else ""


def _sources_line(texts: Sequence[Text]) -> str:
    """Where the words come from, each source once."""
    origins = dict.fromkeys(text.origin for text in texts)
    return f'<p class="needs-note">{html.escape(". ".join(origins))}.</p>' if origins else ""


def show_vision(strategy: Strategy) -> None:
    """The vision below the title, with its source."""
    if strategy.vision is None:
        return
    origin = html.escape(f"Vision. {strategy.vision.origin}")
    st.html(
        f'<p class="needs-vision">{_quote(strategy.vision)} '
        f'<span class="needs-mark">{origin}</span></p>'
    )


def show_words_of_area(strategy: Strategy, area: ActionArea) -> None:
    """What the council says about one action area: description, objectives and actions."""
    objectives = [one.text for one in strategy.objectives_of(area.id)]
    actions = strategy.actions_of(area.id)
    parts = [_list("Objectives linked to it", map(_item, objectives))]
    for kind, title in ACTION_KINDS.items():
        parts.append(_list(title, (_item(one.title) for one in actions if one.kind == kind)))
    said = "".join(parts)
    if not said:
        said = "<p>No objectives or actions are published here for this heading.</p>"
    texts = [*objectives, *(one.title for one in actions)]
    st.html(
        f'<section class="needs-words"><p>{html.escape(area.description.words)} '
        f'<span class="needs-mark">({_STATUS[area.description.status]})</span></p>'
        f"{said}{_sources_line(texts)}</section>"
    )


def show_strategy_words(strategy: Strategy) -> None:
    """All other words of the strategy: principles, themes with pen-pictures, notes, sources."""
    links = {area.id: area.heading_label for area in strategy.action_areas}
    objectives = (
        _item(one.text, f", linked to {', '.join(links[a] for a in one.action_areas)}")
        for one in strategy.objectives
    )
    columns = [
        _list(strategy.principles_title, map(_item, strategy.principles)),
        _list(strategy.themes_title, map(describe_theme, strategy.themes)),
        _list("Corporate objectives", objectives),
        _list("Also said", (_item(note) for note in strategy.notes)),
        _list("Where the words come from", map(_source, strategy.sources)),
    ]
    st.html(f'<section class="needs-words needs-columns">{"".join(_boxed(columns))}</section>')
    show_note(strategy.tied_words)


def _boxed(parts: Iterable[str]) -> list[str]:
    return [f"<div>{part}</div>" for part in parts if part]


def _source(source: StrategySource) -> str:
    words = ". ".join(filter(None, (source.title, source.publisher, source.note.rstrip("."))))
    address = html.escape(source.address)
    link = f' <a href="{address}" target="_blank" rel="noopener">{address}</a>' * bool(address)
    return f"<li>{html.escape(words)}.{link}</li>"

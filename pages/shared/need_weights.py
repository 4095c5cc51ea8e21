"""The indicators of an action area, why each belongs, and their weights as sliders."""

from __future__ import annotations

import streamlit as st

from analysis.correlated_indicators import describe_pair, find_correlated_pairs
from analysis.need_tables import make_indicator_table
from analysis.words import CARRIED, GEOGRAPHY_WORDS
from data.catalogue import load_catalogue
from data.strategy import StrategyIndicator
from pages.shared.downloads import Offer, show_offer
from pages.shared.need_choices import choose_weight, most_weight, reset_weights
from pages.shared.need_notes import notes_of, size_note
from pages.shared.needs import Needs, figures_of, newest_label
from pages.shared.page import show_note


def show_weights(needs: Needs, key: str) -> None:
    """One slider per indicator with its reason, and whether the weights are the strategy's own."""
    area, choices = needs.area, needs.choices
    st.subheader("What counts, and how much", anchor=False)
    weights, whose = choices.weights_of(area), needs.strategy.short_label
    if not any(weights.values()):
        st.warning(
            f"All weights are 0, so nothing would count. The weights of {whose} are used.",
            icon=":material/tune:",
        )
    elif choices.changed_in(area):
        words = f"Weights differ from those of {whose}"
        st.badge(words, icon=":material/tune:", color="orange")
    else:
        st.badge(f"The weights of {whose}", icon=":material/tune:", color="gray")
    for indicator in area.indicators:
        _show_slider(needs, indicator, weights[indicator.id])
    st.button(
        f"Reset to the weights of {whose}",
        key="reset-weights",
        icon=":material/restart_alt:",
        disabled=not choices.changed_in(area),
        on_click=lambda: reset_weights(needs.strategy, choices, area.id),
    )
    _show_warnings(needs)
    show_offer(lambda: _make_offer(needs), key, "The indicators as a table, and downloads")


def _show_slider(needs: Needs, indicator: StrategyIndicator, weight: float) -> None:
    area, known = needs.area, load_catalogue()
    name = f"weight-{area.id}-{indicator.id}"
    # Said only where it differs: said again, it would undo a key that was just pressed.
    if st.session_state.get(name) != weight:
        st.session_state[name] = float(weight)
    st.slider(
        known.indicators[indicator.id].short_name,
        0.0,
        float(most_weight(area)),
        step=0.5,
        format="%g",
        key=name,
        help=known.indicators[indicator.id].definition,
        on_change=lambda: choose_weight(
            needs.strategy, needs.choices, area.id, indicator.id, st.session_state[name]
        ),
    )
    source = known.source_of(indicator.id)
    published = f"published for {GEOGRAPHY_WORDS[source.geography]}"
    if source.geography == "district":
        published += f" ({CARRIED['district']})"
    show_note(
        indicator.reason.rstrip("."),
        f"{source.title}, {newest_label(indicator.id)}, {published}",
    )


def _show_warnings(needs: Needs) -> None:
    """What counts twice, and how few indicators can decide."""
    for pair in find_correlated_pairs(needs.need.area, figures_of(needs.need.area)):
        st.info(describe_pair(pair), icon=":material/content_copy:")
    show_note(needs.strategy.tied_words, size_note(needs))


def _make_offer(needs: Needs) -> Offer:
    need, area = needs.need, needs.area
    ids = [scored.indicator.id for scored in need.area.indicators]
    reasons = {indicator.id: indicator.reason for indicator in area.indicators}
    return Offer(
        name=f"indicators_{area.id}_{needs.strategy.id}",
        table=make_indicator_table(
            need.area.indicators,
            [reasons[i] for i in ids],
            load_catalogue(),
            [newest_label(i) for i in ids],
        ),
        notes=notes_of(needs, [need]),
        description=f"{need.area.heading}: " + " ".join(f"{reasons[i]}" for i in ids),
    )

"""One action area in depth: its wards ranked with how far ranks can move, and one ward's score."""

from __future__ import annotations

import html

import streamlit as st

from analysis.map_view import format_number
from analysis.need_scores import describe_known
from analysis.need_tables import make_profile_table, make_score_table
from analysis.rank_stability import RankStability, describe_stability, describe_top_chance
from analysis.words import ordinal
from pages.shared.charts import show_chart
from pages.shared.downloads import Offer, show_offer
from pages.shared.need_notes import interval_note, notes_of, sources_note, zeros_note
from pages.shared.needs import Needs, load_stability, make_need_snippet
from pages.shared.page import current_theme, show_note
from pages.shared.selection import choose_ward

MOST_ROWS = 30
# Wards drawn in a second, from measurements: only for saying how long it will take.
_WARDS_A_SECOND = 1500


def stability_of(needs: Needs, *, ask: bool = False) -> RankStability | None:
    """How steady the ranks are; for many wards only once somebody asked for it.

    Args:
        needs: what is shown.
        ask: show the button that asks.
    """
    area, place = needs.need.area, needs.selection.area
    if not needs.is_large:
        return load_stability(area, place)
    wanted = f"stability:{place}:{area.id}"
    if ask and not st.session_state.get(wanted):
        wards = len(needs.wards)
        seconds = max(1, round(wards / _WARDS_A_SECOND))
        show_note(
            f"How steady the ranks of {wards:,} wards are takes 1,000 draws over all of them, "
            f"about {seconds} s, so it is worked out when you ask for it."
        )
        st.button(
            "Work out how steady the ranks are",
            key="ask-stability",
            icon=":material/casino:",
            on_click=lambda: st.session_state.update({wanted: True}),
        )
    if not st.session_state.get(wanted):
        return None
    with st.spinner(f"1,000 draws over {len(needs.wards):,} wards …", show_time=True):
        return load_stability(area, place)


def show_ward_standing(needs: Needs, stability: RankStability | None) -> None:
    """The ward's score, rank and how steady it is, in plain sentences."""
    row, ward = needs.need.table.loc[needs.ward], needs.ward
    chosen = bool(needs.selection.ward)
    title = needs.ward_name if chosen else f"{needs.ward_name} (highest need here)"
    if row["reason"]:
        body = f'<p class="value">No score</p><p>{html.escape(str(row["reason"]))}</p>'
    else:
        lines = [
            f"{ordinal(int(row['rank']))} of {needs.need.ranked:,} wards in {needs.place}",
            f"From {describe_known(int(row['known']), int(row['all']))}",
        ]
        if stability is not None:
            lines.append(_sentence(describe_stability(stability, ward)))
            lines.append(_sentence(describe_top_chance(stability, ward)))
        said = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        body = f'<p class="value">{format_number(row["score"], 0)} of 100</p>{said}'
    st.html(f'<section class="needs-ward"><h3>{html.escape(title)}</h3>{body}</section>')


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def show_need_ranking(needs: Needs, stability: RankStability | None, key: str) -> None:
    """The wards ranked, with the interval of each rank; a click chooses the ward."""
    from analysis.need_figures import (
        describe_ranking,
        make_ranking_frame,
        make_ranking_title,
        plot_need_ranking,
    )

    need, place = needs.need, needs.place
    if stability is None:
        stability_of(needs, ask=True)
        return
    frame = make_ranking_frame(need, stability, needs.names, needs.selection.ward, MOST_ROWS)
    title = make_ranking_title(frame, place)
    st.subheader(title, anchor=False)
    figure = plot_need_ranking(
        frame, stability, selected=needs.selection.ward, theme=current_theme()
    )
    said = describe_ranking(frame, need.area.heading, place, stability)
    show_chart(
        figure, key, said, on_select=lambda points: choose_ward(str(points[0]["customdata"]))
    )
    cut = len(frame) < len(need.table)
    show_note(
        f"Dot: rank. Line: where the rank lies in 9 of 10 of {stability.draws:,} draws of weights "
        "and figures",
        interval_note(need),
        zeros_note(need),
        f"{len(frame)} of {len(need.table):,} wards shown; all are in the data" if cut else "",
    )
    show_offer(
        lambda: Offer(
            name=f"need_ranking_{need.area.id}_{place}",
            table=make_score_table(need, needs.wards, stability),
            notes=notes_of(needs, [need]),
            description=said,
            layer="ward",
            chart=key,
            title=title,
            caption=(f"Need score, {need.area.heading}, {place}", sources_note(need)),
            embeds=[make_need_snippet("need-ranking", needs)],
        ),
        key,
    )


def show_contributions(needs: Needs, key: str) -> None:
    """What each indicator adds to the ward's score."""
    from analysis.contribution_figures import (
        describe_contributions,
        make_contribution_title,
        plot_contributions,
    )

    need, ward, name = needs.need, needs.ward, needs.ward_name
    title = make_contribution_title(need, ward, name)
    st.subheader(title, anchor=False)
    said = describe_contributions(need, ward, name)
    show_chart(plot_contributions(need, ward, theme=current_theme()), key, said)
    show_note(
        f"{name}, {need.area.heading}: strong bar, points of the score; pale bar, the most it "
        "could add with its weight",
        sources_note(need),
    )
    show_offer(
        lambda: Offer(
            name=f"need_contributions_{need.area.id}_{needs.place}",
            table=make_score_table(need, needs.wards),
            notes=notes_of(needs, [need]),
            description=said,
            layer="ward",
            chart=key,
            title=title,
            caption=(f"{name}, {need.area.heading}", sources_note(need)),
        ),
        key,
    )


def show_profile(needs: Needs, key: str) -> None:
    """The ward across all action areas, beside the other wards of the place."""
    from analysis.need_figures import describe_profile, make_profile_title, plot_need_profile
    from analysis.need_scores import tabulate_need

    ward, name = needs.ward, needs.ward_name
    title = make_profile_title(tabulate_need(needs.all, "rank"), ward, name)
    st.subheader(title, anchor=False)
    figure = plot_need_profile(
        tabulate_need(needs.all), needs.headings, ward, theme=current_theme()
    )
    steady = {}
    others = "one stroke for each hundredth of the wards" if needs.is_large else "the other wards"
    if not needs.is_large:
        steady = {n.area.id: load_stability(n.area, needs.selection.area) for n in needs.all}
    said = describe_profile(needs.all, ward, name, steady)
    show_chart(figure, key, said)
    show_note(f"Diamond: {name}. Others: {others} of {needs.place}", sources_note(*needs.all))
    show_offer(
        lambda: Offer(
            name=f"need_profile_{name}",
            table=make_profile_table(needs.all, needs.wards, ward),
            notes=notes_of(needs, needs.all),
            description=said,
            chart=key,
            title=title,
            caption=(f"Need scores by action area, wards of {needs.place}",),
        ),
        key,
    )

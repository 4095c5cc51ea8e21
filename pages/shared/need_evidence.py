"""Two questions about one action area: who lives where need is high, and what has changed."""

from __future__ import annotations

import streamlit as st

from analysis.need_change import describe_change, make_change_title
from analysis.need_equality import (
    CAREFUL,
    EQUALITY_GROUPS,
    NeedByGroup,
    describe_need_by_group,
    make_equality_title,
)
from analysis.need_tables import make_change_table, make_curve_table, make_equality_table
from analysis.words import join_words
from pages.shared.charts import show_chart
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.need_choices import GROUPS, choose_need
from pages.shared.need_notes import notes_of, sources_note
from pages.shared.needs import Needs, load_change, load_need_by_group, newest_label
from pages.shared.page import current_theme, keep, show_note


def _load_groups(needs: Needs) -> list[NeedByGroup] | None:
    """The four comparisons; for many wards only once somebody asked, with progress."""
    area, place = needs.need.area, needs.selection.area
    numbers = range(len(EQUALITY_GROUPS))
    if not needs.is_large:
        return [load_need_by_group(area, place, number) for number in numbers]
    wanted = f"equality:{place}:{area.id}"
    if not st.session_state.get(wanted):
        show_note(
            f"For {len(needs.wards):,} wards the intervals take up to 20 s, so they are worked out "
            "when you ask for them."
        )
        st.button(
            "Work out how need differs by group",
            key="ask-equality",
            icon=":material/diversity_3:",
            on_click=lambda: st.session_state.update({wanted: True}),
        )
        return None
    bar = st.progress(0.0)
    found = []
    for number in numbers:
        bar.progress(number / len(numbers), f"{number} of {len(numbers)} groups done")
        found.append(load_need_by_group(area, place, number))
    bar.empty()
    return found


def show_equality(needs: Needs, key: str) -> None:
    """How need differs between wards where many and where few people of each group live."""
    from analysis.equality_figures import make_gaps_title, plot_group_gaps

    groups = _load_groups(needs)
    if groups is None:
        return
    heading, place = needs.need.area.heading, needs.place
    chosen = groups[list(GROUPS).index(needs.choices.group)]
    gaps, curve = st.columns(2, gap="medium")
    said = " ".join(describe_need_by_group(found, heading, place) for found in groups)
    title = make_gaps_title(groups)
    with gaps:
        st.subheader(title, anchor=False)
        show_chart(plot_group_gaps(groups, theme=current_theme()), key, said)
        inside = join_words([g.group.people for g in groups if g.part_of_score])
        show_note(
            f"{heading}, {place}: mean need score of the fifth of wards with the smallest and the "
            "largest share of each group, weighted by people (quintile gap). Unclear: the 95 % "
            "interval holds no difference",
            f"The share of {inside} is part of this score, so some gap is built in"
            if inside
            else "",
        )
    with curve:
        _pick_group(needs)
        _show_curve(needs, chosen, f"{key}-curve")
    show_note(
        CAREFUL.format(people="these groups").rstrip("."),
        "Method: quintile gap and concentration index (Kakwani, Wagstaff and van Doorslaer, "
        "1997), 1,000 bootstrap draws over wards",
        f"Sources of the shares: {list_sources(GROUPS)}. Periods: "
        f"{', '.join(dict.fromkeys(newest_label(i) for i in GROUPS))}",
    )
    show_offer(
        lambda: Offer(
            name=f"need_by_group_{needs.area.id}_{place}",
            table=make_equality_table(groups),
            notes=[*notes_of(needs, [needs.need]), ("Take care", said)],
            description=said,
            chart=key,
            title=title,
            caption=(f"{heading}, {place}", sources_note(needs.need)),
        ),
        key,
    )


def _show_curve(needs: Needs, found: NeedByGroup, key: str) -> None:
    """The concentration curve of one group, or why there is none."""
    from analysis.equality_figures import plot_concentration_curve

    heading = needs.need.area.heading
    said = describe_need_by_group(found, heading, needs.place)
    if found.reason:
        show_note(said)
        return
    title = make_equality_title(found)
    st.subheader(title, anchor=False)
    show_chart(plot_concentration_curve(found, theme=current_theme()), key, said)
    show_note(said)
    show_offer(
        lambda: Offer(
            name=f"need_curve_{needs.area.id}_{found.group.indicator_id}_{needs.place}",
            table=make_curve_table(found),
            notes=[*notes_of(needs, [needs.need]), ("Take care", said)],
            description=said,
            chart=key,
            title=title,
            caption=(f"{heading}, {needs.place}", sources_note(needs.need)),
        ),
        key,
        "The curve's data and downloads",
    )


def _pick_group(needs: Needs) -> None:
    keep("pick_group", needs.choices.group)
    st.selectbox(
        "Group of people",
        list(GROUPS),
        format_func=lambda i: GROUPS[i].people.capitalize(),
        key="pick_group",
        on_change=lambda: choose_need(needs.strategy, group=st.session_state["pick_group"]),
    )


def show_need_change(needs: Needs, key: str) -> None:
    """Where the ward stood among England's wards then and now, indicator by indicator."""
    from analysis.change_figures import plot_need_change

    need, ward, name = needs.need, needs.ward, needs.ward_name
    change = load_change(need.area, needs.selection.area)
    if change.table.empty:
        show_note(
            "Every indicator of this action area has one period only: no change can be shown."
        )
        return
    title = make_change_title(change, ward, name)
    st.subheader(title, anchor=False)
    said = describe_change(change, ward, name)
    show_chart(plot_need_change(change, ward, theme=current_theme()), key, said)
    broken = change.table.loc[change.table["break_kind"] != "", "break_reason"]
    show_note(
        "Each period against all wards in England in that period. ▲ more need, ▼ less need by 5 "
        "points or more, ● about the same",
        "Break: the figures differ in kind, so no rise or fall is read from them"
        if len(broken)
        else "",
        *dict.fromkeys(broken),
    )
    if change.one_period:
        show_note(f"One period only, not shown: {'; '.join(change.one_period)}")
    show_note(sources_note(need))
    show_offer(
        lambda: Offer(
            name=f"need_change_{needs.area.id}_{needs.place}",
            table=make_change_table(change, needs.names),
            notes=notes_of(needs, [need]),
            description=said,
            chart=key,
            title=title,
            caption=(f"{name}, {need.area.heading}", sources_note(need)),
        ),
        key,
    )
